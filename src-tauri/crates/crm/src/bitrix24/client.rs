//! REST: one call at a time, each in its turn, with a token that is good. Nothing of what is said in it is decided here.
//! <https://apidocs.bitrix24.com/settings/how-to-call-rest-api/general-principles.html>

use std::{sync::Arc, time::Duration};

use contracts::{
    Secret,
    channel::{Certainty, Network},
    crm::{CrmError, Pace, Urgency},
};
use domain::Reason;
use net::{BaseAddress, Failure, SetupError, connector};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::Mutex;
use url::Url;

use super::{
    access::{App, Keeper, Login, Way},
    errors::{ApiError, Problem, logged_out, of_answer, of_problem},
};

/// The bucket of calls: one per portal and address of ours.
pub(super) const REST: &str = "rest";
/// Running time of a method within ten minutes that is left unused: 480 seconds are allowed.
/// <https://apidocs.bitrix24.com/limits.html>
const RUNS_AT_MOST: f64 = 450.0;

/// What a client is made of.
pub(super) struct Reach {
    pub(super) http: net::Client,
    /// For the vendor's servers: a certificate that the portal's owner gave counts for the portal alone.
    elsewhere: net::Client,
    /// With `rest/`, without a webhook's user and code.
    portal: BaseAddress,
    /// The user's own authorization server: a portal in a closed network has one.
    authority: Option<BaseAddress>,
}

impl Reach {
    /// The addresses of this portal: the user's own, else the vendor's.
    pub(super) fn of(network: &Network, login: &Login) -> Result<Self, SetupError> {
        let own = |key: &str| connector::own_address(network, key).map(BaseAddress::parse).transpose();
        let portal = match own("portal")? {
            Some(own) => own,
            None => BaseAddress::parse(&format!("https://{}", login.domain))?,
        };
        Ok(Self {
            http: connector::client_trusting(network, login.certificate.as_deref())?,
            elsewhere: connector::client(network)?,
            portal,
            authority: own("oauth")?,
        })
    }

    /// Whether anything answers at the portal's address, whatever it says.
    pub(super) async fn knock(&self) -> Result<(), Failure> {
        let url = self.portal.join("rest/").map_err(|_| Failure::Invalid)?;
        self.http.get(url).send().await.map(drop)
    }
}

/// The client of one portal.
pub(super) struct Client {
    pub(super) reach: Reach,
    keeper: Keeper,
    /// Nobody's during a login: the account is not at work yet.
    pace: Option<Arc<dyn Pace>>,
    login: Mutex<Login>,
}

/// An answer that is a success.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Told {
    #[serde(default)]
    pub(super) result: Value,
    /// Where the next page of a list begins.
    #[serde(default)]
    pub(super) next: Option<i64>,
    #[serde(default)]
    pub(super) time: Time,
}

/// `time` of an answer.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Time {
    finish: f64,
    /// In the zone of the portal.
    pub(super) date_start: String,
    /// Seconds that this method has run within the last ten minutes.
    operating: f64,
    /// When the oldest of those minutes is forgotten.
    operating_reset_at: f64,
}

/// Tokens as the authorization server gives them.
#[derive(Deserialize)]
pub(super) struct Tokens {
    access_token: String,
    refresh_token: String,
    #[serde(default)]
    expires_in: i64,
    #[serde(default)]
    pub(super) member_id: String,
    #[serde(default)]
    server_endpoint: String,
}

impl Tokens {
    /// The application with them in place.
    pub(super) fn into_app(self, before: &App, now: domain::At) -> App {
        let named = Url::parse(&self.server_endpoint).ok();
        let host = named.and_then(|url| url.host_str().map(str::to_owned));
        App {
            authority: host
                .filter(|host| is_authority(host))
                .unwrap_or_else(|| before.authority.clone()),
            token: self.access_token,
            refresh_token: self.refresh_token,
            expires_at: now.millis() + self.expires_in.clamp(60, 86_400) * 1000,
            ..before.clone()
        }
    }
}

/// Whether a host is one of the vendor's authorization servers: the application's secret goes nowhere else.
pub(super) fn is_authority(host: &str) -> bool {
    matches!(host, "oauth.bitrix.info" | "oauth.bitrix24.tech")
}

