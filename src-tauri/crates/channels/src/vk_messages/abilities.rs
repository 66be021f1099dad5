//! What a community can do besides receiving and sending: change, mark, signal, page through history, tell cards.

use async_trait::async_trait;
use contracts::channel::{
    Activity, Batch, CallError, ChatRef, Editing, HistoryCursor, HistoryPage, LiveSignals, Profile, ReadMarks, Resolve,
    SendError,
};
use domain::{At, Entity, RemoteId};
use serde::Deserialize;
use serde_json::Value;

use super::{
    attach,
    backfill::id_of,
    community::{Community, number},
    convert::{self, is_chat},
    errors::{call_error, reason, refusal, send_error},
    names,
    wire::Message,
};

/// Messages of one page of older history: what a thread shows at once, and a tenth of a second's answer.
const OLDER: usize = 50;

#[async_trait]
impl Editing for Community {
    async fn edit(
        &self,
        chat: &RemoteId,
        message: &RemoteId,
        text: &str,
        _entities: &[Entity],
    ) -> Result<(), SendError> {
        let (peer, cmid) = (number(chat)?, number(message)?);
        let before = self.message(peer, cmid).await?;
        let before = before.ok_or_else(|| CallError::Refused(reason("vk_messages.reason.edit_late")))?;
        // An edit takes off what it does not name.
        let kept: Vec<String> = before.attachments.iter().filter_map(attach::name_to_keep).collect();
        let edited = self.client().edit(peer, cmid, text, &kept).await;
        edited.map_err(|error| send_error(error, self.group()))
    }

    async fn delete(&self, chat: &RemoteId, message: &RemoteId) -> Result<(), SendError> {
        let (peer, cmid) = (number(chat)?, number(message)?);
        let outcome = self.client().delete(peer, cmid).await;
        let refused = match outcome {
            Ok(items) => items
                .into_iter()
                .find_map(|item| item.error)
                .map(|error| refusal(error.code, self.group())),
            Err(error) => Some(send_error(error, self.group())),
        };
        match refused {
            None => Ok(()),
            Some(SendError::Call(CallError::Refused(_))) if self.message(peer, cmid).await?.is_none() => Ok(()),
            Some(error) => Err(error),
        }
    }
}

impl Community {
    /// A message as it is now; `None` when it is gone.
    async fn message(&self, peer: i64, cmid: i64) -> Result<Option<Message>, CallError> {
        let found = self.client().messages(peer, &[cmid]).await.map_err(call_error)?;
        let message = found.items.first().and_then(|raw| Message::deserialize(raw).ok());
        Ok(message.filter(|message| !message.deleted))
    }
}

#[async_trait]
impl ReadMarks for Community {
    async fn mark_read(&self, chat: &RemoteId, message: &RemoteId) -> Result<(), CallError> {
        let marked = self.client().mark_read(number(chat)?, number(message)?).await;
        marked.map_err(call_error)
    }
}

#[async_trait]
impl LiveSignals for Community {
    async fn show(&self, chat: &RemoteId, activity: Activity) -> Result<(), CallError> {
        let kind = match activity {
            Activity::Typing => "typing",
            Activity::Recording => "audiomessage",
            Activity::Uploading => "file",
        };
        self.client()
            .show_activity(number(chat)?, kind)
            .await
            .map_err(call_error)
    }
}

#[async_trait]
impl HistoryPage for Community {
    /// The cursor is the id of the oldest message that was given.
    async fn older(&self, chat: &ChatRef, cursor: HistoryCursor) -> Result<(Batch, HistoryCursor), CallError> {
        let peer = number(&chat.remote_id)?;
        if is_chat(peer) {
            return Err(CallError::Refused(reason("vk_messages.reason.no_chat_history")));
        }
        let from: Option<i64> = cursor.and_then(|cursor| cursor.parse().ok());
        // The answer begins with the message that it was asked from.
        let wanted = if from.is_some() { OLDER + 1 } else { OLDER };
        let page = self
            .client()
            .history(peer, from, wanted)
            .await
            .map_err(call_error)?
            .items;
        let full = page.len() >= wanted;
        let mut older: Vec<Value> = page
            .into_iter()
            .filter(|raw| from.is_none_or(|from| id_of(raw) < from))
            .collect();
        older.reverse();
        let next = older.first().filter(|_| full).map(|oldest| id_of(oldest).to_string());
        let marks = self.marks(peer).await;
        // Before any session: old messages ring for nobody.
        let events = self.events(&older, Some(marks), At(i64::MAX)).await;
        let cursors = Vec::new();
        Ok((Batch { events, cursors }, next))
    }
}

impl Community {
    /// How far a dialog was read. Without an answer nothing old becomes unread, and the ticks stay at «sent».
    async fn marks(&self, peer: i64) -> convert::ReadMarks {
        let found = self.client().conversations_by_id(&[peer]).await.ok();
        let dialog = found.and_then(|found| found.items.into_iter().next());
        convert::ReadMarks {
            incoming: dialog.as_ref().map_or(i64::MAX, |dialog| dialog.in_read),
            outgoing: dialog.as_ref().map_or(0, |dialog| dialog.out_read),
        }
    }
}

#[async_trait]
impl Resolve for Community {
    async fn profile(&self, person: &RemoteId) -> Result<Profile, CallError> {
        let Ok(id) = person.as_str().parse::<i64>() else {
            // A chat of several people has no page.
            return Ok(Profile::default());
        };
        let pages = self.client().people(&[id]).await.map_err(call_error)?;
        Ok(pages.first().map(names::profile).unwrap_or_default())
    }
}
