//! What tray, window and notifications have to know: settings, language, how many wait. Asked again when it changes.

use std::{sync::Arc, time::Duration};

use api::{changes::Change, wire::UiSettings};
use compose::Workspace;
use serde_json::{Value, json};
use tauri::{AppHandle, Manager};
use tauri_plugin_autostart::ManagerExt;
use tokio::sync::{Notify, watch};
use web::Backend;

use crate::{texts::Language, tray, window};

/// A flood of messages redraws the tray four times a second, no more.
const QUIET: Duration = Duration::from_millis(250);

/// What is known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Known {
    /// `None` until the workspace is open.
    pub(crate) settings: Option<UiSettings>,
    /// Of tray, menus and notifications.
    pub(crate) language: Language,
    /// Conversations with unread messages, muted ones apart.
    pub(crate) unread: i64,
}

/// The one copy of it.
#[derive(Debug)]
pub(crate) struct Desk {
    /// A demo: nothing of this machine is changed by it.
    pub(crate) demo: bool,
    known: watch::Sender<Known>,
    stale: Notify,
}

impl Desk {
    pub(crate) fn new(demo: bool) -> Self {
        let known = Known {
            settings: None,
            language: Language::Russian,
            unread: 0,
        };
        Self {
            demo,
            known: watch::Sender::new(known),
            stale: Notify::new(),
        }
    }

    /// As of now.
    pub(crate) fn known(&self) -> Known {
        self.known.borrow().clone()
    }

    /// Something changed: is it ours?
    pub(crate) fn heard(&self, change: &Change) {
        if matches!(
            change,
            Change::Settings | Change::Conversations { .. } | Change::Everything
        ) {
            self.stale.notify_one();
        }
    }
}

/// Keeps the desk up to date and draws what depends on it.
pub(crate) fn watch(app: &AppHandle) {
    let (app, desk) = (app.clone(), app.state::<Arc<Desk>>().inner().clone());
    tauri::async_runtime::spawn(async move {
        desk.stale.notify_one();
        loop {
            desk.stale.notified().await;
            if let Some(now) = ask(&app.state::<Workspace>()).await {
                let before = desk.known.send_replace(now.clone());
                if before != now {
                    draw(&app, desk.demo, &before, &now);
                }
            }
            tokio::time::sleep(QUIET).await;
        }
    });
}

/// `None` while the workspace is not open.
async fn ask(workspace: &Workspace) -> Option<Known> {
    let boot = workspace.call("boot", json!({})).await.ok()?;
    let counts = workspace.call("conversations.counts", json!({})).await.ok()?;
    let settings = boot.get("settings").cloned().unwrap_or_default();
    let language = boot.pointer("/profile/language").and_then(Value::as_str);
    Some(Known {
        settings: serde_json::from_value(settings).ok(),
        language: Language::of(language.unwrap_or_default()),
        unread: counts.get("unread").and_then(Value::as_i64).unwrap_or(0),
    })
}

fn draw(app: &AppHandle, demo: bool, before: &Known, now: &Known) {
    tray::draw(app, now);
    window::title(app, demo, now);
    let starts = |known: &Known| known.settings.as_ref().map(|settings| settings.autostart);
    // Only a change that a person made: what the system's own settings say is left alone otherwise.
    if let (Some(was), Some(is), false) = (starts(before), starts(now), demo)
        && was != is
    {
        let login = app.autolaunch();
        let done = if is { login.enable() } else { login.disable() };
        if let Err(error) = done {
            tracing::warn!(%error, on = is, "start at login could not be switched");
        }
    }
}

/// Do-not-disturb on or off, from the tray.
pub(crate) fn toggle_do_not_disturb(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let Some(mut settings) = app.state::<Arc<Desk>>().known().settings else {
            return;
        };
        settings.do_not_disturb = !settings.do_not_disturb;
        let saved = app.state::<Workspace>().call("settings.save", json!(settings)).await;
        if let Err(refusal) = saved {
            tracing::warn!(?refusal, "do-not-disturb could not be switched");
        }
    });
}
