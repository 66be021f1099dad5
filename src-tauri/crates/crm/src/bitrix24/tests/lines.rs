//! Open lines: what clients and we write, on its way there.

use contracts::crm::{Applied, Author};
use domain::{CrmOperation, Direction};
use sandbox::crm::{Author as Writer, CardKind};
use serde_json::json;

use super::world::{World, anna, conversation, does, identity, one, ours, person, says};

#[tokio::test]
async fn a_client_and_we_stand_in_one_chat_in_order() {
    let world = World::quiet(json!({})).await;
    let link = world.link().await;
    does(&link, &says(&anna(), 1, "Есть [b]диваны[/b]?")).await;
    let mut answer = ours(&anna(), 2, "Есть, синий");
    answer.message.author = Author::Operator(Some("Максим Орлов".to_owned()));
    does(&link, &answer).await;
    let chat = world.chat();
    assert_eq!(world.words(), ["Есть [\u{200b}b]диваны[\u{200b}/b]?", "Есть, синий"]);
    assert_eq!(chat.messages[1].author, Writer::Manager { id: 7_i64.into() });
    assert_eq!(chat.channel, "Telegram · Besedka");
    assert_eq!(world.cards(CardKind::Lead).len(), 1, "the line's own tracker made it");
}

fn vera() -> contracts::crm::CrmConversation {
    conversation(3, "vk", "ВКонтакте", person(3, "Вера", identity("vk", "8", None, None)))
}

#[tokio::test]
async fn many_clients_go_out_together_and_each_keeps_their_order() {
    let world = World::quiet(json!({})).await;
    let link = world.link().await;
    let boris = conversation(
        2,
        "vk",
        "ВКонтакте",
        person(2, "Борис", identity("vk", "7", None, None)),
    );
    let works = [
        says(&anna(), 1, "раз"),
        says(&boris, 2, "один"),
        says(&anna(), 3, "два"),
        says(&anna(), 4, "три"),
    ];
    let outcomes = link.apply(&works).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    world.calls();
    link.apply(&[
        says(&boris, 5, "два"),
        says(&vera(), 6, "Ау"),
        says(&anna(), 7, "четыре"),
    ])
    .await;
    assert_eq!(world.calls(), 2, "a call for each connector");
    let mut said: Vec<Vec<String>> = Vec::new();
    for chat in world.crm().chats() {
        said.push(chat.messages.into_iter().map(|one| one.text).collect());
    }
    said.sort();
    assert_eq!(
        said,
        [vec!["Ау"], vec!["один", "два"], vec!["раз", "два", "три", "четыре"]]
    );
}

#[tokio::test]
async fn words_change_and_go() {
    let world = World::quiet(json!({})).await;
    let link = world.link().await;
    let mut work = says(&anna(), 1, "синий");
    work.refs = does(&link, &work).await;
    work.operation = CrmOperation::Edit;
    work.message.content.text = "серый".to_owned();
    does(&link, &work).await;
    assert_eq!(world.words(), ["серый"]);
    work.operation = CrmOperation::Delete;
    does(&link, &work).await;
    assert!(world.chat().messages[0].deleted);
}

#[tokio::test]
async fn each_channel_has_its_line_and_a_deleted_one_is_made_anew() {
    let world = World::quiet(json!({ "layout": "per_channel" })).await;
    let link = world.link().await;
    does(&link, &says(&anna(), 1, "Ау")).await;
    let lines = link.choices("lines").await.unwrap();
    let names: Vec<_> = lines.iter().map(|line| line.label.as_str()).collect();
    assert_eq!(names, ["Беседка", "Магазин · Telegram"]);
    let line = lines[1].value.clone();
    world.special("delete_line", json!({ "id": line.parse::<i64>().unwrap() }));
    does(&link, &says(&anna(), 2, "Ещё")).await;
    let lines = link.choices("lines").await.unwrap();
    assert_eq!(lines.len(), 2);
    assert_ne!(lines[1].value, line);
}

