//! The flow `app`: a local application of the user's own, signed in to on the portal's page.
//! <https://apidocs.bitrix24.com/settings/oauth/index.html>
//!
//! The page leads to the application's handler. That is this program, where the portal took such an address and the port
//! is free; any other need not answer: its address bar holds the code, and a person pastes it. A code is good for half
//! a minute only, and the form says so.

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
    PORTAL, answers, ask_certificate, check, portal_in, with_certificate,
};
use crate::shared::{Loopback, Pasted, PastedError, field, form_with};

const CLIENT_ID: &str = "client_id";
const CLIENT_SECRET: &str = "client_secret";
const ANSWER: &str = "answer";
/// The browser comes back while a person looks at the form: nobody waits noticeably.
const LOOK_SECS: u32 = 1;
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
    /// The portal shows a certificate of its own.
    Certificate(Box<Open>),
    /// The page is open; the browser may come back here.
    Open(Box<Open>, Option<Loopback>),
}

#[derive(Clone)]
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
            Stage::Ask => form_with(
                "login.app.create",
                [("handler", self.doors.return_address().to_owned())],
                vec![
                    field(PORTAL, FieldKind::Text),
                    field(CLIENT_ID, FieldKind::Text),
                    field(CLIENT_SECRET, FieldKind::Secret),
                ],
            ),
            Stage::Certificate(open) => ask_certificate(&open.login),
            Stage::Open(open, heard) => LoginStep::OpenUrl {
                text: if heard.is_some() {
                    "login.app.heard"
                } else {
                    "login.app.open"
                },
                url: open.url.clone(),
                fields: vec![field(ANSWER, FieldKind::Secret)],
                refresh_secs: heard.is_some().then_some(LOOK_SECS),
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
                certificate: None,
                way: Way::App(app.clone()),
            },
            app,
            state,
            url: page.into(),
        })
    }

    /// The page, once the portal is known to answer.
    async fn opened(&self, open: Open) -> Result<Stage, LoginError> {
        if !answers(&self.doors, &open.login, PORTAL).await? {
            return Ok(Stage::Certificate(Box::new(open)));
        }
        let heard = Loopback::listen(self.doors.return_address(), &open.state).await;
        Ok(Stage::Open(Box::new(open), heard))
    }

    async fn answered(&self, open: &Open, answer: &str) -> Result<LoginStep, LoginError> {
        let told = Pasted::read(answer, &open.state);
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
            way: Way::App(tokens.into_app(&app, self.doors.clock.now())),
            ..open.login.clone()
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
        self.stage = match &self.stage {
            Stage::Open(open, Some(door)) if inputs.0.is_empty() => {
                return match door.heard().await {
                    Some(came) => self.answered(open, came.expose()).await,
                    None => Ok(self.step()),
                };
            }
            _ if inputs.0.is_empty() => return Ok(self.step()),
            Stage::Ask => self.opened(self.open(&inputs)?).await?,
            Stage::Certificate(open) => {
                let login = with_certificate(&open.login, &inputs)?;
                self.opened(Open {
                    login,
                    ..Open::clone(open)
                })
                .await?
            }
            Stage::Open(open, _) => return self.answered(open, inputs.get(ANSWER)).await,
        };
        Ok(self.step())
    }
}
