//! What managers and administrators do.

use super::answers;
use crate::act::Refused;
use crate::amocrm::amojo::hook;
use crate::amocrm::state::State;
use crate::amocrm::state::chat::Writer;
use crate::amocrm::state::entity::{Entity, EntityId, Kind};
use crate::amocrm::state::pipeline::{LOST, WON};
use crate::crm::{CardId, CardKind, Closing, Deed};
use crate::ids::{ChatId, ManagerId, MessageId};
use serde_json::{Value, json};

/// Does it; messages come of answers only.
pub(in crate::amocrm) fn does(state: &mut State, who: &ManagerId, deed: Deed) -> Result<Vec<MessageId>, Refused> {
    let user = who.number().filter(|id| state.user(*id).is_some());
    let user = user.ok_or(Refused::NoSuchManager)?;
    match deed {
        Deed::Answer { chat, letter } => {
            known_chat(state, &chat)?;
            return answers::letter(state, &chat.0, user, &letter);
        }
        Deed::WriteFirst { card, letter } => {
            let card = known(state, &card)?;
            let chat = answers::chat_with(state, card)?;
            return answers::letter(state, &chat, user, &letter);
        }
        Deed::React { chat, message, emoji } => react(state, (&chat, &message), user, emoji)?,
        Deed::Type { chat } => {
            known_chat(state, &chat)?;
            let amojo_id = state.user(user).map(|user| user.amojo_id.clone()).unwrap_or_default();
            hook::typing(state, &chat.0, &amojo_id);
        }
        Deed::CloseChat { chat } => {
            known_chat(state, &chat)?;
            let talk = state.talks.iter().find(|talk| talk.chat == chat.0 && talk.open);
            let talk = talk.map(|talk| talk.id).ok_or(Refused::NoSuchChat)?;
            state.close_talk(talk, user);
        }
        // In the vendor's window answers can be neither changed nor taken back.
        Deed::EditAnswer { .. } | Deed::DeleteAnswer { .. } => return Err(Refused::NotOnThisNetwork),
        Deed::DeleteField { .. } | Deed::BlockScope { .. } | Deed::AllowScope { .. } | Deed::Promote { .. } => {
            administer(state, user, deed)?;
        }
        deed => on_cards(state, user, deed)?,
    }
    Ok(Vec::new())
}

fn known_chat(state: &State, chat: &ChatId) -> Result<(), Refused> {
    state.chat(&chat.0).map(|_| ()).ok_or(Refused::NoSuchChat)
}

fn known(state: &State, card: &CardId) -> Result<EntityId, Refused> {
    let kind = match card.kind().ok_or(Refused::NoSuchCard)? {
        CardKind::Lead => Kind::Lead,
        CardKind::Contact => Kind::Contact,
        CardKind::Company => Kind::Company,
        CardKind::Deal => return Err(Refused::NoSuchCard),
    };
    let id = card.number().map(|number| EntityId::of(kind, number));
    id.filter(|id| state.entity(*id).is_some()).ok_or(Refused::NoSuchCard)
}

fn of_kind(kind: CardKind) -> Result<Kind, Refused> {
    match kind {
        CardKind::Lead => Ok(Kind::Lead),
        CardKind::Contact => Ok(Kind::Contact),
        CardKind::Company => Ok(Kind::Company),
        CardKind::Deal => Err(Refused::NotOnThisNetwork),
    }
}

fn react(
    state: &mut State,
    (chat, message): (&ChatId, &MessageId),
    user: i64,
    emoji: Option<String>,
) -> Result<(), Refused> {
    let by = Writer::User(user);
    let found = state.chat_mut(&chat.0).ok_or(Refused::NoSuchChat)?;
    let on = found.named_mut(&message.0).ok_or(Refused::NoSuchMessage)?;
    let old = on
        .reactions
        .iter()
        .find(|(other, _)| *other == by)
        .map(|(_, emoji)| emoji.clone());
    on.reactions.retain(|(other, _)| *other != by);
    if let Some(emoji) = &emoji {
        on.reactions.push((by, emoji.clone()));
    }
    let on = on.clone();
    let amojo_id = state.user(user).map(|user| user.amojo_id.clone()).unwrap_or_default();
    if emoji.is_some() || old.is_some() {
        hook::reaction(state, &chat.0, &on, (&amojo_id, emoji.as_deref()));
    }
    Ok(())
}

