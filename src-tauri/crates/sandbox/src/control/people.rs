//! People: who there is, what they do, what they see.

use crate::act::{Act, Refused};
use crate::control::answer::Answer;
use crate::ids::{ChatId, MessageId, PersonId};
use crate::letter::{Letter, Part};
use crate::person::{Chat, NewPerson, Person};
use crate::phone::PhoneChat;
use crate::world::World;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

pub(super) async fn list(State(world): State<World>, Path(vendor): Path<String>) -> Answer<Vec<Person>> {
    Ok(Json(world.vendor(&vendor)?.vendor.people()))
}

pub(super) async fn add(
    State(world): State<World>,
    Path(vendor): Path<String>,
    Json(person): Json<NewPerson>,
) -> Answer<Person> {
    Ok(Json(world.vendor(&vendor)?.vendor.add_person(person)))
}

pub(super) async fn chats(State(world): State<World>, Path(vendor): Path<String>) -> Answer<Vec<Chat>> {
    Ok(Json(world.vendor(&vendor)?.vendor.chats()))
}

/// A group to open.
#[derive(Deserialize, ToSchema)]
pub(super) struct NewGroup {
    /// Its title.
    title: String,
    /// Who is in it.
    members: Vec<PersonId>,
}

pub(super) async fn add_group(
    State(world): State<World>,
    Path(vendor): Path<String>,
    Json(group): Json<NewGroup>,
) -> Answer<Chat> {
    Ok(Json(
        world.vendor(&vendor)?.vendor.add_group(&group.title, &group.members)?,
    ))
}

/// What came of an act.
#[derive(Serialize, ToSchema)]
pub(super) struct Outcome {
    /// Messages that were made or touched.
    pub(super) messages: Vec<MessageId>,
}

/// In which chat.
#[derive(Deserialize)]
pub(super) struct Room {
    chat: Option<ChatId>,
}

type Where = (State<World>, Path<(String, PersonId)>, Query<Room>);

fn done((State(world), Path((vendor, person)), Query(room)): Where, act: Act) -> Answer<Outcome> {
    let messages = world.vendor(&vendor)?.vendor.act(&person, room.chat.as_ref(), act)?;
    Ok(Json(Outcome { messages }))
}

pub(super) async fn act(place: Where, Json(act): Json<Act>) -> Answer<Outcome> {
    done(place, act)
}

pub(super) async fn write(place: Where, Json(letter): Json<Letter>) -> Answer<Outcome> {
    done(place, Act::Write(letter))
}

/// An act whose name stands in the path: the body holds its fields, and may be empty.
fn named(place: Where, act: &str, body: &Bytes) -> Answer<Outcome> {
    let mut fields = if body.is_empty() {
        json!({})
    } else {
        serde_json::from_slice(body).unwrap_or(Value::Null)
    };
    fields
        .as_object_mut()
        .ok_or(Refused::Malformed)?
        .insert("act".to_owned(), act.into());
    done(place, serde_json::from_value(fields).map_err(|_| Refused::Malformed)?)
}

macro_rules! named_acts {
    ($($function:ident $name:literal,)*) => {
        $(pub(super) async fn $function(place: Where, body: Bytes) -> Answer<Outcome> {
            named(place, $name, &body)
        })*
    };
}

named_acts! {
    edit "edit",
    delete "delete",
    react "react",
    read "read",
    types "type",
    press "press",
    start "start",
    block "block",
    unblock "unblock",
}

pub(super) async fn phone(
    State(world): State<World>,
    Path((vendor, person)): Path<(String, PersonId)>,
) -> Answer<Vec<PhoneChat>> {
    Ok(Json(world.vendor(&vendor)?.vendor.phone(&person)?))
}

pub(super) async fn phone_file(
    State(world): State<World>,
    Path((vendor, person, chat, message, part)): Path<(String, PersonId, ChatId, MessageId, usize)>,
) -> Result<Response, Refused> {
    let chats = world.vendor(&vendor)?.vendor.phone(&person)?;
    let chat = chats
        .into_iter()
        .find(|shown| shown.chat == chat)
        .ok_or(Refused::NoSuchChat)?;
    let message = chat
        .messages
        .into_iter()
        .find(|shown| shown.id == message)
        .ok_or(Refused::NoSuchMessage)?;
    match message.parts.into_iter().nth(part) {
        Some(Part::File { file, .. }) => Ok(([(header::CONTENT_TYPE, file.mime)], file.data).into_response()),
        _ => Err(Refused::NoSuchMessage),
    }
}
