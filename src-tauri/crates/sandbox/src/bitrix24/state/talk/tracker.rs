//! The line's tracker: which card a conversation belongs to, and the one made when there is none.
//!
//! <https://apidocs.bitrix24.com/api-reference/imopenlines/openlines/imopenlines-config-add.html> (`CRM`, `CRM_CREATE`).

use crate::bitrix24::crm::feed::Activity;
use crate::bitrix24::crm::{Kind, change};
use crate::bitrix24::state::lines::Chat;
use crate::bitrix24::state::{Actor, State};
use serde_json::{Map, Value, json};

/// Ties a chat whose session has just begun to its cards.
pub(super) fn track(state: &mut State, actor: &Actor, chat: i64) {
    let Some(chat) = state.lines.chats.get(&chat).cloned() else {
        return;
    };
    let grouped = state.lines.connectors.get(&chat.connector).is_some_and(|one| one.group);
    let Some(line) = state
        .lines
        .lines
        .get(&chat.line)
        .cloned()
        .filter(|line| line.is_on("CRM") && !grouped)
    else {
        return;
    };
    let mut cards = known(state, &chat);
    if cards.is_empty() {
        let author = Actor {
            user: state
                .lines
                .session(chat.id)
                .and_then(|one| one.operator)
                .unwrap_or(actor.user),
            ..actor.clone()
        };
        let source = format!("{}|{}", chat.line, chat.connector.to_uppercase());
        cards = match line.setting("CRM_CREATE").as_str() {
            "none" | "" => Vec::new(),
            "deal" => {
                let contact = change::add(state, &author, Kind::Contact, &person(&chat, &source));
                let deal = fields(&json!({"TITLE": chat.title, "CONTACT_ID": contact, "SOURCE_ID": source}));
                vec![
                    (Kind::Deal, change::add(state, &author, Kind::Deal, &deal)),
                    (Kind::Contact, contact),
                ]
            }
            _ => {
                let mut lead = person(&chat, &source);
                lead.insert("TITLE".to_owned(), chat.title.clone().into());
                vec![(Kind::Lead, change::add(state, &author, Kind::Lead, &lead))]
            }
        };
    }
    for card in &cards {
        note_session(state, &chat, *card);
    }
    if let Some(chat) = state.lines.chats.get_mut(&chat.id) {
        chat.cards = cards;
    }
}

/// A phone that came later is added where none stands; what is there is not touched.
pub(super) fn fill_phone(state: &mut State, actor: &Actor, chat: i64) {
    let Some(chat) = state
        .lines
        .chats
        .get(&chat)
        .cloned()
        .filter(|chat| !chat.guest.phone.is_empty())
    else {
        return;
    };
    for (kind, id) in chat.cards.iter().copied().filter(|(kind, _)| kind.has_multi()) {
        let without = state
            .crm
            .get(kind, id)
            .is_some_and(|record| record.values("PHONE").next().is_none());
        if without {
            let phone = fields(&json!({"PHONE": [{"VALUE": chat.guest.phone, "VALUE_TYPE": "WORK"}]}));
            change::update(state, actor, kind, id, &phone);
        }
    }
}

/// Cards that are this client's already: by the conversation, by phone, by address.
fn known(state: &State, chat: &Chat) -> Vec<(Kind, i64)> {
    let imol = imol(chat);
    let open = |(kind, id): &(Kind, i64)| {
        let Some(record) = state.crm.get(*kind, *id) else {
            return false;
        };
        kind.stage_field().is_none_or(|field| {
            let stage = record.text(field);
            state
                .crm
                .directory
                .stage(*kind, &stage)
                .is_none_or(|stage| stage.ends.is_none())
        })
    };
    let kept: Vec<(Kind, i64)> = chat.cards.iter().copied().filter(|card| open(card)).collect();
    if !kept.is_empty() {
        return kept;
    }
    let of = |kind: Kind| {
        let by_chat = state
            .crm
            .all(kind)
            .filter(|one| one.values("IM").any(|im| im.value == imol))
            .map(|one| one.id);
        let by_phone = state
            .crm
            .same_contact(kind, "PHONE", std::slice::from_ref(&chat.guest.phone));
        let by_mail = state
            .crm
            .same_contact(kind, "EMAIL", std::slice::from_ref(&chat.guest.email));
        by_chat
            .chain(by_phone)
            .chain(by_mail)
            .map(move |id| (kind, id))
            .find(|card| open(card))
    };
    match of(Kind::Contact) {
        Some(contact) => {
            let deals = state
                .crm
                .all(Kind::Deal)
                .filter(|deal| deal.linked.contains(&contact.1));
            let deal = deals
                .filter(|deal| open(&(Kind::Deal, deal.id)))
                .last()
                .map(|deal| (Kind::Deal, deal.id));
            deal.into_iter().chain([contact]).collect()
        }
        None => of(Kind::Lead).into_iter().collect(),
    }
}

fn person(chat: &Chat, source: &str) -> Map<String, Value> {
    let guest = &chat.guest;
    let mut person = fields(&json!({
        "NAME": guest.name, "LAST_NAME": guest.last_name, "SOURCE_ID": source,
        "IM": [{"VALUE": imol(chat), "VALUE_TYPE": "OPENLINE"}],
    }));
    for (name, value) in [("PHONE", &guest.phone), ("EMAIL", &guest.email)] {
        if !value.is_empty() {
            person.insert(name.to_owned(), json!([{"VALUE": value, "VALUE_TYPE": "WORK"}]));
        }
    }
    person
}

/// How a card names a conversation.
fn imol(chat: &Chat) -> String {
    format!("imol|{}", chat.code())
}

/// The feed of a card shows the conversation.
fn note_session(state: &mut State, chat: &Chat, owner: (Kind, i64)) {
    let (id, now) = (state.crm.feed.number(), state.date());
    let operator = state
        .lines
        .session(chat.id)
        .and_then(|one| one.operator)
        .unwrap_or(1)
        .to_string();
    let about = fields(&json!({
        "PROVIDER_ID": "IMOPENLINES_SESSION", "PROVIDER_TYPE_ID": chat.line.to_string(), "SUBJECT": chat.title,
        "CREATED": now, "LAST_UPDATED": now, "START_TIME": now, "END_TIME": now, "DEADLINE": now, "RESPONSIBLE_ID": operator,
        "AUTHOR_ID": operator, "EDITOR_ID": operator, "DIRECTION": "1",
        "PROVIDER_PARAMS": {"USER_CODE": chat.code()},
    }));
    state.crm.feed.activities.push(Activity {
        id,
        owner,
        done: false,
        fields: about,
    });
}

fn fields(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}
