//! A running portal and the few words that the stories need.

use crate::common;
use sandbox::crm::{Card, CardId, CardKind, CrmChat, Deed};
use sandbox::{AccountChange, Crm, Letter, ManagerId, Options, Sandbox};
use serde_json::{Value, json};
use std::sync::Arc;

/// The administrator, and the two managers of the line.
pub(crate) const OLGA: i64 = 1;
pub(crate) const MAXIM: i64 = 7;

pub(crate) struct Portal {
    pub(crate) sandbox: Sandbox,
    pub(crate) http: reqwest::Client,
    pub(crate) base: String,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) webhook: String,
    /// Of the administrator.
    pub(crate) token: String,
}

impl Portal {
    pub(crate) async fn start() -> Self {
        Self::with(Options {
            limits: false,
            ..Options::default()
        })
        .await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let sandbox = Sandbox::start(options).await.unwrap();
        let directory = sandbox.directory();
        let text = |name: &str| directory[name].as_str().unwrap().to_owned();
        let mut portal = Self {
            base: text("bitrix24"),
            client_id: text("bitrix24_client_id"),
            client_secret: text("bitrix24_client_secret"),
            webhook: text("bitrix24_webhook"),
            http: common::http(),
            token: String::new(),
            sandbox,
        };
        portal.token = portal.token_of(OLGA);
        portal
    }

    pub(crate) fn crm(&self) -> Arc<dyn Crm> {
        self.sandbox.crm("bitrix24").unwrap().vendor.clone()
    }

    /// Turns one of the switches that only Bitrix24 has.
    pub(crate) fn switch(&self, name: &str, body: Value) -> Value {
        self.crm().special(name, &body).unwrap()
    }

    pub(crate) fn token_of(&self, user: i64) -> String {
        self.switch("token", json!({"user": user}))["access_token"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    pub(crate) fn change(&self, change: AccountChange) {
        self.crm().change(change).unwrap();
    }

    /// A method in the name of a token's owner: status and body.
    pub(crate) async fn ask(&self, token: &str, method: &str, mut params: Value) -> (u16, Value) {
        params["auth"] = token.into();
        let url = format!("{}/rest/{method}.json", self.base);
        let answer = self.http.post(url).json(&params).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// The whole body of the administrator's call, which must succeed.
    pub(crate) async fn answer(&self, method: &str, params: Value) -> Value {
        let (status, body) = self.ask(&self.token, method, params).await;
        assert_eq!(status, 200, "{method} answered {body}");
        body
    }

    /// Its `result`.
    pub(crate) async fn call(&self, method: &str, params: Value) -> Value {
        self.answer(method, params).await["result"].clone()
    }

    /// Status and code of a call that must fail.
    pub(crate) async fn refusal(&self, method: &str, params: Value) -> (u16, String) {
        let (status, body) = self.ask(&self.token, method, params).await;
        let code = body["error"]
            .as_str()
            .unwrap_or_else(|| panic!("{method} answered {body}"));
        (status, code.to_owned())
    }

    /// A method of the incoming webhook: status and body.
    pub(crate) async fn hook(&self, method: &str, params: Value) -> (u16, Value) {
        let answer = self
            .http
            .post(format!("{}{method}", self.webhook))
            .json(&params)
            .send()
            .await
            .unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// A connector that is registered and switched on on the seeded line.
    pub(crate) async fn connector(&self, id: &str, more: Value) -> String {
        let mut params = json!({
            "ID": id, "NAME": "Telegram", "ICON": {"DATA_IMAGE": "data:image/svg+xml,%3Csvg/%3E"},
            "PLACEMENT_HANDLER": "https://example.com/handler",
        });
        params
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        assert_eq!(self.call("imconnector.register", params).await, json!({"result": true}));
        let on = json!({"CONNECTOR": id, "LINE": 1, "ACTIVE": 1});
        assert_eq!(self.call("imconnector.activate", on).await, true);
        id.to_owned()
    }

    /// A client's message through the connector `tg`; gives the one result.
    pub(crate) async fn anna_writes(&self, id: &str, text: &str) -> Value {
        self.sends(message("anna", id, text)).await
    }

    pub(crate) async fn sends(&self, message: Value) -> Value {
        let params = json!({"CONNECTOR": "tg", "LINE": 1, "MESSAGES": [message]});
        self.call("imconnector.send.messages", params).await["DATA"]["RESULT"][0].clone()
    }

    /// Wants these events in the queue.
    pub(crate) async fn listens(&self, events: &[&str]) {
        for event in events {
            self.call("event.bind", json!({"event": event, "event_type": "offline"}))
                .await;
        }
    }

    /// Takes what is in the queue: names and data.
    pub(crate) async fn events(&self) -> Vec<(String, Value)> {
        let taken = self.call("event.offline.get", json!({})).await;
        let events = taken["events"].as_array().unwrap().clone();
        events
            .into_iter()
            .map(|one| {
                (
                    one["EVENT_NAME"].as_str().unwrap().to_owned(),
                    one["EVENT_DATA"].clone(),
                )
            })
            .collect()
    }

    pub(crate) fn does(&self, who: i64, deed: Deed) -> Result<Vec<sandbox::MessageId>, sandbox::Refused> {
        self.crm().manager_does(&ManagerId::from(who), deed)
    }

    /// Somebody makes a lead at their own screen.
    pub(crate) fn makes_lead(&self, who: i64, title: &str) {
        let deed = Deed::Create {
            kind: CardKind::Lead,
            title: title.to_owned(),
            phone: None,
        };
        self.does(who, deed).unwrap();
    }

    pub(crate) fn answers(&self, who: i64, text: &str) -> sandbox::MessageId {
        let chat = self.chat().id;
        let letter = Letter::saying(text);
        self.does(who, Deed::Answer { chat, letter }).unwrap().remove(0)
    }

    /// The one conversation.
    pub(crate) fn chat(&self) -> CrmChat {
        let mut chats = self.crm().chats();
        assert_eq!(chats.len(), 1);
        chats.remove(0)
    }

    pub(crate) fn card(&self, id: &str) -> Card {
        self.crm()
            .cards()
            .into_iter()
            .find(|card| card.id == CardId(id.to_owned()))
            .unwrap()
    }
}

/// A client's message as a connector sends it.
pub(crate) fn message(who: &str, id: &str, text: &str) -> Value {
    json!({
        "user": {"id": who, "name": "Анна", "last_name": "Котова", "phone": "+79120000077"},
        "message": {"id": id, "date": 1_773_265_993, "text": text},
        "chat": {"id": who},
    })
}
