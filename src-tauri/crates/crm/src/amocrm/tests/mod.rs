//! Stories about an account of amoCRM: documented samples first, then a whole account on 127.0.0.1.

mod append;
mod cards;
mod chats;
mod converting;
mod errors;
mod leads;
mod login;
mod replies;
mod signing;
mod texts;
mod uncertain;
mod webhook;
mod world;
