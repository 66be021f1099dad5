//! What is said in open lines, without an address of our own (BX-4, BX-7).
//!
//! ```text
//!   event.offline.list  ─► rows ─► committed ─► event.offline.get with clear, up to the last of them
//!   session history     ─► what the line said while our own message was taken (it is not in that queue)
//! ```
//!
//! `list` touches nothing and is in every plan; nothing is cleared before it is committed here.
//! <https://apidocs.bitrix24.com/api-reference/events/event-offline-list.html>

use std::collections::BTreeMap;

use async_trait::async_trait;
use contracts::{
    channel::{CallError, Fetched, Media},
    crm::{BoundKey, CrmEvent, Polled, Reply, ReplyTarget, Scope, Urgency},
};
use domain::Uid;
use serde_json::{Value, json};
use tokio::io::AsyncWrite;

use super::{
    bb,
    errors::ApiError,
    events::{Place, Row, reply_id},
    layout::{number, rows, text},
    link::BxLink,
};
use crate::shared::fetch_open;

/// The cursor: the last row that was committed.
const ROWS: &str = "offline";
/// Sessions that are looked at in one poll.
const LOOKS: usize = 20;
const LOOK: &str = "look:";

/// Where it is noted that a session is to be looked at.
pub(super) fn look_key(chat: i64) -> BoundKey {
    BoundKey::link(format!("{LOOK}{chat}"))
}

impl BxLink {
    /// See [`contracts::crm::CrmLink::poll`].
    pub(super) async fn news(&self, cursors: &BTreeMap<String, String>) -> Result<Polled, ApiError> {
        if !self.options.lines() {
            return Ok(Polled::default());
        }
        let after: i64 = cursors.get(ROWS).and_then(|row| row.parse().ok()).unwrap_or(0);
        let params = json!({ "filter": { ">ID": after }, "order": { "ID": "ASC" } });
        let told = self
            .client
            .ask("event.offline.list", self.of_source(params).await, Urgency::Reply)
            .await?;
        let queue: Vec<Row> = rows(&told.result).iter().filter_map(Row::read).collect();
        let (mut events, looked) = self.said_by_lines().await?;
        events.extend(self.happened(&queue).await?);
        let last = queue.iter().map(|row| row.id).max();
        let confirm = (last.is_some() || !looked.is_empty()).then(|| json!({ "rows": last, "looked": looked }));
        Ok(Polled {
            events,
            cursors: last
                .map(|last| (ROWS.to_owned(), last.to_string()))
                .into_iter()
                .collect(),
            more: told.next.is_some(),
            confirm,
        })
    }

    async fn happened(&self, queue: &[Row]) -> Result<Vec<CrmEvent>, ApiError> {
        if queue.is_empty() {
            return Ok(Vec::new());
        }
        if queue.iter().any(Row::unhooks) {
            self.state.hooked.lock().await.clear();
        }
        let layout = self.layout(Urgency::Reply).await?;
        let name = |id: i64| layout.user(id).map(|user| user.name.clone());
        Ok(queue.iter().flat_map(|row| row.events(name)).collect())
    }

    /// See [`contracts::crm::CrmLink::confirm`].
    pub(super) async fn forget(&self, confirm: &Value) -> Result<(), ApiError> {
        for looked in confirm.get("looked").map(rows).unwrap_or_default() {
            if let Some(chat) = looked.as_i64() {
                self.deps.notebook.unbind(&look_key(chat)).await?;
            }
        }
        let Some(last) = number(confirm, "rows") else {
            return Ok(());
        };
        // `clear` is what happens without a reservation, which not every plan has.
        let params = json!({ "filter": { "<=ID": last }, "order": { "ID": "ASC" }, "limit": 50, "clear": 1 });
        self.client
            .ask("event.offline.get", self.of_source(params).await, Urgency::Reply)
            .await?;
        Ok(())
    }

    /// The same call for the name under which our events come.
    async fn of_source(&self, mut params: Value) -> Value {
        if let (Some(source), Some(params)) = (*self.state.source.read().await, params.as_object_mut()) {
            params.insert("auth_connector".to_owned(), source.into());
        }
        params
    }

    /// What lines said in the sessions that wait to be looked at; and which those are.
    async fn said_by_lines(&self) -> Result<(Vec<CrmEvent>, Vec<i64>), ApiError> {
        let all = self.deps.notebook.all(Scope::Link).await?;
        let waiting = all.into_iter().filter(|(kind, _)| kind.starts_with(LOOK)).take(LOOKS);
        let (mut events, mut looked) = (Vec::new(), Vec::new());
        for (_, bound) in waiting {
            let Ok(chat_id) = bound.reference.id.parse::<i64>() else {
                continue;
            };
            looked.push(chat_id);
            let part = |key: &str| text(&bound.data, key).unwrap_or_default();
            let (chat, connector) = (part("chat"), part("connector"));
            let Ok(target) = chat.parse() else { continue };
            let place = Place {
                connector: &connector,
                line: number(&bound.data, "line").unwrap_or(0),
                chat: &chat,
                chat_id,
            };
            let said = self
                .session(chat_id, number(&bound.data, "session"), Urgency::Reply)
                .await?;
            events.extend(
                said.into_iter()
                    .filter(|one| one.automatic && one.ours.is_empty())
                    .map(|one| {
                        CrmEvent::Reply(Box::new(Reply {
                            remote_id: reply_id(one.id),
                            target: ReplyTarget::Conversation(Uid(target)),
                            author: None,
                            automatic: true,
                            mailing: false,
                            content: bb::content(&one.text),
                            files: Vec::new(),
                            answers: None,
                            written_at: one.at,
                            data: place.data(one.id, 0),
                        }))
                    }),
            );
        }
        Ok((events, looked))
    }
}

#[async_trait]
impl Media for BxLink {
    /// Files of operators lie at short public addresses, as the portal gives them to every connector: nothing of ours
    /// goes along.
    async fn fetch(&self, fetch: &Value, into: &mut (dyn AsyncWrite + Send + Unpin)) -> Result<Fetched, CallError> {
        fetch_open(&self.client.reach.http, fetch, "bitrix24.reason.no_file", into).await
    }
}
