//! The chats: a service of its own, with its own signed requests in the name of a channel.
//! <https://www.amocrm.ru/developers/content/chats/chat-api-reference>
//!
//! Not proved on a live account, from documents only: that `history` holds managers' messages, and that a drive link
//! can be fetched by the service. See the folder's description.

use std::sync::Arc;

use contracts::{
    Clock,
    crm::{CrmError, Urgency},
};
use net::{Answer, Request, connector};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

mod sign;
pub(super) use sign::{is_signed, signed};

use super::{
    access::ChatChannel,
    client::{AMOJO, Client, misplaced, sent},
    errors::{ApiError, Problem, of_answer, reason},
    wire::{AmojoMessage, AmojoMessages},
};

/// Messages of a history at once: the most that the service gives.
const PAGE: usize = 50;

/// The channel of one account.
pub(super) struct Amojo {
    pub(super) channel: ChatChannel,
    pub(super) clock: Arc<dyn Clock>,
}

/// The answer to a message.
#[derive(Deserialize)]
struct Accepted {
    new_message: NewMessage,
}

/// What the service made of a message.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct NewMessage {
    /// The service's name of the chat.
    #[serde(default)]
    pub(super) conversation_id: String,
    /// The service's name of the message.
    pub(super) msgid: String,
}

#[derive(Deserialize)]
struct Connected {
    scope_id: String,
}

#[derive(Deserialize)]
struct NewChat {
    id: String,
}

/// Errors of this service.
#[derive(Default, Deserialize)]
struct Trouble {
    #[serde(default)]
    error_type: String,
}

impl Amojo {
    /// Connects the channel to the account. Harmless to repeat, and needed again after a re-installation.
    pub(super) async fn connect(&self, client: &Client, amojo_id: &str, title: &str) -> Result<String, ApiError> {
        let path = format!("v2/origin/custom/{}/connect", self.channel.id);
        let body = json!({ "account_id": amojo_id, "title": title, "hook_api_version": "v2" });
        let connected: Option<Connected> = self.post(client, &path, &body, true, Urgency::Live).await?;
        let of_both = || format!("{}_{amojo_id}", self.channel.id);
        Ok(connected.map_or_else(of_both, |connected| connected.scope_id))
    }

    /// Makes a chat, or gives the one that this conversation has.
    pub(super) async fn chat(
        &self,
        client: &Client,
        scope: &str,
        body: &Value,
        urgency: Urgency,
    ) -> Result<String, ApiError> {
        let path = format!("v2/origin/custom/{scope}/chats");
        let made: Option<NewChat> = self.post(client, &path, body, true, urgency).await?;
        made.map(|chat| chat.id).ok_or_else(super::link::nothing_came)
    }

    /// Sends an event: a message, or a change of one.
    pub(super) async fn message(
        &self,
        client: &Client,
        scope: &str,
        body: &Value,
        urgency: Urgency,
    ) -> Result<Option<NewMessage>, ApiError> {
        let path = format!("v2/origin/custom/{scope}");
        let said: Option<Value> = self.post(client, &path, body, false, urgency).await?;
        let accepted = said.and_then(|said| serde_json::from_value::<Accepted>(said).ok());
        Ok(accepted.map(|accepted| accepted.new_message))
    }

    /// Tells what became of a message.
    pub(super) async fn status(
        &self,
        client: &Client,
        scope: &str,
        message: &str,
        body: &Value,
        urgency: Urgency,
    ) -> Result<(), ApiError> {
        let path = format!("v2/origin/custom/{scope}/{message}/delivery_status");
        self.post::<Value>(client, &path, body, true, urgency).await.map(|_| ())
    }

    /// A page of a chat's messages, in no certain order.
    pub(super) async fn history(
        &self,
        client: &Client,
        scope: &str,
        chat: &str,
        page: usize,
        urgency: Urgency,
    ) -> Result<Vec<AmojoMessage>, ApiError> {
        let path = format!("v2/origin/custom/{scope}/chats/{chat}/history");
        let mut url = client.reach.amojo.join(&path).map_err(|_| misplaced())?;
        url.query_pairs_mut()
            .append_pair("offset", &(page * PAGE).to_string())
            .append_pair("limit", &PAGE.to_string());
        client.turn(AMOJO, urgency).await?;
        let signed_path = url.path().to_owned();
        let request = self.signed(client.reach.http.get(url), "GET", &signed_path, &[]);
        let answer = sent(request, AMOJO, true).await?;
        let messages: Option<AmojoMessages> = read(client, &answer)?;
        Ok(messages.unwrap_or_default().messages)
    }

    async fn post<T: DeserializeOwned>(
        &self,
        client: &Client,
        path: &str,
        body: &Value,
        repeatable: bool,
        urgency: Urgency,
    ) -> Result<Option<T>, ApiError> {
        let url = client.reach.amojo.join(path).map_err(|_| misplaced())?;
        let body = body.to_string().into_bytes();
        // The date is in what is signed: only now, when its turn has come.
        client.turn(AMOJO, urgency).await?;
        let signed_path = url.path().to_owned();
        let request = self.signed(client.reach.http.post(url), "POST", &signed_path, &body);
        let answer = sent(request.bytes(body), AMOJO, repeatable).await?;
        read(client, &answer)
    }

    fn signed(&self, request: Request, method: &str, path: &str, body: &[u8]) -> Request {
        let signed = signed(&self.channel.secret, method, path, body, self.clock.now());
        request
            .header("content-type", sign::CONTENT_TYPE)
            .header("date", &signed.date)
            .header("content-md5", &signed.content_md5)
            .header("x-signature", &signed.signature)
    }
}

fn read<T: DeserializeOwned>(client: &Client, answer: &Answer) -> Result<Option<T>, ApiError> {
    if let Some(error) = of_answer(answer, AMOJO) {
        let trouble: Trouble = serde_json::from_slice(&answer.body).unwrap_or_default();
        return Err(match (trouble.error_type.as_str(), answer.status) {
            ("ORIGIN_INVALID_SIGNATURE", _) => CrmError::LoggedOut(reason("amocrm.reason.channel_secret")).into(),
            ("ORIGIN_NOT_REGISTERED", _) => CrmError::LoggedOut(reason("amocrm.reason.channel_unknown")).into(),
            (_, status @ 403) => ApiError::Problem(Problem {
                status,
                ..Problem::default()
            }),
            _ => client.rested(error),
        });
    }
    if answer.status == 204 || answer.body.is_empty() {
        return Ok(None);
    }
    let unreadable = |failure| CrmError::of_call(connector::call_error(failure), AMOJO);
    Ok(Some(answer.json().map_err(unreadable)?))
}
