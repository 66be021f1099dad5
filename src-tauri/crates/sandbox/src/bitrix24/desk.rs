//! The portal as its people see it: boards, cards, feeds, conversations. What they do stands in [`deeds`].

mod cards;
mod deeds;
mod staff_chats;

pub(super) use deeds::does;

use super::crm::statuses::Status;
use super::crm::{Kind, MULTI, Record};
use super::php;
use super::state::State;
use super::state::lines::{Chat, Message, Writer};
use crate::crm::{
    Author, Card, CardId, CrmChat, CrmMessage, Employee, Fate, Field, Note, NoteId, Stage, Task, count_copies,
};
use crate::ids::{ChatId, ManagerId, MessageId};
use crate::letter::{FileKind, Part};
use crate::media::Media;
use jiff::Timestamp;
use serde_json::json;

pub(super) fn staff(state: &State) -> Vec<Employee> {
    let shown = state.portal.staff.iter().map(|one| Employee {
        id: ManagerId::from(one.id),
        name: one.full_name(),
        administrator: one.admin,
    });
    shown.collect()
}

pub(super) fn stages(state: &State) -> Vec<Stage> {
    let of = |kind: Kind, category: i64| {
        let shown = move |stage: &Status| Stage {
            id: stage.code.clone(),
            pipeline: category.to_string(),
            of: kind.card_kind(),
            name: stage.name.clone(),
            closes: stage.ends,
        };
        state
            .crm
            .directory
            .stages(kind, category)
            .into_iter()
            .map(shown)
            .collect::<Vec<_>>()
    };
    let mut all = of(Kind::Lead, 0);
    for category in &state.crm.directory.categories {
        all.extend(of(Kind::Deal, category.id));
    }
    all
}

pub(super) fn cards(state: &State) -> Vec<Card> {
    let mut cards: Vec<(String, Card)> = state
        .crm
        .records
        .values()
        .map(|one| (one.text("DATE_CREATE"), card(state, one)))
        .collect();
    cards.sort_by_key(|(created, _)| std::cmp::Reverse(created.clone()));
    cards.into_iter().map(|(_, card)| card).collect()
}

fn card(state: &State, record: &Record) -> Card {
    let (kind, place) = (record.kind, (record.kind, record.id));
    let code = kind.stage_field().map(|field| record.text(field));
    let stage = code.as_deref().and_then(|code| state.crm.directory.stage(kind, code));
    let pipeline = code
        .as_deref()
        .map(|code| super::crm::statuses::category_of(code).to_string());
    let linked_kind = match kind {
        Kind::Lead | Kind::Deal => Kind::Contact,
        Kind::Contact | Kind::Company => Kind::Company,
    };
    Card {
        id: CardId::of(kind.card_kind(), record.id),
        kind: kind.card_kind(),
        title: record.title(),
        closed: stage.and_then(|stage| stage.ends),
        stage: code,
        pipeline,
        unsorted: false,
        responsible: record.int("ASSIGNED_BY_ID").map(ManagerId::from),
        tags: Vec::new(),
        fields: fields(state, record),
        linked: record
            .linked
            .iter()
            .map(|id| CardId::of(linked_kind.card_kind(), id))
            .collect(),
        notes: notes(state, place),
        tasks: tasks(state, place),
    }
}

/// What the card shows on the screen: phones and the like, sources, user fields.
fn fields(state: &State, record: &Record) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut show = |id: &str, name: &str, values: Vec<String>| {
        let values: Vec<String> = values.into_iter().filter(|value| !value.is_empty()).collect();
        if !values.is_empty() {
            let (id, name) = (id.to_owned(), name.to_owned());
            fields.push(Field { id, name, values });
        }
    };
    for name in MULTI {
        show(name, name, record.values(name).map(|one| one.value.clone()).collect());
    }
    for name in [
        "SOURCE_ID",
        "SOURCE_DESCRIPTION",
        "COMMENTS",
        "OPPORTUNITY",
        "UTM_SOURCE",
        "UTM_MEDIUM",
        "UTM_CAMPAIGN",
    ] {
        show(name, name, vec![record.text(name)]);
    }
    for field in state.crm.user_fields.iter().filter(|field| field.of == record.kind) {
        let values = php::items(&record.value(&field.name))
            .into_iter()
            .map(php::text)
            .collect();
        show(&field.name, &field.label, values);
    }
    fields
}

