//! Downloads: VK's addresses expire, so each remembers where a fresh one is to be had.

use async_trait::async_trait;
use contracts::channel::{CallError, Fetched, Media};
use net::{Downloaded, Failure};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::io::AsyncWrite;
use url::Url;

use super::{
    attach::{Spot, addresses},
    community::Community,
    errors::{call_error, reason},
};

/// More than any file that VK lets people attach (200 MB documents, 2 GB for some).
const LARGEST: u64 = 2 * 1024 * 1024 * 1024;
/// Attachments inside forwards inside forwards: as deep as a search goes.
const DEEPEST: u8 = 8;

/// What is remembered of a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Fetch {
    /// Where it was.
    pub(super) url: String,
    /// In which message it stands, and what it is called there: `photo-1_2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    inside: Option<Inside>,
    /// Whose picture it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    avatar_of: Option<i64>,
    /// A web page is what is to be had.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    page: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Inside {
    peer: i64,
    cmid: i64,
    thing: String,
}

impl Fetch {
    /// An address that does not expire: stickers and gifts.
    pub(super) fn lasting(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            inside: None,
            avatar_of: None,
            page: false,
        }
    }

    /// A file of a message.
    pub(super) fn attachment(spot: Spot, thing: &str, url: &str) -> Self {
        let inside = Inside {
            peer: spot.peer,
            cmid: spot.cmid,
            thing: thing.to_owned(),
        };
        Self {
            inside: Some(inside),
            ..Self::lasting(url)
        }
    }

    /// A document, which may be a web page.
    pub(super) fn document(spot: Spot, thing: &str, url: &str, ending: &str) -> Self {
        Self {
            page: matches!(ending, "html" | "htm" | "xhtml" | "mhtml"),
            ..Self::attachment(spot, thing, url)
        }
    }

    /// A person's picture.
    pub(super) fn avatar(person: i64, url: &str) -> Self {
        Self {
            avatar_of: Some(person),
            ..Self::lasting(url)
        }
    }

    /// As the app keeps it.
    pub(super) fn to_value(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

#[async_trait]
impl Media for Community {
    async fn fetch(&self, fetch: &Value, into: &mut (dyn AsyncWrite + Send + Unpin)) -> Result<Fetched, CallError> {
        let gone = || CallError::Refused(reason("vk_messages.reason.file_gone"));
        let fetch = Fetch::deserialize(fetch).map_err(|_| gone())?;
        let mut outcome = self.download(&fetch.url, into).await;
        // Nothing was written yet: a status came instead of bytes.
        if let Err(Failure::Status { .. } | Failure::Blocked(_) | Failure::Invalid) = outcome {
            let fresh = self.fresh_address(&fetch).await?.ok_or_else(gone)?;
            outcome = self.download(&fresh, into).await;
        }
        match outcome {
            Err(Failure::Status { .. }) => Err(gone()),
            Err(failure) => Err(self.client().call_error(failure)),
            // A request to sign in, saved as somebody's photo.
            Ok(Downloaded { mime: Some(mime), .. }) if mime == "text/html" && !fetch.page => {
                Err(CallError::Refused(reason("vk_messages.reason.file_closed")))
            }
            Ok(downloaded) => Ok(Fetched { mime: downloaded.mime }),
        }
    }
}

impl Community {
    async fn download(&self, url: &str, into: &mut (dyn AsyncWrite + Send + Unpin)) -> Result<Downloaded, Failure> {
        let url = Url::parse(url).map_err(|_| Failure::Invalid)?;
        self.client().http().get(url).download(into, LARGEST).await
    }

    /// Where the file is now; `None` when its message or its owner's picture is gone.
    async fn fresh_address(&self, fetch: &Fetch) -> Result<Option<String>, CallError> {
        if let Some(person) = fetch.avatar_of {
            let pages = self.client().people(&[person]).await.map_err(call_error)?;
            return Ok(pages.into_iter().find_map(|page| page.photo_200));
        }
        let Some(Inside { peer, cmid, thing }) = &fetch.inside else {
            return Ok(None);
        };
        let found = self.client().messages(*peer, &[*cmid]).await.map_err(call_error)?;
        let spot = Spot {
            peer: *peer,
            cmid: *cmid,
        };
        Ok(found
            .items
            .iter()
            .find_map(|message| address_in(message, thing, spot, DEEPEST)))
    }
}

/// The address of the thing of this name in a message, its quote and its forwards.
fn address_in(message: &Value, thing: &str, spot: Spot, deeper: u8) -> Option<String> {
    let list = |name| {
        message
            .get(name)
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default()
    };
    let own = addresses(list("attachments"), spot)
        .into_iter()
        .find(|(name, _)| name == thing);
    let in_forwards = || {
        list("fwd_messages")
            .iter()
            .find_map(|inner| address_in(inner, thing, spot, deeper - 1))
    };
    match own {
        Some((_, url)) => Some(url),
        None if deeper > 0 => in_forwards(),
        None => None,
    }
}
