//! What we wrote first and what shows only when the client answers (BX-5): kept in the notebook until then.

use contracts::crm::{Bound, BoundKey, CrmConversation, Work};
use domain::{CrmEntity, CrmRef, Direction};
use serde_json::{Value, json};

use super::{
    errors::{ApiError, nothing_came},
    line_message::{Frame, entry},
    link::BxLink,
};

fn key(conversation: &CrmConversation) -> BoundKey {
    BoundKey::conversation(conversation.id, "held")
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
        let id = json!(work.marker);
        held.retain(|one| one.pointer("/message/id") != Some(&id));
        held.push(entry(work, &frame));
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
