//! The contract of a CRM: what a connected account must be able to do, and what it may use of ours.
//!
//! ```text
//!   engine ── Work, in batches, ordered within a contact ──►  CrmLink::apply ──► one Outcome per work
//!                                                             │ before each remote call: Pace::turn
//!                                                             │ around each creation:    Notebook::intend, bind
//!   engine ◄── Polled: replies, then cursors ──────────────── CrmLink::poll     confirm() only after the commit
//! ```
//!
//! A link keeps nothing whose loss matters: what it found or made it writes into the [`Notebook`], which is a table.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use domain::{CrmRef, LinkId, RemoteId};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::{Clock, Secret};

mod card;
pub use card::{Card, CardContact, CardLead, Pick, PickKind, Picked, Picks};
mod descriptor;
pub use descriptor::{CrmAbilities, CrmDescriptor};
mod error;
pub use error::{ApplyError, CrmError};
mod limits;
pub use limits::{Bucket, Limits, Pace, PaceClosed, Urgency};
mod notebook;
pub use notebook::{Bound, BoundKey, Notebook, NotebookClosed, Scope};
mod replies;
pub use replies::{CrmEvent, Fate, Polled, Reply, ReplyFile, ReplyStatus, ReplyTarget};
mod settings;
pub use settings::{Choice, CrmSetting, CrmSettingKind, PerChannel, Section, When};
mod work;
pub use work::{
    Applied, Author, CrmAccount, CrmConversation, CrmFile, CrmIdentity, CrmMessage, CrmPerson, CrmQuote, Origin,
    Outcome, Trace, Work,
};

// The same words for both kinds of account.
pub use crate::channel::{
    ConnectError, Endpoint, Exit, Field, FieldError, FieldKind, Inputs, LoggedIn, Login, LoginError, LoginFlow,
    LoginStep, Mark, Media, Network, Texts,
};

/// A CRM we can connect to: its static side. One `pub static CRM` per folder.
#[async_trait]
pub trait Crm: Send + Sync + 'static {
    /// What the UI and the engine need to know before anybody has logged in.
    fn descriptor(&self) -> &CrmDescriptor;

    /// Begins a login by one of [`CrmDescriptor::logins`]. Makes no remote call yet.
    ///
    /// # Errors
    /// [`LoginError`] when the network options make no sense (a proxy address that is none).
    fn login(&self, flow: &str, network: Network, clock: Arc<dyn Clock>) -> Result<Box<dyn Login>, LoginError>;

    /// Makes the link of one account. Makes no remote call: the first one belongs to [`CrmLink::prepare`].
    ///
    /// # Errors
    /// [`ConnectError`] when what is stored for the link can't be read.
    fn connect(&self, link: LinkContext, deps: LinkDeps) -> Result<Arc<dyn CrmLink>, ConnectError>;
}

