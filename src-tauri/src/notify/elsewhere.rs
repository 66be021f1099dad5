//! Windows and macOS. Neither lets a notification of this kind be replaced: the next message adds one, and the system
//! groups them under the program's name.

use tauri::{AppHandle, Manager};

use super::Notice;
use crate::window;

pub(super) struct Server {
    app: AppHandle,
}

impl Server {
    pub(super) async fn connect(app: AppHandle) -> Option<Self> {
        Some(Self { app })
    }

    /// Whether the system took it.
    pub(super) async fn show(&self, notice: Notice) -> bool {
        let app = self.app.clone();
        // The system tells of the click on the thread that waits for it; it ends when the notification does.
        std::thread::spawn(move || {
            let mut shown = notify_rust::Notification::new();
            shown.summary(&notice.title).body(&notice.body).appname("Besedka");
            #[cfg(target_os = "windows")]
            shown.app_id(&app.config().identifier);
            match shown.show() {
                Ok(handle) => handle.wait_for_action(|action| {
                    if action != "__closed" {
                        window::open_conversation(&app, notice.conversation);
                    }
                }),
                Err(error) => tracing::warn!(%error, "a notification was not shown"),
            }
        });
        true
    }
}