#[tokio::test]
async fn comments_have_a_line_of_their_own() {
    let world = World::quiet(json!({ "layout": "comments_apart" })).await;
    let link = world.link().await;
    let mut comments = anna();
    comments.id = domain::ConversationId(21);
    comments.uid = says(&anna(), 21, "").marker.parse().map(domain::Uid).unwrap();
    comments.kind = domain::ConversationKind::Comments;
    does(&link, &says(&anna(), 1, "лично")).await;
    does(&link, &says(&comments, 2, "под постом")).await;
    assert_eq!(link.choices("lines").await.unwrap().len(), 3);
    assert_eq!(world.crm().chats().len(), 2);
}

#[tokio::test]
async fn a_mailing_makes_no_chat_until_the_client_answers() {
    let world = World::quiet(json!({ "mailing_chat": false })).await;
    let link = world.link().await;
    let mut anna = anna();
    anna.we_began = true;
    let outcome = one(&link, &ours(&anna, 1, "Скидка 20 %")).await;
    assert!(matches!(outcome, Ok(Applied::Discarded(_))), "{outcome:?}");
    assert!(world.crm().chats().is_empty());
    let mut changed = ours(&anna, 1, "Скидка 30 %");
    changed.operation = CrmOperation::Edit;
    assert!(matches!(one(&link, &changed).await, Ok(Applied::Discarded(_))));
    does(&link, &says(&anna, 2, "На что?")).await;
    assert_eq!(world.words(), ["Скидка 30 %", "На что?"]);
    let mut third = ours(&anna, 3, "На столы");
    third.message.direction = Direction::Out;
    does(&link, &third).await;
    assert_eq!(world.words().len(), 3, "from now on there is a chat");
}

#[tokio::test]
async fn the_visitors_number_comes_into_the_trackers_card() {
    let settings = json!({ "tracking": "roistat", "tracking_greeting": "Здравствуйте! ID: {u_code}" });
    let world = World::quiet(settings).await;
    let link = world.link().await;
    does(&link, &says(&anna(), 1, "Здравствуйте! ID: 102934")).await;
    let lead = world.cards(CardKind::Lead).remove(0);
    let field = lead.fields.iter().find(|field| field.id == "UF_CRM_ROISTAT").unwrap();
    assert_eq!(field.values, ["102934"]);
}

#[tokio::test]
async fn both_means_the_line_and_the_card() {
    let world = World::quiet(json!({ "mode": "both", "card": "contact" })).await;
    let link = world.link().await;
    does(&link, &says(&anna(), 1, "Ау")).await;
    assert_eq!(world.words(), ["Ау"]);
    let contact = world.cards(CardKind::Contact).pop().unwrap();
    assert!(contact.notes[0].text.contains("Ау"), "{contact:?}");
}

#[tokio::test]
async fn a_card_that_refuses_once_does_not_double_the_line() {
    let world = World::quiet(json!({ "mode": "both", "card": "contact" })).await;
    let link = world.link().await;
    let refusal = json!({ "code": "ERROR_CORE", "method": "crm.timeline.comment.add" });
    world.special("error", refusal);
    assert!(one(&link, &says(&anna(), 1, "Ау")).await.is_err());
    does(&link, &says(&anna(), 1, "Ау")).await;
    assert_eq!(world.words(), ["Ау"]);
    assert_eq!(world.cards(CardKind::Contact).pop().unwrap().notes.len(), 1);
}

#[tokio::test]
async fn a_source_that_cannot_be_written_down_does_not_send_again() {
    let world = World::quiet(json!({ "tracking": "roistat" })).await;
    let link = world.link().await;
    let full = json!({ "code": "QUERY_LIMIT_EXCEEDED", "status": 503, "method": "imopenlines.dialog.get" });
    world.special("error", full);
    let outcome = one(&link, &says(&anna(), 1, "ID: 102934")).await;
    assert!(matches!(outcome, Ok(Applied::Exported(_))), "{outcome:?}");
}