fn notes(state: &State, card: (Kind, i64)) -> Vec<Note> {
    let comments = state
        .crm
        .feed
        .comments
        .iter()
        .filter(|one| one.cards.contains(&card))
        .map(|one| Note {
            id: NoteId(one.id.to_string()),
            kind: "comment".to_owned(),
            text: one.text.clone(),
            files: one.files.iter().map(|(_, file)| file.clone()).collect(),
            by: Some(ManagerId::from(one.by)),
            at: moment(&one.at),
        });
    let done = state
        .crm
        .feed
        .activities
        .iter()
        .filter(|one| one.owner == card && one.text("PROVIDER_ID") != "CRM_TODO");
    let activities = done.map(|one| Note {
        id: NoteId(one.id.to_string()),
        kind: one.text("PROVIDER_ID"),
        text: format!("{} {}", one.text("SUBJECT"), one.text("DESCRIPTION"))
            .trim()
            .to_owned(),
        files: Vec::new(),
        by: one.text("AUTHOR_ID").parse::<i64>().ok().map(ManagerId::from),
        at: moment(&one.text("CREATED")),
    });
    let mut notes: Vec<Note> = comments.chain(activities).collect();
    notes.sort_by_key(|note| note.id.0.parse::<i64>().unwrap_or(0));
    notes
}

fn tasks(state: &State, card: (Kind, i64)) -> Vec<Task> {
    let own = state
        .crm
        .feed
        .activities
        .iter()
        .filter(|one| one.owner == card && one.text("PROVIDER_ID") == "CRM_TODO");
    let todos = own.map(|one| Task {
        id: one.id.to_string(),
        text: one.text("SUBJECT"),
        responsible: one.text("RESPONSIBLE_ID").parse::<i64>().ok().map(ManagerId::from),
        due: moment(&one.text("DEADLINE")),
        done: one.done,
    });
    let bound = state
        .crm
        .feed
        .tasks
        .iter()
        .filter(|one| one.cards.contains(&card))
        .map(|one| Task {
            id: one.id.to_string(),
            text: one.title.clone(),
            responsible: Some(ManagerId::from(one.responsible)),
            due: moment(one.deadline.as_deref().unwrap_or(&one.created)),
            done: one.done,
        });
    todos.chain(bound).collect()
}

fn moment(text: &str) -> Timestamp {
    php::moment(&json!(text)).unwrap_or_default()
}

pub(super) fn chats(state: &State) -> Vec<CrmChat> {
    let mut chats: Vec<&Chat> = state.lines.chats.values().collect();
    chats.sort_by_key(|chat| std::cmp::Reverse(chat.messages.last().map_or(0, |one| one.id)));
    let of_lines = chats.into_iter().map(|chat| shown(state, chat));
    of_lines.chain(staff_chats::all(state)).collect()
}

fn shown(state: &State, chat: &Chat) -> CrmChat {
    let mut messages: Vec<CrmMessage> = chat.messages.iter().map(message).collect();
    count_copies(&mut messages);
    let of = |kind: Kind| chat.card(kind).map(|id| CardId::of(kind.card_kind(), id));
    let channel = state
        .lines
        .connectors
        .get(&chat.connector)
        .map_or(&chat.connector, |one| &one.name);
    CrmChat {
        id: ChatId::from(chat.id),
        title: chat.title.clone(),
        channel: channel.clone(),
        external_id: Some(chat.outside.clone()),
        contact: of(Kind::Contact),
        card: of(Kind::Deal).or_else(|| of(Kind::Lead)),
        open: state.lines.is_open(chat.id),
        client_types: false,
        messages,
    }
}

fn message(message: &Message) -> CrmMessage {
    let files = message.files.iter().filter_map(|file| file.media.clone());
    let parts = files.map(|file| Part::File {
        shown_as: shown_as(&file),
        file,
    });
    CrmMessage {
        id: MessageId::from(message.id),
        external_id: message.outside.first().cloned(),
        author: match &message.writer {
            Writer::Guest(name) => Author::Client { name: name.clone() },
            Writer::Operator(id) => Author::Manager {
                id: ManagerId::from(*id),
            },
            Writer::System => Author::System,
        },
        at: message.at,
        text: message.text.clone(),
        parts: parts.collect(),
        links: message
            .files
            .iter()
            .filter(|file| file.media.is_none())
            .map(|file| file.url.clone())
            .collect(),
        reply_to: None,
        edited: message.edited,
        deleted: message.deleted,
        reactions: Vec::new(),
        fate: match (&message.writer, message.delivered) {
            (Writer::Guest(_), _) => None,
            (_, true) => Some(Fate::Delivered),
            (_, false) => Some(Fate::Sent),
        },
        copies: 0,
    }
}

fn shown_as(file: &Media) -> FileKind {
    match file.mime.split('/').next() {
        Some("image") => FileKind::Photo,
        Some("video") => FileKind::Video,
        Some("audio") => FileKind::Audio,
        _ => FileKind::Document,
    }
}
