//! The flow `webhook`: the address of an incoming webhook, enough for comments in cards.
//! <https://apidocs.bitrix24.com/local-integrations/local-webhooks.html>

use async_trait::async_trait;
use contracts::{
    channel::FieldKind,
    crm::{Inputs, Login as Steps, LoginError, LoginStep},
};
use url::Url;

use super::{
    super::{
        Doors,
        access::{Login, Way},
        errors::reason,
    },
    answers, ask_certificate, check, with_certificate,
};
use crate::shared::{field, form};

const WEBHOOK: &str = "webhook";

/// See the module.
pub(in super::super) struct LoginWebhook {
    doors: Doors,
    /// Pasted already; its portal shows a certificate of its own.
    unknown: Option<Login>,
}

impl LoginWebhook {
    pub(in super::super) fn new(doors: Doors) -> Self {
        Self { doors, unknown: None }
    }
}

#[async_trait]
impl Steps for LoginWebhook {
    async fn next(&mut self, inputs: Inputs) -> Result<LoginStep, LoginError> {
        let login = match &self.unknown {
            Some(login) if inputs.0.is_empty() => return Ok(ask_certificate(login)),
            None if inputs.0.is_empty() => {
                return Ok(form("login.webhook.where", vec![field(WEBHOOK, FieldKind::Secret)]));
            }
            Some(login) => with_certificate(login, &inputs)?,
            None => {
                let login = login_in(inputs.get(WEBHOOK), self.doors.own_address().is_some());
                login.map_err(|key| LoginError::field(WEBHOOK, reason(key)))?
            }
        };
        if !answers(&self.doors, &login, WEBHOOK).await? {
            let asked = ask_certificate(&login);
            self.unknown = Some(login);
            return Ok(asked);
        }
        let id = login.domain.clone();
        let client = self.doors.open(login)?;
        check(&client, id, WEBHOOK).await.map(LoginStep::Done)
    }
}

/// `https://olga.bitrix24.ru/rest/1/k2v…/`, with a method at the end or without.
fn login_in(pasted: &str, own_address: bool) -> Result<Login, &'static str> {
    if pasted.is_empty() {
        return Err("bitrix24.reason.webhook_empty");
    }
    let wrong = "bitrix24.reason.webhook_form";
    let url = Url::parse(pasted).map_err(|_| wrong)?;
    // The secret stands in the address: it must not travel in the open.
    if url.scheme() != "https" && !own_address {
        return Err("bitrix24.reason.webhook_open");
    }
    let host = url.host_str().ok_or(wrong)?;
    let domain = url
        .port()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    let mut parts = url.path_segments().ok_or(wrong)?.filter(|part| !part.is_empty());
    let (Some("rest"), Some(user), Some(code)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(wrong);
    };
    let user = user.parse().map_err(|_| wrong)?;
    if !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(wrong);
    }
    Ok(Login {
        domain,
        certificate: None,
        way: Way::Webhook {
            user,
            code: code.to_owned(),
        },
    })
}
