//! What became of a manager's message, told back into the chat (AMO-10).

use contracts::crm::{Fate, ReplyStatus, Urgency};
use domain::Tick;
use serde_json::Value;

use super::{errors::ApiError, link::AmoLink};

impl AmoLink {
    /// See [`contracts::crm::CrmLink::report`].
    pub(super) async fn tell(&self, status: &ReplyStatus) -> Result<(), ApiError> {
        let message = status.data.get("message").and_then(Value::as_str);
        let message = message.unwrap_or(status.reply.as_str());
        let (tick, error) = match &status.fate {
            // A message is «sent» as long as nothing else was said of it.
            Fate::Sent(_) => return Ok(()),
            Fate::Delivered(_) => (Tick::Delivered, None),
            Fate::Read(_) => (Tick::Read, None),
            Fate::Failed(_, text) => (Tick::Error, Some(text.as_str())),
        };
        self.tell_status(message, tick, error, Urgency::Reply).await
    }
}
