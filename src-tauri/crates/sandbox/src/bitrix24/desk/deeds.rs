//! What people of the portal do, in the words of [`Deed`].

use super::super::crm::Kind;
use super::super::rest::write_sms;
use super::super::state::lines::Writer;
use super::super::state::talk::{self, Draft};
use super::super::state::{Actor, State};
use super::cards::in_crm;
use crate::act::Refused;
use crate::crm::{CardId, Deed};
use crate::ids::{ChatId, ManagerId, MessageId};
use crate::letter::{Letter, Part};

type Done = Result<Vec<MessageId>, Refused>;

/// Lets somebody do something at the portal's own screens.
pub(crate) fn does(state: &mut State, who: &ManagerId, deed: Deed) -> Done {
    let user = who
        .number()
        .filter(|id| state.portal.employee(*id).is_some())
        .ok_or(Refused::NoSuchManager)?;
    let actor = Actor::person(user);
    match deed {
        Deed::Answer { chat, letter } => return answer(state, &actor, &chat, &letter),
        Deed::EditAnswer { chat, message, text } => {
            let (chat, message) = own(state, user, &chat, &message)?;
            talk::edit(state, &actor, chat, message, user, &text);
        }
        Deed::DeleteAnswer { chat, message } => {
            let (chat, message) = own(state, user, &chat, &message)?;
            talk::delete(state, &actor, chat, message, user);
        }
        Deed::CloseChat { chat } => {
            let chat = known_chat(state, &chat)?;
            if !talk::finish(state, &actor, chat) {
                return Err(Refused::NoSuchChat);
            }
        }
        Deed::WriteFirst { card, letter } => {
            let card = known_card(state, &card)?;
            return write_first(state, &actor, card, &letter);
        }
        Deed::BlockScope { scope } => scopes(state, user, |scopes| scopes.retain(|one| *one != scope))?,
        Deed::AllowScope { scope } => scopes(state, user, |scopes| {
            if !scopes.contains(&scope) {
                scopes.push(scope.clone());
            }
        })?,
        Deed::Promote { manager, administrator } => {
            admin(state, user)?;
            let meant = manager.number();
            let found = state.portal.staff.iter_mut().find(|one| Some(one.id) == meant);
            found.ok_or(Refused::NoSuchManager)?.admin = administrator;
        }
        Deed::DeleteField { of, field } => {
            admin(state, user)?;
            let kind = Kind::from_card(of);
            let named = |one: &&crate::bitrix24::crm::user_fields::UserField| {
                one.of == kind && (one.name == field || one.label == field || one.id.to_string() == field)
            };
            let id = state
                .crm
                .user_fields
                .iter()
                .find(named)
                .map(|one| one.id)
                .ok_or(Refused::NoSuchCard)?;
            state.crm.delete_field(kind, id);
        }
        deed => in_crm(state, &actor, deed)?,
    }
    Ok(Vec::new())
}

fn admin(state: &State, user: i64) -> Result<(), Refused> {
    if state.portal.is_admin(user) {
        Ok(())
    } else {
        Err(Refused::NotAllowed)
    }
}

/// The card of the application is an administrator's business.
fn scopes(state: &mut State, user: i64, change: impl FnOnce(&mut Vec<String>)) -> Result<(), Refused> {
    admin(state, user)?;
    change(&mut state.access.home_mut().ok_or(Refused::NotOnThisNetwork)?.scopes);
    Ok(())
}

pub(super) fn known_card(state: &State, card: &CardId) -> Result<(Kind, i64), Refused> {
    let kind = card.kind().map(Kind::from_card).ok_or(Refused::NoSuchCard)?;
    let id = card.number().filter(|id| state.crm.get(kind, *id).is_some());
    Ok((kind, id.ok_or(Refused::NoSuchCard)?))
}

fn known_chat(state: &State, chat: &ChatId) -> Result<i64, Refused> {
    chat.number()
        .filter(|id| state.lines.chats.contains_key(id))
        .ok_or(Refused::NoSuchChat)
}

fn own(state: &State, user: i64, chat: &ChatId, message: &MessageId) -> Result<(i64, i64), Refused> {
    let chat = known_chat(state, chat)?;
    let messages = state
        .lines
        .chats
        .get(&chat)
        .map(|chat| chat.messages.as_slice())
        .unwrap_or_default();
    let found = messages
        .iter()
        .find(|one| Some(one.id) == message.number() && !one.deleted);
    match found.ok_or(Refused::NoSuchMessage)? {
        theirs if theirs.writer == Writer::Operator(user) => Ok((chat, theirs.id)),
        _ => Err(Refused::NotTheirs),
    }
}

/// A letter in the marks of the portal's messenger. It has files and text; a place or a contact it has not.
fn draft(letter: &Letter) -> Result<Draft, Refused> {
    let file = |part: &Part| match part {
        Part::File { file, .. } => Ok(file.clone()),
        _ => Err(Refused::Malformed),
    };
    let draft = Draft {
        text: letter.text.text.clone(),
        files: letter.parts.iter().map(file).collect::<Result<_, _>>()?,
    };
    match draft.text.is_empty() && draft.files.is_empty() {
        true => Err(Refused::Malformed),
        false => Ok(draft),
    }
}

fn answer(state: &mut State, actor: &Actor, chat: &ChatId, letter: &Letter) -> Done {
    let (chat, draft) = (known_chat(state, chat)?, draft(letter)?);
    let id = talk::operator_says(state, actor, chat, actor.user, &draft).ok_or(Refused::NoSuchChat)?;
    Ok(vec![MessageId::from(id)])
}

/// In the card's conversation where there is one, else as a text through a sender.
fn write_first(state: &mut State, actor: &Actor, card: (Kind, i64), letter: &Letter) -> Done {
    let mut chats = state.lines.chats.values().rev();
    let chat = chats
        .find(|chat| chat.cards.contains(&card))
        .map(|chat| ChatId::from(chat.id));
    if let Some(chat) = chat {
        return answer(state, actor, &chat, letter);
    }
    match write_sms(state, actor, card, &letter.text.text) {
        true => Ok(Vec::new()),
        false => Err(Refused::NotOnThisNetwork),
    }
}
