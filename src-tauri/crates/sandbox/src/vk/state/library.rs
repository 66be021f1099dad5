//! Everything with an address: files under a key, and the photos, documents and so on that attachments name.

use super::message::Attachment;
use crate::media::Media;
use std::collections::BTreeMap;

/// Files and media of the whole simulated network.
#[derive(Debug, Default)]
pub(crate) struct Library {
    files: BTreeMap<String, Media>,
    items: BTreeMap<(String, i64, i64), Item>,
    last_id: i64,
}

/// Something that can be attached by its name, `photo-1_456239017_<key>`.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) attachment: Attachment,
    /// Needed by everybody but the owner; none for public things.
    pub(crate) access_key: Option<String>,
}

/// Real ids of media start there, and clients are known to expect nine digits.
const FIRST_ID: i64 = 456_239_017;

impl Library {
    pub(crate) fn next_id(&mut self) -> i64 {
        self.last_id = (self.last_id + 1).max(FIRST_ID);
        self.last_id
    }

    pub(crate) fn put_file(&mut self, key: String, file: Media) {
        self.files.insert(key, file);
    }

    pub(crate) fn file(&self, key: &str) -> Option<&Media> {
        self.files.get(key)
    }

    pub(crate) fn put_item(&mut self, owner_id: i64, id: i64, item: Item) {
        self.items.insert((item.attachment.kind.to_owned(), owner_id, id), item);
    }

    /// Finds what `<kind><owner>_<id>[_<key>]` names, if whoever asks may have it. A voice message is known as a
    /// document too: SDKs send `doc<owner>_<id>` for it.
    pub(crate) fn named(&self, name: &str, asked_by: i64) -> Option<&Attachment> {
        let digits = name.find(|c: char| c == '-' || c.is_ascii_digit())?;
        let (kind, numbers) = name.split_at_checked(digits)?;
        let mut parts = numbers.splitn(3, '_');
        let (owner, id) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let key = parts.next();
        let kinds: &[&str] = if kind == "doc" {
            &["doc", "audio_message", "graffiti"]
        } else {
            &[kind]
        };
        let item = kinds
            .iter()
            .find_map(|kind| self.items.get(&((*kind).to_owned(), owner, id)))?;
        let allowed = owner == asked_by || item.access_key.is_none() || item.access_key.as_deref() == key;
        allowed.then_some(&item.attachment)
    }
}
