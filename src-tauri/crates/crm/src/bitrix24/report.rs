//! What became of an operator's message, told back to the line (BX-4).
//! <https://apidocs.bitrix24.com/api-reference/imopenlines/imconnector/imconnector-send-status-delivery.html>

use contracts::crm::{Fate, ReplyStatus, Urgency};
use domain::RemoteId;
use serde_json::json;

use super::{
    bb,
    errors::ApiError,
    layout::{number, text},
    link::BxLink,
};

impl BxLink {
    /// See [`contracts::crm::CrmLink::report`].
    pub(super) async fn tell(&self, status: &ReplyStatus) -> Result<(), ApiError> {
        match &status.fate {
            // The line knows one step only: it has arrived. Told with our names of it, by which changes come later.
            Fate::Sent(ids) | Fate::Delivered(ids) => {
                let at = Some(status.at.secs());
                self.tell_line("imconnector.send.status.delivery", status, ids, at)
                    .await
            }
            Fate::Read(ids) => {
                self.tell_line("imconnector.send.status.reading", status, ids, None)
                    .await
            }
            Fate::Failed(_, text) => self.tell_operator(status, text).await,
        }
    }

    async fn tell_line(
        &self,
        method: &str,
        status: &ReplyStatus,
        ids: &[RemoteId],
        at: Option<i64>,
    ) -> Result<(), ApiError> {
        let data = &status.data;
        let ids: Vec<&str> = ids.iter().map(RemoteId::as_str).collect();
        let mut message = json!({ "id": ids });
        if let (Some(at), Some(message)) = (at, message.as_object_mut()) {
            message.insert("date".to_owned(), at.into());
        }
        let entry = json!({
            "im": { "chat_id": data.get("chat_id"), "message_id": data.get("message_id") },
            "message": message,
            "chat": { "id": data.get("chat") },
        });
        let params = json!({ "CONNECTOR": data.get("connector"), "LINE": data.get("line"), "MESSAGES": [entry] });
        match self.client.does(method, params, Urgency::Reply).await {
            // A line or a message that is gone wants no status.
            Err(error) if error.refused() => Ok(()),
            told => told.map(drop),
        }
    }

    /// No method says «not delivered»: whoever wrote it gets a notification with the reason. Its tag keeps a repetition
    /// from being a second one. <https://apidocs.bitrix24.com/api-reference/chats/notifications/im-notify-personal-add.html>
    async fn tell_operator(&self, status: &ReplyStatus, why: &str) -> Result<(), ApiError> {
        let user = number(&status.data, "user").filter(|user| *user > 0);
        let user = match user {
            Some(user) => user,
            None => self.layout(Urgency::Reply).await?.me,
        };
        let chat = text(&status.data, "chat_id").unwrap_or_default();
        let link = format!("[url={}/online/?IM_DIALOG=chat{chat}]💬[/url]", self.page);
        let params = json!({
            "USER_ID": user,
            "MESSAGE": format!("⚠ {} {link}", bb::literal(why)),
            "TAG": format!("BESEDKA|{}", status.reply.as_str()),
        });
        match self.client.does("im.notify.personal.add", params, Urgency::Reply).await {
            Err(error @ ApiError::Problem(_)) => {
                tracing::warn!(link = %self.id, %error, "nobody to tell that an answer did not go");
                Ok(())
            }
            told => told.map(drop),
        }
    }
}
