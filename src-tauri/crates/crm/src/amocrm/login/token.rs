//! The flow `token`: the account's address and a long-lived token of a private integration, checked at once.
//! <https://www.amocrm.ru/developers/content/oauth/oauth>

use async_trait::async_trait;
use contracts::{
    channel::FieldKind,
    crm::{Inputs, Login as Steps, LoginError, LoginStep},
};

use super::{
    super::{Doors, access::Login, errors::reason, jwt},
    ADDRESS, channel_fields, channel_in, check, domain_in,
};
use crate::shared::{field, form};

const TOKEN: &str = "token";

/// See the module.
pub(in super::super) struct LoginToken {
    doors: Doors,
}

impl LoginToken {
    pub(in super::super) fn new(doors: Doors) -> Self {
        Self { doors }
    }
}

#[async_trait]
impl Steps for LoginToken {
    async fn next(&mut self, inputs: Inputs) -> Result<LoginStep, LoginError> {
        if inputs.0.is_empty() {
            let mut fields = vec![field(ADDRESS, FieldKind::Text), field(TOKEN, FieldKind::Secret)];
            fields.extend(channel_fields());
            return Ok(form("login.token.where", fields));
        }
        let token = inputs.get(TOKEN).trim_start_matches("Bearer ").to_owned();
        let wrong = |key| Err(LoginError::field(TOKEN, reason(key)));
        if token.is_empty() {
            return wrong("amocrm.reason.token_empty");
        }
        let Some(claims) = jwt::claims(&token) else {
            return wrong("amocrm.reason.token_form");
        };
        if claims.expires_at().is_some_and(|end| end <= self.doors.clock.now()) {
            return wrong("amocrm.reason.token_expired");
        }
        let home = claims.base_domain.as_deref().filter(|home| home.ends_with("kommo.com"));
        let login = Login {
            domain: domain_in(
                inputs.get(ADDRESS),
                home.unwrap_or("amocrm.ru"),
                self.doors.own_address(),
            )?,
            token,
            oauth: None,
            channel: channel_in(&inputs)?,
        };
        let (client, amojo) = self.doors.open(login)?;
        check(&client, amojo.as_ref(), TOKEN).await.map(LoginStep::Done)
    }
}
