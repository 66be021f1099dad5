//! Makes the account ready: rights, furniture, the chat channel.

use contracts::crm::{CrmError, Prepared, Urgency};
use domain::{LinkAction, Reason};

use super::{
    errors::{ApiError, Problem, reason},
    jwt,
    link::AmoLink,
    options::Mode,
};

/// Notes, cards and tasks.
const CRM: &str = "crm";
/// Files of notes and chats.
pub(super) const FILES: &str = "files";

/// Chats mode without a channel: whoever set it has to connect anew with the channel's id and secret.
pub(super) fn no_channel() -> ApiError {
    CrmError::Stuck {
        reason: reason("amocrm.reason.no_channel"),
        action: LinkAction::Login,
    }
    .into()
}

fn not_admin() -> ApiError {
    CrmError::NoRights(reason("amocrm.reason.not_admin")).into()
}

impl AmoLink {
    /// See [`contracts::crm::CrmLink::prepare`].
    pub(super) async fn make_ready(&self) -> Result<Prepared, ApiError> {
        let login = self.client.login().await;
        let claims = jwt::claims(&login.token).unwrap_or_default();
        if !claims.allows(CRM) {
            return Err(CrmError::NoRights(reason("amocrm.reason.scope").with("scope", CRM)).into());
        }
        // Users are told to administrators only.
        let layout = self.look_around(Urgency::Live).await.map_err(|error| match error {
            ApiError::Problem(Problem { status: 403, .. }) => not_admin(),
            other => other,
        })?;
        if !layout.me().is_some_and(super::wire::User::is_admin) {
            return Err(not_admin());
        }
        if self.options.mode() == Mode::Chats {
            let amojo = self.amojo.as_ref().ok_or_else(no_channel)?;
            let Some(amojo_id) = layout.account.amojo_id.as_deref() else {
                return Err(no_channel());
            };
            let scope = amojo.connect(&self.client, amojo_id, self.options.chat_title()).await?;
            *self.scope.write().await = Some(scope);
        }
        Ok(Prepared {
            handle: Some(login.domain.clone()),
            // A renewed one lives as long as the program is started now and then.
            expires_at: claims.expires_at().filter(|_| login.oauth.is_none()),
            notices: self.notices(&claims, layout.account.drive_url.is_some()).await,
            page: Some(format!("https://{}/", login.domain)),
        })
    }

    async fn notices(&self, claims: &jwt::Claims, drive: bool) -> Vec<Reason> {
        let mut notices = Vec::new();
        if !claims.allows(FILES) || !drive {
            notices.push(reason("amocrm.reason.no_files"));
        }
        if self.options.mode() == Mode::Chats {
            notices.push(reason("amocrm.reason.replies_unproved"));
        }
        if let Some(webhook) = &self.webhook
            && webhook.listen().await.is_err()
        {
            notices.push(reason("amocrm.reason.webhook_port").with("port", webhook.port()));
        }
        notices
    }
}
