//! A client of the Bot API in a few lines of plain HTTP.

use crate::common::http;
use reqwest::{Client, Response, multipart};
use sandbox::{Customer, Sandbox};
use serde_json::{Value, json};

/// The bot's side of a world.
pub(crate) struct Bot {
    http: Client,
    base: String,
    token: String,
}

/// An answer: status, `Retry-After`, body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) retry_after: Option<String>,
    pub(crate) body: Value,
}

impl Answer {
    /// The result of a call that succeeded.
    pub(crate) fn result(self) -> Value {
        assert_eq!(self.body["ok"], true, "{}", self.body);
        self.body["result"].clone()
    }

    /// Code and words of a refusal; the status of HTTP has to be the code.
    pub(crate) fn refusal(&self) -> (u16, &str) {
        assert_eq!(self.body["error_code"], self.status, "{}", self.body);
        (self.status, self.body["description"].as_str().expect("words"))
    }
}

impl Bot {
    pub(crate) fn of(sandbox: &Sandbox) -> Self {
        let directory = sandbox.directory();
        let text = |name: &str| directory[name].as_str().expect("text").to_owned();
        Self {
            http: http(),
            base: text("telegram_bot"),
            token: text("telegram_bot_token"),
        }
    }

    pub(crate) fn with_token(self, token: &str) -> Self {
        Self {
            token: token.to_owned(),
            ..self
        }
    }

    pub(crate) fn url(&self, method: &str) -> String {
        format!("{}/bot{}/{method}", self.base, self.token)
    }

    pub(crate) fn http(&self) -> &Client {
        &self.http
    }

    pub(crate) async fn call(&self, method: &str, arguments: Value) -> Answer {
        read(
            self.http
                .post(self.url(method))
                .json(&arguments)
                .send()
                .await
                .expect("an answer"),
        )
        .await
    }

    pub(crate) async fn upload(&self, method: &str, form: multipart::Form) -> Answer {
        read(
            self.http
                .post(self.url(method))
                .multipart(form)
                .send()
                .await
                .expect("an answer"),
        )
        .await
    }

    /// Writes into the private chat of a customer.
    pub(crate) async fn writes(&self, to: &Customer, text: &str) -> Answer {
        self.call("sendMessage", json!({"chat_id": to.chat.0, "text": text}))
            .await
    }

    /// Updates from `offset` on, without waiting.
    pub(crate) async fn updates(&self, offset: i64) -> Vec<Value> {
        let updates = self.call("getUpdates", json!({"offset": offset})).await.result();
        updates.as_array().expect("an array").clone()
    }

    /// Downloads by file id, as documented: `getFile`, then the path.
    pub(crate) async fn download(&self, file_id: &str) -> Vec<u8> {
        let file = self.call("getFile", json!({"file_id": file_id})).await.result();
        let url = format!(
            "{}/file/bot{}/{}",
            self.base,
            self.token,
            file["file_path"].as_str().expect("a path")
        );
        self.http
            .get(url)
            .send()
            .await
            .expect("an answer")
            .bytes()
            .await
            .expect("bytes")
            .to_vec()
    }
}

async fn read(response: Response) -> Answer {
    let status = response.status().as_u16();
    let retry_after = response
        .headers()
        .get("retry-after")
        .map(|value| value.to_str().expect("text").to_owned());
    Answer {
        status,
        retry_after,
        body: response.json().await.expect("JSON"),
    }
}

/// A file field of a form.
pub(crate) fn file(name: &str, bytes: Vec<u8>) -> multipart::Part {
    multipart::Part::bytes(bytes).file_name(name.to_owned())
}
