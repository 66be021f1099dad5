//! Chats of employees, who read along.

use contracts::{Clock, SystemClock, crm::CrmFile};
use domain::{AttachmentKind, CrmOperation};
use sandbox::crm::CardKind;
use serde_json::{Value, json};

use super::world::{World, anna, does, one, ours, says};

const MAXIM: &str = "7";

async fn with(more: Value) -> World {
    let mut settings = json!({ "mode": "chats", "chat_members": [MAXIM] });
    settings
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    World::webhook(settings).await
}

/// What was said, without who said it where.
fn bodies(world: &World) -> Vec<String> {
    let words = world.words().into_iter();
    let body = |text: String| text.split_once('\n').map_or(String::new(), |(_, body)| body.to_owned());
    words.map(body).collect()
}

#[tokio::test]
async fn a_conversation_has_a_chat_of_its_own_in_which_employees_read_along() {
    let world = with(json!({})).await;
    let link = world.link().await;
    let mut asked = says(&anna(), 1, "Есть [b]диваны[/b]?");
    asked.refs = does(&link, &asked).await;
    does(&link, &ours(&anna(), 2, "Есть")).await;
    let chat = world.chat();
    assert_eq!(chat.title, "Анна · Telegram");
    assert!(chat.channel.contains("Максим"), "{}", chat.channel);
    assert!(
        chat.messages[0]
            .text
            .starts_with("[b]← Анна · Telegram · Магазин[/b]\n")
    );
    assert!(chat.messages[1].text.starts_with("[b]→ Ольга"));
    assert_eq!(bodies(&world), ["Есть [\u{200b}b]диваны[\u{200b}/b]?", "Есть"]);
    asked.operation = CrmOperation::Edit;
    asked.message.content.text = "Есть столы?".to_owned();
    does(&link, &asked).await;
    asked.operation = CrmOperation::Delete;
    does(&link, &asked).await;
    assert_eq!(bodies(&world), ["🗑 Есть столы?", "Есть"]);
    assert_eq!(world.crm().chats().len(), 1);
}

#[tokio::test]
async fn what_was_said_before_its_answer_was_lost_is_not_said_again() {
    let world = with(json!({})).await;
    does(&world.link().await, &says(&anna(), 1, "Да")).await;
    for (number, method) in [(2, "im.message.add"), (3, "im.message.add")] {
        let mut work = says(&anna(), number, "Да");
        work.intended_at = Some(SystemClock.now());
        world.loses_answer(method);
        assert!(one(&world.link().await, &work).await.is_err());
        does(&world.link().await, &work).await;
        does(&world.link().await, &work).await;
    }
    assert_eq!(bodies(&world), ["Да", "Да", "Да"]);
}

#[tokio::test]
async fn a_chat_whose_making_was_not_answered_is_found_again() {
    let world = with(json!({})).await;
    let mut work = says(&anna(), 1, "Ау");
    world.loses_answer("im.chat.add");
    assert!(one(&world.link().await, &work).await.is_err());
    work.intended_at = Some(SystemClock.now());
    does(&world.link().await, &work).await;
    assert_eq!((world.crm().chats().len(), bodies(&world)), (1, vec!["Ау".to_owned()]));
}

#[tokio::test]
async fn files_follow_their_words_and_are_not_published_twice() {
    let world = with(json!({})).await;
    let folder = tempfile::tempdir().unwrap();
    let mut work = says(&anna(), 1, "Вот");
    for name in ["a.png", "b.png"] {
        std::fs::write(folder.path().join(name), &sandbox::samples::photo().data).unwrap();
        work.message.files.push(CrmFile {
            kind: AttachmentKind::Image,
            name: name.to_owned(),
            mime: "image/png".to_owned(),
            size: 1,
            duration_ms: None,
            path: Some(folder.path().join(name)),
            link: None,
            reason: None,
        });
    }
    world.loses_answer("im.disk.file.commit");
    assert!(one(&world.link().await, &work).await.is_err());
    work.intended_at = Some(SystemClock.now());
    does(&world.link().await, &work).await;
    let files = world
        .chat()
        .messages
        .iter()
        .map(|one| one.parts.len())
        .collect::<Vec<_>>();
    assert_eq!(files, [0, 1, 1]);
}

#[tokio::test]
async fn cards_get_a_comment_as_well_where_both_are_wanted() {
    let world = with(json!({ "mode": "chats_append" })).await;
    let mut work = says(&anna(), 1, "Ау");
    work.intended_at = Some(SystemClock.now());
    world.loses_answer("crm.timeline.comment.add");
    assert!(one(&world.link().await, &work).await.is_err());
    does(&world.link().await, &work).await;
    let leads = world.cards(CardKind::Lead);
    let notes: usize = leads.iter().map(|lead| lead.notes.len()).sum();
    assert_eq!((bodies(&world), notes), (vec!["Ау".to_owned()], 1));
}
