use std::future::Future;

use api::App;
use domain::{ConversationId, MessageId};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::eventually;

/// Somebody at the window: acts through the same door as the window does.
#[derive(Clone, Debug)]
pub struct Operator {
    app: App,
}

/// A conversation that the operator has open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Talk(pub ConversationId);

impl Operator {
    /// Sits down in front of `app`.
    pub fn at(app: &App) -> Self {
        Self { app: app.clone() }
    }

    /// One call; fails loudly.
    ///
    /// # Panics
    /// When the call fails.
    pub async fn does(&self, name: &str, payload: Value) -> Value {
        self.app
            .call(name, payload)
            .await
            .unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    /// One call that is expected to be refused: the text key of the refusal.
    ///
    /// # Panics
    /// When it is not refused.
    pub async fn may_not(&self, name: &str, payload: Value) -> String {
        self.app
            .call(name, payload)
            .await
            .expect_err(name)
            .reason
            .key
            .into_owned()
    }

    /// Every row of the list, in its order.
    pub async fn list(&self) -> Vec<Value> {
        let page = self.does("conversations.list", json!({ "limit": 200 })).await;
        page["items"].as_array().unwrap().clone()
    }

    /// Waits until the last message of some conversation holds `words`.
    pub async fn sees(&self, words: &str) -> Talk {
        eventually(&format!("«{words}» in the list"), || async {
            let rows = self.list().await;
            let row = rows.iter().find(|row| {
                row["last"]["preview"]["text"]
                    .as_str()
                    .is_some_and(|t| t.contains(words))
            })?;
            Some(Talk(ConversationId(row["id"].as_i64()?)))
        })
        .await
    }

    /// The messages of a conversation, oldest first.
    pub async fn reads(&self, talk: Talk) -> Vec<Value> {
        let from = json!({ "conversation_id": talk.0, "from": { "at": "newest" }, "limit": 200 });
        self.does("messages.list", from).await["items"]
            .as_array()
            .unwrap()
            .clone()
    }

    /// The texts of a conversation, oldest first.
    pub async fn texts(&self, talk: Talk) -> Vec<String> {
        self.reads(talk)
            .await
            .iter()
            .map(|message| message["text"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Answers with text.
    pub async fn answers(&self, talk: Talk, text: &str) -> MessageId {
        self.sends(talk, json!({ "text": text })).await
    }

    /// Sends a message whose fields are given (`text`, `uploads`, `reply_to`).
    pub async fn sends(&self, talk: Talk, fields: Value) -> MessageId {
        let mut payload = json!({ "conversation_id": talk.0, "uid": Uuid::now_v7(), "text": "" });
        payload
            .as_object_mut()
            .unwrap()
            .extend(fields.as_object().unwrap().clone());
        let sent = self.does("messages.send", payload).await;
        MessageId(sent["message_ids"][0].as_i64().unwrap())
    }

    /// Uploads a file, as a drop onto the composer does.
    pub async fn uploads(&self, name: &str, bytes: impl Into<Vec<u8>>) -> Value {
        let stream = futures::stream::iter([Ok(bytes.into().into())]);
        let upload = self.app.upload(name, None, stream).await.unwrap();
        json!({ "upload_id": upload.upload_id })
    }

    /// Waits until a message of the conversation is as wanted.
    pub async fn waits_for(&self, talk: Talk, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        eventually(what, || async { self.reads(talk).await.into_iter().find(&wanted) }).await
    }

    /// Waits until a message shows this tick.
    pub async fn sees_tick(&self, talk: Talk, message: MessageId, tick: &str) {
        let wanted = |row: &Value| row["id"] == json!(message) && row["tick"] == json!(tick);
        self.waits_for(talk, &format!("tick {tick}"), wanted).await;
    }

    /// Waits until the only account of a network has this status.
    pub async fn sees_line(&self, channel: &str, status: &str) -> Value {
        eventually(&format!("{channel} {status}"), || async {
            let rows = self.does("accounts.list", json!({})).await;
            let row = rows.as_array()?.iter().find(|row| row["channel"] == channel)?.clone();
            (row["connection"]["status"] == status).then_some(row)
        })
        .await
    }

    /// The id of the only account of a network.
    pub async fn account(&self, channel: &str) -> Value {
        let rows = self.does("accounts.list", json!({})).await;
        let mut rows = rows.as_array().unwrap().iter();
        rows.find(|row| row["channel"] == channel).unwrap()["id"].clone()
    }

    /// Sets the rules of the only account of a network.
    pub async fn sets_rules(&self, channel: &str, values: Value) {
        let rules = json!({ "account_id": self.account(channel).await, "values": values });
        self.does("rules.save", rules).await;
    }

    /// The messages of a conversation with those that the rules have filtered, oldest first.
    pub async fn reads_all(&self, talk: Talk) -> Vec<Value> {
        let all = json!({ "conversation_id": talk.0, "from": { "at": "newest" }, "limit": 200, "filtered": true });
        self.does("messages.list", all).await["items"]
            .as_array()
            .unwrap()
            .clone()
    }

    /// Waits until a conversation whose newest filtered message holds `words` is among the filtered ones.
    pub async fn sees_filtered(&self, words: &str) -> Talk {
        eventually(&format!("«{words}» among the filtered"), || async {
            let page = self.does("conversations.list", json!({ "filter": "filtered" })).await;
            let holds = |row: &&Value| {
                row["last"]["preview"]["text"]
                    .as_str()
                    .is_some_and(|t| t.contains(words))
            };
            let row = page["items"].as_array()?.iter().find(holds)?.clone();
            Some(Talk(ConversationId(row["id"].as_i64()?)))
        })
        .await
    }

    /// Waits for anything.
    pub async fn until<T, F: Future<Output = Option<T>>>(&self, what: &str, ask: impl FnMut() -> F) -> T {
        eventually(what, ask).await
    }
}
