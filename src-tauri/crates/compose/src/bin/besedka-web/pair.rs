//! A person's own workspace and the demo, each under an address of its own and in a folder of its own. The one that the
//! program was started for is served first; the other is opened when somebody asks for it.

use std::sync::{Arc, OnceLock};

use api::{MediaFile, changes::Change};
use compose::{OTHER, Workspace};
use domain::Reason;
use futures::stream::BoxStream;
use serde_json::{Value, json};
use tokio::sync::Mutex;
use web::{Backend, Incoming, Pages, Refusal, Server, StartError};

use crate::options::Options;

/// Both.
pub(crate) struct Pair {
    options: Options,
    pages: Arc<dyn Pages>,
    /// Where the first is served.
    first: OnceLock<String>,
    other: Mutex<Option<Served>>,
}

struct Served {
    workspace: Workspace,
    server: Server,
}

impl Pair {
    pub(crate) fn new(options: Options, pages: Arc<dyn Pages>) -> Arc<Self> {
        Arc::new(Self {
            options,
            pages,
            first: OnceLock::new(),
            other: Mutex::default(),
        })
    }

    /// Serves the workspace that the program was started for.
    pub(crate) async fn serve(self: &Arc<Self>, workspace: Workspace) -> Result<Server, StartError> {
        let server = Server::start(self.door(workspace, true), self.pages.clone(), self.options.port).await?;
        // Set once: the first is served once.
        let _ = self.first.set(server.url());
        Ok(server)
    }

    /// Where the other one is; opens it if it is not open yet. What keeps it from opening is told by its own page.
    async fn other(self: &Arc<Self>) -> Result<String, Refusal> {
        let failed = || Refusal::storage(Reason::new("workspace.other_failed"));
        let mut other = self.other.lock().await;
        if let Some(served) = &*other {
            return Ok(served.server.url());
        }
        let setup = self.options.other().map_err(|error| {
            tracing::error!(%error, "the other workspace has no place");
            failed()
        })?;
        let workspace = Workspace::open(setup);
        let server = match Server::start(self.door(workspace.clone(), false), self.pages.clone(), 0).await {
            Ok(server) => server,
            Err(error) => {
                tracing::error!(%error, "the other workspace is not served");
                workspace.close().await;
                return Err(failed());
            }
        };
        let url = server.url();
        *other = Some(Served { workspace, server });
        Ok(url)
    }

    fn door(self: &Arc<Self>, workspace: Workspace, first: bool) -> Door {
        Door {
            workspace,
            first,
            pair: self.clone(),
        }
    }

    /// Stops the other one, if it was ever opened.
    pub(crate) async fn stop(&self) {
        if let Some(served) = self.other.lock().await.take() {
            served.server.stop().await;
            served.workspace.close().await;
        }
    }
}

/// One of the two, which knows where the other is.
#[derive(Clone)]
struct Door {
    workspace: Workspace,
    first: bool,
    pair: Arc<Pair>,
}

impl Backend for Door {
    async fn call(&self, name: &str, payload: Value) -> Result<Value, Refusal> {
        if name != OTHER {
            return self.workspace.call(name, payload).await;
        }
        let url = match self.pair.first.get() {
            Some(url) if !self.first => url.clone(),
            _ => self.pair.other().await?,
        };
        Ok(json!({"url": url}))
    }

    fn changes(&self) -> BoxStream<'static, Change> {
        self.workspace.changes()
    }

    async fn upload(&self, name: &str, mime: Option<&str>, bytes: Incoming<'_>) -> Result<Value, Refusal> {
        self.workspace.upload(name, mime, bytes).await
    }

    async fn media(&self, attachment_id: i64) -> Result<MediaFile, Refusal> {
        self.workspace.media(attachment_id).await
    }

    async fn export(&self, export_id: i64) -> Result<MediaFile, Refusal> {
        self.workspace.export(export_id).await
    }
}
