//! From a part of a letter to an attachment: the object in VK's words, its file on this server, its place in the library.
//!
//! <https://dev.vk.com/reference/objects/attachments-message>

mod file;
mod measure;
mod picture;
mod shared;
mod sound;

pub(crate) use measure::picture_size;
pub(crate) use picture::{drawn_sticker, picture_address, still};

use super::state::State;
use super::state::library::Item;
use super::state::message::{Attachment, Geo};
use crate::letter::{FileKind, Part};
use crate::media::Media;
use serde_json::Value;

/// What a part becomes in a VK message.
#[derive(Debug)]
pub(crate) enum Made {
    Attachment(Attachment),
    Geo(Geo),
}

/// Makes a part into what a message of VK holds; none for what VK has no message for (contact cards, dice).
pub(crate) fn make(state: &mut State, owner: i64, part: &Part) -> Option<Made> {
    let made = match part {
        Part::Location { latitude, longitude } => {
            return Some(Made::Geo(Geo {
                latitude: *latitude,
                longitude: *longitude,
                title: None,
            }));
        }
        Part::Venue {
            latitude,
            longitude,
            title,
            ..
        } => {
            return Some(Made::Geo(Geo {
                latitude: *latitude,
                longitude: *longitude,
                title: Some(title.clone()),
            }));
        }
        Part::File { shown_as, file } => of_file(state, owner, *shown_as, file),
        Part::Poll { question, options } => shared::poll(state, owner, question, options),
        Part::Shared { what, title, url } => shared::page(state, owner, *what, title, url),
        Part::Contact { .. } | Part::Dice { .. } => return None,
    };
    Some(Made::Attachment(made))
}

/// A file as an attachment of the kind that fits.
pub(crate) fn of_file(state: &mut State, owner: i64, shown_as: FileKind, file: &Media) -> Attachment {
    match shown_as {
        FileKind::Photo => picture::photo(state, owner, file),
        FileKind::Sticker => picture::sticker(state, file),
        FileKind::Drawing => picture::graffiti(state, owner, file),
        FileKind::Document | FileKind::Animation => file::document(state, owner, shown_as, file),
        FileKind::Voice => file::voice(state, owner, file),
        FileKind::Audio => file::audio(state, owner, file),
        FileKind::Video | FileKind::VideoNote => file::video(state, owner, shown_as, file),
    }
}

/// Ids, key and address that every new piece of media gets.
struct Place {
    id: i64,
    access_key: String,
    file_key: String,
}

impl Place {
    /// Reserves ids and stores the file.
    fn of(state: &mut State, file: &Media) -> Self {
        let place = Self {
            id: state.library.next_id(),
            access_key: state.secret(18),
            file_key: state.secret(24),
        };
        state.library.put_file(place.file_key.clone(), file.clone());
        place
    }
}

/// Puts an attachment into the library under its owner and id.
fn shelve(state: &mut State, place: &Place, owner: i64, kind: &'static str, object: Value, shown: Part) -> Attachment {
    let attachment = Attachment { kind, object, shown };
    let item = Item {
        attachment: attachment.clone(),
        access_key: Some(place.access_key.clone()),
    };
    state.library.put_item(owner, place.id, item);
    attachment
}

fn shown(shown_as: FileKind, file: &Media) -> Part {
    Part::File {
        shown_as,
        file: file.clone(),
    }
}
