//! What we wrote first and what shows only when the client answers (BX-5): kept in the notebook until then.

use contracts::crm::{Bound, BoundKey, CrmConversation, Work};
use domain::{CrmEntity, CrmOperation, CrmRef, Direction};
use serde_json::Value;

use super::{
    errors::{ApiError, nothing_came},
    line_message::{Frame, entry},
    link::BxLink,
};

fn key(conversation: &CrmConversation) -> BoundKey {
    BoundKey::conversation(conversation.id, "held")
}

fn is(entry: &Value, work: &Work) -> bool {
    entry.pointer("/message/id").and_then(Value::as_str) == Some(work.marker.as_str())
}

impl BxLink {
    /// Whether this message is one to hold: ours, in a conversation that we began, before the client has said anything.
    pub(super) async fn is_to_hold(&self, work: &Work) -> Result<bool, ApiError> {
        let conversation = &*work.conversation;
        let first = work.message.direction == Direction::Out && conversation.we_began && !self.options.mailing_chat();
        Ok(first && self.bound_chat(conversation).await?.is_none())
    }

    /// Holds a message. Harmless to repeat.
    pub(super) async fn hold(&self, work: &Work, user: i64) -> Result<(), ApiError> {
        let mut held = self.held(&work.conversation).await?;
        let frame = Frame {
            user: Some(user),
            urls: Vec::new(),
            client_data: self.options.client_data(),
        };
        held.retain(|one| !is(one, work));
        held.push(entry(work, &frame));
        self.keep(work, held).await
    }

    /// A held message was changed or taken back: what the client's answer brings along is what it says now.
    pub(super) async fn change_held(&self, work: &Work) -> Result<(), ApiError> {
        let mut held = self.held(&work.conversation).await?;
        let Some(at) = held.iter().position(|one| is(one, work)) else {
            return Ok(());
        };
        let before = held.remove(at);
        if work.operation == CrmOperation::Edit {
            let user = before.pointer("/message/user_id").and_then(Value::as_i64);
            let frame = Frame {
                user,
                urls: Vec::new(),
                client_data: self.options.client_data(),
            };
            held.insert(at, entry(work, &frame));
        }
        self.keep(work, held).await
    }

    async fn keep(&self, work: &Work, held: Vec<Value>) -> Result<(), ApiError> {
        let bound = Bound {
            reference: CrmRef::new(CrmEntity::Message, &work.marker),
            data: Value::Array(held),
        };
        Ok(self.deps.notebook.bind(&key(&work.conversation), bound).await?)
    }

    /// What is held, in the order in which it was written.
    pub(super) async fn held(&self, conversation: &CrmConversation) -> Result<Vec<Value>, ApiError> {
        let bound = self.deps.notebook.bound(&key(conversation)).await?;
        match bound.map(|bound| bound.data) {
            None => Ok(Vec::new()),
            Some(Value::Array(held)) => Ok(held),
            Some(_) => Err(nothing_came()),
        }
    }

    /// It is said now.
    pub(super) async fn release(&self, conversation: &CrmConversation) -> Result<(), ApiError> {
        Ok(self.deps.notebook.unbind(&key(conversation)).await?)
    }
}
