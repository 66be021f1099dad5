//! What all sends share: rights, limits, reply, keyboard, the log of what was accepted.

use crate::ids::{ChatId, MessageId};
use crate::news::Happening;
use crate::phone::Sent;
use crate::telegram_bot::api::addressee::{Access, addressee};
use crate::telegram_bot::api::error::{Answer, ApiError};
use crate::telegram_bot::api::markup::markup;
use crate::telegram_bot::api::reply::reply;
use crate::telegram_bot::api::request::Request;
use crate::telegram_bot::state::message::{Author, Body, Message, Reply};
use crate::telegram_bot::state::{Draft, State};
use crate::telegram_bot::wire;
use serde_json::Value;

/// Where a send goes and what it answers; made before anything is stored, so that a refused call leaves no trace.
#[derive(Debug)]
pub(crate) struct Envelope {
    pub(crate) chat: i64,
    reply: Option<Reply>,
    markup: Option<Value>,
}

impl Envelope {
    /// Checks the chat and the reply, and counts the messages against the limits.
    pub(crate) fn check(state: &mut State, call: &Request, messages: usize) -> Result<Self, ApiError> {
        let chat = addressee(state, call, "chat_id", Access::Write)?;
        let envelope = Self {
            chat,
            reply: reply(state, call, chat)?,
            markup: markup(call)?,
        };
        state
            .limits
            .spend(chat, messages)
            .map_err(ApiError::too_many_requests)?;
        Ok(envelope)
    }

    /// A draft of the bot in this envelope.
    pub(crate) fn draft(&self, body: Body) -> Draft {
        let draft = Draft::new(self.chat, Author::Bot, body);
        Draft {
            reply: self.reply.clone(),
            markup: self.markup.clone(),
            ..draft
        }
    }
}

/// Places a checked message and notes that it was accepted.
pub(crate) fn accept(state: &mut State, method: &str, draft: Draft) -> Message {
    let message = state.place(draft);
    let (chat, id) = (ChatId::from(message.chat), MessageId::from(message.id));
    let text = message.words().map(|words| words.text.clone()).unwrap_or_default();
    let at = state.clock.now();
    state.sent.push(Sent {
        method: method.to_owned(),
        chat,
        message: id.clone(),
        text,
        at,
    });
    state.tell(message.chat, Happening::BusinessWrote { message: id });
    message
}

/// A send of one message from checked body to the answer.
pub(crate) fn send(state: &mut State, call: &Request, method: &str, body: Body) -> Answer {
    let envelope = Envelope::check(state, call, 1)?;
    let draft = envelope.draft(body);
    let message = accept(state, method, draft);
    Ok(wire::message::message(state, &message))
}
