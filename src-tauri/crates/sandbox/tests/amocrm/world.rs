//! The account, its key and its channel in the hands of a program.

use crate::common::{http, world};
use hmac::{Hmac, KeyInit, Mac};
use md5::{Digest, Md5};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use sandbox::crm::{Card, CardId, CrmChat, Deed, Employee};
use sandbox::{Letter, Options, Refused, Sandbox, World};
use serde_json::{Value, json};
use sha1::Sha1;

/// A program connected to the account with a long-lived token and the account's own channel.
pub(crate) struct Desk {
    pub(crate) sandbox: Sandbox,
    pub(crate) base: String,
    pub(crate) token: String,
}

impl Desk {
    pub(crate) async fn open() -> Self {
        Self::in_world(world().await)
    }

    pub(crate) async fn with(options: Options) -> Self {
        Self::in_world(Sandbox::start(options).await.unwrap())
    }

    fn in_world(sandbox: Sandbox) -> Self {
        let said = |name: &str| sandbox.directory()[name].as_str().unwrap().to_owned();
        Self {
            base: said("amocrm"),
            token: said("amocrm_token"),
            sandbox,
        }
    }

    pub(crate) fn world(&self) -> &World {
        self.sandbox.world()
    }

    /// A field of the directory.
    pub(crate) fn said(&self, name: &str) -> String {
        self.sandbox.directory()[name].as_str().unwrap().to_owned()
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Response {
        let request = http()
            .request(method, format!("{}/api/v4/{path}", self.base))
            .bearer_auth(&self.token);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        request.send().await.unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        let answer = self.send(Method::GET, path, None).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.json().await.unwrap()
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Value {
        let answer = self.send(Method::POST, path, Some(body)).await;
        assert!(answer.status().is_success(), "{path}: {}", answer.text().await.unwrap());
        answer.json().await.unwrap_or_default()
    }

    /// Status and body of a call that is refused.
    pub(crate) async fn refused(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        let answer = self.send(method, path, body).await;
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }

    /// A new card; gives its number.
    pub(crate) async fn card(&self, kind: &str, fields: Value) -> i64 {
        let made = self.post(kind, json!([fields])).await;
        made["_embedded"][kind][0]["id"].as_i64().unwrap()
    }

    pub(crate) fn administrator(&self) -> Employee {
        self.crm().managers().remove(0)
    }

    pub(crate) fn crm(&self) -> &dyn sandbox::Crm {
        self.sandbox.crm("amocrm").unwrap().vendor.as_ref()
    }

    /// The administrator does something.
    pub(crate) fn does(&self, deed: Deed) -> Result<(), Refused> {
        self.crm().manager_does(&self.administrator().id, deed).map(|_| ())
    }

    /// The administrator answers in a chat; gives the message.
    pub(crate) fn answers(&self, chat: &CrmChat, letter: Letter) -> String {
        let deed = Deed::Answer {
            chat: chat.id.clone(),
            letter,
        };
        self.crm()
            .manager_does(&self.administrator().id, deed)
            .unwrap()
            .remove(0)
            .0
    }

    pub(crate) fn shown(&self, id: &CardId) -> Option<Card> {
        self.crm().cards().into_iter().find(|card| card.id == *id)
    }

    pub(crate) fn special(&self, what: &str, arguments: Value) -> Value {
        self.crm().special(what, &arguments).unwrap()
    }

    pub(crate) fn scope(&self) -> String {
        format!("{}_{}", self.said("amojo_channel_id"), self.said("amojo_account_id"))
    }

    /// A signed call to the chats service; `path` begins after `/v2/origin/custom/`.
    pub(crate) async fn signed(&self, method: Method, path: &str, body: Option<Value>) -> Response {
        self.signing(method, path, body).send().await.unwrap()
    }

    /// The same, not yet sent.
    pub(crate) fn signing(&self, method: Method, path: &str, body: Option<Value>) -> RequestBuilder {
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        let path = format!("/v2/origin/custom/{path}");
        let now = self.world().clock.now().to_zoned(jiff::tz::TimeZone::UTC);
        let (date, md5) = (jiff::fmt::rfc2822::to_string(&now).unwrap(), hex(&Md5::digest(&body)));
        let plain = path.split('?').next().unwrap();
        let lines = format!("{method}\n{md5}\napplication/json\n{date}\n{plain}");
        http()
            .request(method, format!("{}{path}", self.base))
            .header("Date", date)
            .header("Content-Type", "application/json")
            .header("Content-MD5", md5)
            .header("X-Signature", sign(&self.said("amojo_secret"), &lines))
            .body(body)
    }

    /// Connects the channel.
    pub(crate) async fn connected() -> Self {
        let desk = Self::open().await;
        desk.connect().await;
        desk
    }

    pub(crate) async fn connect(&self) {
        let account = self.get("account?with=amojo_id").await["amojo_id"].clone();
        let wish = json!({"account_id": account, "title": "Telegram", "hook_api_version": "v2"});
        let path = format!("{}/connect", self.said("amojo_channel_id"));
        let answer = self.signed(Method::POST, &path, Some(wish)).await;
        assert_eq!(answer.json::<Value>().await.unwrap()["scope_id"], self.scope());
    }

    /// Anna writes; gives the service's ids of chat and message.
    pub(crate) async fn anna_writes(&self, msgid: &str, message: Value) -> (String, String) {
        self.anna(msgid, message, json!({})).await
    }

    /// The same with further fields of the payload.
    pub(crate) async fn anna(&self, msgid: &str, message: Value, more: Value) -> (String, String) {
        let now = self.world().clock.unix();
        let mut payload = json!({
            "timestamp": now, "msec_timestamp": now * 1000, "msgid": msgid, "conversation_id": "anna-chat",
            "sender": {"id": "anna", "name": "Анна", "profile": {"phone": "+79991112233"}}, "message": message, "silent": false,
        });
        for (name, value) in more.as_object().unwrap() {
            payload[name] = value.clone();
        }
        let event = json!({"event_type": "new_message", "payload": payload});
        let answer = self.signed(Method::POST, &self.scope(), Some(event)).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let made = answer.json::<Value>().await.unwrap()["new_message"].clone();
        let text = |name: &str| made[name].as_str().unwrap().to_owned();
        (text("conversation_id"), text("msgid"))
    }

    /// What was said in a chat, newest first.
    pub(crate) async fn history(&self, chat: &str) -> Vec<Value> {
        let path = format!("{}/chats/{chat}/history?limit=50", self.scope());
        let answer = self.signed(Method::GET, &path, None).await;
        let body: Value = answer.json().await.unwrap();
        body["messages"].as_array().unwrap().clone()
    }
}

/// HMAC-SHA1 as the vendor documents it.
pub(crate) fn sign(secret: &str, text: &str) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    hex(&mac.finalize().into_bytes())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
