//! What was said in an open line, read by session.
//! <https://apidocs.bitrix24.com/api-reference/imopenlines/openlines/sessions/imopenlines-session-history-get.html>

use std::collections::HashSet;

use contracts::crm::{Bound, BoundKey, CrmConversation, Urgency, Work};
use domain::{At, CrmEntity, CrmRef};
use serde_json::{Value, json};

use super::{
    errors::ApiError,
    layout::{number, rows, text, whole},
    line_message,
    lines::Door,
    link::BxLink,
};

/// Words that the line says to the client carry this style; its notes for operators do not.
/// Read in `imopenlines/lib/automaticaction/*.php`.
const FOR_CLIENT: &str = "bx-messenger-content-item-ol-output";

/// A line's chat that a conversation goes on in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chat {
    /// The portal's number.
    pub(super) id: i64,
    pub(super) session: i64,
}

/// A message of a session.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) id: i64,
    pub(super) text: String,
    pub(super) at: At,
    /// Names that we gave it.
    pub(super) ours: Vec<String>,
    /// The line itself says it, to the client.
    pub(super) automatic: bool,
}

pub(super) fn chat_key(conversation: &CrmConversation) -> BoundKey {
    BoundKey::conversation(conversation.id, "chat")
}

impl BxLink {
    /// The chat in which a conversation goes on, where it has one.
    pub(super) async fn bound_chat(&self, conversation: &CrmConversation) -> Result<Option<Chat>, ApiError> {
        let bound = self.deps.notebook.bound(&chat_key(conversation)).await?;
        Ok(bound.and_then(|bound| {
            Some(Chat {
                id: bound.reference.id.parse().ok()?,
                session: number(&bound.data, "session").unwrap_or(0),
            })
        }))
    }

    pub(super) async fn bind_chat(
        &self,
        conversation: &CrmConversation,
        door: &Door,
        chat: &Chat,
    ) -> Result<(), ApiError> {
        let bound = Bound {
            reference: CrmRef::new(CrmEntity::Chat, chat.id),
            data: json!({ "session": chat.session, "connector": door.connector, "line": door.line }),
        };
        Ok(self.deps.notebook.bind(&chat_key(conversation), bound).await?)
    }

