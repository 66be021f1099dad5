//! One function per remote call. <https://core.telegram.org/bots/api#available-methods>

use std::{fmt, time::Duration};

use contracts::Secret;
use net::{BaseAddress, Downloaded, Failure, Form, SetupError, redact};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json, value::RawValue};
use tokio::io::AsyncWrite;
use url::Url;

use super::wire::{ChatCard, Envelope, FileInfo, Me, ProfilePhotos, SentMessage, WebhookInfo};

/// The kinds of update that we understand. Said in every poll: a list that is left out stays as it was last set, by
/// whatever program.
const ALLOWED_UPDATES: [&str; 5] = [
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "message_reaction",
];
/// The most updates that one poll gives.
const PAGE: u8 = 100;
/// How much longer than asked a poll may take: a slow line, and the 3 s by which the server delays some answers.
const POLL_GRACE: Duration = Duration::from_secs(15);

/// The remote calls of one bot.
pub(super) struct Client {
    http: net::Client,
    base: BaseAddress,
    token: Secret<String>,
}

/// Why a call gave nothing.
#[derive(Debug, thiserror::Error)]
pub(super) enum BotError {
    /// The server understood and refuses.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// No answer, or none from the server.
    #[error(transparent)]
    Net(#[from] Failure),
}

/// A refusal in the server's words.
#[derive(Debug, Clone, Default, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {description}")]
pub(super) struct ApiError {
    pub(super) code: u16,
    /// English, without secrets.
    pub(super) description: String,
    pub(super) retry_after: Option<u64>,
    pub(super) migrate_to_chat_id: Option<i64>,
}

impl Client {
    /// Calls nobody.
    pub(super) fn new(http: net::Client, base: BaseAddress, token: Secret<String>) -> Self {
        Self { http, base, token }
    }

    pub(super) async fn get_me(&self) -> Result<Me, BotError> {
        self.call("getMe", &json!({})).await
    }

    pub(super) async fn get_webhook_info(&self) -> Result<WebhookInfo, BotError> {
        self.call("getWebhookInfo", &json!({})).await
    }

    /// What waits in the queue stays there.
    pub(super) async fn delete_webhook(&self) -> Result<bool, BotError> {
        self.call("deleteWebhook", &json!({"drop_pending_updates": false}))
            .await
    }

    /// Waits up to `wait` for updates from `offset` on, and forgets those before it. Raw: one that can't be read
    /// must not hide the others.
    pub(super) async fn get_updates(
        &self,
        offset: Option<i64>,
        wait: Duration,
    ) -> Result<Vec<Box<RawValue>>, BotError> {
        let asked = json!({
            "offset": offset, "limit": PAGE, "timeout": wait.as_secs(), "allowed_updates": ALLOWED_UPDATES,
        });
        let request = self.http.post(self.method("getUpdates")?).json(&without_nulls(asked));
        result(&request.timeout(wait + POLL_GRACE).send().await?)
    }

    /// `sendMessage` and its kin without an upload.
    pub(super) async fn send(&self, method: &str, fields: Value) -> Result<SentMessage, BotError> {
        self.call(method, &without_nulls(fields)).await
    }

    /// `sendPhoto` and its kin with one.
    pub(super) async fn send_file(&self, method: &str, form: Form) -> Result<SentMessage, BotError> {
        let request = self.http.post(self.method(method)?).multipart(form);
        result(&request.send().await?)
    }

    /// `editMessageText`, `editMessageCaption`.
    pub(super) async fn edit(&self, method: &str, fields: Value) -> Result<Value, BotError> {
        self.call(method, &fields).await
    }

    pub(super) async fn delete_message(&self, chat: i64, message: i64) -> Result<bool, BotError> {
        self.call("deleteMessage", &json!({"chat_id": chat, "message_id": message}))
            .await
    }

    pub(super) async fn send_chat_action(&self, chat: i64, action: &str) -> Result<bool, BotError> {
        self.call("sendChatAction", &json!({"chat_id": chat, "action": action}))
            .await
    }

    /// Stops the button from spinning.
    pub(super) async fn answer_callback_query(&self, query: &str) -> Result<bool, BotError> {
        self.call("answerCallbackQuery", &json!({"callback_query_id": query}))
            .await
    }

    pub(super) async fn get_file(&self, file_id: &str) -> Result<FileInfo, BotError> {
        self.call("getFile", &json!({"file_id": file_id})).await
    }

    pub(super) async fn get_chat(&self, chat: i64) -> Result<ChatCard, BotError> {
        self.call("getChat", &json!({"chat_id": chat})).await
    }

    /// The newest only.
    pub(super) async fn get_user_profile_photos(&self, user: i64) -> Result<ProfilePhotos, BotError> {
        self.call("getUserProfilePhotos", &json!({"user_id": user, "limit": 1}))
            .await
    }

    /// Downloads from a path of `getFile`.
    pub(super) async fn download(
        &self,
        path: &str,
        into: &mut (dyn AsyncWrite + Send + Unpin),
        limit: u64,
    ) -> Result<Downloaded, BotError> {
        let url = self
            .base
            .join(&format!("file/bot{}/{path}", self.token.expose()))
            .map_err(invalid)?;
        Ok(self.http.get(url).download(into, limit).await?)
    }

    async fn call<T: DeserializeOwned>(&self, method: &str, fields: &impl Serialize) -> Result<T, BotError> {
        let request = self.http.post(self.method(method)?).json(fields);
        result(&request.send().await?)
    }

    fn method(&self, name: &str) -> Result<Url, Failure> {
        let path = format!("bot{}/{name}", self.token.expose());
        self.base.join(&path).map_err(invalid)
    }
}

fn invalid(_: SetupError) -> Failure {
    Failure::Invalid
}

fn result<T: DeserializeOwned>(answer: &net::Answer) -> Result<T, BotError> {
    let envelope: Envelope = answer.json()?;
    if !envelope.ok {
        return Err(BotError::Api(ApiError {
            code: envelope.error_code.unwrap_or(answer.status),
            description: redact::text(&envelope.description),
            retry_after: envelope.parameters.retry_after,
            migrate_to_chat_id: envelope.parameters.migrate_to_chat_id,
        }));
    }
    let strange = || Failure::Unreadable {
        problem: "another result than documented".to_owned(),
    };
    let result = envelope.result.ok_or_else(strange)?;
    serde_json::from_str(result.get()).map_err(|_| strange().into())
}

/// Fields without a value are left out: the server does not read `null` as «none» everywhere.
fn without_nulls(mut fields: Value) -> Value {
    if let Some(fields) = fields.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    fields
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}
