//! Bitrix24, in the cloud and boxed. Open lines, chats of employees, comments in cards, or two of them.
//!
//! Facts: <https://apidocs.bitrix24.com>, and the server's published modules (`imconnector`, `imopenlines`, `rest`).
//!
//! ```text
//!   lines    connector on a line ─► imconnector.send.messages      answers: offline events (replies)
//!   append   contact ─► lead or deal ─► comment in its timeline    answers: from here
//!   chats    a chat of employees per conversation                  answers: from here
//!   both     a line or a chat, then the card
//! ```
//!
//! Read in the server's source and not proved on a live portal: that answers of operators come as offline events of
//! the connector; that the push channel rings for them; that what a line says by itself while our own message is taken
//! is left out of that queue (it is read from the session's history therefore, or heard through an `auth_connector`);
//! that a message with an id that was sent before makes a second one (nothing here relies on it: the history is looked
//! at first); that a portal fetches a file by its own external link.

use std::sync::Arc;

use async_trait::async_trait;
use contracts::{
    Clock,
    crm::{
        ConnectError, Crm, CrmAbilities, CrmDescriptor, CrmLink, Endpoint, LinkContext, LinkDeps, Login as Steps,
        LoginError, LoginFlow, Mark, Network, Texts,
    },
};
use domain::CrmId;
use net::connector;

mod access;
mod append;
mod bb;
mod bell;
mod card;
mod cards;
mod choices;
mod client;
mod errors;
mod events;
mod files;
mod held;
mod history;
mod layout;
mod line_message;
mod lines;
mod link;
mod login;
mod options;
mod people;
mod places;
mod prepare;
mod replies;
mod report;
mod say;
mod settings;
mod staff_chats;
mod trace;
mod track;
mod write_first;

#[cfg(test)]
mod tests;

use access::{Keeper, Login};
use client::{Client, Reach};

/// The CRM.
pub static CRM: Bitrix24 = Bitrix24;

/// See the folder's description.
#[derive(Debug)]
pub struct Bitrix24;

static DESCRIPTOR: CrmDescriptor = CrmDescriptor {
    id: CrmId::fixed("bitrix24"),
    mark: Mark {
        letter: "Б",
        colour: "#1d7fa8",
        icon: include_str!("icon.svg"),
    },
    logins: &[LoginFlow { id: "app" }, LoginFlow { id: "webhook" }],
    endpoints: &[
        // The portal's own address is asked for by the login; it stands here to be replaced.
        Endpoint {
            key: "portal",
            default: "https://example.bitrix24.ru",
        },
        Endpoint {
            key: "oauth",
            default: "https://oauth.bitrix.info",
        },
        Endpoint {
            key: "return",
            default: login::RETURN,
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
    /// Where the browser comes back to after signing in.
    fn return_address(&self) -> &str {
        connector::own_address(&self.network, "return").unwrap_or(login::RETURN)
    }

    /// The portal lives at an address of the user's own.
    fn own_address(&self) -> Option<&str> {
        connector::own_address(&self.network, "portal")
    }

    fn open(&self, login: Login) -> Result<Client, LoginError> {
        let reach = Reach::of(&self.network, &login).map_err(login::setup_error)?;
        let keeper = Keeper {
            clock: self.clock.clone(),
            notebook: None,
        };
        Ok(Client::new(reach, login, keeper, None))
    }
}

#[async_trait]
impl Crm for Bitrix24 {
    fn descriptor(&self) -> &CrmDescriptor {
        &DESCRIPTOR
    }

    fn login(&self, flow: &str, network: Network, clock: Arc<dyn Clock>) -> Result<Box<dyn Steps>, LoginError> {
        // A proxy that is none is said before anything is entered.
        connector::client(&network).map_err(connector::login_error)?;
        let doors = Doors { network, clock };
        Ok(match flow {
            "webhook" => Box::new(login::LoginWebhook::new(doors)),
            _ => Box::new(login::LoginApp::new(doors)),
        })
    }

    fn connect(&self, link: LinkContext, deps: LinkDeps) -> Result<Arc<dyn CrmLink>, ConnectError> {
        let login = Login::read(&link.secret)?;
        let reach = Reach::of(&link.network, &login).map_err(connector::connect_error)?;
        let keeper = Keeper {
            clock: deps.clock.clone(),
            notebook: Some(deps.notebook.clone()),
        };
        let (is_app, page) = (login.is_app(), format!("https://{}", login.domain));
        Ok(Arc::new(link::BxLink {
            id: link.id,
            client: Client::new(reach, login, keeper, Some(deps.pace.clone())),
            deps,
            options: options::Options::new(link.settings),
            is_app,
            page,
            state: link::State::default(),
        }))
    }
}