/// What tokens are asked for with.
#[derive(Clone, Copy)]
pub(super) enum Grant<'a> {
    /// The code of a sign-in, good for half a minute.
    Code(&'a str),
    /// The refresh token, good for once.
    Refresh,
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

    /// Asks for something. Whatever became of the call, nothing was changed by it.
    pub(super) async fn ask(&self, method: &str, params: Value, urgency: Urgency) -> Result<Told, ApiError> {
        self.call(method, params, urgency).await.map_err(|error| match error {
            ApiError::Crm(CrmError::Network { reason, .. }) => CrmError::Network {
                reason,
                certainty: Certainty::NotDone,
            }
            .into(),
            other => other,
        })
    }

    /// Changes something.
    pub(super) async fn does(&self, method: &str, params: Value, urgency: Urgency) -> Result<Value, ApiError> {
        Ok(self.call(method, params, urgency).await?.result)
    }

    /// One call; a second one with a new token where the first met an old one: that was certainly not done.
    async fn call(&self, method: &str, params: Value, urgency: Urgency) -> Result<Told, ApiError> {
        let mut token = self.token(urgency).await?;
        let mut answer = self.once(method, &params, token.as_ref(), urgency).await?;
        if answer.status == 401
            && let Some(old) = &token
        {
            token = Some(self.renewed(old, urgency).await?);
            answer = self.once(method, &params, token.as_ref(), urgency).await?;
        }
        if let Some(error) = of_answer(&answer) {
            return Err(self.rested(error));
        }
        let unreadable = |failure| CrmError::of_call(connector::call_error(failure), REST);
        let told: Told = answer.json().map_err(unreadable)?;
        self.spare(&told.time);
        Ok(told)
    }

    async fn once(
        &self,
        method: &str,
        params: &Value,
        token: Option<&Secret<String>>,
        urgency: Urgency,
    ) -> Result<net::Answer, ApiError> {
        let url = self.method(method).await?;
        let mut body = params.clone();
        if let (Some(token), Some(body)) = (token, body.as_object_mut()) {
            body.insert("auth".to_owned(), token.expose().as_str().into());
        }
        self.turn(urgency).await?;
        let answer = self.reach.http.post(url).json(&body).send().await;
        answer.map_err(|failure| CrmError::of_call(connector::call_error(failure), REST).into())
    }

    async fn method(&self, method: &str) -> Result<Url, ApiError> {
        let path = match &self.login.lock().await.way {
            Way::App(_) => format!("rest/{method}.json"),
            Way::Webhook { user, code } => format!("rest/{user}/{code}/{method}.json"),
        };
        Ok(self.reach.portal.join(&path).map_err(|_| misplaced())?)
    }

    /// Its turn in the bucket.
    async fn turn(&self, urgency: Urgency) -> Result<(), CrmError> {
        if let Some(pace) = &self.pace {
            pace.turn(REST, urgency).await?;
        }
        Ok(())
    }

    /// A call that met «too fast»: nobody has a turn for so long.
    fn rested(&self, error: ApiError) -> ApiError {
        if let (ApiError::Crm(CrmError::TooFast { bucket, wait }), Some(pace)) = (&error, &self.pace) {
            pace.rest(bucket, *wait);
        }
        error
    }

    /// Rests before running time is used up, by the portal's own clock.
    fn spare(&self, time: &Time) {
        let left = time.operating_reset_at - time.finish;
        if let Some(pace) = self
            .pace
            .as_ref()
            .filter(|_| time.operating > RUNS_AT_MOST && left > 0.0)
        {
            pace.rest(REST, Duration::from_secs_f64(left.min(600.0)));
        }
    }

    /// A token that is good now; a webhook needs none.
    async fn token(&self, urgency: Urgency) -> Result<Option<Secret<String>>, CrmError> {
        let login = self.login.lock().await;
        let Way::App(app) = &login.way else { return Ok(None) };
        let token = Secret::new(app.token.clone());
        if !app.ends_soon(self.keeper.clock.now()) {
            return Ok(Some(token));
        }
        drop(login);
        self.renewed(&token, urgency).await.map(Some)
    }

    /// Another token than the one that was refused: one that somebody else renewed meanwhile, or a new one. The new
    /// pair is on disk before it is used, because the old one is dead from here on.
    async fn renewed(&self, refused: &Secret<String>, urgency: Urgency) -> Result<Secret<String>, CrmError> {
        let mut login = self.login.lock().await;
        let Way::App(app) = login.way.clone() else {
            return Err(logged_out());
        };
        if app.token != *refused.expose() {
            return Ok(Secret::new(app.token));
        }
        let tokens = self.exchange(Grant::Refresh, &app, urgency).await?;
        let fresh = Login {
            way: Way::App(tokens.into_app(&app, self.keeper.clock.now())),
            ..login.clone()
        };
        if let Some(notebook) = &self.keeper.notebook {
            notebook.keep_secret(fresh.write()).await?;
        }
        *login = fresh;
        match &login.way {
            Way::App(app) => Ok(Secret::new(app.token.clone())),
            Way::Webhook { .. } => Err(logged_out()),
        }
    }

    /// Asks for a pair of tokens. <https://apidocs.bitrix24.com/settings/oauth/index.html>
    pub(super) async fn exchange(&self, grant: Grant<'_>, app: &App, urgency: Urgency) -> Result<Tokens, CrmError> {
        self.turn(urgency).await?;
        let vendors = || BaseAddress::parse(&format!("https://{}", app.authority));
        let (http, base) = match &self.reach.authority {
            Some(own) => (&self.reach.http, Ok(own.clone())),
            None => (&self.reach.elsewhere, vendors()),
        };
        let url = base.and_then(|base| base.join("oauth/token/"));
        let url = url.map_err(|_| misplaced())?;
        let (kind, key, value) = match grant {
            Grant::Code(code) => ("authorization_code", "code", code),
            Grant::Refresh => ("refresh_token", "refresh_token", app.refresh_token.as_str()),
        };
        let form = [
            ("grant_type", kind),
            ("client_id", &app.client_id),
            ("client_secret", &app.client_secret),
            (key, value),
        ];
        let not_done = |error: CrmError| match error {
            CrmError::Network { reason, .. } => CrmError::Network {
                reason,
                certainty: Certainty::NotDone,
            },
            other => other,
        };
        let answer = http.post(url).form(&form).send().await;
        let answer = answer.map_err(|failure| not_done(CrmError::of_call(connector::call_error(failure), REST)))?;
        match of_answer(&answer) {
            Some(ApiError::Problem(_)) => Err(logged_out()),
            Some(ApiError::Crm(error)) => Err(not_done(error)),
            None => answer
                .json()
                .map_err(|failure| not_done(CrmError::of_call(connector::call_error(failure), REST))),
        }
    }

    /// Several calls in one, in this order: at most [`BATCH`]. One that is refused does not stop the others. What could
    /// not be said of a single one counts for all.
    pub(super) async fn batch(
        &self,
        calls: &[(&str, Value)],
        urgency: Urgency,
    ) -> Result<Vec<Result<Told, ApiError>>, ApiError> {
        if let [(method, params)] = calls {
            return match self.call(method, params.clone(), urgency).await {
                Err(error @ ApiError::Crm(_)) => Err(error),
                told => Ok(vec![told]),
            };
        }
        let mut cmd = serde_json::Map::new();
        for (at, (method, params)) in calls.iter().enumerate() {
            cmd.insert(name(at), format!("{method}?{}", encoded(params)).into());
        }
        let told = self.call("batch", json!({ "halt": 0, "cmd": cmd }), urgency).await?;
        let part = |part: &str, at: usize| {
            let part = told.result.get(part)?;
            part.get(name(at)).filter(|value| !value.is_null()).cloned()
        };
        let one = |at: usize| {
            if let Some(problem) = part("result_error", at) {
                let problem: Problem = serde_json::from_value(problem).unwrap_or_default();
                return Err(of_problem(400, problem));
            }
            let time: Time = part("result_time", at)
                .and_then(|time| serde_json::from_value(time).ok())
                .unwrap_or_default();
            self.spare(&time);
            Ok(Told {
                result: part("result", at).unwrap_or(Value::Null),
                next: part("result_next", at).and_then(|next| next.as_i64()),
                time,
            })
        };
        Ok((0..calls.len()).map(one).collect())
    }
}

