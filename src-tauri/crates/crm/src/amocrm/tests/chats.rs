//! Conversations in the chats of the CRM.

use contracts::crm::{Applied, BoundKey, CrmQuote, Notebook};
use domain::{CrmOperation, Tick};
use sandbox::crm::{Author, CardKind, Closing, Deed, Fate};
use serde_json::json;
use tokio::task::JoinSet;

use super::world::{World, anna, conversation, does, identity, one, ours, person, says, uid};

#[tokio::test]
async fn a_first_message_opens_a_chat_on_the_contact_of_the_lead() {
    let world = World::chats(json!({})).await;
    let link = world.link().await;
    does(&link, &says(&anna(), 1, "Есть диваны?")).await;
    let chat = world.chat();
    assert_eq!(
        (chat.messages[0].text.as_str(), chat.messages.len()),
        ("Есть диваны?", 1)
    );
    let (contacts, leads) = (world.cards(CardKind::Contact), world.cards(CardKind::Lead));
    assert_eq!((contacts.len(), leads.len()), (1, 1), "amoCRM made none of its own");
    assert_eq!(chat.contact.as_ref(), Some(&contacts[0].id));
}

#[tokio::test]
async fn two_who_write_at_once_come_through_one_source() {
    let world = World::chats(json!({})).await;
    let link = world.link().await;
    let boris = conversation(
        2,
        "telegram",
        "Telegram",
        person(2, "Борис", identity("telegram", "502", Some("boris"), None)),
    );
    let (from_anna, from_boris) = (says(&anna(), 1, "Есть диваны?"), says(&boris, 2, "А столы?"));
    tokio::join!(does(&link, &from_anna), does(&link, &from_boris));
    let key = BoundKey::link(format!("source:{}", uid(77)));
    let kept = world.notebook.bound(&key).await.unwrap().unwrap();
    assert!(
        !kept.reference.id.is_empty(),
        "the slower one found the source of the faster"
    );
}

#[tokio::test]
async fn who_writes_at_once_asks_about_the_leads_together() {
    let world = World::chats(json!({})).await;
    let link = world.link().await;
    let client = |id: i64| person(id, "Клиент", identity("telegram", &id.to_string(), None, None));
    let chats: Vec<_> = (2..12)
        .map(|id| conversation(id, "telegram", "Telegram", client(id)))
        .collect();
    for (number, chat) in (1..).zip(&chats) {
        does(&link, &says(chat, number, "Есть диваны?")).await;
    }
    let (card, how) = (world.lead().id, Closing::Won);
    world.marina(Deed::Close { card, how });
    let before = world.calls("leads");
    let mut all = JoinSet::new();
    for (number, chat) in (100..).zip(&chats) {
        let (link, work) = (link.clone(), says(chat, number, "Ау"));
        all.spawn(async move { does(&link, &work).await });
    }
    all.join_all().await;
    assert_eq!(world.cards(CardKind::Lead).len(), 11, "the closed one is followed");
    let calls = world.calls("leads") - before;
    assert!(calls < 8, "{calls} for ten messages");
}

#[tokio::test]
async fn unsorted_is_left_to_amocrm_and_its_contact_is_found_by_the_chat() {
    let world = World::chats(json!({ "stage": "unsorted" })).await;
    let link = world.link().await;
    does(&link, &says(&anna(), 1, "Есть диваны?")).await;
    assert!(world.lead().unsorted);
    does(&link, &says(&anna(), 2, "Ау")).await;
    assert_eq!(world.cards(CardKind::Contact).len(), 1);
    assert_eq!(world.chat().messages.len(), 2);
}

#[tokio::test]
async fn our_answer_stands_in_the_chat_in_our_name_with_its_ticks() {
    let world = World::chats(json!({})).await;
    let link = world.link().await;
    let asked = says(&anna(), 1, "Есть диваны?");
    let refs = does(&link, &asked).await;
    let mut answer = ours(&anna(), 2, "Есть");
    answer.message.quote = Some(CrmQuote {
        marker: Some(asked.marker.clone()),
        refs,
        author: None,
        text: "Есть диваны?".to_owned(),
    });
    answer.refs = does(&link, &answer).await;
    answer.operation = CrmOperation::Receipt;
    answer.message.tick = Some(Tick::Read);
    does(&link, &answer).await;
    let chat = world.chat();
    let shown = &chat.messages[1];
    assert!(!matches!(shown.author, Author::Client { .. }), "{shown:?}");
    assert_eq!(
        (shown.reply_to.as_ref(), &shown.fate),
        (Some(&chat.messages[0].id), &Some(Fate::Read))
    );
}

#[tokio::test]
async fn an_edit_changes_the_words_and_a_deletion_says_so() {
    let world = World::chats(json!({})).await;
    let link = world.link().await;
    let mut work = says(&anna(), 1, "Есть девоны?");
    work.refs = does(&link, &work).await;
    work.operation = CrmOperation::Edit;
    work.message.content.text = "Есть диваны?".to_owned();
    does(&link, &work).await;
    assert_eq!(world.chat().messages[0].text, "Есть диваны?");
    work.operation = CrmOperation::Delete;
    does(&link, &work).await;
    assert_eq!(world.chat().messages[0].text, "🗑 Есть диваны?");
    work.operation = CrmOperation::Receipt;
    assert!(matches!(one(&link, &work).await, Ok(Applied::Discarded(_))));
}

#[tokio::test]
async fn a_change_of_the_mode_keeps_the_only_lead() {
    let world = World::chats(json!({})).await;
    let append = world.link_with(json!({ "mode": "append" })).await;
    does(&append, &says(&anna(), 1, "примечанием")).await;
    let chats = world.link().await;
    does(&chats, &says(&anna(), 2, "в чат")).await;
    let again = world.link_with(json!({ "mode": "append" })).await;
    does(&again, &says(&anna(), 3, "снова примечанием")).await;
    assert_eq!(
        (world.cards(CardKind::Lead).len(), world.cards(CardKind::Contact).len()),
        (1, 1)
    );
    let notes = world.lead().notes;
    let ours = notes.iter().filter(|note| note.text.contains("примечанием"));
    assert_eq!((ours.count(), world.chat().messages.len()), (2, 1));
}

#[tokio::test]
async fn a_file_is_shown_in_the_chat_through_the_drive() {
    let world = World::chats(json!({})).await;
    let link = world.link().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.png");
    std::fs::write(&path, &sandbox::samples::photo().data).unwrap();
    let mut work = says(&anna(), 1, "Вот");
    work.message.files = vec![contracts::crm::CrmFile {
        kind: domain::AttachmentKind::Image,
        name: "a.png".to_owned(),
        mime: "image/png".to_owned(),
        size: 1,
        duration_ms: None,
        path: Some(path),
        link: None,
        reason: None,
    }];
    does(&link, &work).await;
    let message = &world.chat().messages[0];
    assert_eq!(
        (message.text.as_str(), message.parts.len() + message.links.len() > 0),
        ("Вот", true)
    );
}
