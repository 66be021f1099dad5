//! What managers write in the chats of the CRM, without an address of our own (AMO-10).
//!
//! ```text
//!   events (outgoing_chat_message: which message, which talk; no text)
//!     └─► talks/{id}: which chat, whose contact
//!           └─► signed history of the chat: the text      (Kommo: talks/{id}/messages where the history has none)
//! ```
//!
//! From documents and libraries, not proved on a live account: that the history holds managers' messages, and that the
//! event names the message as the history does. Therefore all messages of a manager since the event are taken, not
//! only the one of that name; each is known by its own number and comes once.

use std::collections::{BTreeMap, HashSet};

use contracts::crm::{BoundKey, CrmError, CrmEvent, Polled, Reply, ReplyTarget, Scope, Urgency};
use domain::{At, CrmEntity, CrmRef, RemoteId};
use serde_json::{Value, json};

use super::{
    amojo::Amojo,
    errors::ApiError,
    link::AmoLink,
    options::Mode,
    reply_content as content,
    wire::{AmojoMessage, Event, EventMessage, Page, Talk, TalkMessage},
};

/// The cursor: seconds of the latest event.
const EVENTS: &str = "events";
/// Where everything began: seconds, and the events of that very second.
const FLOOR: &str = "floor";
/// Events of one page: the most that the documents allow.
const PAGE: usize = 100;
/// Events may show up late: so many seconds are asked for again.
const OVERLAP: i64 = 15;
/// Pages of one poll: some thousand answers, more than managers write while a desktop is off for a weekend.
const PAGES: usize = 50;
/// Pages of a chat's history that are looked through for what is new in it.
const HISTORY_PAGES: usize = 20;
/// A page of a history that is full has a next one.
const HISTORY_PAGE: usize = 50;
/// The manager's own clock in the history and the event's may differ.
const SLACK_MS: i64 = 5000;

/// Which origins (channels, as events name them) turned out to be ours or not.
#[derive(Debug, Default)]
pub(super) struct Origins {
    ours: HashSet<String>,
    others: HashSet<String>,
}

/// Where polling stands.
pub(super) struct Cursor {
    from: i64,
    floor: i64,
    before: HashSet<String>,
}

impl AmoLink {
    /// See [`contracts::crm::CrmLink::poll`].
    pub(super) async fn news(&self, cursors: &BTreeMap<String, String>) -> Result<Polled, ApiError> {
        if self.options.mode() != Mode::Chats {
            return Ok(Polled::default());
        }
        let Some(cursor) = Cursor::read(cursors) else {
            return self.begin().await;
        };
        if let Some(told) = self.told(&cursor).await? {
            return Ok(told);
        }
        let mut events = Vec::new();
        for page in 1..=PAGES {
            let (some, goes_on) = self.events(cursor.asks_from(), page).await?;
            events.extend(some);
            if !goes_on {
                break;
            }
        }
        let latest = events.iter().map(|event| event.created_at).fold(cursor.from, i64::max);
        events.retain(|event| !cursor.is_past(event));
        events.sort_by_key(|event| event.created_at);
        let replies = self.replies(&events, &cursor).await?;
        Ok(Polled {
            events: replies,
            cursors: vec![(EVENTS.to_owned(), latest.to_string())],
            more: false,
            confirm: None,
        })
    }

    /// The first poll of all: what was written before is the past.
    async fn begin(&self) -> Result<Polled, ApiError> {
        let (events, _) = self.events(0, 1).await?;
        let latest = events.iter().map(|event| event.created_at).max();
        let latest = latest.unwrap_or_else(|| self.deps.clock.now().secs() - OVERLAP);
        let same = events.iter().filter(|event| event.created_at == latest);
        let ids: Vec<String> = same.filter_map(|event| Some(event.message()?.id)).collect();
        Ok(Polled {
            cursors: vec![
                (EVENTS.to_owned(), latest.to_string()),
                (FLOOR.to_owned(), format!("{latest} {}", ids.join(" "))),
            ],
            ..Polled::default()
        })
    }

    /// A page of events since then, the newest first, and whether there is another one.
    async fn events(&self, from: i64, page: usize) -> Result<(Vec<Event>, bool), ApiError> {
        let mut query = vec![
            ("filter[type]", "outgoing_chat_message".to_owned()),
            ("limit", PAGE.to_string()),
            ("page", page.to_string()),
        ];
        if from > 0 {
            query.push(("filter[created_at][from]", from.to_string()));
        }
        let page: Option<Page> = self.client.get("events", &query, Urgency::Reply).await?;
        let page = page.unwrap_or_default();
        Ok((page.of("events"), page.goes_on()))
    }

