//! What several CRMs need.

mod message_text;
pub(crate) use message_text::{plain, quoted};
mod same;
pub(crate) use same::{same_link, same_phone};
mod stored;
pub(crate) use stored::Stored;
