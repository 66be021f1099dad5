//! The Bot API itself: one file per group of methods.

mod account;
mod addressee;
mod callbacks;
mod chats;
mod delete;
mod edit;
pub(crate) mod error;
mod files;
mod formatted;
mod forward;
mod get_updates;
mod markup;
mod methods;
pub(crate) mod react;
mod reply;
pub(crate) mod request;
pub(crate) mod routes;
mod send;
mod send_album;
mod send_file;
mod send_other;
mod send_text;
mod upload;
mod webhook;
