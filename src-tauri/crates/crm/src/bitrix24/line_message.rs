//! A message as `imconnector.send.messages` takes it.
//! <https://apidocs.bitrix24.com/api-reference/imopenlines/imconnector/imconnector-send-messages.html>

use contracts::crm::{Author, CrmConversation, CrmMessage, Work};
use domain::{ConversationKind, Direction};
use serde_json::{Value, json};

use super::bb;
use crate::shared::{plain, quoted};

/// «No more than 25 characters, letters, spaces, hyphens and apostrophes».
const LONGEST_NAME: usize = 25;

/// What a message is sent with.
pub(super) struct Frame {
    /// The employee who wrote it, where it is ours.
    pub(super) user: Option<i64>,
    /// Files that the portal can fetch: place in the message, address.
    pub(super) urls: Vec<(usize, String)>,
    /// The client's number may be told.
    pub(super) client_data: bool,
}

/// The whole entry of `MESSAGES`.
pub(super) fn entry(work: &Work, frame: &Frame) -> Value {
    let conversation = &*work.conversation;
    let mut said = json!({ "id": work.marker, "date": work.message.written_at.secs() });
    let files = work.message.files.iter().enumerate();
    let files: Vec<Value> = files
        .filter_map(|(at, file)| {
            let (_, url) = frame.urls.iter().find(|(place, _)| *place == at)?;
            Some(json!({ "url": url, "name": file.name }))
        })
        .collect();
    let text = words(&work.message, &frame.urls);
    if let Some(said) = said.as_object_mut() {
        if !text.is_empty() || files.is_empty() {
            said.insert("text".to_owned(), text.into());
        }
        if !files.is_empty() {
            said.insert("files".to_owned(), files.into());
        }
        if let Some(user) = frame.user {
            said.insert("user_id".to_owned(), user.into());
        }
    }
    json!({ "user": guest(conversation, frame.client_data), "message": said, "chat": chat(conversation) })
}

/// What names a message that was sent.
pub(super) fn named(conversation: &CrmConversation, marker: &str) -> Value {
    json!({
        "user": { "id": guest_id(conversation) },
        "message": { "id": marker },
        "chat": { "id": conversation.uid.to_string() },
    })
}

/// The words, with what can't be shown otherwise.
pub(super) fn words(message: &CrmMessage, urls: &[(usize, String)]) -> String {
    let mut lines = Vec::new();
    lines.extend(quoted(message).map(|quote| bb::literal(&quote)));
    let text = bb::literal(&plain(&message.content));
    lines.extend((!text.is_empty()).then_some(text));
    let others = message.files.iter().enumerate();
    let others = others.filter(|(at, _)| !urls.iter().any(|(place, _)| place == at));
    lines.extend(others.map(|(_, file)| match &file.link {
        Some(link) => format!("📎 {} {link}", bb::literal(&file.name)),
        None => format!("📎 {} ✕", bb::literal(&file.name)),
    }));
    let text = lines.join("\n");
    match (&message.author, message.direction) {
        (Author::Member { name, .. }, _) => format!("[b]{}:[/b] {text}", bb::literal(name)),
        (_, Direction::System) => format!("ℹ {text}"),
        _ => text,
    }
}

/// The person: by the network's own id, which outlives our cards.
fn guest_id(conversation: &CrmConversation) -> String {
    let own = conversation.contact.identities.first();
    own.map_or_else(|| conversation.contact.uid.to_string(), |own| own.remote_id.clone())
}

fn guest(conversation: &CrmConversation, client_data: bool) -> Value {
    let person = &conversation.contact;
    let title = conversation.title.as_ref();
    let group = title.filter(|_| conversation.kind == ConversationKind::Group);
    let (name, last_name) = name(group.unwrap_or(&person.name));
    let mut guest = json!({ "id": guest_id(conversation), "name": name, "last_name": last_name });
    let Some(fields) = guest.as_object_mut() else {
        return guest;
    };
    let own = person.identities.first();
    if let Some(link) = own.and_then(|own| own.link.clone()) {
        fields.insert("url".to_owned(), link.into());
    }
    let phone = person.identities.iter().find_map(|one| one.phone.clone());
    if let Some(phone) = phone.filter(|_| client_data && group.is_none()) {
        fields.insert("phone".to_owned(), phone.into());
    }
    guest
}

/// First and last name, of the letters that are taken.
fn name(shown: &str) -> (String, String) {
    let taken = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'');
    let clean: String = shown.chars().map(|c| if taken(c) { c } else { ' ' }).collect();
    let mut words = clean.split_whitespace().map(|word| word.trim_matches(['-', '\'']));
    let first = words.by_ref().find(|word| !word.is_empty()).unwrap_or_default();
    let rest: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let short = |text: &str| text.chars().take(LONGEST_NAME).collect::<String>().trim().to_owned();
    (short(first), short(&rest.join(" ")))
}

fn chat(conversation: &CrmConversation) -> Value {
    let title = conversation.title.clone();
    let account = || conversation.account.as_ref().map(|account| account.name.clone());
    let mut chat = json!({ "id": conversation.uid.to_string() });
    if let (Some(name), Some(chat)) = (title.or_else(account), chat.as_object_mut()) {
        chat.insert("name".to_owned(), name.into());
    }
    chat
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_hold_what_the_portal_takes() {
        assert_eq!(
            name("Анна-Мария О'Нил 🌸 (опт)"),
            ("Анна-Мария".to_owned(), "О'Нил опт".to_owned())
        );
        assert_eq!(name("+7 900 000-00-00"), (String::new(), String::new()));
    }
}
