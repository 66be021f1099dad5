//! Comments in the timelines of cards.

use contracts::crm::{Applied, CrmFile};
use domain::{AttachmentKind, CrmOperation};
use sandbox::crm::{CardKind, Closing, Deed};
use serde_json::json;

use super::world::{World, anna, conversation, does, identity, one, person, says};

/// Sergey bought before: his number stands on a contact with a deal.
fn sergey() -> contracts::crm::CrmConversation {
    let known = identity("whatsapp", "79120000102", None, Some("+79120000102"));
    conversation(8, "whatsapp", "WhatsApp", person(8, "Серёга", known))
}

#[tokio::test]
async fn a_strangers_messages_are_comments_in_one_new_lead() {
    let world = World::webhook(json!({})).await;
    let link = world.link().await;
    let before = world.cards(CardKind::Lead).len();
    does(&link, &says(&anna(), 1, "Есть диваны?")).await;
    does(&link, &says(&anna(), 2, "Синие")).await;
    let leads = world.cards(CardKind::Lead);
    assert_eq!(leads.len(), before + 1);
    let lead = leads.last().unwrap();
    assert_eq!(lead.title, "Анна · Telegram");
    let notes: Vec<_> = lead
        .notes
        .iter()
        .map(|note| note.text.lines().nth(1).unwrap())
        .collect();
    assert_eq!(notes, ["Есть диваны?", "Синие"]);
}

#[tokio::test]
async fn a_known_number_leads_to_the_open_deal() {
    let world = World::webhook(json!({ "card": "deal" })).await;
    let link = world.link().await;
    does(&link, &says(&sergey(), 1, "Когда привезёте?")).await;
    let deals = world.cards(CardKind::Deal);
    assert_eq!(deals.len(), 1);
    assert!(deals[0].notes[0].text.contains("Когда привезёте?"));
    world.maxim(Deed::Close {
        card: deals[0].id.clone(),
        how: Closing::Won,
    });
    does(&link, &says(&sergey(), 2, "Ещё одну")).await;
    let deals = world.cards(CardKind::Deal);
    assert_eq!((deals.len(), deals[1].title.as_str()), (2, "Серёга · WhatsApp"));
    assert_eq!(world.cards(CardKind::Contact).len(), 1, "the same person");
}

#[tokio::test]
async fn without_a_card_and_without_leave_to_make_one_nothing_is_written() {
    let world = World::webhook(json!({ "create": false })).await;
    let link = world.link().await;
    let outcome = one(&link, &says(&anna(), 1, "Ау")).await.unwrap();
    assert_eq!(
        outcome,
        Applied::Discarded(domain::Reason::new("bitrix24.reason.no_card"))
    );
}

#[tokio::test]
async fn files_come_along_and_an_edit_changes_the_comment() {
    let world = World::webhook(json!({})).await;
    let link = world.link().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("схема.pdf");
    std::fs::write(&path, b"%PDF-1.4 plan").unwrap();
    let mut work = says(&anna(), 1, "Вот план");
    work.message.files.push(CrmFile {
        kind: AttachmentKind::Document,
        name: "схема.pdf".to_owned(),
        mime: "application/pdf".to_owned(),
        size: 13,
        duration_ms: None,
        path: Some(path),
        link: None,
        reason: None,
    });
    work.refs = does(&link, &work).await;
    let note = world.cards(CardKind::Lead).pop().unwrap().notes.remove(0);
    assert_eq!(note.files[0].data.as_ref(), b"%PDF-1.4 plan");
    work.operation = CrmOperation::Edit;
    work.message.content.text = "Вот новый план".to_owned();
    does(&link, &work).await;
    assert!(
        world.cards(CardKind::Lead).pop().unwrap().notes[0]
            .text
            .contains("Вот новый план")
    );
}

#[tokio::test]
async fn a_number_is_added_where_there_is_none_and_never_replaced() {
    let world = World::webhook(json!({ "card": "contact" })).await;
    let link = world.link().await;
    does(&link, &says(&sergey(), 1, "Ау")).await;
    let phones = |name: &str| {
        let cards = world.cards(CardKind::Contact);
        let card = cards.into_iter().find(|card| card.title.contains(name)).unwrap();
        let phone = card.fields.into_iter().find(|field| field.id == "PHONE");
        phone.map(|field| field.values).unwrap_or_default()
    };
    assert_eq!(phones("Сергей"), ["+7 (912) 000-01-02"]);
    does(&link, &says(&anna(), 2, "Ау")).await;
    assert_eq!(phones("Анна"), Vec::<String>::new());
    let mut anna = anna();
    anna.contact.identities[0].phone = Some("+79990000001".to_owned());
    does(&link, &says(&anna, 3, "Вот мой номер")).await;
    assert_eq!(phones("Анна"), ["+79990000001"]);
    assert_eq!(world.cards(CardKind::Contact).len(), 2);
}

#[tokio::test]
async fn comments_of_many_clients_go_out_in_one_call() {
    let world = World::webhook(json!({})).await;
    let link = world.link().await;
    let clients: Vec<_> = (20..40)
        .map(|id| {
            let known = identity("telegram", &id.to_string(), None, None);
            conversation(id, "telegram", "Telegram", person(id, "Клиент", known))
        })
        .collect();
    let write = |from: i64| -> Vec<_> {
        clients
            .iter()
            .zip(from..)
            .map(|(one, at)| says(one, at, "Ау"))
            .collect()
    };
    link.apply(&write(100)).await;
    world.calls();
    let outcomes = link.apply(&write(200)).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(world.calls(), 2, "how the leads are, and all comments");
}
