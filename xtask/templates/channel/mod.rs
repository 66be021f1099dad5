//! __TYPE__: a token, a poll that waits for updates, one call to send. Written by `cargo xtask new channel`, for a
//! network of the simplest kind; each file is to be made true to the vendor's documents.
//!
//! Facts: put the vendor's pages here. Delay: an update arrives with the poll that waits for it.

use std::sync::Arc;

use async_trait::async_trait;
use contracts::channel::{
    AccountContext, Capabilities, Channel, ConnectError, Connector, Deps, Descriptor, Endpoint, Exit, Login, LoginError,
    LoginFlow, Mark, Network, OutgoingMessage, SendError, Sent, Sink, Texts,
};
use domain::ChannelId;
use net::SetupError;
use tokio_util::sync::CancellationToken;

use self::client::Client;
use self::receive::Account;
use crate::shared::setup;

mod client;
mod convert;
mod errors;
mod login;
mod receive;
mod wire;

#[cfg(test)]
mod tests;

/// The channel.
pub static CHANNEL: __TYPE__ = __TYPE__;

/// See the folder's description.
#[derive(Debug)]
pub struct __TYPE__;

const API: &str = "api";

static DESCRIPTOR: Descriptor = Descriptor {
    id: ChannelId::fixed("__ID__"),
    people: "__ID__",
    mark: Mark {
        letter: "__LETTER__",
        colour: "#4a5568",
        icon: include_str!("icon.svg"),
    },
    // Only what the vendor's documents promise; the composer offers exactly this.
    capabilities: Capabilities {
        text_limit: 4096,
        caption_limit: 0,
        files_per_message: 0,
        media: &[],
        replies: false,
        formatting: false,
        edit_window_secs: 0,
        delete_window_secs: 0,
        idempotent_send: false,
        read_receipts: false,
        typing_in: false,
        history: false,
        write_first: &[],
        comments: false,
    },
    logins: &[LoginFlow { id: "token" }],
    endpoints: &[Endpoint {
        key: API,
        default: "https://api.__HOST__.example",
    }],
    settings: &[],
    texts: Texts {
        ru: include_str!("texts.ru.json"),
        en: include_str!("texts.en.json"),
        es: include_str!("texts.es.json"),
    },
};

/// The API as the user's network settings reach it.
fn client(network: &Network) -> Result<Client, SetupError> {
    Ok(Client::new(setup::client(network)?, setup::base(network, &DESCRIPTOR, API)?))
}

#[async_trait]
impl Channel for __TYPE__ {
    fn descriptor(&self) -> &Descriptor {
        &DESCRIPTOR
    }

    fn login(&self, _flow: &str, network: Network, _deps: Deps) -> Result<Box<dyn Login>, LoginError> {
        let client = client(&network).map_err(setup::login_error)?;
        Ok(Box::new(login::LoginToken::new(client)))
    }

    fn connect(&self, account: AccountContext, _deps: Deps) -> Result<Arc<dyn Connector>, ConnectError> {
        let client = client(&account.network).map_err(setup::connect_error)?;
        Ok(Arc::new(Account::new(client, account.secret, &account.cursors)))
    }
}

#[async_trait]
impl Connector for Account {
    async fn receive(&self, sink: &dyn Sink, stop: &CancellationToken) -> Exit {
        tokio::select! {
            () = stop.cancelled() => Exit::Stopped,
            exit = self.session(sink) => exit,
        }
    }

    async fn send(&self, message: &OutgoingMessage) -> Result<Sent, SendError> {
        self.send_message(message).await
    }
}
