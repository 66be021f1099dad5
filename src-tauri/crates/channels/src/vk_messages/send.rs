//! Sending one message. <https://dev.vk.com/method/messages.send>

use std::time::Duration;

use contracts::channel::{CallError, Certainty, OutgoingMessage, SendError, Sent};
use domain::RemoteId;
use serde::Deserialize;

use super::{
    client::Draft,
    community::{Community, number},
    convert::is_chat,
    echoes::{payload, random_id},
    errors::{before_sending, call_error, reason, refusal, send_error},
    wire::Message,
};

/// For so long after the start a message may be one that an earlier run of the program has sent already: the engine
/// repeats what it left half done as soon as the line stands.
const AFTER_START: Duration = Duration::from_secs(15 * 60);
/// How far back such a message is looked for: one page.
const LOOK_BACK: usize = 200;

impl Community {
    /// VK recognises a repetition for an hour only, so a repeated send looks into the dialog first.
    pub(super) async fn send_message(&self, message: &OutgoingMessage) -> Result<Sent, SendError> {
        let peer = number(&message.chat)?;
        let first_try = self.echoes.expect(message.key);
        if (!first_try || self.is_young())
            && let Some(sent) = self.sent_before(peer, message.key).await.map_err(before_sending)?
        {
            return Ok(sent);
        }
        let draft = self.draft(peer, message).await?;
        let sent = self.client().send(&draft).await;
        let sent = sent.map_err(|error| send_error(error, self.group()))?;
        let sent = sent.into_iter().next().ok_or_else(no_number)?;
        if let Some(error) = sent.error {
            tracing::info!(code = error.code, said = error.description, "VK does not send");
            return Err(refusal(error.code, self.group()));
        }
        match sent.conversation_message_id {
            0 => Err(no_number()),
            cmid => Ok(Sent {
                remote_id: RemoteId::new(cmid),
                sent_at: None,
            }),
        }
    }

    /// The message in VK's form, its files uploaded.
    async fn draft<'a>(&self, peer: i64, message: &'a OutgoingMessage) -> Result<Draft<'a>, SendError> {
        let mut attachments = Vec::new();
        for file in &message.files {
            let attachment = self.upload(peer, file).await;
            attachments.push(attachment.map_err(not_uploaded)?);
        }
        Ok(Draft {
            peer,
            text: &message.text,
            attachments,
            reply_to: message.reply_to.as_ref().map(number).transpose()?,
            random_id: random_id(message.key),
            payload: payload(message.key),
        })
    }

    /// Whether the program has just started.
    fn is_young(&self) -> bool {
        self.online_since()
            .is_none_or(|since| self.now().since(since) < AFTER_START)
    }

    /// The message of this key, if it stands in the dialog.
    async fn sent_before(&self, peer: i64, key: i64) -> Result<Option<Sent>, CallError> {
        if is_chat(peer) {
            // VK shows communities no history of chats; there its own memory of an hour has to do.
            return Ok(None);
        }
        let history = match self.client().history(peer, None, LOOK_BACK).await.map_err(call_error) {
            Ok(history) => history,
            // The dialog does not exist yet, or is closed: sending will say so better.
            Err(CallError::Refused(_) | CallError::Stuck { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let messages = history.items.iter().filter_map(|raw| Message::deserialize(raw).ok());
        let mut ours = messages.filter(|message| message.out && self.echoes.key_of(message) == Some(key));
        Ok(ours.next().map(|message| Sent {
            remote_id: RemoteId::new(message.conversation_message_id),
            sent_at: Some(domain::At::from_secs(message.date)),
        }))
    }
}

/// A file that did not arrive has sent nothing.
fn not_uploaded(error: SendError) -> SendError {
    match error {
        SendError::Call(error) => SendError::Call(before_sending(error)),
        unreachable @ SendError::Unreachable(_) => unreachable,
    }
}

/// It was sent, and we do not know as what: asking again with the same `random_id` tells.
fn no_number() -> SendError {
    SendError::Call(CallError::Network {
        reason: reason("vk_messages.reason.server_trouble"),
        certainty: Certainty::Unknown,
    })
}
