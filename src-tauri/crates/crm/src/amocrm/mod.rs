//! amoCRM, and Kommo, the same service for the rest of the world. Two modes: notes in leads with a token alone, or its
//! chats with a channel of the account's own.
//!
//! Facts: <https://www.amocrm.ru/developers/content/crm_platform/platform-abilities>,
//! <https://www.amocrm.ru/developers/content/chats/chat-start>, <https://developers.kommo.com>.
//!
//! ```text
//!   append   contacts ─► leads ─► notes (append)      one call of notes for many clients
//!   chats    contacts ─► leads ─► chat ─► messages    signed; answers come back by replies, or told to a webhook
//! ```
//!
//! Not proved on a live account, from documents and other people's code only: that the signed history holds managers'
//! messages and that events call them the same; which lead of a contact a chat joins; that the service can fetch a
//! file by its drive link; that a repeated `msgid` is recognised (nothing here relies on it: the history is looked at
//! first); that `leads/complex` with the data of a request makes one for an existing contact.

use std::sync::Arc;

use async_trait::async_trait;
use contracts::{
    Clock, Secret,
    crm::{
        ConnectError, Crm, CrmAbilities, CrmDescriptor, CrmLink, Endpoint, LinkContext, LinkDeps, Login as Steps,
        LoginError, LoginFlow, Mark, Network, Texts,
    },
};
use domain::CrmId;
use net::connector;
use tokio::sync::{Mutex, RwLock};

mod access;
mod amojo;
mod append;
mod asked;
mod card;
mod chat_message;
mod chat_window;
mod chats;
mod choices;
mod client;
mod contacts;
mod drive;
mod errors;
mod identity;
mod jwt;
mod layout;
mod leads;
mod link;
mod login;
mod mapping;
mod options;
mod prepare;
mod replies;
mod reply_content;
mod report;
mod settings;
mod tasks;
mod trace;
mod track;
mod unsorted;
mod values;
mod webhook;
mod wire;
mod words;
mod write_first;

#[cfg(test)]
mod tests;

use access::{Keeper, Login};
use amojo::Amojo;
use asked::Asked;
use client::{Client, Reach};

/// The CRM.
pub static CRM: AmoCrm = AmoCrm;

/// See the folder's description.
#[derive(Debug)]
pub struct AmoCrm;

static DESCRIPTOR: CrmDescriptor = CrmDescriptor {
    id: CrmId::fixed("amocrm"),
    mark: Mark {
        letter: "A",
        colour: "#1f5fbf",
        icon: include_str!("icon.svg"),
    },
    logins: &[LoginFlow { id: "token" }, LoginFlow { id: "oauth" }],
    endpoints: &[
        // The account's own address is asked for by the login; it stands here to be replaced.
        Endpoint {
            key: "api",
            default: "https://example.amocrm.ru",
        },
        Endpoint {
            key: "amojo",
            default: "https://amojo.amocrm.ru",
        },
        Endpoint {
            key: "oauth",
            default: "https://www.amocrm.ru",
        },
    ],
    settings: settings::SETTINGS,
    abilities: CrmAbilities {
        replies: true,
        write_first: true,
        cards: true,
    },
    texts: Texts {
        ru: include_str!("texts.ru.json"),
        en: include_str!("texts.en.json"),
        es: include_str!("texts.es.json"),
    },
};

/// What a login may use.
struct Doors {
    network: Network,
    clock: Arc<dyn Clock>,
}

impl Doors {
    /// The service lives at an address of the user's own.
    fn own_address(&self) -> bool {
        connector::own_address(&self.network, "api").is_some()
    }

    fn open(&self, login: Login) -> Result<(Client, Option<Amojo>), LoginError> {
        let reach = Reach::of(&self.network, &login).map_err(connector::login_error)?;
        let amojo = channel(&login, &self.clock);
        let keeper = Keeper {
            clock: self.clock.clone(),
            notebook: None,
        };
        Ok((Client::new(reach, login, keeper, None), amojo))
    }
}

fn channel(login: &Login, clock: &Arc<dyn Clock>) -> Option<Amojo> {
    let channel = login.channel.clone()?;
    Some(Amojo {
        channel,
        clock: clock.clone(),
    })
}

#[async_trait]
impl Crm for AmoCrm {
    fn descriptor(&self) -> &CrmDescriptor {
        &DESCRIPTOR
    }

    fn login(&self, flow: &str, network: Network, clock: Arc<dyn Clock>) -> Result<Box<dyn Steps>, LoginError> {
        // A proxy that is none is said before anything is entered.
        connector::client(&network).map_err(connector::login_error)?;
        let doors = Doors { network, clock };
        Ok(match flow {
            "oauth" => Box::new(login::LoginOauth::new(doors)),
            _ => Box::new(login::LoginToken::new(doors)),
        })
    }

    fn connect(&self, link: LinkContext, deps: LinkDeps) -> Result<Arc<dyn CrmLink>, ConnectError> {
        let login = Login::read(&link.secret)?;
        let reach = Reach::of(&link.network, &login).map_err(connector::connect_error)?;
        let amojo = channel(&login, &deps.clock);
        let keeper = Keeper {
            clock: deps.clock.clone(),
            notebook: Some(deps.notebook.clone()),
        };
        let options = options::Options::new(link.settings);
        let port = options
            .webhook_port()
            .filter(|_| options.mode() == options::Mode::Chats);
        let webhook = port.zip(amojo.as_ref()).map(|(port, amojo)| {
            let secret = Secret::new(amojo.channel.secret.clone());
            webhook::Webhook::new(port, secret, deps.clock.clone())
        });
        let client = Client::new(reach, login, keeper, Some(deps.pace.clone()));
        Ok(Arc::new(link::AmoLink {
            id: link.id,
            client,
            deps,
            options,
            amojo,
            webhook,
            scope: RwLock::new(None),
            layout: RwLock::new(None),
            making_fields: Mutex::new(()),
            talks: Mutex::default(),
            origins: Mutex::default(),
            asked: Asked::default(),
        }))
    }
}