/// Calls that fit into one. <https://apidocs.bitrix24.com/settings/how-to-call-rest-api/batch.html>
pub(super) const BATCH: usize = 50;

fn name(at: usize) -> String {
    format!("c{at:02}")
}

/// Parameters as PHP reads them from a query: `fields[PHONE][0][VALUE]=…`.
fn encoded(params: &Value) -> String {
    let mut pairs = url::form_urlencoded::Serializer::new(String::new());
    append(&mut pairs, "", params);
    pairs.finish()
}

fn append(pairs: &mut url::form_urlencoded::Serializer<'_, String>, at: &str, value: &Value) {
    let inside = |key: &str| {
        if at.is_empty() {
            key.to_owned()
        } else {
            format!("{at}[{key}]")
        }
    };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| append(pairs, &inside(key), value)),
        Value::Array(list) => {
            let numbered = list.iter().enumerate();
            numbered.for_each(|(place, value)| append(pairs, &inside(&place.to_string()), value));
        }
        Value::Null => {}
        Value::Bool(yes) => drop(pairs.append_pair(at, if *yes { "1" } else { "0" })),
        Value::String(text) => drop(pairs.append_pair(at, text)),
        Value::Number(number) => drop(pairs.append_pair(at, &number.to_string())),
    }
}

/// An address that leads nowhere: an endpoint of the user's is none.
pub(super) fn misplaced() -> CrmError {
    CrmError::Refused(Reason::new("reason.endpoint_address"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_written_as_php_reads_them() {
        let params = json!({ "fields": { "PHONE": [{ "VALUE": "+7" }], "TITLE": "А & Б" }, "id": 7 });
        let told = "fields%5BPHONE%5D%5B0%5D%5BVALUE%5D=%2B7&fields%5BTITLE%5D=%D0%90+%26+%D0%91&id=7";
        assert_eq!(encoded(&params), told);
    }

    #[test]
    fn the_secret_goes_to_the_vendors_servers_only() {
        assert!(is_authority("oauth.bitrix.info") && is_authority("oauth.bitrix24.tech"));
        assert!(!is_authority("oauth.bitrix.info.evil.example"));
    }
}
