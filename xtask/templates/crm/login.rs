//! Logging in by pasting a token.

use std::collections::BTreeMap;

use async_trait::async_trait;
use contracts::{
    Secret,
    crm::{Field, FieldKind, Inputs, LoggedIn, Login, LoginError, LoginStep},
};
use domain::{Reason, RemoteId};
use net::{Failure, connector};

use super::client::Client;

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
        let account = self.client.account(&token).await.map_err(|failure| match failure {
            Failure::Status { status: 401 } => LoginError::field(TOKEN, Reason::new("__ID__.reason.token_refused")),
            other => connector::call_error(other).into(),
        })?;
        Ok(LoginStep::Done(LoggedIn {
            remote_id: RemoteId::new(account.id),
            name: account.name,
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
