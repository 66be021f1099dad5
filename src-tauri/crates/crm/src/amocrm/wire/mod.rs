//! amoCRM's JSON, as far as it is used here. What may be missing or `null` is optional; unknown names are ignored.

mod account;
pub(super) use account::{Account, Field, Pipeline, Tokens, User};
mod card;
pub(super) use card::{Company, Contact, Lead};
mod history;
pub(super) use history::{AmojoContent, AmojoMessage, AmojoMessages, Event, EventMessage, Talk, TalkMessage};
mod made;
pub(super) use made::{ChatLink, Made, Note, Source, Task, Unsorted};
mod page;
pub(super) use page::Page;
