//! CRMs: what the managers see and do.

use crate::act::Refused;
use crate::control::answer::Answer;
use crate::control::people::Outcome;
use crate::crm::{Card, CardId, CrmChat, Deed, Employee, NoteId, Stage};
use crate::ids::{ChatId, ManagerId, MessageId};
use crate::letter::Part;
use crate::media::Media;
use crate::world::World;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

pub(super) async fn page() -> Html<&'static str> {
    Html(include_str!("crm.html"))
}

/// A simulated CRM.
#[derive(Serialize, ToSchema)]
pub(super) struct CrmCard {
    /// Its name in paths.
    id: &'static str,
    /// Where it listens.
    base_url: String,
    /// Who works there.
    managers: Vec<Employee>,
    /// The columns of its boards.
    stages: Vec<Stage>,
    /// What the business types in to connect.
    credentials: Map<String, Value>,
}

pub(super) async fn list(State(world): State<World>) -> Json<Vec<CrmCard>> {
    let card = |running: &crate::world::Running<dyn crate::Crm>| CrmCard {
        id: running.vendor.id(),
        base_url: running.base_url.as_str().trim_end_matches('/').to_owned(),
        managers: running.vendor.managers(),
        stages: running.vendor.stages(),
        credentials: running.vendor.credentials(),
    };
    Json(world.crms.iter().map(card).collect())
}

pub(super) async fn cards(State(world): State<World>, Path(crm): Path<String>) -> Answer<Vec<Card>> {
    Ok(Json(world.crm(&crm)?.vendor.cards()))
}

pub(super) async fn chats(State(world): State<World>, Path(crm): Path<String>) -> Answer<Vec<CrmChat>> {
    Ok(Json(world.crm(&crm)?.vendor.chats()))
}

pub(super) async fn does(
    State(world): State<World>,
    Path((crm, manager)): Path<(String, ManagerId)>,
    Json(deed): Json<Deed>,
) -> Answer<Outcome> {
    let messages = world.crm(&crm)?.vendor.manager_does(&manager, deed)?;
    Ok(Json(Outcome { messages }))
}

pub(super) async fn chat_file(
    State(world): State<World>,
    Path((crm, chat, message, part)): Path<(String, ChatId, MessageId, usize)>,
) -> Result<Response, Refused> {
    let mut chats = world.crm(&crm)?.vendor.chats().into_iter();
    let chat = chats.find(|shown| shown.id == chat).ok_or(Refused::NoSuchChat)?;
    let mut messages = chat.messages.into_iter();
    let message = messages
        .find(|shown| shown.id == message)
        .ok_or(Refused::NoSuchMessage)?;
    match message.parts.into_iter().nth(part) {
        Some(Part::File { file, .. }) => Ok(download(file)),
        _ => Err(Refused::NoSuchMessage),
    }
}

pub(super) async fn note_file(
    State(world): State<World>,
    Path((crm, card, note, place)): Path<(String, CardId, NoteId, usize)>,
) -> Result<Response, Refused> {
    let mut cards = world.crm(&crm)?.vendor.cards().into_iter();
    let card = cards.find(|shown| shown.id == card).ok_or(Refused::NoSuchCard)?;
    let mut notes = card.notes.into_iter();
    let note = notes.find(|shown| shown.id == note).ok_or(Refused::NoSuchMessage)?;
    let file = note.files.into_iter().nth(place).ok_or(Refused::NoSuchMessage)?;
    Ok(download(file))
}

fn download(file: Media) -> Response {
    ([(header::CONTENT_TYPE, file.mime)], file.data).into_response()
}
