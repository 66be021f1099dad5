//! A backend that answers from memory, and the server in front of it.

use std::{
    io,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use api::{MediaFile, changes::Change};
use domain::Reason;
use futures::{
    StreamExt,
    stream::{self, BoxStream},
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::broadcast;
use web::{Backend, FolderPages, Incoming, Refusal, Server};

#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) changes: broadcast::Sender<Change>,
    pub(crate) uploaded: Arc<Mutex<Vec<u8>>>,
    folder: Arc<PathBuf>,
}

impl Backend for Desk {
    async fn call(&self, name: &str, payload: Value) -> Result<Value, Refusal> {
        match name {
            "echo" => Ok(payload),
            "profile.save" => Err(Refusal::invalid("name", Reason::new("profile.name_needed"))),
            "boot" => Err(Refusal::Locked),
            _ => Err(Refusal::not_found(Reason::new("error.not_found"))),
        }
    }

    fn changes(&self) -> BoxStream<'static, Change> {
        stream::unfold(self.changes.subscribe(), |mut heard| async move {
            Some((heard.recv().await.ok()?, heard))
        })
        .boxed()
    }

    async fn upload(&self, name: &str, mime: Option<&str>, mut bytes: Incoming<'_>) -> Result<Value, Refusal> {
        while let Some(piece) = bytes.next().await {
            let piece = piece.map_err(|_: io::Error| Refusal::storage(Reason::new("error.upload_broken")))?;
            self.uploaded.lock().unwrap().extend_from_slice(&piece);
        }
        Ok(json!({"upload_id": 5, "name": name, "mime": mime}))
    }

    async fn media(&self, attachment_id: i64) -> Result<MediaFile, Refusal> {
        let (file, mime) = match attachment_id {
            1 => ("voice.ogg", "audio/ogg"),
            2 => ("Прайс.html", "text/html"),
            3 => ("lost.jpg", "image/jpeg"),
            _ => return Err(Refusal::not_found(Reason::new("error.not_found"))),
        };
        Ok(MediaFile {
            path: self.folder.join(file),
            mime: mime.to_owned(),
            name: file.to_owned(),
        })
    }

    async fn export(&self, export_id: i64) -> Result<MediaFile, Refusal> {
        self.media(export_id).await
    }
}

/// The server, and what its browser knows.
pub(crate) struct Office {
    pub(crate) desk: Desk,
    pub(crate) server: Server,
    pub(crate) browser: reqwest::Client,
    _folder: TempDir,
}

impl Office {
    pub(crate) async fn open() -> Self {
        let folder = TempDir::new().unwrap();
        std::fs::write(folder.path().join("index.html"), "<title>Беседка</title>").unwrap();
        std::fs::write(folder.path().join("voice.ogg"), (0..100).collect::<Vec<u8>>()).unwrap();
        std::fs::write(folder.path().join("Прайс.html"), "<script>steal()</script>").unwrap();
        let desk = Desk {
            changes: broadcast::channel(16).0,
            uploaded: Arc::default(),
            folder: Arc::new(folder.path().to_owned()),
        };
        let pages = Arc::new(FolderPages(folder.path().to_owned()));
        let server = Server::start(desk.clone(), pages, 0).await.unwrap();
        Self {
            desk,
            server,
            browser: browser(),
            _folder: folder,
        }
    }

    /// An address of this server.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.server.address())
    }

    /// The token, read as a person would: out of the printed address.
    pub(crate) fn token(&self) -> String {
        self.server.url().split_once("token=").unwrap().1.to_owned()
    }

    pub(crate) async fn rpc(&self, name: &str, payload: Value) -> reqwest::Response {
        let call = self
            .browser
            .post(self.at(&format!("/rpc/{name}")))
            .bearer_auth(self.token());
        call.json(&payload).send().await.unwrap()
    }

    pub(crate) fn get(&self, path: &str) -> reqwest::RequestBuilder {
        self.browser.get(self.at(path)).bearer_auth(self.token())
    }
}

/// Plain http to this machine; a proxy of the environment must not come between.
fn browser() -> reqwest::Client {
    // Whoever comes first installs it; no call here uses TLS.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap()
}