    /// The messages of the events. A chat is read once, however many events it has.
    async fn replies(&self, events: &[Event], cursor: &Cursor) -> Result<Vec<CrmEvent>, ApiError> {
        let mut since: Vec<(i64, i64, EventMessage)> = Vec::new();
        for event in events {
            let Some(message) = event.message() else { continue };
            if self.is_foreign(&message).await || since.iter().any(|(talk, ..)| *talk == message.talk_id) {
                continue;
            }
            since.push((message.talk_id, event.created_at, message));
        }
        let mut replies = Vec::new();
        for (talk, from, message) in since {
            replies.extend(self.replies_of(talk, from, cursor, &message).await?);
        }
        replies.sort_by_key(|reply| reply.written_at);
        Ok(replies.into_iter().map(Box::new).map(CrmEvent::Reply).collect())
    }

    async fn is_foreign(&self, message: &EventMessage) -> bool {
        let origins = self.origins.lock().await;
        message
            .origin
            .as_ref()
            .is_some_and(|origin| origins.others.contains(origin))
    }

    /// What managers wrote in the chat of a talk since then.
    async fn replies_of(
        &self,
        talk_id: i64,
        from: i64,
        cursor: &Cursor,
        event: &EventMessage,
    ) -> Result<Vec<Reply>, ApiError> {
        let Some(talk) = self.talk(talk_id).await? else {
            return Ok(Vec::new());
        };
        let (amojo, scope) = self.amojo().await?;
        let history = match self.recent(amojo, &scope, &talk.chat_id, from).await {
            Ok(history) => {
                self.learn(event, true).await;
                history
            }
            // Only chats of the own channel have a history for it: this one is somebody else's.
            Err(ApiError::Problem(_)) => {
                self.learn(event, false).await;
                return Ok(Vec::new());
            }
            Err(error) => return Err(error),
        };
        let own = self.own_messages(&talk.chat_id).await?;
        let mut replies = Vec::new();
        let new = |message: &&AmojoMessage| is_managers(message, from, &own) && !cursor.holds_past(message);
        let new: Vec<&AmojoMessage> = history.iter().filter(new).collect();
        for message in new {
            let target = self.reply_target(&talk).await?;
            replies.push(of_history(message, &talk, target));
        }
        if replies.iter().any(|reply| reply.remote_id.as_str() == event.id) || !self.client.login().await.is_kommo() {
            return Ok(replies);
        }
        replies.extend(self.by_rest(talk_id, from, &talk, &own, &replies).await?);
        Ok(replies)
    }

    /// The messages of a chat since then, and maybe some more. In which order the service tells them, its documents do
    /// not say: both are understood.
    async fn recent(&self, amojo: &Amojo, scope: &str, chat: &str, from: i64) -> Result<Vec<AmojoMessage>, ApiError> {
        let mut all = Vec::new();
        for page in 0..HISTORY_PAGES {
            let some = amojo.history(&self.client, scope, chat, page, Urgency::Reply).await?;
            let full = some.len() >= HISTORY_PAGE;
            let newest_first = some.first().map(AmojoMessage::at) >= some.last().map(AmojoMessage::at);
            let reaches_back = some.iter().any(|message| message.at() < from * 1000 - SLACK_MS);
            all.extend(some);
            if !full || newest_first && reaches_back {
                break;
            }
        }
        Ok(all)
    }

    /// What the history does not have, told by Kommo's REST (a paid plan; not at amoCRM).
    async fn by_rest(
        &self,
        talk_id: i64,
        from: i64,
        talk: &Talk,
        own: &HashSet<String>,
        known: &[Reply],
    ) -> Result<Vec<Reply>, ApiError> {
        let query = [
            ("filter[created_at][from]", from.to_string()),
            ("limit", "250".to_owned()),
        ];
        let path = format!("talks/{talk_id}/messages");
        let page: Option<Page> = match self.client.get(&path, &query, Urgency::Reply).await {
            Ok(page) => page,
            // The plan or the token does not have it: the history is all there is.
            Err(ApiError::Problem(_) | ApiError::Crm(CrmError::Unpaid(_))) => None,
            Err(error) => return Err(error),
        };
        let messages: Vec<TalkMessage> = page.map(|page| page.of("messages")).unwrap_or_default();
        let mut replies = Vec::new();
        for message in messages {
            let ours = own.contains(&message.id) || known.iter().any(|reply| reply.remote_id.as_str() == message.id);
            if message.direction == "outgoing" && !ours && message.created_at >= from {
                let target = self.reply_target(talk).await?;
                replies.push(of_rest(&message, talk, target));
            }
        }
        Ok(replies)
    }

