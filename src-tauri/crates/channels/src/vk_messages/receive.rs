//! One session of receiving: settings, server, what was missed, then poll after poll.
//!
//! ```text
//!   settings ─► server ─► online ─► first time? a day of history ─► poll ─► batch ─► committed ─┐
//!                                                                    ▲   └ failed: catch up ─┐  │
//!                                                                    └───────────────────────┴──┘
//! ```

use std::{collections::BTreeSet, time::Duration};

use contracts::channel::{Batch, CallError, Sink, SinkClosed};
use domain::At;
use serde::Deserialize;
use serde_json::Value;

use super::{
    backfill::Gap,
    client::EVENTS,
    community::{Community, LAST_MESSAGE, Position, TS},
    convert::View,
    errors::call_error,
    heard::Heard,
    updates::{Happened, understand},
    wire::{LongPollSettings, Message},
};
use crate::shared::{
    vk_api::VERSION,
    vk_long_poll::{Polled, Post},
};

/// How often push delivery is checked against the list of dialogs (CH-3).
const RECHECK: Duration = Duration::from_secs(10 * 60);

/// Why a session ended by itself.
#[derive(Debug)]
pub(super) enum Ended {
    /// A call failed.
    Call(CallError),
    /// The engine takes no more.
    Closed,
}

impl From<CallError> for Ended {
    fn from(error: CallError) -> Self {
        Self::Call(error)
    }
}

impl From<SinkClosed> for Ended {
    fn from(_: SinkClosed) -> Self {
        Self::Closed
    }
}

/// What a session carries from poll to poll.
struct Session<'a> {
    community: &'a Community,
    sink: &'a dyn Sink,
    began: At,
    post: Post,
    heard: Heard,
    checked_at: Option<At>,
}

/// Receives until something breaks. Dropping it at any point loses nothing: cursors move with what is committed.
pub(super) async fn session(community: &Community, sink: &dyn Sink) -> Result<std::convert::Infallible, Ended> {
    let began = community.now();
    switch_on(community).await?;
    let server = community.client().long_poll_server().await.map_err(call_error)?;
    community.is_online();
    sink.online().await;
    let mut session = Session {
        community,
        sink,
        began,
        post: Post {
            server: server.server,
            key: server.key,
        },
        heard: Heard::default(),
        checked_at: None,
    };
    if community.position().ts.is_none() {
        session.catch_up(Gap::First, server.ts).await?;
    }
    loop {
        session.step().await?;
    }
}

/// Switches Long Poll on where somebody has switched it, or an event that we need, off.
async fn switch_on(community: &Community) -> Result<(), CallError> {
    let settings = community.client().long_poll_settings().await.map_err(call_error)?;
    if suffices(&settings) {
        return Ok(());
    }
    community.client().switch_long_poll_on().await.map_err(call_error)
}

fn suffices(settings: &LongPollSettings) -> bool {
    let is_on = |event: &&str| matches!(settings.events.get(*event), Some(on) if *on == 1 || *on == true);
    settings.is_enabled && settings.api_version.as_deref() == Some(VERSION) && EVENTS.iter().all(is_on)
}

