//! Logging in by pasting a token: whose it is.

use domain::Reason;

use super::client::Client;
use super::errors::CrmError;
use super::wire::Account;

/// Checks the token that `client` was made with.
///
/// # Errors
/// A reason to show at the field, or the failed call.
pub async fn log_in(client: &Client) -> Result<Account, LoginError> {
    client.account().await.map_err(|error| match error {
        CrmError::LoggedOut(_) => LoginError::Token(Reason::new("__ID__.reason.token_refused")),
        other => LoginError::Call(other),
    })
}

/// Why a login did not go on.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
pub enum LoginError {
    /// The token is to be corrected.
    #[error("token: {0}")]
    Token(Reason),
    /// The call failed: the same step may be tried again.
    #[error(transparent)]
    Call(CrmError),
}