    /// Whose channel an origin is, so that other channels' events cost nothing from now on. A chat of ours outweighs.
    async fn learn(&self, event: &EventMessage, ours: bool) {
        let Some(origin) = event.origin.clone() else { return };
        let mut origins = self.origins.lock().await;
        if ours {
            origins.others.remove(&origin);
            origins.ours.insert(origin);
        } else if !origins.ours.contains(&origin) {
            origins.others.insert(origin);
        }
    }

    /// A talk, from memory where it was asked for before: its chat never changes.
    async fn talk(&self, id: i64) -> Result<Option<Talk>, ApiError> {
        let mut talks = self.talks.lock().await;
        if let Some(talk) = talks.get(&id) {
            return Ok(Some(talk.clone()));
        }
        let talk = match self
            .client
            .get::<Talk>(&format!("talks/{id}"), &[], Urgency::Reply)
            .await
        {
            Ok(talk) => talk.filter(|talk| !talk.chat_id.is_empty()),
            Err(error) if error.gone() => None,
            Err(error) => return Err(error),
        };
        if let Some(talk) = &talk {
            talks.insert(id, talk.clone());
        }
        Ok(talk)
    }

    /// Messages that we brought into this chat in a manager's name.
    pub(super) async fn own_messages(&self, chat: &str) -> Result<HashSet<String>, ApiError> {
        let mut own = HashSet::new();
        for key in self.deps.notebook.who(&CrmRef::new(CrmEntity::Chat, chat)).await? {
            let remembered = BoundKey::of(key.scope, "own");
            let bound = self.deps.notebook.bound(&remembered).await?;
            let ids = bound
                .and_then(|bound| bound.data.as_array().cloned())
                .unwrap_or_default();
            own.extend(ids.iter().filter_map(Value::as_str).map(str::to_owned));
        }
        Ok(own)
    }

    /// The conversation of the chat; where a manager has opened it from a card, the person on that card.
    pub(super) async fn reply_target(&self, talk: &Talk) -> Result<ReplyTarget, ApiError> {
        let chat = CrmRef::new(CrmEntity::Chat, &talk.chat_id);
        let known = self.deps.notebook.who(&chat).await?;
        if known.iter().any(|key| matches!(key.scope, Scope::Conversation(_))) {
            return Ok(ReplyTarget::Bound(chat));
        }
        self.person_of(talk, chat).await
    }
}

impl Cursor {
    fn read(cursors: &BTreeMap<String, String>) -> Option<Self> {
        let from = cursors.get(EVENTS)?.parse().ok()?;
        let mut floor = cursors.get(FLOOR).map_or("", String::as_str).split_whitespace();
        Some(Self {
            from,
            floor: floor.next().and_then(|secs| secs.parse().ok()).unwrap_or(0),
            before: floor.map(str::to_owned).collect(),
        })
    }

    fn asks_from(&self) -> i64 {
        (self.from - OVERLAP).max(self.floor)
    }

    /// It happened before the link began.
    fn is_past(&self, event: &Event) -> bool {
        let of_then = event.created_at <= self.floor;
        of_then && event.message().is_none_or(|message| self.before.contains(&message.id))
    }

    /// It was written before the link began.
    pub(super) fn holds_past(&self, message: &AmojoMessage) -> bool {
        message.at() < self.floor * 1000 || self.before.contains(&message.message.id)
    }
}

/// A manager wrote it, and not long before the event: neither the client nor we have given it a name.
pub(super) fn is_managers(message: &AmojoMessage, from: i64, own: &HashSet<String>) -> bool {
    let named_by_us = !message.message.client_id.is_empty() || !message.sender.client_id.is_empty();
    let old = message.at() < from * 1000 - SLACK_MS;
    !named_by_us && !old && !own.contains(&message.message.id)
}

pub(super) fn of_history(message: &AmojoMessage, talk: &Talk, target: ReplyTarget) -> Reply {
    let said = &message.message;
    Reply {
        remote_id: RemoteId::new(&said.id),
        target,
        author: (!message.sender.name.is_empty()).then(|| message.sender.name.clone()),
        automatic: false,
        mailing: false,
        content: content::of_history(said),
        files: content::files_of_history(said),
        answers: None,
        written_at: At(message.at()),
        data: json!({ "chat": talk.chat_id, "message": said.id }),
    }
}

fn of_rest(message: &TalkMessage, talk: &Talk, target: ReplyTarget) -> Reply {
    Reply {
        remote_id: RemoteId::new(&message.id),
        target,
        author: message.author().map(str::to_owned),
        automatic: message.by_a_robot(),
        mailing: false,
        content: domain::Content::plain(&message.text),
        files: content::file_of_rest(message).into_iter().collect(),
        answers: None,
        written_at: At::from_secs(message.created_at),
        data: json!({ "chat": talk.chat_id, "message": message.id }),
    }
}
