//! __TYPE__: a token, contacts, notes. Written by `cargo xtask new crm`, for a service of the simplest kind; each file
//! is to be made true to the vendor's documents.
//!
//! Facts: put the vendor's pages here.

use std::sync::Arc;

use async_trait::async_trait;
use contracts::{
    Clock,
    crm::{
        ConnectError, Crm, CrmAbilities, CrmDescriptor, CrmLink, Endpoint, LinkContext, LinkDeps, Login, LoginError,
        LoginFlow, Mark, Network, Texts,
    },
};
use domain::CrmId;
use net::{SetupError, connector};

use self::client::Client;

mod client;
mod errors;
mod link;
mod login;
mod mapping;
mod wire;

#[cfg(test)]
mod tests;

/// The CRM.
pub static CRM: __TYPE__ = __TYPE__;

/// See the folder's description.
#[derive(Debug)]
pub struct __TYPE__;

const API: &str = "api";

static DESCRIPTOR: CrmDescriptor = CrmDescriptor {
    id: CrmId::fixed("__ID__"),
    mark: Mark {
        letter: "__LETTER__",
        colour: "#4a5568",
        icon: include_str!("icon.svg"),
    },
    logins: &[LoginFlow { id: "token" }],
    endpoints: &[Endpoint {
        key: API,
        default: "https://api.__HOST__.example",
    }],
    settings: &[],
    abilities: CrmAbilities {
        replies: false,
        write_first: false,
        cards: false,
    },
    texts: Texts {
        ru: include_str!("texts.ru.json"),
        en: include_str!("texts.en.json"),
        es: include_str!("texts.es.json"),
    },
};

#[async_trait]
impl Crm for __TYPE__ {
    fn descriptor(&self) -> &CrmDescriptor {
        &DESCRIPTOR
    }

    fn login(&self, _flow: &str, network: Network, _clock: Arc<dyn Clock>) -> Result<Box<dyn Login>, LoginError> {
        let client = client(&network).map_err(connector::login_error)?;
        Ok(Box::new(login::LoginToken::new(client)))
    }

    fn connect(&self, link: LinkContext, deps: LinkDeps) -> Result<Arc<dyn CrmLink>, ConnectError> {
        let client = client(&link.network).map_err(connector::connect_error)?;
        Ok(Arc::new(link::Link::new(client, link.secret, deps)))
    }
}

fn client(network: &Network) -> Result<Client, SetupError> {
    let base = connector::base(network, DESCRIPTOR.endpoints, API)?;
    Ok(Client::new(connector::client(network)?, base))
}
