//! What the event queue does not hold: a day of history at the first connection, gaps, and what push delivery missed.
//! <https://dev.vk.com/method/messages.getConversations>, …/messages.getHistory

use std::{collections::BTreeSet, time::Duration};

use contracts::channel::{Batch, CallError, ConnectorEvent, Malformed, Sink};
use domain::{At, RemoteId};
use serde::Deserialize;
use serde_json::Value;

use super::{
    community::Community,
    convert::{self, ReadMarks, View},
    errors::call_error,
    heard::Heard,
    names::Names,
    receive::Ended,
    wire::{Conversation, ConversationItem, Message},
};

/// CH-11.
const FIRST_DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// The most of dialogs, and of messages, in one answer.
const PAGE: usize = 200;
/// A few dialogs show that a re-check finds nothing, a few messages hold what is new.
const GLANCE: usize = 20;

/// Why history is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// The account was just connected.
    First,
    /// VK has dropped events.
    Lost,
    /// Just to be sure (CH-3).
    Recheck,
}

/// Which messages are new.
#[derive(Debug, Clone, Copy)]
struct Since {
    known: i64,
    not_before: At,
}

impl Since {
    fn is_new(self, id: i64, date: i64) -> bool {
        id > self.known && At::from_secs(date) >= self.not_before
    }
}

impl Community {
    /// Emits every message that is not known, dialog by dialog, oldest first, and gives the id up to which all are
    /// known then. The cursor is moved by the caller, after the last one: breaking off in between only means reading
    /// them again.
    pub(super) async fn fill(&self, gap: Gap, began: At, sink: &dyn Sink, heard: &mut Heard) -> Result<i64, Ended> {
        let since = Since {
            known: self.position().known,
            not_before: match gap {
                Gap::First => self.connected_at.minus(FIRST_DAY),
                Gap::Lost | Gap::Recheck => At(i64::MIN),
            },
        };
        let (mut offset, mut newest) = (0, since.known);
        let mut count = if gap == Gap::Recheck { GLANCE } else { PAGE };
        loop {
            let asked = self.client().conversations(offset, count).await;
            let page = asked.map_err(call_error)?.items;
            let last = page.iter().map(|item| item.conversation.last_message_id).max();
            newest = newest.max(last.unwrap_or(0));
            self.tell_reads(&page, gap, sink).await?;
            let news: Vec<&Conversation> = page.iter().filter_map(|item| holds_news(item, since)).collect();
            for dialog in &news {
                let (peer, last) = (dialog.peer.id, dialog.last_conversation_message_id);
                if gap != Gap::Recheck || !heard.is_whole(peer, last) {
                    self.fill_dialog(dialog, since, began, sink).await?;
                    heard.read(peer, last);
                }
            }
            // Pinned dialogs stand above newer ones: only a page without any news is the end.
            if news.is_empty() || page.len() < count {
                return Ok(newest);
            }
            (offset, count) = (offset + page.len(), PAGE);
        }
    }

    /// Our messages that were read, and what colleagues have read in VK itself.
    async fn tell_reads(&self, page: &[ConversationItem], gap: Gap, sink: &dyn Sink) -> Result<(), Ended> {
        // A first session brings the marks along with the messages.
        if gap == Gap::First {
            return Ok(());
        }
        let now = self.now();
        let read = |cmid: &Option<i64>| cmid.filter(|cmid| *cmid > 0);
        let mut events = Vec::new();
        for Conversation {
            peer,
            out_read_cmid,
            in_read_cmid,
            ..
        } in page.iter().map(|item| &item.conversation)
        {
            let chat = RemoteId::new(peer.id);
            events.extend(read(out_read_cmid).map(|cmid| convert::receipt(chat.clone(), cmid, now)));
            // A re-check would undo «mark unread» again and again.
            if gap == Gap::Lost {
                events.extend(read(in_read_cmid).map(|cmid| ConnectorEvent::ReadElsewhere {
                    chat,
                    up_to: Some(RemoteId::new(cmid)),
                }));
            }
        }
        if events.is_empty() {
            return Ok(());
        }
        let cursors = Vec::new();
        Ok(sink.accept(Batch { events, cursors }).await?)
    }

