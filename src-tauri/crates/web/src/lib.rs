//! The calls of the interface over HTTP, for a browser on the same machine and for the tests that drive one.
//!
//! ```text
//!   POST /rpc/{name}   JSON in, JSON out; a refusal is JSON too, under the status that fits it
//!   GET  /events       what changed, as server-sent events
//!   POST /upload       one file, streamed, field `file`
//!   GET  /media/{id}   a file of a message; ranges, so that sound and video can be moved along
//!   GET  /exports/{id} a finished export, to be saved
//!   GET  /…            the built interface
//! ```
//!
//! Who may call: whoever knows the token (256 bits, made anew at each start), from this machine (bound to 127.0.0.1),
//! by this machine's name (the `Host` is checked, so that a page elsewhere that lets its own name point here gets
//! nothing). There is no CORS: no other page may read an answer.
//!
//! Must not: hold a rule of the product, name a vendor, listen on another address.

mod backend;
pub use backend::{Backend, Incoming, Refusal};
mod calls;
mod events;
mod guard;
pub mod media;
mod pages;
pub use pages::{FolderPages, Page, Pages};
mod server;
pub use server::{Server, StartError};
mod token;
pub use token::Token;
mod upload;
pub use upload::LARGEST_UPLOAD;
