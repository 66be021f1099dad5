//! One function per remote call.

use contracts::Secret;
use net::{BaseAddress, Failure, Request};
use serde::de::DeserializeOwned;
use url::Url;

use super::errors::CrmError;
use super::wire::{Account, Contact, NewContact};

/// The service's API, in the name of one account.
#[derive(Debug)]
pub struct Client {
    http: net::Client,
    api: BaseAddress,
    token: Secret<String>,
}

impl Client {
    /// Calls nobody.
    pub fn new(http: net::Client, api: BaseAddress, token: Secret<String>) -> Self {
        Self { http, api, token }
    }

    /// Whose token it is.
    ///
    /// # Errors
    /// [`CrmError`].
    pub async fn account(&self) -> Result<Account, CrmError> {
        self.call(self.http.get(self.url("account")?)).await
    }

    /// Adds a contact.
    ///
    /// # Errors
    /// [`CrmError`]; an uncertain one may have added it: look for the phone number before trying again.
    pub async fn add_contact(&self, contact: &NewContact) -> Result<Contact, CrmError> {
        self.call(self.http.post(self.url("contacts")?).json(contact)).await
    }

    fn url(&self, path: &str) -> Result<Url, CrmError> {
        self.api.join(path).map_err(|_| CrmError::Call(Failure::Invalid))
    }

    async fn call<T: DeserializeOwned>(&self, request: Request) -> Result<T, CrmError> {
        let answer = request.bearer(self.token.expose()).send().await?;
        match answer.failure() {
            Some(failure) => Err(failure.into()),
            None => Ok(answer.json()?),
        }
    }
}