/// One connected account. Methods may run at the same time. None of them sleeps for backoff or retries by itself
/// (renewing a token and repeating the call that met the old one is no retry): they return, the engine decides.
#[async_trait]
pub trait CrmLink: Send + Sync + 'static {
    /// Makes the account ready: checks it and its rights, creates what the settings ask for and is missing (fields,
    /// sources, connector, event bindings). Idempotent: called at each start, after each login and each change of the
    /// settings, and again after a lost line. Nothing else is called before it has succeeded.
    async fn prepare(&self) -> Result<Prepared, CrmError>;

    /// How fast and how much at once, as the account and its settings allow now. Asked after `prepare`.
    fn limits(&self) -> Limits;

    /// Does the works; answers one [`Outcome`] per work, in the same order.
    ///
    /// At most [`Limits::batch`] of them, of any conversations. Works of one contact stand in the order in which they
    /// have to arrive, and never come in two calls at once; those of different contacts may be reordered, joined into
    /// one remote call, or done at the same time. When one fails, later ones of the same contact are answered with
    /// [`ApplyError::Held`] and not tried.
    async fn apply(&self, works: &[Work]) -> Vec<Outcome>;

    /// After an unknown outcome (or a kill in the middle): did this work reach the CRM? Looks by [`Work::marker`], by
    /// what is bound, by time ([`Work::intended_at`]). Changes nothing remotely.
    async fn trace(&self, work: &Work) -> Result<Trace, CrmError>;

    /// What managers wrote since `cursors` (the link's own names and forms; empty on the very first call: begin now,
    /// not at the beginning of time). Clears nothing remotely: see [`CrmLink::confirm`]. `None` where the mode has no
    /// replies.
    async fn poll(&self, cursors: &BTreeMap<String, String>) -> Result<Polled, CrmError>;

    /// What [`Polled::confirm`] held is committed here: now it may be cleared remotely. May be called twice, or never
    /// (then `poll` brings the same rows again, which are recognised).
    async fn confirm(&self, confirm: &Value) -> Result<(), CrmError> {
        let _ = confirm;
        Ok(())
    }

    /// Waits until something may have happened remotely (a push channel, a long poll, a webhook) and returns; the
    /// engine polls then, and calls again. Also returns when `stop` fires. `None`: there is no bell, polling by time
    /// is all. Without a bell that works, return an error: polling by time goes on.
    fn bell(&self) -> Option<&dyn Bell> {
        None
    }

    /// Tells the CRM what became of a manager's message. Idempotent.
    async fn report(&self, status: &ReplyStatus) -> Result<(), CrmError>;

    /// Files of replies, by [`ReplyFile::fetch`].
    fn media(&self) -> Option<&dyn Media> {
        None
    }

    /// Live values for a setting: pipelines, stages, users, fields, lines. `of` is [`CrmSettingKind::Live::of`].
    async fn choices(&self, of: &str) -> Result<Vec<Choice>, CrmError>;

    /// What the CRM knows about a conversation now (INB-7), from what is bound.
    async fn card(&self, conversation: &CrmConversation) -> Result<Card, CrmError>;

    /// Cards to write to first. One page.
    async fn pick(&self, query: &Pick) -> Result<Picks, CrmError>;

    /// A person chose to write to `chosen` first in `conversation` (no message yet): bind the conversation to it, so
    /// that its messages go there. Idempotent.
    async fn adopt(&self, conversation: &CrmConversation, chosen: &CrmRef) -> Result<(), ApplyError>;
}

/// Something that rings when the CRM has news.
#[async_trait]
pub trait Bell: Send + Sync {
    /// Returns at the next ring, or when `stop` fires.
    ///
    /// # Errors
    /// The bell does not work now; the engine goes on polling by time and tries again later.
    async fn ring(&self, stop: &CancellationToken) -> Result<(), CrmError>;
}

/// A link is ready.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prepared {
    /// What the CRM calls the account now, to show under the link's name.
    pub handle: Option<String>,
    /// When the stored login ends, if it does by itself: people are warned 14 days ahead.
    pub expires_at: Option<domain::At>,
    /// What works less well than it could, and why (a missing right, a plan without an ability, automatic texts that
    /// do not reach the client). Shown with the link; stops nothing.
    pub notices: Vec<domain::Reason>,
    /// The address of the account's page.
    pub page: Option<String>,
}

/// What a link is given: the account as stored.
#[derive(Debug, Clone)]
pub struct LinkContext {
    /// For logs.
    pub id: LinkId,
    /// The account's id in the CRM.
    pub remote_id: RemoteId,
    /// What login gave; only the CRM's folder knows the form. Renewed through [`Notebook::keep_secret`].
    pub secret: Secret<String>,
    /// Settings by [`CrmSetting::key`].
    pub settings: BTreeMap<String, Value>,
    /// How to reach the CRM.
    pub network: Network,
    /// When the link was made.
    pub connected_at: domain::At,
}

/// What a link may use of ours.
#[derive(Clone)]
pub struct LinkDeps {
    /// Time and chance. Never to sleep.
    pub clock: Arc<dyn Clock>,
    /// Where it writes down what it found and made.
    pub notebook: Arc<dyn Notebook>,
    /// Whose turn it is: asked before each remote call.
    pub pace: Arc<dyn Pace>,
}

impl std::fmt::Debug for LinkDeps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkDeps")
    }
}
