//! REST v4: one call at a time, each in its turn, with a token that is good. Nothing of what is said in it is decided
//! here. <https://www.amocrm.ru/developers/content/crm_platform/api-reference>

use std::sync::Arc;

use contracts::{
    Secret,
    channel::{Certainty, Network},
    crm::{CrmError, Pace, Urgency},
};
use domain::Reason;
use net::{BaseAddress, Request, SetupError, connector};
use serde::{Serialize, de::DeserializeOwned};
use tokio::sync::Mutex;
use url::Url;

use super::{
    access::{Keeper, Login, OAuth},
    errors::{ApiError, Problem, of_answer, reason},
    wire::Tokens,
};

/// Calls of REST v4: seven a second for an integration.
pub(super) const API: &str = "api";
/// Calls of the chats. No rate is documented.
pub(super) const AMOJO: &str = "amojo";
/// Pieces of files.
pub(super) const DRIVE: &str = "drive";

/// What a client is made of.
pub(super) struct Reach {
    pub(super) http: net::Client,
    pub(super) api: BaseAddress,
    pub(super) amojo: BaseAddress,
}

impl Reach {
    /// The addresses of this account: the user's own, else those of amoCRM or Kommo.
    pub(super) fn of(network: &Network, login: &Login) -> Result<Self, SetupError> {
        let own =
            |key: &str, default: String| BaseAddress::parse(connector::own_address(network, key).unwrap_or(&default));
        let chats = if login.is_kommo() {
            "amojo.kommo.com"
        } else {
            "amojo.amocrm.ru"
        };
        Ok(Self {
            http: connector::client(network)?,
            api: own("api", format!("https://{}", login.domain))?,
            amojo: own("amojo", format!("https://{chats}"))?,
        })
    }
}

/// The client of one account.
pub(super) struct Client {
    pub(super) reach: Reach,
    keeper: Keeper,
    /// Nobody's during a login: the account is not at work yet.
    pace: Option<Arc<dyn Pace>>,
    login: Mutex<Login>,
}

/// How a call is made.
#[derive(Clone, Copy)]
enum Verb {
    Get,
    Post,
    Patch,
}

impl Client {
    pub(super) fn new(reach: Reach, login: Login, keeper: Keeper, pace: Option<Arc<dyn Pace>>) -> Self {
        Self {
            reach,
            keeper,
            pace,
            login: Mutex::new(login),
        }
    }

    /// What is stored now.
    pub(super) async fn login(&self) -> Login {
        self.login.lock().await.clone()
    }

