//! Calls to VK's API: the envelope, the token, the pace. What an error code means is each channel's own matter.
//!
//! <https://dev.vk.com/api/api-requests>

use std::{fmt, time::Duration};

use contracts::{
    Secret,
    channel::{CallError, Descriptor, Network},
};
use domain::At;
use net::{
    BaseAddress, Client, Failure, SetupError,
    rate_limit::{Pace, Rate},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use tokio::time::Instant;

use super::{failure, setup};

/// The version that all JSON here is written for.
pub(crate) const VERSION: &str = "5.199";
/// A community token may make 20 calls a second (<https://dev.vk.com/api/api-requests>): 5 at once and 15 a second
/// after them stay within that in every single second.
const RATE: Rate = Rate::new(5, Duration::from_millis(334));
/// «Too many requests per second»: certainly not done.
const TOO_MANY: i64 = 6;
/// How often a call that was too fast is made again before the caller hears of it.
const TRIES: u32 = 3;
/// For how long a call waits for its turn: a whole history is worth it, a stuck line is not.
const PATIENCE: Duration = Duration::from_secs(20);
/// VK answers within seconds; what takes longer has got lost.
const TIMEOUT: Duration = Duration::from_secs(20);

/// How to reach VK: the way there, and where it is.
#[derive(Debug, Clone)]
pub(crate) struct Reach {
    http: Client,
    base: BaseAddress,
    /// The address is the user's own, not VK's.
    own: bool,
}

impl Reach {
    /// The endpoint `key` of the channel.
    ///
    /// # Errors
    /// [`SetupError`] when the options make no sense.
    pub(crate) fn of(network: &Network, descriptor: &Descriptor, key: &str) -> Result<Self, SetupError> {
        Ok(Self {
            http: setup::client(network)?,
            base: setup::base(network, descriptor, key)?,
            own: setup::own_address(network, key).is_some(),
        })
    }
}

/// VK's API in the name of one token.
pub(crate) struct VkApi {
    reach: Reach,
    token: Secret<String>,
    pace: Pace<()>,
    /// The pace is kept on a clock that nobody sets: VK counts real seconds, whatever this machine believes.
    began: Instant,
}

/// Why a call gave nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum VkError {
    /// VK understood and answers with an error.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// No answer, or none from VK.
    #[error(transparent)]
    Call(#[from] CallError),
}

/// VK's error. <https://dev.vk.com/reference/errors>
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, thiserror::Error)]
#[error("VK error {code}: {message}")]
pub(crate) struct ApiError {
    #[serde(rename = "error_code")]
    pub(crate) code: i64,
    /// English, for logs.
    #[serde(rename = "error_msg", default)]
    pub(crate) message: String,
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(default)]
    response: Option<Value>,
    #[serde(default)]
    error: Option<ApiError>,
}

/// The parameters of a call: lists joined by commas, booleans as 0 and 1, objects as JSON in a string.
#[derive(Debug, Clone, Default)]
pub(crate) struct Params(Vec<(&'static str, String)>);

impl Params {
    /// Adds one.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.0.push((name, value.to_string()));
        self
    }

    /// Adds one that may be missing.
    #[must_use]
    pub(crate) fn with_some(self, name: &'static str, value: Option<impl fmt::Display>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds a list.
    #[must_use]
    pub(crate) fn with_list<T: fmt::Display>(self, name: &'static str, values: impl IntoIterator<Item = T>) -> Self {
        let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
        self.with(name, values.join(","))
    }
}

impl VkApi {
    /// Calls nobody.
    pub(crate) fn new(reach: Reach, token: Secret<String>) -> Self {
        Self {
            reach,
            token,
            pace: Pace::default(),
            began: Instant::now(),
        }
    }

    /// The HTTP client, for addresses that VK's answers name: uploads, long poll, files.
    pub(crate) fn http(&self) -> &Client {
        &self.reach.http
    }

    /// What a failed request means.
    pub(crate) fn call_error(&self, failure: Failure) -> CallError {
        if self.reach.own {
            failure::call_error_at_own_address(failure)
        } else {
            failure::call_error(failure)
        }
    }

    /// One call. A call that VK found too fast is made again by itself: it was certainly not done.
    pub(crate) async fn call<T: DeserializeOwned>(&self, method: &str, params: Params) -> Result<T, VkError> {
        let mut tries = 1;
        loop {
            self.turn().await?;
            match self.once(method, &params).await {
                Err(VkError::Api(error)) if error.code == TOO_MANY && tries < TRIES => {
                    tries += 1;
                    self.pace.hold((), RATE, self.now().plus(Duration::from_secs(1)));
                }
                other => return other,
            }
        }
    }

    async fn once<T: DeserializeOwned>(&self, method: &str, params: &Params) -> Result<T, VkError> {
        let envelope = self
            .ask(method, params)
            .await
            .map_err(|failure| self.call_error(failure))?;
        match envelope {
            Envelope { error: Some(error), .. } => {
                tracing::debug!(method, code = error.code, "VK refuses");
                Err(error.into())
            }
            Envelope { response, .. } => T::deserialize(response.unwrap_or_default()).map_err(|_| {
                let problem = format!("{method}: another response than documented");
                self.call_error(Failure::Unreadable { problem }).into()
            }),
        }
    }

    async fn ask(&self, method: &str, params: &Params) -> Result<Envelope, Failure> {
        let url = self.reach.base.join(&format!("method/{method}"));
        let mut form = params.0.clone();
        form.push(("v", VERSION.to_owned()));
        let request = self.reach.http.post(url.map_err(|_| Failure::Invalid)?);
        let answer = request
            .bearer(self.token.expose())
            .form(&form)
            .timeout(TIMEOUT)
            .send()
            .await?;
        let envelope: Envelope = answer.json()?;
        match (&envelope, answer.failure()) {
            // Errors come with status 200, too; without one, a bad status says more than an empty answer.
            (
                Envelope {
                    error: None,
                    response: None,
                },
                Some(failure),
            ) => Err(failure),
            _ => Ok(envelope),
        }
    }

    /// Waits until the next call is within the limit.
    async fn turn(&self) -> Result<(), CallError> {
        let wait = self.pace.reserve(&[((), RATE)], self.now(), PATIENCE);
        let wait = wait.map_err(|wait| CallError::TooFast { wait })?;
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
        Ok(())
    }

    fn now(&self) -> At {
        At::default().plus(self.began.elapsed())
    }
}

impl fmt::Debug for VkApi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VkApi")
            .field("reach", &self.reach)
            .finish_non_exhaustive()
    }
}
