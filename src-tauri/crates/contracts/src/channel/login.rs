//! Login as data: steps that the UI renders without knowing the network.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::{Reason, RemoteId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::CallError;
use crate::Secret;

/// A way to log in.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct LoginFlow {
    /// Its name; texts are `login.<id>.title` and `login.<id>.note`.
    pub id: &'static str,
}

/// A login under way. Dropping it gives it up and leaves nothing behind.
#[async_trait]
pub trait Login: Send {
    /// Goes on with what the person entered (empty for the first call and after [`LoginStep::Wait`]).
    ///
    /// # Errors
    /// [`LoginError::Fields`] names the fields to correct and the step stays; the rest may be tried again as it says.
    async fn next(&mut self, inputs: Inputs) -> Result<LoginStep, LoginError>;
}

/// What a person entered, by [`Field::key`].
#[derive(Debug, Default)]
pub struct Inputs(pub BTreeMap<String, Secret<String>>);

impl Inputs {
    /// The trimmed value of a field; empty when it was not entered.
    pub fn get(&self, key: &str) -> &str {
        self.0.get(key).map_or("", |value| value.expose().trim())
    }
}

/// What the person sees next. Texts are keys of the channel's texts.
#[derive(Debug)]
pub enum LoginStep {
    /// A form.
    Input {
        /// Text above it, e.g. `login.token.where`.
        text: &'static str,
        /// Values for the text's placeholders.
        params: BTreeMap<String, String>,
        /// What to enter.
        fields: Vec<Field>,
    },
    /// A page to open in the browser; the person comes back with what the next form asks, or the call waits.
    OpenUrl {
        /// Text above it.
        text: &'static str,
        /// The page.
        url: String,
        /// What to enter afterwards.
        fields: Vec<Field>,
        /// The page may lead back to this machine: after so many seconds `next` is to be called with nothing entered.
        /// What is entered goes first.
        refresh_secs: Option<u32>,
    },
    /// Something to show to another device.
    Show {
        /// Text above it.
        text: &'static str,
        /// What the QR code holds.
        qr: Option<Secret<String>>,
        /// A code to type.
        code: Option<Secret<String>>,
        /// After so many seconds `next` is to be called with nothing entered.
        refresh_secs: u32,
    },
    /// Nothing to do: call `next` again, it waits by itself.
    Wait {
        /// Text above it.
        text: &'static str,
    },
    /// Logged in.
    Done(LoggedIn),
}

/// A field of a form.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Field {
    /// Its name; texts are `field.<key>` and `field.<key>.hint`.
    pub key: String,
    /// Its form.
    #[serde(flatten)]
    pub kind: FieldKind,
    /// What stands in it already.
    pub value: Option<String>,
    /// It may stay empty.
    pub optional: bool,
}

/// The form of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FieldKind {
    /// A line of text.
    Text,
    /// A line that is not shown and not kept by the browser.
    Secret,
    /// Several lines: a certificate.
    Lines,
    /// A choice.
    Choice {
        /// Value and name of each.
        options: Vec<(String, String)>,
    },
    /// On or off (`true`/`false`).
    Switch,
}

/// What a login ends with.
#[derive(Debug)]
pub struct LoggedIn {
    /// Our own id on the network: the same id twice is the same account, and is updated instead of doubled.
    pub remote_id: RemoteId,
    /// What the network calls the account; proposed as the channel's name.
    pub name: String,
    /// What to show under it: `@name`, the address of its page.
    pub handle: Option<String>,
    /// What [`super::Channel::connect`] needs.
    pub secret: Secret<String>,
    /// Settings to begin with.
    pub settings: BTreeMap<String, Value>,
}

/// A field to correct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Which.
    pub field: String,
    /// What is wrong and what to do.
    pub reason: Reason,
}

/// Why a login did not go on.
#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// Fields to correct; nothing was lost.
    #[error("fields to correct: {}", .0.iter().map(|e| e.field.as_str()).collect::<Vec<_>>().join(", "))]
    Fields(Vec<FieldError>),
    /// The network can't be reached or misbehaves: the same step may be tried again.
    #[error(transparent)]
    Call(#[from] CallError),
    /// No way on: begin anew.
    #[error("login ended: {0}")]
    Ended(Reason),
}

impl LoginError {
    /// One field to correct.
    pub fn field(field: &str, reason: Reason) -> Self {
        Self::Fields(vec![FieldError {
            field: field.to_owned(),
            reason,
        }])
    }
}
