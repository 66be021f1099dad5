//! Stories about a portal of Bitrix24 on 127.0.0.1.

mod append;
mod cards;
mod lines;
mod login;
mod replies;
mod staff_chats;
mod texts;
mod uncertain;
mod world;
