//! One function per remote call.

use contracts::Secret;
use net::{BaseAddress, Failure, Request};
use serde::de::DeserializeOwned;
use url::Url;

use super::wire::{Account, Contact, NewContact, NewNote, Note};

/// The service's API.
pub(super) struct Client {
    http: net::Client,
    api: BaseAddress,
}

impl Client {
    /// Calls nobody.
    pub(super) fn new(http: net::Client, api: BaseAddress) -> Self {
        Self { http, api }
    }

    /// Whose token it is.
    pub(super) async fn account(&self, token: &Secret<String>) -> Result<Account, Failure> {
        self.call(token, self.http.get(self.url("account")?)).await
    }

    /// Adds a contact.
    pub(super) async fn add_contact(&self, token: &Secret<String>, contact: &NewContact) -> Result<Contact, Failure> {
        self.call(token, self.http.post(self.url("contacts")?).json(contact)).await
    }

    /// The contacts with our id of the person.
    pub(super) async fn find_contact(&self, token: &Secret<String>, ours: &str) -> Result<Vec<Contact>, Failure> {
        let mut url = self.url("contacts")?;
        url.query_pairs_mut().append_pair("external_id", ours);
        self.call(token, self.http.get(url)).await
    }

    /// Adds a note.
    pub(super) async fn add_note(&self, token: &Secret<String>, note: &NewNote) -> Result<Note, Failure> {
        self.call(token, self.http.post(self.url("notes")?).json(note)).await
    }

    /// The notes with our marker.
    pub(super) async fn find_note(&self, token: &Secret<String>, marker: &str) -> Result<Vec<Note>, Failure> {
        let mut url = self.url("notes")?;
        url.query_pairs_mut().append_pair("external_id", marker);
        self.call(token, self.http.get(url)).await
    }

    fn url(&self, path: &str) -> Result<Url, Failure> {
        self.api.join(path).map_err(|_| Failure::Invalid)
    }

    async fn call<T: DeserializeOwned>(&self, token: &Secret<String>, request: Request) -> Result<T, Failure> {
        let answer = request.bearer(token.expose()).send().await?;
        match answer.failure() {
            Some(failure) => Err(failure),
            None => answer.json(),
        }
    }
}
