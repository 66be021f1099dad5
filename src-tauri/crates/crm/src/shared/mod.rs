//! What several CRMs need.

mod forms;
pub(crate) use forms::{field, form, form_with, optional};
mod in_turn;
pub(crate) use in_turn::InTurn;
mod loopback;
pub(crate) use loopback::Loopback;
mod message_text;
pub(crate) use message_text::{plain, quoted};
mod note;
pub(crate) use note::{mark as note_mark, note};
mod pasted;
pub(crate) use pasted::{Pasted, PastedError};
mod reply_file;
pub(crate) use reply_file::fetch_open;
mod same;
pub(crate) use same::{same_link, same_phone};
mod stored;
#[cfg(test)]
pub(crate) mod stories;
pub(crate) use stored::Stored;
#[cfg(test)]
pub(crate) mod told;
pub(crate) mod tracking;
pub(crate) use tracking::{System, Tracking};