    /// The messages of a session, of the last one of a chat where none is named. Empty where there is none.
    pub(super) async fn session(
        &self,
        chat: i64,
        session: Option<i64>,
        urgency: Urgency,
    ) -> Result<Vec<Said>, ApiError> {
        let params = match session {
            Some(session) => json!({ "SESSION_ID": session }),
            None => json!({ "CHAT_ID": chat }),
        };
        match self
            .client
            .ask("imopenlines.session.history.get", params, urgency)
            .await
        {
            Ok(told) => Ok(said_in(&told.result)),
            Err(ApiError::Problem(_)) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// Which of our names stand in the chat already. `None`: it can't be seen whether there is a chat at all.
    pub(super) async fn already_said(&self, work: &Work, door: &Door) -> Result<Option<HashSet<String>>, ApiError> {
        let conversation = &*work.conversation;
        let known = self.bound_chat(conversation).await?;
        let chat = match &known {
            Some(chat) => Some(chat.id),
            None => match self.chat_by_feed(work, door).await? {
                Seen::Chat(chat) => Some(chat),
                Seen::Nothing => return Ok(Some(HashSet::new())),
                Seen::Unclear => return Ok(None),
            },
        };
        let Some(chat) = chat else {
            return Ok(Some(HashSet::new()));
        };
        let mut said = self.session(chat, None, work.urgency).await?;
        // The try may have fallen into the session that has ended meanwhile.
        if let Some(before) = known.map(|chat| chat.session).filter(|session| *session > 0) {
            said.extend(self.session(chat, Some(before), work.urgency).await?);
        }
        Ok(Some(said.into_iter().flat_map(|one| one.ours).collect()))
    }

    /// A chat that an earlier try may have made: the line's tracker notes each session in the feed of a card, with the
    /// code of the chat. Where the tracker is off nothing is noted, and nothing can be said.
    async fn chat_by_feed(&self, work: &Work, door: &Door) -> Result<Seen, ApiError> {
        let Some(since) = work.intended_at else {
            return Ok(Seen::Nothing);
        };
        let config = self
            .client
            .ask(
                "imopenlines.config.get",
                json!({ "CONFIG_ID": door.line }),
                work.urgency,
            )
            .await?;
        if config.result.get("CRM").and_then(Value::as_str) != Some("Y") {
            return Ok(Seen::Unclear);
        }
        let from = jiff::Timestamp::from_second(since.secs() - CLOCKS_DIFFER);
        let params = json!({
            "filter": { "PROVIDER_ID": "IMOPENLINES_SESSION", ">=CREATED": from.map(|from| from.to_string()).unwrap_or_default() },
            "select": ["ID", "PROVIDER_PARAMS"],
            "order": { "ID": "DESC" },
        });
        let told = self.client.ask("crm.activity.list", params, work.urgency).await?;
        let ours = format!("{}|{}|{}|", door.connector, door.line, work.conversation.uid);
        let rows = rows(&told.result);
        let code = rows.iter().find_map(|row| {
            let code = text(row.get("PROVIDER_PARAMS")?, "USER_CODE")?;
            code.trim_start_matches("imol|").starts_with(&ours).then_some(code)
        });
        let Some(code) = code else { return Ok(Seen::Nothing) };
        let dialog = self
            .client
            .ask("imopenlines.dialog.get", json!({ "USER_CODE": code }), work.urgency)
            .await?;
        Ok(number(&dialog.result, "id").map_or(Seen::Nothing, Seen::Chat))
    }

    /// Says what became of an entry of an answer: the chat it stands in.
    pub(super) fn chat_of(entry: &Value) -> Option<Chat> {
        let session = entry.get("session")?;
        Some(Chat {
            id: number(session, "CHAT_ID")?,
            session: number(session, "ID")?,
        })
    }
}

/// Seconds by which the portal's clock and ours may differ.
pub(super) const CLOCKS_DIFFER: i64 = 120;

enum Seen {
    Chat(i64),
    Nothing,
    Unclear,
}

fn said_in(told: &Value) -> Vec<Said> {
    let mut said: Vec<Said> = told
        .get("message")
        .map(rows)
        .unwrap_or_default()
        .iter()
        .filter_map(one)
        .collect();
    said.sort_by_key(|one| one.id);
    said
}

fn one(row: &Value) -> Option<Said> {
    let part = |name: &str| {
        let params = row.get("params")?;
        params.get(name).or_else(|| params.get(name.to_uppercase()))
    };
    let mids = part("connectorMid")
        .or_else(|| part("CONNECTOR_MID"))
        .map(rows)
        .unwrap_or_default();
    let class = part("class")
        .or_else(|| part("styleClass"))
        .and_then(Value::as_str)
        .unwrap_or_default();
    let sender = text(row, "senderid").unwrap_or_default();
    let written: Option<jiff::Timestamp> = text(row, "date").and_then(|date| date.parse().ok());
    Some(Said {
        id: number(row, "id")?,
        text: text(row, "textlegacy")
            .or_else(|| text(row, "text"))
            .unwrap_or_default(),
        at: At::from_secs(written.map_or(0, jiff::Timestamp::as_second)),
        ours: mids
            .iter()
            .filter_map(|mid| {
                mid.as_str()
                    .map(str::to_owned)
                    .or_else(|| Some(whole(mid)?.to_string()))
            })
            .collect(),
        automatic: sender == "0" && class.split_whitespace().any(|one| one == FOR_CLIENT),
    })
}

/// What names a message in its refs: which connector, which line, our name of it.
pub(super) fn message_ref(door: &Door, marker: &str) -> CrmRef {
    CrmRef::new(CrmEntity::Message, format!("{}|{}|{marker}", door.connector, door.line))
}

/// The other way round.
pub(super) fn of_ref(refs: &[CrmRef]) -> Option<(Door, String)> {
    let message = refs.iter().find(|one| one.entity == CrmEntity::Message)?;
    let mut parts = message.id.splitn(3, '|');
    let (connector, line, marker) = (parts.next()?, parts.next()?, parts.next()?);
    let door = Door {
        connector: connector.to_owned(),
        line: line.parse().ok()?,
    };
    Some((door, marker.to_owned()))
}

/// One entry for changes of a message that was sent.
pub(super) fn changed(work: &Work, marker: &str, text: Option<String>) -> Value {
    let mut entry = line_message::named(&work.conversation, marker);
    if let (Some(text), Some(message)) = (text, entry.get_mut("message").and_then(Value::as_object_mut)) {
        message.insert("text".to_owned(), text.into());
        message.insert("date".to_owned(), work.message.written_at.secs().into());
    }
    entry
}
