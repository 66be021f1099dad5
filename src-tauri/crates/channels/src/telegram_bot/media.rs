//! Files and the cards of people.

use std::path::Path;

use async_trait::async_trait;
use contracts::channel::{CallError, Fetched, Media, Profile, RemoteFile, Resolve};
use domain::{Reason, RemoteId};
use serde::Deserialize;
use serde_json::Value;
use tokio::io::{AsyncWrite, AsyncWriteExt};

use super::{
    bot::Bot,
    client::BotError,
    convert::{avatar, birthday, link, name},
    wire::{ChatCard, PhotoSize},
};

/// The largest file that the public server gives out (Bot API, `getFile`).
const LARGEST: i64 = 20 * 1024 * 1024;
/// The largest that a server of one's own takes, and so may hold (Bot API, «Using a Local Bot API Server»).
const LARGEST_LOCAL: u64 = 2000 * 1024 * 1024;
/// Faces are drawn at no more than 40 points: this is sharp on any screen, and the smallest size that there is.
const AVATAR_SIDE: i64 = 160;

/// The largest file that this bot can fetch.
pub(super) fn largest(bot: &Bot) -> Option<i64> {
    (!bot.local).then_some(LARGEST)
}

/// What `convert` has remembered of a file.
#[derive(Debug, Deserialize)]
struct Wanted {
    file_id: String,
    size: Option<i64>,
}

#[async_trait]
impl Media for Bot {
    async fn fetch(&self, fetch: &Value, into: &mut (dyn AsyncWrite + Send + Unpin)) -> Result<Fetched, CallError> {
        let gone = || CallError::Refused(Reason::new("telegram_bot.reason.file_gone"));
        let wanted = Wanted::deserialize(fetch).map_err(|_| gone())?;
        if largest(self).is_some_and(|largest| wanted.size.is_some_and(|size| size > largest)) {
            return Err(CallError::Refused(Reason::new("telegram_bot.reason.too_big")));
        }
        let file = self.client.get_file(&wanted.file_id).await;
        let path = file.map_err(|e| self.call_error(e))?.file_path.ok_or_else(gone)?;
        if self.local && Path::new(&path).is_absolute() {
            return copy(Path::new(&path), into).await;
        }
        let limit = largest(self).map_or(LARGEST_LOCAL, i64::unsigned_abs);
        match self.client.download(&path, into, limit).await {
            Ok(downloaded) => Ok(Fetched { mime: downloaded.mime }),
            Err(BotError::Net(net::Failure::Status { .. })) => Err(gone()),
            Err(error) => Err(self.call_error(error)),
        }
    }
}

/// A server with `--local` names files on its own disk, which is ours, or shared with us.
async fn copy(path: &Path, into: &mut (dyn AsyncWrite + Send + Unpin)) -> Result<Fetched, CallError> {
    let elsewhere = |_| CallError::Local(Reason::new("telegram_bot.reason.local_file"));
    let mut file = tokio::fs::File::open(path).await.map_err(elsewhere)?;
    tokio::io::copy(&mut file, into).await.map_err(elsewhere)?;
    into.flush().await.map_err(elsewhere)?;
    Ok(Fetched::default())
}

#[async_trait]
impl Resolve for Bot {
    async fn profile(&self, person: &RemoteId) -> Result<Profile, CallError> {
        let nobody = || CallError::Refused(Reason::new("telegram_bot.reason.chat_not_found"));
        let id: i64 = person.as_str().parse().map_err(|_| nobody())?;
        match self.client.get_chat(id).await {
            Ok(card) => Ok(profile(&card)),
            // The server shows a card only to those who share a chat with the bot; the picture to anybody it has met.
            Err(BotError::Api(refusal)) if refusal.code == 400 && id > 0 => Ok(Profile {
                avatar: self.newest_photo(id).await?,
                ..Profile::default()
            }),
            Err(error) => Err(self.call_error(error)),
        }
    }
}

impl Bot {
    async fn newest_photo(&self, person: i64) -> Result<Option<RemoteFile>, CallError> {
        let photos = self.client.get_user_profile_photos(person).await;
        let photos = photos.map_err(|error| self.call_error(error))?;
        let sizes = photos.photos.first().map(Vec::as_slice).unwrap_or_default();
        Ok(smallest(sizes).map(|size| avatar(&size.file_id, &size.file_unique_id)))
    }
}

fn smallest(sizes: &[PhotoSize]) -> Option<&PhotoSize> {
    let enough = sizes.iter().filter(|size| size.width >= AVATAR_SIDE);
    enough.min_by_key(|size| size.width).or(sizes.last())
}

fn profile(card: &ChatCard) -> Profile {
    let chat = &card.chat;
    let photo = card.photo.as_ref();
    Profile {
        name: chat.title.clone().or_else(|| name(&chat.first_name, &chat.last_name)),
        username: chat.username.clone(),
        phone: None,
        link: chat.username.as_deref().map(link),
        city: None,
        birthday: card.birthdate.as_ref().map(birthday),
        avatar: photo.map(|photo| avatar(&photo.small_file_id, &photo.small_file_unique_id)),
    }
}
