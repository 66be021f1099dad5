//! The demo beside a person's own workspace, and the way back: the program once more. Each has its own folder, window,
//! tray and single instance, so starting one that runs already brings it to the front, and nothing of the two is mixed.

use std::{ffi::OsString, process::Stdio};

use domain::Reason;
use serde_json::{Value, json};
use tauri::{AppHandle, Manager};
use tokio::process::Command;
use web::Refusal;

/// How the other one is started.
#[derive(Debug)]
pub(crate) struct Other {
    pub(crate) arguments: Vec<OsString>,
    /// This one is the demo: whoever goes on with channels of their own has seen it.
    pub(crate) leaves: bool,
}

pub(crate) fn open(app: &AppHandle) -> Result<Value, Refusal> {
    let other = app.state::<Other>();
    let started = tauri::process::current_binary(&app.env()).and_then(|program| {
        // Nobody waits for it: it lives for as long as its own person wants.
        Command::new(program)
            .args(&other.arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
    });
    if let Err(error) = started {
        tracing::error!(%error, "the other window did not open");
        return Err(Refusal::storage(Reason::new("workspace.other_failed")));
    }
    if other.leaves {
        app.exit(0);
    }
    Ok(json!({}))
}
