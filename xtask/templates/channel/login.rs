//! Logging in by pasting a token.

use std::collections::BTreeMap;

use async_trait::async_trait;
use contracts::{
    Secret,
    channel::{Field, FieldKind, Inputs, LoggedIn, Login, LoginError, LoginStep},
};
use domain::{Reason, RemoteId};
use net::Failure;

use super::{client::Client, errors::call_error};

const TOKEN: &str = "token";

/// The flow `token`.
pub(super) struct LoginToken {
    client: Client,
}

impl LoginToken {
    pub(super) fn new(client: Client) -> Self {
        Self { client }
    }
}

#[async_trait]
impl Login for LoginToken {
    async fn next(&mut self, inputs: Inputs) -> Result<LoginStep, LoginError> {
        if inputs.0.is_empty() {
            return Ok(form());
        }
        let token = Secret::new(inputs.get(TOKEN).to_owned());
        if token.expose().is_empty() {
            return Err(wrong("__ID__.reason.token_empty"));
        }
        let me = self.client.me(&token).await.map_err(|failure| match failure {
            Failure::Status { status: 401 } => wrong("__ID__.reason.token_refused"),
            other => call_error(other).into(),
        })?;
        Ok(LoginStep::Done(LoggedIn {
            remote_id: RemoteId::new(me.id),
            name: me.name,
            handle: None,
            secret: token,
            settings: BTreeMap::new(),
        }))
    }
}

fn form() -> LoginStep {
    let field = Field {
        key: TOKEN.to_owned(),
        kind: FieldKind::Secret,
        value: None,
        optional: false,
    };
    LoginStep::Input {
        text: "login.token.where",
        params: BTreeMap::new(),
        fields: vec![field],
    }
}

fn wrong(key: &'static str) -> LoginError {
    LoginError::field(TOKEN, Reason::new(key))
}
