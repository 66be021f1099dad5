//! Rows of the queue of offline events, as what happened.
//! <https://apidocs.bitrix24.com/api-reference/imopenlines/imconnector/events/index.html>

use contracts::crm::{CrmEvent, Reply, ReplyFile, ReplyTarget};
use domain::{At, AttachmentKind, RemoteId, Uid};
use serde_json::{Value, json};

use super::{
    bb,
    layout::{number, rows, text},
    lines::is_ours,
};

/// What is listened to: words of operators and of lines, their changes, and our connector being taken off a line.
pub(super) const EVENTS: [&str; 5] = [
    "ONIMCONNECTORMESSAGEADD",
    "ONIMCONNECTORMESSAGEUPDATE",
    "ONIMCONNECTORMESSAGEDELETE",
    "ONIMCONNECTORSTATUSDELETE",
    "ONIMCONNECTORLINEDELETE",
];

/// A row of the queue.
pub(super) struct Row {
    pub(super) id: i64,
    event: String,
    data: Value,
    at: At,
}

impl Row {
    pub(super) fn read(row: &Value) -> Option<Self> {
        let written: Option<jiff::Timestamp> = text(row, "TIMESTAMP_X").and_then(|at| at.parse().ok());
        Some(Self {
            id: number(row, "ID")?,
            event: text(row, "EVENT_NAME")?.to_uppercase(),
            data: row.get("EVENT_DATA").cloned().unwrap_or(Value::Null),
            at: At::from_secs(written.map_or(0, jiff::Timestamp::as_second)),
        })
    }

    /// Our connector is off somewhere: what is known to be on is asked for again.
    pub(super) fn unhooks(&self) -> bool {
        matches!(
            self.event.as_str(),
            "ONIMCONNECTORSTATUSDELETE" | "ONIMCONNECTORLINEDELETE"
        )
    }

    /// What happened; `name_of` knows employees by their number.
    pub(super) fn events(&self, name_of: impl Fn(i64) -> Option<String>) -> Vec<CrmEvent> {
        if self.unhooks() {
            return Vec::new();
        }
        let connector = text(&self.data, "CONNECTOR").unwrap_or_default();
        // An application may have other connectors than ours.
        if !is_ours(&connector) {
            return Vec::new();
        }
        let messages = self.data.get("MESSAGES").map(rows).unwrap_or_default();
        if messages.is_empty() {
            return vec![self.malformed("no messages")];
        }
        let one = |message: &Value| {
            self.one(&connector, message, &name_of)
                .unwrap_or_else(|problem| self.malformed(problem))
        };
        messages.iter().map(one).collect()
    }

    fn malformed(&self, problem: &str) -> CrmEvent {
        CrmEvent::Malformed {
            raw: self.data.to_string(),
            problem: format!("{}: {problem}", self.event),
        }
    }

    fn one(
        &self,
        connector: &str,
        message: &Value,
        name_of: impl Fn(i64) -> Option<String>,
    ) -> Result<CrmEvent, &'static str> {
        let im = message.get("im").ok_or("no im")?;
        let (chat_id, id) = (
            number(im, "chat_id").ok_or("no chat_id")?,
            number(im, "message_id").ok_or("no message_id")?,
        );
        let said = message.get("message").unwrap_or(&Value::Null);
        let words = text(said, "text").unwrap_or_default();
        match self.event.as_str() {
            "ONIMCONNECTORMESSAGEUPDATE" => Ok(CrmEvent::Edited {
                reply: reply_id(id),
                text: bb::content(&words).text,
                at: self.at,
            }),
            "ONIMCONNECTORMESSAGEDELETE" => Ok(CrmEvent::Deleted {
                reply: reply_id(id),
                at: self.at,
            }),
            "ONIMCONNECTORMESSAGEADD" => {
                let chat = message
                    .get("chat")
                    .and_then(|chat| text(chat, "id"))
                    .ok_or("no chat id")?;
                let target = chat.parse().map_err(|_| "a chat id that is none of ours")?;
                let user = number(said, "user_id").unwrap_or(0);
                let place = Place {
                    connector,
                    line: number(&self.data, "LINE").ok_or("no line")?,
                    chat: &chat,
                    chat_id,
                };
                Ok(CrmEvent::Reply(Box::new(Reply {
                    remote_id: reply_id(id),
                    target: ReplyTarget::Conversation(Uid(target)),
                    author: name_of(user),
                    automatic: user == 0,
                    mailing: false,
                    content: bb::content(&words),
                    files: said
                        .get("files")
                        .map(rows)
                        .unwrap_or_default()
                        .iter()
                        .filter_map(file)
                        .collect(),
                    answers: None,
                    written_at: self.at,
                    data: place.data(id, user),
                })))
            }
            _ => Err("an event that nobody asked for"),
        }
    }
}

/// Where a reply stands, for telling what became of it.
pub(super) struct Place<'a> {
    pub(super) connector: &'a str,
    pub(super) line: i64,
    /// Our name of the chat.
    pub(super) chat: &'a str,
    /// The portal's.
    pub(super) chat_id: i64,
}

impl Place<'_> {
    pub(super) fn data(&self, message: i64, user: i64) -> Value {
        json!({
            "connector": self.connector, "line": self.line, "chat": self.chat, "chat_id": self.chat_id,
            "message_id": message, "user": user,
        })
    }
}

/// A message of the portal's messenger, the same in events and in histories.
pub(super) fn reply_id(message: i64) -> RemoteId {
    RemoteId::new(format!("im{message}"))
}

fn file(row: &Value) -> Option<ReplyFile> {
    let link = text(row, "link")?;
    let kind = match text(row, "type").unwrap_or_default().as_str() {
        "image" => AttachmentKind::Image,
        "video" => AttachmentKind::Video,
        "audio" => AttachmentKind::Audio,
        _ => AttachmentKind::Document,
    };
    Some(ReplyFile {
        kind,
        name: text(row, "name"),
        mime: None,
        size: number(row, "size").filter(|size| *size > 0),
        fetch: json!({ "url": link }),
    })
}
