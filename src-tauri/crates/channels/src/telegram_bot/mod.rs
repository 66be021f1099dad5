//! A bot of Telegram: `getUpdates` in, `sendMessage` and its kin out, in the name of the bot's token.
//!
//! Facts: <https://core.telegram.org/bots/api>, and the public server's source, tdlib/telegram-bot-api.
//! A message is known by its chat and its number there. Not told by the network: deletions, reads, deliveries, history.
//! What waits longer than a day in the network's queue is lost; nothing else is, and messages come within a second.

use std::sync::Arc;

use async_trait::async_trait;
use contracts::channel::{
    AccountContext, Capabilities, Channel, ConnectError, Connector, Deps, Descriptor, Editing, Endpoint, Exit,
    LiveSignals, Login, LoginError, LoginFlow, Mark, Media, MediaLimit, Network, OutgoingMessage, Resolve, SendError,
    Sent, SettingField, SettingKind, Sink, Texts,
};
use domain::{AttachmentKind, ChannelId};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::shared::setup;

mod bot;
mod client;
mod convert;
mod errors;
mod login;
mod media;
mod pace;
mod receive;
mod send;
mod wire;

#[cfg(test)]
mod tests;

/// Largest photo (Bot API, «Sending files»).
const LARGEST_PHOTO: u64 = 10 * 1024 * 1024;
/// Largest file of any other kind (the same place).
const LARGEST_FILE: u64 = 50 * 1024 * 1024;
/// Largest sticker, of those that move (core.telegram.org/stickers).
const LARGEST_STICKER: u64 = 512 * 1024;
/// Own messages can be deleted for two days (Bot API, `deleteMessage`).
const DELETABLE_SECS: u32 = 48 * 60 * 60;

const API: &str = "api";
const LOCAL_SERVER: &str = "local_server";

/// The channel.
pub static CHANNEL: TelegramBot = TelegramBot;

/// See the folder's description.
#[derive(Debug)]
pub struct TelegramBot;

static DESCRIPTOR: Descriptor = Descriptor {
    id: ChannelId::fixed("telegram_bot"),
    people: "telegram",
    mark: Mark {
        letter: "Б",
        colour: "#0f6f86",
        icon: include_str!("icon.svg"),
    },
    capabilities: Capabilities {
        text_limit: 4096,
        caption_limit: 1024,
        files_per_message: 1,
        media: &[
            media(
                AttachmentKind::Image,
                LARGEST_PHOTO,
                &["image/jpeg", "image/png", "image/webp"],
            ),
            media(AttachmentKind::Video, LARGEST_FILE, &["video/mp4"]),
            media(AttachmentKind::Animation, LARGEST_FILE, &["image/gif", "video/mp4"]),
            media(AttachmentKind::VideoNote, LARGEST_FILE, &["video/mp4"]),
            media(
                AttachmentKind::Audio,
                LARGEST_FILE,
                &["audio/mpeg", "audio/mp4", "audio/x-m4a"],
            ),
            media(
                AttachmentKind::Voice,
                LARGEST_FILE,
                &["audio/ogg", "audio/mpeg", "audio/mp4", "audio/x-m4a"],
            ),
            media(
                AttachmentKind::Sticker,
                LARGEST_STICKER,
                &["image/webp", "application/x-tgsticker", "video/webm"],
            ),
            media(AttachmentKind::Document, LARGEST_FILE, &[]),
        ],
        replies: true,
        formatting: true,
        edit_window_secs: u32::MAX,
        delete_window_secs: DELETABLE_SECS,
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
        default: "https://api.telegram.org",
    }],
    settings: &[SettingField {
        key: LOCAL_SERVER,
        kind: SettingKind::Switch { default: false },
    }],
    texts: Texts {
        ru: include_str!("texts.ru.json"),
        en: include_str!("texts.en.json"),
        es: include_str!("texts.es.json"),
    },
};

const fn media(kind: AttachmentKind, max_bytes: u64, mimes: &'static [&'static str]) -> MediaLimit {
    MediaLimit { kind, max_bytes, mimes }
}

#[async_trait]
impl Channel for TelegramBot {
    fn descriptor(&self) -> &Descriptor {
        &DESCRIPTOR
    }

    fn login(&self, _flow: &str, network: Network, _deps: Deps) -> Result<Box<dyn Login>, LoginError> {
        let http = setup::client(&network).map_err(setup::login_error)?;
        let base = setup::base(&network, &DESCRIPTOR, API).map_err(setup::login_error)?;
        let own_server = setup::own_address(&network, API).is_some();
        Ok(Box::new(login::TokenLogin::new(http, base, own_server)))
    }

    fn connect(&self, account: AccountContext, deps: Deps) -> Result<Arc<dyn Connector>, ConnectError> {
        if !login::is_token(account.secret.expose()) {
            return Err(ConnectError::Secret);
        }
        let network = &account.network;
        let http = setup::client(network).map_err(setup::connect_error)?;
        let base = setup::base(network, &DESCRIPTOR, API).map_err(setup::connect_error)?;
        let switched_on = account.settings.get(LOCAL_SERVER).and_then(Value::as_bool);
        let identity = bot::Identity {
            id: account.remote_id.as_str().parse().map_err(|_| ConnectError::Secret)?,
            own_server: setup::own_address(network, API).is_some(),
            local: switched_on.unwrap_or(false),
        };
        let client = client::Client::new(http, base, account.secret);
        Ok(Arc::new(bot::Bot::new(client, identity, deps.clock, &account.cursors)))
    }
}

#[async_trait]
impl Connector for bot::Bot {
    async fn receive(&self, sink: &dyn Sink, stop: &CancellationToken) -> Exit {
        receive::session(self, sink, stop).await
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

    fn live_signals(&self) -> Option<&dyn LiveSignals> {
        Some(self)
    }

    fn profiles(&self) -> Option<&dyn Resolve> {
        Some(self)
    }
}