impl Session<'_> {
    async fn step(&mut self) -> Result<(), Ended> {
        let Position { ts, .. } = self.community.position();
        let ts = ts.unwrap_or_default();
        match self.community.client().poll(&self.post, &ts).await? {
            Polled::Updates { ts, updates } => self.take(ts, &updates).await?,
            Polled::Outdated { ts } => self.catch_up(Gap::Lost, ts).await?,
            Polled::KeyExpired => {
                self.new_key().await?;
            }
            Polled::Lost => {
                let ts = self.new_key().await?;
                self.catch_up(Gap::Lost, ts).await?;
            }
        }
        self.recheck().await
    }

    async fn new_key(&mut self) -> Result<String, CallError> {
        let server = self.community.client().long_poll_server().await.map_err(call_error)?;
        self.post = Post {
            server: server.server,
            key: server.key,
        };
        Ok(server.ts)
    }

    /// Hands the updates of one poll over, with the cursor that stands after them.
    async fn take(&mut self, ts: String, updates: &[Value]) -> Result<(), Ended> {
        let before = self.community.position();
        if updates.is_empty() && before.ts.as_ref() == Some(&ts) {
            return Ok(());
        }
        let mut happened: Vec<Happened> = updates.iter().filter_map(understand).collect();
        self.complete(&mut happened).await?;
        let told: Vec<_> = happened.iter().filter_map(number).collect();
        let presses: Vec<_> = happened.iter().filter_map(press).collect();
        let batch = self.converted(happened).await;
        let ts = Some(ts);
        self.commit(batch, Position { ts, ..before }).await?;
        for (peer, cmid) in told {
            self.heard.told(peer, cmid);
        }
        for (event, user, peer) in presses {
            if let Err(error) = self.community.client().answer_press(&event, user, peer).await {
                tracing::debug!(%error, "the press stays unanswered");
            }
        }
        Ok(())
    }

    /// Reads again what was too big for an event.
    async fn complete(&self, happened: &mut [Happened]) -> Result<(), CallError> {
        for one in happened {
            let Happened::Message(message, raw) = one else { continue };
            if !message.is_cropped {
                continue;
            }
            let (peer, cmid) = (message.peer_id, message.conversation_message_id);
            match self
                .community
                .client()
                .messages(peer, &[cmid])
                .await
                .map_err(call_error)
            {
                Ok(found) => {
                    let whole = found.items.into_iter().next();
                    if let Some((read, whole)) = whole.and_then(|raw| Some((Message::deserialize(&raw).ok()?, raw))) {
                        (**message, *raw) = (read, whole);
                    }
                }
                // What is there is better than nothing, and the line goes on.
                Err(CallError::Refused(reason)) => tracing::info!(%reason, "a cropped message stays cropped"),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    async fn converted(&self, happened: Vec<Happened>) -> Batch {
        let mut ids = BTreeSet::new();
        for one in &happened {
            if let Happened::Message(message, _) = one
                && message.action.is_some()
            {
                self.community.people.forget_chat(message.peer_id);
            }
            one.named(&mut ids);
        }
        let now = self.community.now();
        let names = self.community.people.names(self.community.client(), &ids, now).await;
        let view = View {
            group: self.community.group(),
            names: &names,
            echoes: &self.community.echoes,
            session_began: self.began,
            marks: None,
        };
        Batch {
            events: happened.into_iter().filter_map(|one| one.event(&view, now)).collect(),
            cursors: Vec::new(),
        }
    }

    /// Loads what the event queue no longer has, then goes on from `ts`.
    async fn catch_up(&mut self, gap: Gap, ts: String) -> Result<(), Ended> {
        self.checked_at = Some(self.community.now());
        let known = self.fill(gap).await?;
        let ts = Some(ts);
        self.commit(Batch::default(), Position { ts, known }).await
    }

    /// Looks for what push delivery has missed, now and then.
    async fn recheck(&mut self) -> Result<(), Ended> {
        let now = self.community.now();
        if self.checked_at.is_some_and(|at| now.since(at) < RECHECK) {
            return Ok(());
        }
        self.checked_at = Some(now);
        let known = self.fill(Gap::Recheck).await?;
        let before = self.community.position();
        if known == before.known {
            return Ok(());
        }
        self.commit(Batch::default(), Position { known, ..before }).await
    }

    async fn fill(&mut self, gap: Gap) -> Result<i64, Ended> {
        self.community.fill(gap, self.began, self.sink, &mut self.heard).await
    }

    async fn commit(&self, mut batch: Batch, position: Position) -> Result<(), Ended> {
        batch.cursors = vec![(LAST_MESSAGE, position.known.to_string())];
        batch.cursors.extend(position.ts.clone().map(|ts| (TS, ts)));
        self.sink.accept(batch).await?;
        self.community.moved_to(position);
        Ok(())
    }
}

fn number(happened: &Happened) -> Option<(i64, i64)> {
    match happened {
        Happened::Message(message, _) => Some((message.peer_id, message.conversation_message_id)),
        _ => None,
    }
}

fn press(happened: &Happened) -> Option<(String, i64, i64)> {
    match happened {
        Happened::Press(press) => Some((press.event_id.clone(), press.user_id, press.peer_id)),
        _ => None,
    }
}
