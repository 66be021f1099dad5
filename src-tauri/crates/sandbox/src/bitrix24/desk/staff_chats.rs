//! Chats of employees, as they see them.

use super::shown_as;
use crate::bitrix24::state::State;
use crate::bitrix24::state::messenger::{Said, StaffChat};
use crate::crm::{Author, CrmChat, CrmMessage, Fate, count_copies};
use crate::ids::{ChatId, ManagerId, MessageId};
use crate::letter::Part;

/// All of them.
pub(super) fn all(state: &State) -> impl Iterator<Item = CrmChat> {
    state.messenger.chats.values().map(|chat| shown(state, chat))
}

fn shown(state: &State, chat: &StaffChat) -> CrmChat {
    let mut messages: Vec<CrmMessage> = chat.messages.iter().map(|said| message(state, said)).collect();
    count_copies(&mut messages);
    let members = chat.members.iter().filter_map(|id| state.portal.employee(*id));
    let names: Vec<String> = members.map(|one| one.full_name()).collect();
    CrmChat {
        id: ChatId::from(chat.id),
        title: chat.title.clone(),
        channel: names.join(", "),
        external_id: Some(chat.about.1.clone()).filter(|id| !id.is_empty()),
        contact: None,
        card: None,
        open: true,
        client_types: false,
        messages,
    }
}

fn message(state: &State, said: &Said) -> CrmMessage {
    let files = said.files.iter().filter_map(|id| state.disk.file(*id).cloned());
    let parts = files.map(|file| Part::File {
        shown_as: shown_as(&file),
        file,
    });
    CrmMessage {
        id: MessageId::from(said.id),
        external_id: None,
        author: Author::Manager {
            id: ManagerId::from(said.by),
        },
        at: said.at,
        text: said.text.clone(),
        parts: parts.collect(),
        links: Vec::new(),
        reply_to: None,
        edited: said.edited,
        deleted: said.deleted,
        reactions: Vec::new(),
        fate: Some(Fate::Sent),
        copies: 0,
    }
}
