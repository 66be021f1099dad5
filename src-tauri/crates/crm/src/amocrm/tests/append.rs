//! Notes in leads: a client's first words, the ones after, files, edits, groups, tasks.

use contracts::crm::{Applied, ApplyError, CrmFile};
use domain::{AttachmentKind, ConversationKind, CrmEntity, CrmOperation, Tick};
use sandbox::crm::CardKind;
use serde_json::json;

use super::world::{World, anna, conversation, does, identity, one, ours, person, says};

#[tokio::test]
async fn a_first_message_becomes_a_contact_a_lead_and_a_note() {
    let world = World::append(json!({})).await;
    let link = world.link().await;
    does(&link, &says(&anna(), 1, "Есть синий диван?")).await;
    let lead = world.lead();
    assert_eq!(lead.title, "Анна · Telegram");
    assert!(lead.notes[0].text.contains("Есть синий диван?"));
    let contact = world.cards(CardKind::Contact).remove(0);
    assert_eq!(contact.title, "Анна");
    let mark = contact.fields.iter().find(|field| field.name == "Telegram").unwrap();
    assert_eq!(mark.values, ["https://t.me/anna"]);
    assert!(lead.linked.contains(&contact.id));
}

#[tokio::test]
async fn a_batch_of_two_clients_is_one_call_of_notes_in_order() {
    let world = World::append(json!({})).await;
    let link = world.link().await;
    let boris = person(
        2,
        "Борис",
        identity("whatsapp", "79994445566", None, Some("+79994445566")),
    );
    let boris = conversation(2, "whatsapp", "WhatsApp", boris);
    let works = [
        says(&anna(), 1, "раз"),
        says(&boris, 2, "здравствуйте"),
        ours(&anna(), 3, "два"),
    ];
    let outcomes = link.apply(&works).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    let leads = world.cards(CardKind::Lead);
    let texts = |at: usize| {
        leads[at]
            .notes
            .iter()
            .map(|note| note.text.as_str())
            .collect::<Vec<_>>()
            .join("\n")
    };
    let annas = texts(0);
    assert!(annas.find("раз").unwrap() < annas.find("→ Ольга").unwrap());
    assert!(texts(1).contains("здравствуйте"));
}

#[tokio::test]
async fn a_file_is_kept_on_the_drive_and_shown_in_the_lead() {
    let world = World::append(json!({})).await;
    let link = world.link().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("смета.pdf");
    std::fs::write(&path, vec![7; 300_000]).unwrap();
    let mut work = says(&anna(), 1, "Вот смета");
    work.message.files = vec![CrmFile {
        kind: AttachmentKind::Document,
        name: "смета.pdf".to_owned(),
        mime: "application/pdf".to_owned(),
        size: 300_000,
        duration_ms: None,
        path: Some(path),
        link: None,
        reason: None,
    }];
    let refs = does(&link, &work).await;
    assert_eq!(refs.iter().filter(|one| one.entity == CrmEntity::Note).count(), 2);
    let files: Vec<_> = world.lead().notes.into_iter().flat_map(|note| note.files).collect();
    assert_eq!((files.len(), files[0].data.len()), (1, 300_000));
}

#[tokio::test]
async fn an_edit_a_failure_and_a_deletion_change_the_note() {
    let world = World::append(json!({})).await;
    let link = world.link().await;
    let mut work = ours(&anna(), 1, "Есть");
    work.refs = does(&link, &work).await;
    work.operation = CrmOperation::Edit;
    work.message.content.text = "Есть два".to_owned();
    does(&link, &work).await;
    assert!(world.lead().notes[0].text.contains("Есть два"));
    work.operation = CrmOperation::Receipt;
    work.message.tick = Some(Tick::Error);
    work.message.failure = Some((domain::Reason::new("reason.x"), "Клиент запретил".to_owned()));
    does(&link, &work).await;
    assert!(world.lead().notes[0].text.contains("⚠ Клиент запретил"));
    work.operation = CrmOperation::Delete;
    does(&link, &work).await;
    assert!(world.lead().notes[0].text.contains("🗑 Есть два"));
    work.operation = CrmOperation::Receipt;
    work.message.tick = Some(Tick::Read);
    assert!(
        matches!(one(&link, &work).await, Ok(Applied::Discarded(_))),
        "notes have no ticks"
    );
}

#[tokio::test]
async fn a_group_is_one_contact_with_its_id_as_number() {
    let world = World::append(json!({})).await;
    let link = world.link().await;
    let mut group = conversation(
        3,
        "whatsapp",
        "WhatsApp",
        person(3, "Ремонт", identity("whatsapp", "120363-1", None, None)),
    );
    group.kind = ConversationKind::Group;
    group.title = Some("Ремонт на Лесной".to_owned());
    does(&link, &says(&group, 1, "Когда приедете?")).await;
    let contact = world.cards(CardKind::Contact).remove(0);
    let phone = contact.fields.iter().find(|field| field.name == "Телефон").unwrap();
    assert_eq!(
        (contact.title.as_str(), &phone.values),
        ("Ремонт на Лесной", &vec!["120363-1".to_owned()])
    );
    let quiet = world.link_with(json!({ "mode": "append", "groups": false })).await;
    assert!(matches!(
        one(&quiet, &says(&group, 2, "Ау")).await,
        Ok(Applied::Discarded(_))
    ));
}

#[tokio::test]
async fn one_task_stands_in_the_lead_until_it_is_done() {
    let world = World::append(json!({ "notify": "task_per_lead", "task_minutes": 10 })).await;
    let link = world.link().await;
    for (number, text) in [(1, "Ау"), (2, "Вы тут?")] {
        does(&link, &says(&anna(), number, text)).await;
    }
    let tasks = world.lead().tasks;
    assert_eq!((tasks.len(), tasks[0].text.as_str()), (1, "Ответить клиенту"));
    world.marina(sandbox::crm::Deed::Finish {
        task: tasks[0].id.clone(),
    });
    does(&link, &ours(&anna(), 3, "Тут")).await;
    assert_eq!(world.lead().tasks.len(), 1, "nobody needs a task for our own words");
    does(&link, &says(&anna(), 4, "Спасибо")).await;
    assert_eq!(world.lead().tasks.len(), 2);
}

#[tokio::test]
async fn the_visitors_number_goes_into_the_lead() {
    let world = World::append(json!({ "tracking": "roistat", "tracking_greeting": "Мой номер {u_code}" })).await;
    let link = world.link().await;
    does(&link, &says(&anna(), 1, "Мой номер 10455, есть диваны?")).await;
    let lead = world.lead();
    let field = lead.fields.iter().find(|field| field.name == "roistat").unwrap();
    assert_eq!(field.values, ["10455"]);
    let snippet = link.choices("snippet").await.unwrap();
    assert!(snippet[0].value.contains("roistat_visit"));
}

#[tokio::test]
async fn what_one_contact_is_refused_holds_only_its_own() {
    let world = World::append(json!({ "lead_fields": [], "stage": "1:2" })).await;
    let link = world.link().await;
    let works = [says(&anna(), 1, "раз"), says(&anna(), 2, "два")];
    let outcomes = link.apply(&works).await;
    assert!(
        matches!(outcomes[0], Err(ApplyError::Call(contracts::crm::CrmError::Refused(_)))),
        "{outcomes:?}"
    );
    assert_eq!(outcomes[1], Err(ApplyError::Held));
}
