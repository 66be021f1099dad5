//! The contract of a channel: a small required core, every further ability optional.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use domain::{AccountId, RemoteId};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::{Clock, Secret};

mod ability;
pub use ability::{
    Activity, Editing, Fetched, HistoryCursor, HistoryPage, LiveSignals, Media, Profile, ReadMarks, Resolve,
    WriteFirst, WriteFirstError, WriteFirstTarget,
};
mod capabilities;
pub use capabilities::{Capabilities, MediaLimit};
mod descriptor;
pub use descriptor::{Descriptor, Endpoint, Mark, SettingField, SettingKind, Texts};
mod error;
pub use error::{CallError, Certainty, ConnectError, Exit, SendError, SinkClosed};
mod event;
pub use event::{
    Batch, ChatRef, ConnectorEvent, EventMessage, EventReaction, Malformed, PersonRef, ReceiptKind, RemoteFile,
    ReplyRef, Source,
};
mod login;
pub use login::{Field, FieldError, FieldKind, Inputs, LoggedIn, Login, LoginError, LoginFlow, LoginStep};
mod outgoing;
pub use outgoing::{OutgoingFile, OutgoingMessage, Sent};

/// A network we can connect to: its static side. One `pub static CHANNEL` per folder.
#[async_trait]
pub trait Channel: Send + Sync + 'static {
    /// What the UI and the engine need to know before anybody has logged in.
    fn descriptor(&self) -> &Descriptor;

    /// Begins a login by one of [`Descriptor::logins`]. Makes no remote call yet.
    ///
    /// # Errors
    /// [`LoginError`] when the network options make no sense (a proxy address that is none).
    fn login(&self, flow: &str, network: Network, deps: Deps) -> Result<Box<dyn Login>, LoginError>;

    /// Makes the connector of one account. Makes no remote call: the first one belongs to [`Connector::receive`],
    /// which reports through its [`Exit`].
    ///
    /// # Errors
    /// [`ConnectError`] when what is stored for the account can't be read.
    fn connect(&self, account: AccountContext, deps: Deps) -> Result<Arc<dyn Connector>, ConnectError>;

    /// Whether its connectors have [`ReadMarks`]: the setting «mark as read» is offered then.
    fn can_mark_read(&self) -> bool {
        false
    }
}

/// One connected account. Methods may run at the same time.
#[async_trait]
pub trait Connector: Send + Sync + 'static {
    /// One session of receiving: from the first call until it breaks or `stop` fires (then [`Exit::Stopped`],
    /// within a second). Emits what happens into `sink`; moves its own cursor on only when the sink says that
    /// the batch is committed. Never sleeps for backoff and never reconnects: it returns, the supervisor decides.
    async fn receive(&self, sink: &dyn Sink, stop: &CancellationToken) -> Exit;

    /// Sends one message. Called for one message of a conversation at a time, for several conversations at once.
    async fn send(&self, message: &OutgoingMessage) -> Result<Sent, SendError>;

    /// Downloads of files and avatars.
    fn media(&self) -> Option<&dyn Media> {
        None
    }
    /// Changing and deleting own messages.
    fn editing(&self) -> Option<&dyn Editing> {
        None
    }
    /// Telling the network that we have read.
    fn read_marks(&self) -> Option<&dyn ReadMarks> {
        None
    }
    /// Telling the network that we are typing.
    fn live_signals(&self) -> Option<&dyn LiveSignals> {
        None
    }
    /// Older messages on demand.
    fn history(&self) -> Option<&dyn HistoryPage> {
        None
    }
    /// Finding a person to write to first.
    fn write_first(&self) -> Option<&dyn WriteFirst> {
        None
    }
    /// Names, avatars and the rest of a person's card.
    fn profiles(&self) -> Option<&dyn Resolve> {
        None
    }
}

/// Where a connector's events go.
#[async_trait]
pub trait Sink: Send + Sync {
    /// Hands a batch over. Returns when its events **and its cursor** are committed together: only then may the
    /// connector confirm them to the network.
    ///
    /// # Errors
    /// [`SinkClosed`] when the engine stops or could not write: leave with [`Exit::Stopped`], confirm nothing.
    async fn accept(&self, batch: Batch) -> Result<(), SinkClosed>;

    /// The line stands: the first call of the session has succeeded.
    async fn online(&self);
}

/// What a connector is given: the account as stored.
#[derive(Debug, Clone)]
pub struct AccountContext {
    /// For logs.
    pub id: AccountId,
    /// Our own id on the network.
    pub remote_id: RemoteId,
    /// What login gave: tokens, session keys; only the channel knows the form.
    pub secret: Secret<String>,
    /// The channel's settings by [`SettingField::key`].
    pub settings: BTreeMap<String, Value>,
    /// Cursors as last committed, by name.
    pub cursors: BTreeMap<String, String>,
    /// How to reach the network.
    pub network: Network,
    /// When the account was connected: on the very first session (no cursor yet) a connector with history loads what
    /// the 24 hours before hold (CH-11).
    pub connected_at: domain::At,
}

/// How to reach a network.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Network {
    /// `http://`, `https://`, `socks5://` or `socks5h://`, with name and password where needed.
    pub proxy: Option<Secret<String>>,
    /// Base addresses that replace the network's own, by [`Endpoint::key`].
    pub endpoints: BTreeMap<String, String>,
}

/// What every channel may use of ours.
#[derive(Clone)]
pub struct Deps {
    /// Time and chance.
    pub clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for Deps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Deps")
    }
}
