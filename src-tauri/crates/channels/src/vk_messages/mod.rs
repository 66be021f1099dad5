//! Private messages of a VK community: Bots Long Poll in, `messages.send` out, in the name of a community's key.
//!
//! Facts: <https://dev.vk.com/api/community-messages/getting-started>, <https://dev.vk.com/api/bots-long-poll/getting-started>.
//! A message is known by its dialog (`peer_id`) and its number there (`conversation_message_id`): in chats of several
//! people VK gives no other. Not told by VK: deletions, and the history of chats of several people.

use std::sync::Arc;

use async_trait::async_trait;
use contracts::channel::{
    AccountContext, Capabilities, Channel, ConnectError, Connector, Deps, Descriptor, Editing, Endpoint, Exit,
    HistoryPage, LiveSignals, Login, LoginError, LoginFlow, Mark, Media, MediaLimit, Network, OutgoingMessage,
    ReadMarks, Resolve, SendError, Sent, Sink, Texts, WriteFirst,
};
use domain::{AttachmentKind, ChannelId};
use tokio_util::sync::CancellationToken;

use crate::shared::{
    setup,
    vk_api::{Reach, VkApi},
};

mod abilities;
mod attach;
mod backfill;
mod client;
mod community;
mod convert;
mod echoes;
mod errors;
mod heard;
mod lines;
mod login_oauth;
mod login_token;
mod markup;
mod media;
mod names;
mod people;
mod receive;
mod send;
mod updates;
mod upload;
mod wire;
mod write_first;

#[cfg(test)]
mod tests;

/// A day: VK lets messages be edited and deleted for so long.
const DAY_SECS: u32 = 24 * 60 * 60;

/// The channel.
pub static CHANNEL: VkMessages = VkMessages;

/// See the folder's description.
#[derive(Debug)]
pub struct VkMessages;

static DESCRIPTOR: Descriptor = Descriptor {
    id: ChannelId::fixed("vk_messages"),
    people: "vk",
    mark: Mark {
        letter: "В",
        colour: "#2b63c4",
        icon: include_str!("icon.svg"),
    },
    capabilities: Capabilities {
        text_limit: 9000,
        caption_limit: 9000,
        files_per_message: 10,
        media: &[
            MediaLimit {
                kind: AttachmentKind::Image,
                max_bytes: upload::LARGEST_PHOTO,
                mimes: upload::PHOTOS,
            },
            MediaLimit {
                kind: AttachmentKind::Voice,
                max_bytes: upload::LARGEST_DOCUMENT,
                mimes: upload::VOICES,
            },
            MediaLimit {
                kind: AttachmentKind::Document,
                max_bytes: upload::LARGEST_DOCUMENT,
                mimes: &[],
            },
        ],
        replies: true,
        formatting: false,
        edit_window_secs: DAY_SECS,
        delete_window_secs: DAY_SECS,
        idempotent_send: true,
        read_receipts: true,
        typing_in: true,
        history: true,
        // Names, and links to these hosts.
        write_first: &["username", "vk.com", "vk.ru", "vk.me"],
        comments: false,
    },
    logins: &[LoginFlow { id: "token" }, LoginFlow { id: "oauth" }],
    endpoints: &[
        Endpoint {
            key: API,
            default: "https://api.vk.ru",
        },
        Endpoint {
            key: OAUTH,
            default: "https://oauth.vk.ru",
        },
    ],
    settings: &[],
    texts: Texts {
        ru: include_str!("texts.ru.json"),
        en: include_str!("texts.en.json"),
        es: include_str!("texts.es.json"),
    },
};

const API: &str = "api";
const OAUTH: &str = "oauth";

#[async_trait]
impl Channel for VkMessages {
    fn descriptor(&self) -> &Descriptor {
        &DESCRIPTOR
    }

    fn login(&self, flow: &str, network: Network, _deps: Deps) -> Result<Box<dyn Login>, LoginError> {
        let reach = Reach::of(&network, &DESCRIPTOR, API).map_err(setup::login_error)?;
        if flow == "oauth" {
            let pages = setup::base(&network, &DESCRIPTOR, OAUTH).map_err(setup::login_error)?;
            return Ok(Box::new(login_oauth::LoginOauth::new(reach, pages)));
        }
        Ok(Box::new(login_token::LoginToken::new(reach)))
    }

    fn connect(&self, account: AccountContext, deps: Deps) -> Result<Arc<dyn Connector>, ConnectError> {
        let reach = Reach::of(&account.network, &DESCRIPTOR, API).map_err(setup::connect_error)?;
        let group = account.remote_id.as_str().parse().map_err(|_| ConnectError::Secret)?;
        let client = client::Client::new(VkApi::new(reach, account.secret), group);
        Ok(Arc::new(community::Community::new(
            client,
            deps.clock,
            account.connected_at,
            &account.cursors,
        )))
    }

    fn can_mark_read(&self) -> bool {
        true
    }
}

#[async_trait]
impl Connector for community::Community {
    async fn receive(&self, sink: &dyn Sink, stop: &CancellationToken) -> Exit {
        tokio::select! {
            () = stop.cancelled() => Exit::Stopped,
            ended = receive::session(self, sink) => match ended {
                Err(receive::Ended::Call(error)) => Exit::Broken(error),
                Err(receive::Ended::Closed) => Exit::Stopped,
                Ok(never) => match never {},
            },
        }
    }

    async fn send(&self, message: &OutgoingMessage) -> Result<Sent, SendError> {
        self.send_message(message).await
    }

    fn media(&self) -> Option<&dyn Media> {
        Some(self)
    }

    fn editing(&self) -> Option<&dyn Editing> {
        Some(self)
    }

    fn read_marks(&self) -> Option<&dyn ReadMarks> {
        Some(self)
    }

    fn live_signals(&self) -> Option<&dyn LiveSignals> {
        Some(self)
    }

    fn history(&self) -> Option<&dyn HistoryPage> {
        Some(self)
    }

    fn write_first(&self) -> Option<&dyn WriteFirst> {
        Some(self)
    }

    fn profiles(&self) -> Option<&dyn Resolve> {
        Some(self)
    }
}
