//! How a workspace answers: its own calls, then the application's.

use api::{
    MediaFile,
    changes::{Change, ChangeStream},
};
use contracts::Secret;
use domain::Reason;
use futures::{
    StreamExt,
    stream::{self, BoxStream},
};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::watch;
use web::{Backend, Incoming, Refusal};

use super::{State, Workspace};
use crate::open::How;

#[derive(Deserialize)]
struct Unlock {
    passphrase: String,
}

impl Workspace {
    /// The calls about the workspace itself; the only ones that are answered while it is not open.
    async fn own_call(&self, name: &str, payload: &Value) -> Option<Result<Value, Refusal>> {
        if name.starts_with("workspace.") {
            self.settled().await;
        }
        let done = match name {
            "workspace.status" => Ok(()),
            "workspace.unlock" => match Unlock::deserialize(payload) {
                Ok(Unlock { passphrase }) => {
                    let how = How {
                        passphrase: Some(Secret::new(passphrase)),
                        ..How::default()
                    };
                    self.go(how, |state| matches!(state, State::Locked { .. })).await
                }
                Err(_) => Err(Refusal::invalid("passphrase", Reason::new("error.wrong_shape"))),
            },
            "workspace.retry" => {
                let failed = |state: &State| matches!(state, State::Failed(_));
                self.go(How::default(), failed).await
            }
            "workspace.restore" => {
                let how = How {
                    restore: true,
                    ..How::default()
                };
                self.go(how, |state| matches!(state, State::Open { damaged: true, .. }))
                    .await
            }
            _ => return None,
        };
        Some(match done {
            Ok(()) => to_value(&self.status().await),
            Err(refusal) => Err(refusal),
        })
    }
}

impl Backend for Workspace {
    async fn call(&self, name: &str, payload: Value) -> Result<Value, Refusal> {
        match self.own_call(name, &payload).await {
            Some(answer) => answer,
            None => Ok(self.app().await?.call(name, payload).await?),
        }
    }

    fn changes(&self) -> BoxStream<'static, Change> {
        let mut following = Following {
            states: self.inner.state.subscribe(),
            current: None,
        };
        following.follow();
        stream::unfold(following, async |mut following| {
            following.next().await.map(|change| (change, following))
        })
        .boxed()
    }

    async fn upload(&self, name: &str, mime: Option<&str>, bytes: Incoming<'_>) -> Result<Value, Refusal> {
        to_value(&self.app().await?.upload(name, mime, bytes).await?)
    }

    async fn media(&self, attachment_id: i64) -> Result<MediaFile, Refusal> {
        Ok(self.app().await?.media(attachment_id).await?)
    }

    async fn export(&self, export_id: i64) -> Result<MediaFile, Refusal> {
        Ok(self.app().await?.export(export_id).await?)
    }
}

fn to_value<T: serde::Serialize>(answer: &T) -> Result<Value, Refusal> {
    serde_json::to_value(answer).map_err(|_| Refusal::storage(Reason::new("error.storage")))
}

/// The changes of whatever is open; when that changes itself, everything has to be asked again.
struct Following {
    states: watch::Receiver<State>,
    current: Option<ChangeStream>,
}

impl Following {
    fn follow(&mut self) -> bool {
        let state = self.states.borrow_and_update();
        self.current = match &*state {
            State::Open { app, .. } => Some(app.changes()),
            _ => None,
        };
        !matches!(*state, State::Closed)
    }

    async fn next(&mut self) -> Option<Change> {
        loop {
            let change = async {
                match &mut self.current {
                    Some(changes) => changes.next().await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                moved = self.states.changed() => {
                    moved.ok()?;
                    return self.follow().then_some(Change::Everything);
                }
                change = change => match change {
                    Some(change) => return Some(change),
                    None => self.current = None,
                },
            }
        }
    }
}
