//! The notification server of the desktop, by its own protocol:
//! <https://specifications.freedesktop.org/notification-spec/latest/protocol.html>

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::ConversationId;
use futures::StreamExt;
use tauri::AppHandle;
use zbus::{Connection, proxy, zvariant::Value};

use super::Notice;
use crate::window;

/// The action of a click on the notification itself.
const CLICK: &str = "default";
/// The server's own time.
const USUAL_TIME: i32 = -1;

#[proxy(
    interface = "org.freedesktop.Notifications",
    default_service = "org.freedesktop.Notifications",
    default_path = "/org/freedesktop/Notifications"
)]
trait Notifications {
    #[expect(clippy::too_many_arguments, reason = "the protocol's own")]
    fn notify(
        &self,
        app_name: &str,
        replaces_id: u32,
        app_icon: &str,
        summary: &str,
        body: &str,
        actions: &[&str],
        hints: HashMap<&str, &Value<'_>>,
        expire_timeout: i32,
    ) -> zbus::Result<u32>;

    fn get_capabilities(&self) -> zbus::Result<Vec<String>>;

    #[zbus(signal)]
    fn action_invoked(&self, id: u32, action_key: String) -> zbus::Result<()>;

    #[zbus(signal)]
    fn notification_closed(&self, id: u32, reason: u32) -> zbus::Result<()>;
}

/// Which notification is about whom.
type Shown = Arc<Mutex<HashMap<u32, ConversationId>>>;

pub(super) struct Server {
    server: NotificationsProxy<'static>,
    shown: Shown,
    /// The body is markup there: what people write must not be.
    markup: bool,
}

impl Server {
    /// `None` where there is no session bus or no server on it.
    pub(super) async fn connect(app: AppHandle) -> Option<Self> {
        Self::try_connect(app)
            .await
            .inspect_err(|error| tracing::info!(%error, "no notifications here"))
            .ok()
    }

    async fn try_connect(app: AppHandle) -> zbus::Result<Self> {
        let bus = Connection::session().await?;
        let server = NotificationsProxy::new(&bus).await?;
        let markup = server.get_capabilities().await?.iter().any(|can| can == "body-markup");
        let shown = Shown::default();
        let (mut clicks, mut ends) = (
            server.receive_action_invoked().await?,
            server.receive_notification_closed().await?,
        );
        let known = shown.clone();
        tauri::async_runtime::spawn(async move {
            loop {
                tokio::select! {
                    Some(click) = clicks.next() => if let Ok(click) = click.args() {
                        let conversation = lock(&known).remove(&click.id);
                        if let Some(conversation) = conversation {
                            window::open_conversation(&app, conversation);
                        }
                    },
                    Some(end) = ends.next() => if let Ok(end) = end.args() {
                        lock(&known).remove(&end.id);
                    },
                    else => break,
                }
            }
        });
        Ok(Self { server, shown, markup })
    }

    /// Whether the server took it.
    pub(super) async fn show(&self, notice: Notice) -> bool {
        let before = lock(&self.shown)
            .iter()
            .find(|(_, about)| **about == notice.conversation)
            .map_or(0, |(id, _)| *id);
        let body = if self.markup {
            escaped(&notice.body)
        } else {
            notice.body
        };
        let category = Value::from("im.received");
        let program = Value::from("besedka");
        let hints = HashMap::from([("category", &category), ("desktop-entry", &program)]);
        let actions = [CLICK, notice.open];
        let shown = self.server.notify(
            "Besedka",
            before,
            "besedka",
            &notice.title,
            &body,
            &actions,
            hints,
            USUAL_TIME,
        );
        match shown.await {
            Ok(id) => {
                let mut shown = lock(&self.shown);
                shown.remove(&before);
                shown.insert(id, notice.conversation);
                true
            }
            Err(error) => {
                tracing::warn!(%error, "a notification was not shown");
                false
            }
        }
    }
}

fn lock(shown: &Shown) -> std::sync::MutexGuard<'_, HashMap<u32, ConversationId>> {
    shown.lock().unwrap_or_else(PoisonError::into_inner)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_people_write_is_no_markup() {
        assert_eq!(
            super::escaped("<b>5 > 3 & 2</b>"),
            "&lt;b&gt;5 &gt; 3 &amp; 2&lt;/b&gt;"
        );
    }
}
