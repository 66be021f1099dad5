//! Comments with files, things to do, tasks.

use crate::world::{MAXIM, OLGA, Portal};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sandbox::crm::Deed;
use sandbox::samples;
use serde_json::{Value, json};

async fn lead(portal: &Portal) -> Value {
    portal.call("crm.lead.add", json!({"fields": {"TITLE": "Стол"}})).await
}

#[tokio::test]
async fn a_comment_with_a_picture_stands_in_the_feed() {
    let portal = Portal::start().await;
    let lead = lead(&portal).await;
    let photo = samples::photo();
    let fields = json!({
        "ENTITY_ID": lead, "ENTITY_TYPE": "lead", "COMMENT": "[b]Анна:[/b] вот",
        "FILES": [["фото.jpg", STANDARD.encode(&photo.data)]],
    });
    let id = portal.call("crm.timeline.comment.add", json!({"fields": fields})).await;
    let card = portal.card(&format!("lead-{lead}"));
    assert_eq!(
        (card.notes[0].text.as_str(), &card.notes[0].files[0].data),
        ("[b]Анна:[/b] вот", &photo.data)
    );
    let got = portal.call("crm.timeline.comment.get", json!({"id": id})).await;
    let file = got["FILES"].as_object().unwrap().values().next().unwrap();
    assert_eq!(
        (file["type"].as_str(), file["size"].as_u64()),
        (Some("image"), Some(photo.data.len() as u64))
    );
    portal
        .call(
            "crm.timeline.comment.update",
            json!({"id": id, "fields": {"COMMENT": "исправлено"}}),
        )
        .await;
    let list = json!({"filter": {"ENTITY_ID": lead, "ENTITY_TYPE": "lead"}, "order": {"ID": "DESC"}});
    assert_eq!(
        portal.call("crm.timeline.comment.list", list).await[0]["COMMENT"],
        "исправлено"
    );
    portal.call("crm.timeline.comment.delete", json!({"id": id})).await;
    assert!(portal.card(&format!("lead-{lead}")).notes.is_empty());
}

#[tokio::test]
async fn a_comment_is_bound_to_more_cards() {
    let portal = Portal::start().await;
    let (lead, other) = (lead(&portal).await, lead(&portal).await);
    let fields = json!({"ENTITY_ID": lead, "ENTITY_TYPE": "lead", "COMMENT": "Анна пишет"});
    let id = portal.call("crm.timeline.comment.add", json!({"fields": fields})).await;
    let bind = json!({"OWNER_ID": id, "ENTITY_ID": other, "ENTITY_TYPE": "lead"});
    portal.call("crm.timeline.bindings.bind", json!({"fields": bind})).await;
    assert_eq!(portal.card(&format!("lead-{other}")).notes.len(), 1);
    let bindings = portal
        .answer("crm.timeline.bindings.list", json!({"filter": {"OWNER_ID": id}}))
        .await;
    assert_eq!(bindings["total"], 2);
}

#[tokio::test]
async fn a_comment_needs_words_and_a_card_that_is_there() {
    let portal = Portal::start().await;
    let lead = lead(&portal).await;
    let add = async |fields: Value| {
        portal
            .refusal("crm.timeline.comment.add", json!({"fields": fields}))
            .await
    };
    assert_eq!(add(json!({"ENTITY_ID": lead, "ENTITY_TYPE": "lead"})).await.0, 400);
    let gone = json!({"ENTITY_ID": 99_999, "ENTITY_TYPE": "lead", "COMMENT": "?"});
    assert_eq!(add(gone).await, (400, "NOT_FOUND".into()));
}

#[tokio::test]
async fn a_manager_writes_a_note_and_the_program_hears_of_it() {
    let portal = Portal::start().await;
    let lead = lead(&portal).await;
    portal.listens(&["ONCRMTIMELINECOMMENTADD"]).await;
    let card = sandbox::crm::CardId(format!("lead-{lead}"));
    portal
        .does(
            MAXIM,
            Deed::Note {
                card,
                text: "/ответ Едем".into(),
            },
        )
        .unwrap();
    let id = portal.events().await[0].1["FIELDS"]["ID"].clone();
    let comment = portal.call("crm.timeline.comment.get", json!({"id": id})).await;
    assert_eq!(
        (comment["COMMENT"].as_str(), comment["AUTHOR_ID"].as_str()),
        (Some("/ответ Едем"), Some("7"))
    );
}

#[tokio::test]
async fn a_thing_to_do_and_a_task_are_finished_by_hand() {
    let portal = Portal::start().await;
    let lead = lead(&portal).await;
    let todo = json!({"ownerTypeId": 1, "ownerId": lead, "deadline": "2026-12-01T10:00:00+03:00", "title": "Ответить клиенту", "responsibleId": 7});
    let todo = portal.call("crm.activity.todo.add", todo).await["id"].clone();
    let task = json!({"TITLE": "Позвонить", "RESPONSIBLE_ID": 7, "UF_CRM_TASK": [format!("L_{lead}")]});
    portal.call("tasks.task.add", json!({"fields": task})).await;
    let tasks = portal.card(&format!("lead-{lead}")).tasks;
    assert_eq!(
        tasks.iter().map(|task| task.text.as_str()).collect::<Vec<_>>(),
        ["Ответить клиенту", "Позвонить"]
    );
    portal.does(OLGA, Deed::Finish { task: todo.to_string() }).unwrap();
    let open = json!({"filter": {"OWNER_TYPE_ID": 1, "OWNER_ID": lead, "COMPLETED": "N"}});
    assert_eq!(portal.call("crm.activity.list", open).await, json!([]));
    assert_eq!(
        portal.refusal("tasks.task.add", json!({"fields": {}})).await.1,
        "ERROR_CORE"
    );
}