    /// Reads. `None` where there is nothing (204).
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, String)],
        urgency: Urgency,
    ) -> Result<Option<T>, ApiError> {
        let url = self.url(path, query)?;
        self.call(Verb::Get, url, None::<&()>, urgency).await
    }

    /// Makes something.
    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
        urgency: Urgency,
    ) -> Result<Option<T>, ApiError> {
        let url = self.url(path, &[])?;
        self.call(Verb::Post, url, Some(body), urgency).await
    }

    /// Changes something.
    pub(super) async fn patch<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
        urgency: Urgency,
    ) -> Result<Option<T>, ApiError> {
        let url = self.url(path, &[])?;
        self.call(Verb::Patch, url, Some(body), urgency).await
    }

    /// Its turn in a bucket.
    pub(super) async fn turn(&self, bucket: &'static str, urgency: Urgency) -> Result<(), CrmError> {
        if let Some(pace) = &self.pace {
            pace.turn(bucket, urgency).await?;
        }
        Ok(())
    }

    /// A call that met «too fast»: nobody has a turn for so long.
    pub(super) fn rested(&self, error: ApiError) -> ApiError {
        if let (ApiError::Crm(CrmError::TooFast { bucket, wait }), Some(pace)) = (&error, &self.pace) {
            pace.rest(bucket, *wait);
        }
        error
    }

    fn url(&self, path: &str, query: &[(&str, String)]) -> Result<Url, ApiError> {
        let mut url = self
            .reach
            .api
            .join(&format!("api/v4/{path}"))
            .map_err(|_| misplaced())?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(url)
    }

    /// One call; a second one with a new token where the first met an old one: that was certainly not done.
    async fn call<T: DeserializeOwned>(
        &self,
        verb: Verb,
        url: Url,
        body: Option<&impl Serialize>,
        urgency: Urgency,
    ) -> Result<Option<T>, ApiError> {
        let mut token = self.token(urgency).await?;
        let mut answer = self.once(verb, url.clone(), body, &token, urgency).await?;
        if answer.status == 401 {
            token = self.renewed(&token, urgency).await?;
            answer = self.once(verb, url.clone(), body, &token, urgency).await?;
        }
        if answer.status == 401 {
            return Err(logged_out().into());
        }
        match self.read(&answer) {
            Err(ApiError::Problem(problem)) if problem.status == 403 && !url.path().ends_with("/account") => {
                Err(self.told_apart(problem, &token, urgency).await)
            }
            read => read,
        }
    }

    async fn once(
        &self,
        verb: Verb,
        url: Url,
        body: Option<&impl Serialize>,
        token: &Secret<String>,
        urgency: Urgency,
    ) -> Result<net::Answer, ApiError> {
        self.turn(API, urgency).await?;
        let http = &self.reach.http;
        let request = match verb {
            Verb::Get => http.get(url),
            Verb::Post => http.post(url),
            Verb::Patch => http.patch(url),
        };
        let request = match body {
            Some(body) => request.json(body),
            None => request,
        };
        sent(request.bearer(token.expose()), API, matches!(verb, Verb::Get)).await
    }

    fn read<T: DeserializeOwned>(&self, answer: &net::Answer) -> Result<Option<T>, ApiError> {
        if let Some(error) = of_answer(answer, API) {
            return Err(self.rested(error));
        }
        if answer.status == 204 || answer.body.is_empty() {
            return Ok(None);
        }
        let unreadable = |failure| CrmError::of_call(connector::call_error(failure), API);
        Ok(Some(answer.json().map_err(unreadable)?))
    }

    /// One thing is forbidden, or everything: the account itself tells.
    async fn told_apart(&self, problem: Problem, token: &Secret<String>, urgency: Urgency) -> ApiError {
        let asked = match self.url("account", &[]) {
            Ok(url) => self.once(Verb::Get, url, None::<&()>, token, urgency).await,
            Err(error) => return error,
        };
        match asked {
            Ok(answer) if answer.status == 403 => CrmError::NoRights(reason("amocrm.reason.no_rights")).into(),
            _ => ApiError::Problem(problem),
        }
    }

    /// A token that is good now.
    pub(super) async fn token(&self, urgency: Urgency) -> Result<Secret<String>, CrmError> {
        let login = self.login.lock().await;
        if !login.ends_soon(self.keeper.clock.now()) {
            return Ok(Secret::new(login.token.clone()));
        }
        let old = Secret::new(login.token.clone());
        drop(login);
        self.renewed(&old, urgency).await
    }

    /// Another token than the one that was refused: one that somebody else renewed meanwhile, or a new one. The new
    /// pair is on disk before it is used, because the old one is dead from here on.
    pub(super) async fn renewed(&self, refused: &Secret<String>, urgency: Urgency) -> Result<Secret<String>, CrmError> {
        let mut login = self.login.lock().await;
        if login.token != *refused.expose() {
            return Ok(Secret::new(login.token.clone()));
        }
        let Some(oauth) = login.oauth.clone() else {
            return Err(logged_out());
        };
        let renewed = self.exchange(Grant::Refresh, &oauth, urgency).await?;
        let fresh = renewed.into_login(&login, &oauth, self.keeper.clock.now());
        if let Some(notebook) = &self.keeper.notebook {
            notebook.keep_secret(fresh.write()).await?;
        }
        *login = fresh;
        Ok(Secret::new(login.token.clone()))
    }

    /// Asks for a pair of tokens.
    pub(super) async fn exchange(&self, grant: Grant<'_>, oauth: &OAuth, urgency: Urgency) -> Result<Tokens, CrmError> {
        self.turn(API, urgency).await?;
        let url = self.reach.api.join("oauth2/access_token").map_err(|_| misplaced())?;
        let mut body = serde_json::json!({
            "client_id": oauth.client_id,
            "client_secret": oauth.client_secret,
            "redirect_uri": oauth.redirect_uri,
        });
        let (kind, key, value) = match grant {
            Grant::Code(code) => ("authorization_code", "code", code),
            Grant::Refresh => ("refresh_token", "refresh_token", oauth.refresh_token.as_str()),
        };
        if let Some(body) = body.as_object_mut() {
            body.insert("grant_type".to_owned(), kind.into());
            body.insert(key.to_owned(), value.into());
        }
        let answer = sent(self.reach.http.post(url).json(&body), API, true).await?;
        if matches!(answer.status, 400 | 401 | 403) {
            return Err(logged_out());
        }
        match of_answer(&answer, API) {
            Some(error) => Err(self.rested(error).into()),
            None => answer
                .json()
                .map_err(|failure| CrmError::of_call(connector::call_error(failure), API)),
        }
    }
}

/// What tokens are asked for with.
#[derive(Clone, Copy)]
pub(super) enum Grant<'a> {
    /// The code of a sign-in, good for 20 minutes.
    Code(&'a str),
    /// The refresh token, good for once.
    Refresh,
}

/// Sends. What `changes_nothing` there was certainly not done whatever became of it: whoever asked for it may ask anew.
pub(super) async fn sent(
    request: Request,
    bucket: &'static str,
    changes_nothing: bool,
) -> Result<net::Answer, ApiError> {
    let answer = request.send().await;
    let error = match answer {
        Ok(answer) if answer.status >= 500 && changes_nothing => CrmError::Network {
            reason: Reason::new("reason.server_trouble").with("status", answer.status),
            certainty: Certainty::NotDone,
        },
        Ok(answer) => return Ok(answer),
        Err(failure) => CrmError::of_call(connector::call_error(failure), bucket),
    };
    Err(match error {
        CrmError::Network { reason, .. } if changes_nothing => CrmError::Network {
            reason,
            certainty: Certainty::NotDone,
        },
        other => other,
    }
    .into())
}

fn logged_out() -> CrmError {
    CrmError::LoggedOut(reason("amocrm.reason.logged_out"))
}

/// An address that leads nowhere: an endpoint of the user's is none.
pub(super) fn misplaced() -> CrmError {
    CrmError::Refused(Reason::new("reason.endpoint_address"))
}