    async fn fill_dialog(&self, dialog: &Conversation, since: Since, began: At, sink: &dyn Sink) -> Result<(), Ended> {
        let mut missed = self.missed(dialog.peer.id, since).await?;
        missed.reverse();
        let marks = ReadMarks {
            incoming: dialog.in_read,
            outgoing: dialog.out_read,
        };
        for some in missed.chunks(PAGE) {
            let events = self.events(some, Some(marks), began).await;
            let cursors = Vec::new();
            sink.accept(Batch { events, cursors }).await?;
        }
        Ok(())
    }

    /// The unknown messages of a dialog, newest first.
    async fn missed(&self, peer: i64, since: Since) -> Result<Vec<Value>, CallError> {
        let mut missed: Vec<Value> = Vec::new();
        // Mostly a handful is new: the first page is a small one.
        let (mut from, mut count) = (None, GLANCE);
        loop {
            let page = self
                .client()
                .history(peer, from, count)
                .await
                .map_err(call_error)?
                .items;
            let full = page.len() >= count;
            let before = from.unwrap_or(i64::MAX);
            // The page begins with the message that it was asked from.
            let older: Vec<Value> = page.into_iter().filter(|raw| id_of(raw) < before).collect();
            let Some(oldest) = older.iter().map(id_of).min() else {
                return Ok(missed);
            };
            let (asked, known) = (older.len(), missed.len());
            missed.extend(older.into_iter().filter(|raw| since.is_new(id_of(raw), date_of(raw))));
            if !full || missed.len() - known < asked {
                return Ok(missed);
            }
            (from, count) = (Some(oldest), PAGE);
        }
    }

    /// Messages of history as events.
    pub(super) async fn events(&self, raws: &[Value], marks: Option<ReadMarks>, began: At) -> Vec<ConnectorEvent> {
        let messages: Vec<_> = raws.iter().map(|raw| (Message::deserialize(raw), raw)).collect();
        let mut ids = BTreeSet::new();
        for message in messages.iter().filter_map(|(message, _)| message.as_ref().ok()) {
            ids.extend(convert::named(message));
            ids.insert(message.peer_id);
        }
        let names: Names = self.people.names(self.client(), &ids, self.now()).await;
        let view = View {
            group: self.group(),
            names: &names,
            echoes: &self.echoes,
            session_began: began,
            marks,
        };
        let event = |(message, raw): (Result<Message, serde_json::Error>, &Value)| match message {
            Ok(message) if message.deleted => None,
            Ok(message) => Some(ConnectorEvent::Message(Box::new(convert::message(
                &message, raw, &view,
            )))),
            Err(problem) => Some(ConnectorEvent::Malformed(Malformed {
                raw: raw.to_string(),
                problem: problem.to_string(),
            })),
        };
        messages.into_iter().filter_map(event).collect()
    }
}

/// The dialog, if it has a message that is not known. VK gives communities no history of chats with several people:
/// <https://dev.vk.com/method/messages.getHistory>.
fn holds_news(item: &ConversationItem, since: Since) -> Option<&Conversation> {
    let date = item.last_message.as_ref().map_or(i64::MAX, |last| last.date);
    let dialog = &item.conversation;
    let has_news = !convert::is_chat(dialog.peer.id) && since.is_new(dialog.last_message_id, date);
    has_news.then_some(dialog)
}

pub(super) fn id_of(raw: &Value) -> i64 {
    raw.get("id").and_then(Value::as_i64).unwrap_or(0)
}

fn date_of(raw: &Value) -> i64 {
    raw.get("date").and_then(Value::as_i64).unwrap_or(0)
}
