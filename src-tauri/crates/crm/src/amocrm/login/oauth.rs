//! The flow `oauth`: an integration of the user's own, signed in to on amoCRM's page.
//!
//! The page leads to the integration's redirect address, which need not answer: its address bar holds the code, and the
//! account. The code that the integration's page itself shows does as well, with the account's address beside it.

use async_trait::async_trait;
use contracts::{
    channel::FieldKind,
    crm::{CrmError, Inputs, Login as Steps, LoginError, LoginStep, Urgency},
};
use net::connector;
use url::Url;

use super::{
    super::{
        Doors,
        access::{ChatChannel, Login, OAuth},
        client::Grant,
        errors::reason,
    },
    ADDRESS, channel_fields, channel_in, check, domain_in,
};
use crate::shared::{Pasted, PastedError, field, form, optional};

const CLIENT_ID: &str = "client_id";
const CLIENT_SECRET: &str = "client_secret";
const REDIRECT: &str = "redirect_uri";
const HOME: &str = "home";
const ANSWER: &str = "answer";
/// The service, and the same for the rest of the world.
const HOMES: [&str; 2] = ["amocrm.ru", "kommo.com"];

/// See the module.
pub(in super::super) struct LoginOauth {
    doors: Doors,
    stage: Stage,
}

enum Stage {
    /// Which integration.
    Ask,
    /// The page is open.
    Open(Box<Open>),
}

struct Open {
    oauth: OAuth,
    channel: Option<ChatChannel>,
    home: String,
    state: String,
    url: String,
}

impl LoginOauth {
    pub(in super::super) fn new(doors: Doors) -> Self {
        Self {
            doors,
            stage: Stage::Ask,
        }
    }

    fn step(&self) -> LoginStep {
        match &self.stage {
            Stage::Ask => {
                let homes = HOMES.map(|home| (home.to_owned(), home.to_owned())).to_vec();
                let mut fields = vec![
                    field(HOME, FieldKind::Choice { options: homes }),
                    field(CLIENT_ID, FieldKind::Text),
                    field(CLIENT_SECRET, FieldKind::Secret),
                    field(REDIRECT, FieldKind::Text),
                ];
                fields.extend(channel_fields());
                form("login.oauth.integration", fields)
            }
            Stage::Open(open) => LoginStep::OpenUrl {
                text: "login.oauth.open",
                url: open.url.clone(),
                fields: vec![field(ANSWER, FieldKind::Secret), optional(ADDRESS, FieldKind::Text)],
                refresh_secs: None,
            },
        }
    }

    fn open(&self, inputs: &Inputs) -> Result<Open, LoginError> {
        let entered = |key: &'static str, empty: &'static str| match inputs.get(key) {
            "" => Err(LoginError::field(key, reason(empty))),
            text => Ok(text.to_owned()),
        };
        let oauth = OAuth {
            client_id: entered(CLIENT_ID, "amocrm.reason.client_id_empty")?,
            client_secret: entered(CLIENT_SECRET, "amocrm.reason.client_secret_empty")?,
            redirect_uri: entered(REDIRECT, "amocrm.reason.redirect_empty")?,
            refresh_token: String::new(),
            expires_at: 0,
        };
        let home = HOMES
            .into_iter()
            .find(|home| *home == inputs.get(HOME))
            .unwrap_or("amocrm.ru");
        let state = self.doors.clock.uid().to_string();
        Ok(Open {
            url: self.page(home, &oauth.client_id, &state)?,
            channel: channel_in(inputs)?,
            home: home.to_owned(),
            oauth,
            state,
        })
    }

    fn page(&self, home: &str, client_id: &str, state: &str) -> Result<String, LoginError> {
        let own = connector::own_address(&self.doors.network, "oauth").map(str::to_owned);
        let base = own.unwrap_or_else(|| format!("https://www.{home}"));
        let misplaced = |_| LoginError::field("endpoint", domain::Reason::new("reason.endpoint_address"));
        let mut page = Url::parse(&format!("{}/oauth", base.trim_end_matches('/'))).map_err(misplaced)?;
        page.query_pairs_mut()
            .append_pair("client_id", client_id)
            .append_pair("state", state)
            .append_pair("mode", "post_message");
        Ok(page.into())
    }

    async fn answered(&self, open: &Open, inputs: &Inputs) -> Result<LoginStep, LoginError> {
        let told = Pasted::read(inputs.get(ANSWER), &open.state);
        let told = told.map_err(|wrong| LoginError::field(ANSWER, reason(told_wrong(wrong))))?;
        let address = told.said("referer").unwrap_or(inputs.get(ADDRESS));
        let login = Login {
            domain: domain_in(address, &open.home, self.doors.own_address())?,
            token: String::new(),
            oauth: None,
            channel: open.channel.clone(),
        };
        let (client, _) = self.doors.open(login.clone())?;
        let tokens = client
            .exchange(Grant::Code(&told.code), &open.oauth, Urgency::Reply)
            .await;
        let tokens = tokens.map_err(|error| match error {
            CrmError::LoggedOut(_) => LoginError::field(ANSWER, reason("amocrm.reason.code_refused")),
            other => contracts::channel::CallError::from(other).into(),
        })?;
        let login = tokens.into_login(&login, &open.oauth, self.doors.clock.now());
        let (client, amojo) = self.doors.open(login)?;
        check(&client, amojo.as_ref(), ANSWER).await.map(LoginStep::Done)
    }
}

#[async_trait]
impl Steps for LoginOauth {
    async fn next(&mut self, inputs: Inputs) -> Result<LoginStep, LoginError> {
        match &self.stage {
            _ if inputs.0.is_empty() => Ok(self.step()),
            Stage::Ask => {
                self.stage = Stage::Open(Box::new(self.open(&inputs)?));
                Ok(self.step())
            }
            Stage::Open(open) => self.answered(open, &inputs).await,
        }
    }
}

fn told_wrong(wrong: PastedError) -> &'static str {
    match wrong {
        PastedError::Empty => "amocrm.reason.answer_empty",
        PastedError::Foreign => "amocrm.reason.answer_foreign",
        PastedError::Denied => "amocrm.reason.answer_denied",
        PastedError::NoCode => "amocrm.reason.answer_form",
    }
}