fn on_cards(state: &mut State, user: i64, deed: Deed) -> Result<(), Refused> {
    match deed {
        Deed::Create { kind, title, phone } => create(state, user, of_kind(kind)?, title, phone),
        Deed::Move { card, stage, pipeline } => {
            let lead = lead(state, &card)?;
            let present = state.entity(lead).map_or(0, |entity| entity.pipeline);
            let target = pipeline.and_then(|id| id.parse().ok()).unwrap_or(present);
            let status: i64 = stage.parse().map_err(|_| Refused::NoSuchCard)?;
            let board = state.pipeline(target).ok_or(Refused::NoSuchCard)?;
            board.status(status).ok_or(Refused::NoSuchCard)?;
            state.move_lead(lead, target, status, user);
            state.touched(lead, user);
        }
        Deed::Close { card, how } => {
            let lead = lead(state, &card)?;
            let pipeline = state.entity(lead).map_or(0, |entity| entity.pipeline);
            let status = if how == Closing::Won { WON } else { LOST };
            state.move_lead(lead, pipeline, status, user);
            state.touched(lead, user);
        }
        Deed::Rename { card, title } => {
            let id = known(state, &card)?;
            if let Some(entity) = state.entity_mut(id) {
                entity.name = title;
            }
            state.touched(id, user);
        }
        Deed::Fill { card, field, value } => {
            let id = known(state, &card)?;
            fill(state, id, &field, value)?;
            state.touched(id, user);
        }
        Deed::Assign { card, to } => {
            let id = known(state, &card)?;
            let to = to.number().filter(|to| state.user(*to).is_some());
            state.assign(id, to.ok_or(Refused::NoSuchManager)?, user);
        }
        Deed::Merge { card, into } => {
            let (gone, kept) = (known(state, &card)?, known(state, &into)?);
            if gone == kept || gone.kind != kept.kind {
                return Err(Refused::Malformed);
            }
            state.merge(gone, kept, user);
        }
        Deed::Delete { card } => {
            let id = known(state, &card)?;
            state.delete(id, user);
        }
        Deed::Accept { card } | Deed::Decline { card } if !waits(state, &card) => return Err(Refused::NoSuchCard),
        Deed::Accept { card } => {
            let uid = uid(state, &card)?;
            state.accept(&uid, None, user);
        }
        Deed::Decline { card } => {
            let uid = uid(state, &card)?;
            state.decline(&uid, user);
        }
        Deed::Note { card, text } => {
            let id = known(state, &card)?;
            state.note(id, "common", json!({"text": text}), user);
        }
        Deed::Finish { task } => finish(state, user, &task)?,
        _ => return Err(Refused::NotOnThisNetwork),
    }
    Ok(())
}

fn lead(state: &State, card: &CardId) -> Result<EntityId, Refused> {
    let id = known(state, card)?;
    (id.kind == Kind::Lead).then_some(id).ok_or(Refused::NoSuchCard)
}

fn uid(state: &State, card: &CardId) -> Result<String, Refused> {
    let lead = lead(state, card)?;
    let waiting = state
        .unsorted
        .iter()
        .find(|one| one.lead == Some(lead) && one.outcome.is_none());
    waiting.map(|one| one.uid.clone()).ok_or(Refused::NoSuchCard)
}

fn waits(state: &State, card: &CardId) -> bool {
    uid(state, card).is_ok()
}

fn create(state: &mut State, user: i64, kind: Kind, title: String, phone: Option<String>) {
    let (id, now) = (EntityId::of(kind, state.number()), state.now());
    let mut entity = Entity::new(id, user, now);
    entity.name = title;
    if kind == Kind::Lead {
        entity.pipeline = state.main_pipeline();
        entity.status = state.pipeline(entity.pipeline).map_or(0, |board| board.first_status());
    }
    state.add(entity);
    if let Some(phone) = phone.filter(|_| kind != Kind::Lead) {
        // The field is predefined: it is always there.
        let _ = fill(state, id, "Телефон", Some(phone));
    }
}

fn field(state: &State, kind: Kind, named: &str) -> Result<i64, Refused> {
    let own = |field: &&crate::amocrm::state::field::CustomField| {
        field.of == kind
            && (field.name == named || field.id.to_string() == named || field.code.as_deref() == Some(named))
    };
    let found = state.fields.iter().find(own);
    found.map(|field| field.id).ok_or(Refused::NoSuchCard)
}

fn fill(state: &mut State, id: EntityId, named: &str, value: Option<String>) -> Result<(), Refused> {
    let field = field(state, id.kind, named)?;
    let choice = state
        .fields
        .iter()
        .find(|one| one.id == field)
        .and_then(|one| one.enums.first());
    let filled: Option<Value> = value.map(|value| match choice {
        Some(choice) => json!({"value": value, "enum_id": choice.id, "enum_code": choice.code}),
        None => json!({"value": value}),
    });
    let entity = state.entity_mut(id).ok_or(Refused::NoSuchCard)?;
    match filled {
        Some(filled) => entity.values.insert(field, vec![filled]),
        None => entity.values.remove(&field),
    };
    Ok(())
}

fn finish(state: &mut State, user: i64, task: &str) -> Result<(), Refused> {
    let now = state.now();
    let found = state.tasks.iter_mut().find(|one| one.id.to_string() == task);
    let found = found.ok_or(Refused::NoSuchCard)?;
    (found.completed, found.updated_at) = (true, now);
    if let Some(of) = found.of {
        state.tell("task_completed", of, user, (json!([]), json!([])));
    }
    Ok(())
}

/// Settings are for administrators.
fn administer(state: &mut State, user: i64, deed: Deed) -> Result<(), Refused> {
    if !state.user(user).is_some_and(|user| user.administrator) {
        return Err(Refused::NotAllowed);
    }
    let scopes = &mut state.integration.scopes;
    match deed {
        Deed::BlockScope { scope } => scopes.retain(|one| *one != scope),
        Deed::AllowScope { scope } if !scopes.contains(&scope) => scopes.push(scope),
        Deed::Promote { manager, administrator } => {
            let found = state.users.iter_mut().find(|user| Some(user.id) == manager.number());
            found.ok_or(Refused::NoSuchManager)?.administrator = administrator;
        }
        Deed::DeleteField { of, field: named } => {
            let id = field(state, of_kind(of)?, &named)?;
            if !state.delete_field(id) {
                return Err(Refused::NotAllowed);
            }
        }
        _ => {}
    }
    Ok(())
}
