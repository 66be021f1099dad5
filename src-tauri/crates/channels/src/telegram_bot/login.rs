//! Login: the token from @BotFather, pasted alone or with the whole message around it; then a check that nobody else
//! has the bot, for updates go to one program only.

use std::collections::BTreeMap;

use async_trait::async_trait;
use contracts::{
    Secret,
    channel::{CallError, Field, FieldKind, Inputs, LoggedIn, Login, LoginError, LoginStep},
};
use domain::{Reason, RemoteId};
use net::BaseAddress;
use url::Url;

use super::{
    client::{BotError, Client},
    errors,
    wire::Me,
};

/// The shortest secret half of a token; those of today have 35 characters.
const SHORTEST_SECRET: usize = 30;

const TOKEN: &str = "token";
const TAKE_OVER: &str = "take_over";

/// A login by token.
#[derive(Debug)]
pub(super) struct TokenLogin {
    http: net::Client,
    base: BaseAddress,
    own_server: bool,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// Nothing has been shown yet.
    Begin,
    /// The form for the token is open.
    Token,
    /// The token is good, and the bot delivers to a webhook: whose, stands here.
    Webhook {
        token: Secret<String>,
        me: Me,
        host: String,
    },
}

impl TokenLogin {
    pub(super) fn new(http: net::Client, base: BaseAddress, own_server: bool) -> Self {
        Self {
            http,
            base,
            own_server,
            stage: Stage::Begin,
        }
    }

    /// Checks the token, and who has the bot.
    async fn check(&mut self, token: Secret<String>) -> Result<LoginStep, LoginError> {
        let client = self.client(&token);
        let me = match client.get_me().await {
            Err(BotError::Api(refusal)) if matches!(refusal.code, 401 | 404) => {
                return Err(wrong("telegram_bot.reason.token_refused"));
            }
            outcome => outcome.map_err(|error| self.call_error(error))?,
        };
        let webhook = client
            .get_webhook_info()
            .await
            .map_err(|error| self.call_error(error))?;
        if webhook.url.is_empty() {
            return Ok(done(me, token));
        }
        let host = Url::parse(&webhook.url)
            .ok()
            .and_then(|url| url.host_str().map(str::to_owned));
        let host = host.unwrap_or_default();
        let step = ask_to_take_over(&host);
        self.stage = Stage::Webhook { token, me, host };
        Ok(step)
    }

    async fn take_over(&self, token: &Secret<String>) -> Result<(), CallError> {
        let outcome = self.client(token).delete_webhook().await;
        outcome.map(drop).map_err(|error| self.call_error(error))
    }

    fn client(&self, token: &Secret<String>) -> Client {
        Client::new(self.http.clone(), self.base.clone(), token.clone())
    }

    fn call_error(&self, error: BotError) -> CallError {
        errors::call_error(error, self.own_server)
    }
}

#[async_trait]
impl Login for TokenLogin {
    async fn next(&mut self, inputs: Inputs) -> Result<LoginStep, LoginError> {
        match std::mem::replace(&mut self.stage, Stage::Token) {
            Stage::Begin => Ok(ask_for_token()),
            Stage::Token => {
                let token = token_in(inputs.get(TOKEN))?;
                self.check(token).await
            }
            Stage::Webhook { token, me, host } => {
                let agreed = inputs.get(TAKE_OVER) == "true";
                let outcome = if agreed {
                    self.take_over(&token).await.map_err(LoginError::Call)
                } else {
                    declined()
                };
                match outcome {
                    Ok(()) => Ok(done(me, token)),
                    Err(error) => {
                        self.stage = Stage::Webhook { token, me, host };
                        Err(error)
                    }
                }
            }
        }
    }
}

fn declined() -> Result<(), LoginError> {
    let reason = Reason::new("telegram_bot.reason.take_over_needed");
    Err(LoginError::field(TAKE_OVER, reason))
}

/// The token in what was pasted: people take the whole of BotFather's message.
fn token_in(pasted: &str) -> Result<Secret<String>, LoginError> {
    if pasted.is_empty() {
        return Err(wrong("telegram_bot.reason.token_empty"));
    }
    let part_of_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '_' | '-');
    let found = pasted.split(|c| !part_of_token(c)).find(|word| is_token(word));
    found
        .map(|token| Secret::new(token.to_owned()))
        .ok_or_else(|| wrong("telegram_bot.reason.token_form"))
}

/// `<number>:<secret>`, as the server itself checks it.
pub(super) fn is_token(word: &str) -> bool {
    word.split_once(':').is_some_and(|(number, secret)| {
        number.parse::<i64>().is_ok_and(|number| number > 0) && secret.len() >= SHORTEST_SECRET && !secret.contains(':')
    })
}

fn wrong(key: &'static str) -> LoginError {
    LoginError::field(TOKEN, Reason::new(key))
}

fn ask_for_token() -> LoginStep {
    LoginStep::Input {
        text: "login.token.where",
        params: BTreeMap::new(),
        fields: vec![Field {
            key: TOKEN.to_owned(),
            kind: FieldKind::Secret,
            value: None,
            optional: false,
        }],
    }
}

fn ask_to_take_over(host: &str) -> LoginStep {
    LoginStep::Input {
        text: "login.token.webhook",
        params: BTreeMap::from([("host".to_owned(), host.to_owned())]),
        fields: vec![Field {
            key: TAKE_OVER.to_owned(),
            kind: FieldKind::Switch,
            value: Some("false".to_owned()),
            optional: false,
        }],
    }
}

fn done(me: Me, token: Secret<String>) -> LoginStep {
    let handle = me.username.map(|username| format!("@{username}"));
    let name = if me.first_name.is_empty() {
        handle.clone().unwrap_or_else(|| me.id.to_string())
    } else {
        me.first_name
    };
    LoginStep::Done(LoggedIn {
        remote_id: RemoteId::new(me.id),
        name,
        handle,
        secret: token,
        settings: BTreeMap::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN_TEXT: &str = "4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcK";

    #[test]
    fn the_token_is_found_in_what_botfather_wrote() {
        let pasted = format!("Done! Use this token to access the HTTP API:\n{TOKEN_TEXT}\nKeep your token secure");
        assert_eq!(token_in(&pasted).unwrap().expose(), TOKEN_TEXT);
        assert_eq!(token_in(TOKEN_TEXT).unwrap().expose(), TOKEN_TEXT);
    }

    #[test]
    fn half_a_token_names_the_field_and_the_fix() {
        for (pasted, key) in [
            ("", "telegram_bot.reason.token_empty"),
            ("4839574812", "telegram_bot.reason.token_form"),
            ("4839574812:AAFD39", "telegram_bot.reason.token_form"),
            ("@besedka_bot", "telegram_bot.reason.token_form"),
        ] {
            let Err(LoginError::Fields(fields)) = token_in(pasted) else {
                panic!("{pasted}")
            };
            assert_eq!((fields[0].field.as_str(), fields[0].reason.key.as_ref()), (TOKEN, key));
        }
    }
}
