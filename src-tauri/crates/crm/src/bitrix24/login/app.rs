//! The flow `app`: a local application of the user's own, signed in to on the portal's page.
//! <https://apidocs.bitrix24.com/settings/oauth/index.html>
//!
//! The page leads to the application's handler, which need not answer: its address bar holds the code. A code is good
//! for half a minute only, and the page says so.

use async_trait::async_trait;
use contracts::{
    channel::FieldKind,
    crm::{CrmError, Inputs, Login as Steps, LoginError, LoginStep, Urgency},
};

use url::Url;

use super::{
    super::{
        Doors,
        access::{App, Login, Way},
        client::{Grant, is_authority},
        errors::reason,
    },
    PORTAL, check, portal_in,
};
use crate::shared::{Pasted, PastedError, field, form};

const CLIENT_ID: &str = "client_id";
const CLIENT_SECRET: &str = "client_secret";
const ANSWER: &str = "answer";
/// Where most portals have their tokens; others name theirs in the answer.
const AUTHORITY: &str = "oauth.bitrix.info";

/// See the module.
pub(in super::super) struct LoginApp {
    doors: Doors,
    stage: Stage,
}

enum Stage {
    /// Which application.
    Ask,
    /// The page is open.
    Open(Box<Open>),
}

struct Open {
    login: Login,
    app: App,
    state: String,
    url: String,
}

impl LoginApp {
    pub(in super::super) fn new(doors: Doors) -> Self {
        Self {
            doors,
            stage: Stage::Ask,
        }
    }

    fn step(&self) -> LoginStep {
        match &self.stage {
            Stage::Ask => form(
                "login.app.create",
                vec![
                    field(PORTAL, FieldKind::Text),
                    field(CLIENT_ID, FieldKind::Text),
                    field(CLIENT_SECRET, FieldKind::Secret),
                ],
            ),
            Stage::Open(open) => LoginStep::OpenUrl {
                text: "login.app.open",
                url: open.url.clone(),
                fields: vec![field(ANSWER, FieldKind::Secret)],
            },
        }
    }

    fn open(&self, inputs: &Inputs) -> Result<Open, LoginError> {
        let domain = portal_in(inputs)?;
        let entered = |key: &'static str, empty: &'static str| match inputs.get(key) {
            "" => Err(LoginError::field(key, reason(empty))),
            text => Ok(text.to_owned()),
        };
        let app = App {
            client_id: entered(CLIENT_ID, "bitrix24.reason.client_id_empty")?,
            client_secret: entered(CLIENT_SECRET, "bitrix24.reason.client_secret_empty")?,
            authority: AUTHORITY.to_owned(),
            token: String::new(),
            refresh_token: String::new(),
            expires_at: 0,
        };
        let state = self.doors.clock.uid().to_string();
        let base = self.doors.own_address().map(str::to_owned);
        let base = base.unwrap_or_else(|| format!("https://{domain}"));
        let misplaced = |_| LoginError::field(PORTAL, reason("bitrix24.reason.portal_form"));
        let mut page = Url::parse(&format!("{}/oauth/authorize/", base.trim_end_matches('/'))).map_err(misplaced)?;
        page.query_pairs_mut()
            .append_pair("client_id", &app.client_id)
            .append_pair("state", &state);
        Ok(Open {
            login: Login {
                domain,
                way: Way::App(app.clone()),
            },
            app,
            state,
            url: page.into(),
        })
    }

    async fn answered(&self, open: &Open, inputs: &Inputs) -> Result<LoginStep, LoginError> {
        let told = Pasted::read(inputs.get(ANSWER), &open.state);
        let told = told.map_err(|wrong| LoginError::field(ANSWER, reason(told_wrong(wrong))))?;
        let authority = told.said("server_domain").filter(|host| is_authority(host));
        let app = App {
            authority: authority.unwrap_or(AUTHORITY).to_owned(),
            ..open.app.clone()
        };
        let client = self.doors.open(open.login.clone())?;
        let tokens = client.exchange(Grant::Code(&told.code), &app, Urgency::Reply).await;
        let tokens = tokens.map_err(code_refused)?;
        let id = match tokens.member_id.as_str() {
            "" => open.login.domain.clone(),
            member => member.to_owned(),
        };
        let client = self.doors.open(Login {
            domain: open.login.domain.clone(),
            way: Way::App(tokens.into_app(&app, self.doors.clock.now())),
        })?;
        check(&client, id, ANSWER).await.map(LoginStep::Done)
    }
}

fn code_refused(error: CrmError) -> LoginError {
    match error {
        CrmError::LoggedOut(_) => LoginError::field(ANSWER, reason("bitrix24.reason.code_refused")),
        CrmError::Unpaid(reason) => LoginError::field(ANSWER, reason),
        other => contracts::channel::CallError::from(other).into(),
    }
}

fn told_wrong(wrong: PastedError) -> &'static str {
    match wrong {
        PastedError::Empty => "bitrix24.reason.answer_empty",
        PastedError::Foreign => "bitrix24.reason.answer_foreign",
        PastedError::Denied => "bitrix24.reason.answer_denied",
        PastedError::NoCode => "bitrix24.reason.answer_form",
    }
}

#[async_trait]
impl Steps for LoginApp {
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
