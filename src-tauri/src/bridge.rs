//! What the page may call, and what it is told.

use compose::Workspace;
use domain::Reason;
use futures::{StreamExt, stream};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use tauri::{
    AppHandle, Emitter, Manager, State,
    ipc::{InvokeBody, Request},
};
use web::{Backend, Refusal};

use crate::{desk::Desk, notify, other, window};

/// The one entrance: any call of the table, and the one about the other window.
#[tauri::command]
pub(crate) async fn rpc(
    app: AppHandle,
    workspace: State<'_, Workspace>,
    name: String,
    payload: Value,
) -> Result<Value, Refusal> {
    match name.as_str() {
        compose::OTHER => other::open(&app),
        name => workspace.call(name, payload).await,
    }
}

/// A file that the person has chosen, as the raw body; its name (percent-encoded) and type are headers.
#[tauri::command]
pub(crate) async fn upload(workspace: State<'_, Workspace>, request: Request<'_>) -> Result<Value, Refusal> {
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(Refusal::invalid("file", Reason::new("error.upload_broken")));
    };
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let name = header("x-file-name").unwrap_or("file");
    let name = percent_decode_str(name).decode_utf8_lossy();
    let whole = stream::iter([Ok(bytes.clone().into())]).boxed();
    workspace.upload(&name, header("x-file-type"), whole).await
}

/// Hands on what changes for as long as the program runs: to the page, and to those who watch the desk.
pub(crate) fn forward(app: &AppHandle) {
    let mut changes = app.state::<Workspace>().changes();
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let mut notices = notify::Notices::new(app.clone());
        while let Some(change) = changes.next().await {
            app.state::<std::sync::Arc<Desk>>().heard(&change);
            if let api::changes::Change::Notify(notice) = &change {
                notices.raise(notice).await;
            }
            if let Err(error) = app.emit_to(window::MAIN, "changed", &change) {
                tracing::warn!(%error, "a change did not reach the page");
            }
        }
    });
}
