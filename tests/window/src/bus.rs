//! The desktop's notification server, played by the test.

use std::{collections::HashMap, time::Duration};

use anyhow::{Context, Result};
use tokio::sync::mpsc;
use zbus::{Connection, connection, interface, zvariant::OwnedValue};

use crate::PATIENCE;

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// What the program asked to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its number on the board.
    pub id: u32,
    /// Which one it took the place of; 0: none.
    pub replaces: u32,
    /// First line.
    pub title: String,
    /// The rest, as the server gets it.
    pub body: String,
}

/// The server: it shows nothing and remembers everything.
#[derive(Debug)]
pub struct NoticeBoard {
    bus: Connection,
    seen: mpsc::UnboundedReceiver<Seen>,
}

struct Server {
    next: u32,
    seen: mpsc::UnboundedSender<Seen>,
}

#[interface(name = "org.freedesktop.Notifications")]
impl Server {
    #[expect(clippy::too_many_arguments, reason = "the protocol's own")]
    fn notify(
        &mut self,
        _app_name: &str,
        replaces_id: u32,
        _app_icon: &str,
        summary: String,
        body: String,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expire_timeout: i32,
    ) -> u32 {
        let id = if replaces_id > 0 {
            replaces_id
        } else {
            self.next += 1;
            self.next
        };
        let _ = self.seen.send(Seen {
            id,
            replaces: replaces_id,
            title: summary,
            body,
        });
        id
    }

    fn get_capabilities(&self) -> Vec<&'static str> {
        vec!["actions", "body", "body-markup"]
    }
}

impl NoticeBoard {
    /// Takes the server's place on the session bus.
    ///
    /// # Errors
    /// Without a bus, or with a real server on it.
    pub async fn hang() -> Result<Self> {
        let (tell, seen) = mpsc::unbounded_channel();
        let bus = connection::Builder::session()?
            .name(NAME)?
            .serve_at(PATH, Server { next: 0, seen: tell })?
            .build()
            .await?;
        Ok(Self { bus, seen })
    }

    /// Waits for the next notification.
    ///
    /// # Errors
    /// When none comes.
    pub async fn next(&mut self) -> Result<Seen> {
        let next = tokio::time::timeout(PATIENCE, self.seen.recv()).await;
        next.context("no notification came")?.context("the board is gone")
    }

    /// Whether the board stays empty for this long.
    pub async fn stays_empty(&mut self, long: Duration) -> bool {
        tokio::time::timeout(long, self.seen.recv()).await.is_err()
    }

    /// Clicks on a notification.
    ///
    /// # Errors
    /// When the bus is gone.
    pub async fn clicks(&self, id: u32) -> Result<()> {
        // Nobody is so quick as to click before the program has heard which number its notification got.
        tokio::time::sleep(Duration::from_millis(300)).await;
        let body = (id, "default");
        Ok(self
            .bus
            .emit_signal(None::<&str>, PATH, NAME, "ActionInvoked", &body)
            .await?)
    }
}
