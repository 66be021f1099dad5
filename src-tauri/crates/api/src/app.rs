use std::{path::PathBuf, sync::Arc};

use contracts::{Clock, channel::Channel, crm::Crm};
use domain::AttachmentId;
use engine::Engine;
use serde_json::Value;
use store::Store;

use crate::{
    boot,
    changes::ChangeStream,
    desk::Desk,
    error::{ApiError, Code},
    exports,
    login::Logins,
    router, uploads,
    wire::{Recovered, Upload},
    words::Dictionaries,
};

/// What the application is put together from.
pub struct AppDeps {
    /// The open workspace.
    pub store: Store,
    /// Every network of this build.
    pub channels: Vec<&'static dyn Channel>,
    /// Every CRM of this build.
    pub crms: Vec<&'static dyn Crm>,
    /// Time and chance.
    pub clock: Arc<dyn Clock>,
    /// What the window says about the workspace.
    pub workspace: WorkspaceInfo,
    /// Version of the program.
    pub version: &'static str,
}

impl std::fmt::Debug for AppDeps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AppDeps")
            .field("workspace", &self.workspace)
            .finish_non_exhaustive()
    }
}

/// What the window says about the workspace.
#[derive(Debug, Clone)]
pub struct WorkspaceInfo {
    /// A plainly marked demo.
    pub demo: bool,
    /// Where it lives.
    pub folder: PathBuf,
    /// Where ordered files are put; made when the first one is.
    pub exports: PathBuf,
    /// The key is kept by a passphrase.
    pub passphrase: bool,
    /// What became of a damaged file at this start.
    pub recovered: Option<Recovered>,
}

/// Why the application did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The engine did not.
    #[error(transparent)]
    Engine(#[from] engine::EngineError),
    /// The profile can't be read.
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

/// A running application: one workspace behind one door. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) engine: Engine,
    pub(crate) workspace: WorkspaceInfo,
    pub(crate) version: &'static str,
    pub(crate) logins: Logins,
    pub(crate) desk: Desk,
    pub(crate) words: Arc<Dictionaries>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App")
    }
}

/// A file to hand out.
#[derive(Debug, Clone)]
pub struct MediaFile {
    /// Where its bytes are.
    pub path: PathBuf,
    /// Media type.
    pub mime: String,
    /// A clean name.
    pub name: String,
}

impl App {
    /// Starts the engine and every account that is switched on.
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn start(deps: AppDeps) -> Result<Self, StartError> {
        let AppDeps {
            store,
            channels,
            crms,
            clock,
            workspace,
            version,
        } = deps;
        let of_channels = channels
            .iter()
            .map(|channel| channel.descriptor())
            .map(|of| (of.id.as_str(), of.texts));
        let of_crms = crms
            .iter()
            .map(|crm| crm.descriptor())
            .map(|of| (of.id.as_str(), of.texts));
        let words = Arc::new(Dictionaries::of(of_channels.chain(of_crms)));
        words.speak(&boot::stored_profile(&store).await?.language);
        let deps = engine::Deps {
            store,
            channels,
            crms,
            clock,
            words: words.clone(),
        };
        let engine = Engine::start(deps).await?;
        let app = Self {
            inner: Arc::new(Inner {
                engine,
                workspace,
                version,
                logins: Logins::default(),
                desk: Desk::default(),
                words,
            }),
        };
        app.inner.desk.begin(&app);
        Ok(app)
    }

    /// One call of the table in `routes.rs`.
    ///
    /// # Errors
    /// [`ApiError`]; nothing was changed then, unless it says otherwise.
    pub async fn call(&self, name: &str, payload: Value) -> Result<Value, ApiError> {
        router::dispatch(self, name, payload).await
    }

    /// What changes from now on.
    pub fn changes(&self) -> ChangeStream {
        ChangeStream::new(self.clone())
    }

    /// Takes a file that the operator has chosen.
    ///
    /// # Errors
    /// When it can't be written, or is empty.
    pub async fn upload(
        &self,
        name: &str,
        mime: Option<&str>,
        bytes: impl futures::Stream<Item = Result<bytes::Bytes, std::io::Error>> + Send + Unpin,
    ) -> Result<Upload, ApiError> {
        uploads::take(self, name, mime, bytes).await
    }

    /// A file of a message, or a person's picture.
    ///
    /// # Errors
    /// [`Code::NotFound`] when it is not here (yet).
    pub async fn media(&self, attachment_id: i64) -> Result<MediaFile, ApiError> {
        let store = self.store();
        let file = store::attachments::get(store.read(), AttachmentId(attachment_id)).await?;
        let path = file
            .path
            .ok_or_else(|| ApiError::of(Code::NotFound, "error.file_not_here"))?;
        let mime = file.mime.unwrap_or_else(|| "application/octet-stream".to_owned());
        let name = if file.name.is_empty() {
            format!("file-{attachment_id}")
        } else {
            file.name
        };
        Ok(MediaFile {
            path: store.media_folder().join(path),
            mime,
            name,
        })
    }

    /// A finished file of messages or figures. By its number: a path never comes from outside.
    ///
    /// # Errors
    /// [`Code::NotFound`] when it is not there (any more).
    pub async fn export(&self, export_id: i64) -> Result<MediaFile, ApiError> {
        exports::file(self, export_id).await
    }

    /// Stops the engine within seconds and closes the workspace.
    pub async fn stop(&self) {
        self.inner.desk.end().await;
        self.inner.engine.stop().await;
        self.store().close().await;
    }

    /// The engine, for those who drive it directly: tests and benches.
    pub fn engine(&self) -> &Engine {
        &self.inner.engine
    }

    pub(crate) fn store(&self) -> &Store {
        self.inner.engine.store()
    }

    pub(crate) fn now(&self) -> domain::At {
        self.inner.engine.clock().now()
    }
}
