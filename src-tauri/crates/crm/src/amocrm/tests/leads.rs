//! Which lead a message goes into.

use domain::ConversationKind;
use sandbox::crm::{CardKind, Closing, Deed};
use serde_json::json;

use super::world::{World, anna, conversation, does, identity, person, says};
use contracts::crm::CrmConversation;

/// Anna in a network where she has a number.
fn anna_by_phone() -> CrmConversation {
    let anna = person(
        1,
        "Анна",
        identity("whatsapp", "79991112233", None, Some("+79991112233")),
    );
    conversation(11, "whatsapp", "WhatsApp", anna)
}

#[tokio::test]
async fn a_card_is_found_by_its_number_however_it_is_written() {
    let world = World::append(json!({})).await;
    let link = world.link().await;
    world.marina(Deed::Create {
        kind: CardKind::Contact,
        title: "Анна из магазина".to_owned(),
        phone: Some("8 (999) 111-22-33".to_owned()),
    });
    does(&link, &says(&anna_by_phone(), 1, "Здравствуйте")).await;
    let contacts = world.cards(CardKind::Contact);
    assert_eq!((contacts.len(), contacts[0].title.as_str()), (1, "Анна из магазина"));
    assert!(world.lead().linked.contains(&contacts[0].id));
}

#[tokio::test]
async fn two_networks_are_two_leads_of_one_contact_and_two_numbers_are_one() {
    let world = World::append(json!({})).await;
    let link = world.link().await;
    does(&link, &says(&anna_by_phone(), 1, "из ватсапа")).await;
    does(&link, &says(&anna(), 2, "из телеграма")).await;
    let mut second = anna_by_phone();
    second.id = domain::ConversationId(12);
    does(&link, &says(&second, 3, "на другой номер")).await;
    assert_eq!(world.cards(CardKind::Contact).len(), 1);
    let leads = world.cards(CardKind::Lead);
    let notes: Vec<_> = leads.iter().map(|lead| lead.notes.len()).collect();
    assert_eq!(notes, [2, 1]);
}

#[tokio::test]
async fn a_closed_lead_is_left_alone_or_reused() {
    let world = World::append(json!({})).await;
    let link = world.link().await;
    does(&link, &says(&anna(), 1, "Беру")).await;
    let first = world.lead().id;
    world.marina(Deed::Close {
        card: first.clone(),
        how: Closing::Won,
    });
    let reusing = world
        .link_with(json!({ "mode": "append", "closed_lead": "reuse" }))
        .await;
    does(&reusing, &says(&anna(), 2, "Спасибо")).await;
    assert_eq!(world.card(&first).notes.len(), 2);
    does(&link, &says(&anna(), 3, "Ещё один")).await;
    assert_ne!(world.lead().id, first, "a new one for new business");
}

#[tokio::test]
async fn open_stages_are_those_that_were_chosen() {
    let world = World::append(json!({})).await;
    let talks = world.stage("Переговоры");
    let settings = json!({ "mode": "append", "stage": { "all": talks }, "open_stages": [talks] });
    let link = world.link_with(settings).await;
    does(&link, &says(&anna(), 1, "Ау")).await;
    let first = world.lead();
    let stage = world.stage("Первичный контакт");
    let (pipeline, stage) = stage.split_once(':').unwrap();
    world.marina(Deed::Move {
        card: first.id.clone(),
        stage: stage.to_owned(),
        pipeline: Some(pipeline.to_owned()),
    });
    does(&link, &says(&anna(), 2, "Ау")).await;
    assert_eq!(world.cards(CardKind::Lead).len(), 2);
}

#[tokio::test]
async fn what_nobody_has_taken_stays_one_request_and_then_one_lead() {
    let world = World::append(json!({ "stage": "unsorted" })).await;
    let link = world.link().await;
    does(&link, &says(&anna(), 1, "Ау")).await;
    does(&link, &says(&anna(), 2, "Вы тут?")).await;
    let lead = world.lead();
    assert!(lead.unsorted && lead.notes.len() == 2, "{lead:?}");
    world.marina(Deed::Accept { card: lead.id.clone() });
    does(&link, &says(&anna(), 3, "Отлично")).await;
    assert_eq!(
        (world.cards(CardKind::Lead).len(), world.card(&lead.id).notes.len()),
        (1, 3)
    );
}

#[tokio::test]
async fn a_known_contact_gets_a_request_too() {
    let world = World::append(json!({ "stage": "unsorted", "unsorted_contact": true })).await;
    let link = world.link().await;
    does(&link, &says(&anna(), 1, "Ау")).await;
    let lead = world.lead();
    assert!(lead.unsorted, "{lead:?}");
    assert_eq!(world.cards(CardKind::Contact).len(), 1);
}

#[tokio::test]
async fn comments_stand_apart_when_they_are_to() {
    let world = World::append(json!({ "split_comments": true })).await;
    let link = world.link().await;
    let mut comments = anna();
    comments.id = domain::ConversationId(21);
    comments.kind = ConversationKind::Comments;
    does(&link, &says(&anna(), 1, "лично")).await;
    does(&link, &says(&comments, 2, "под постом")).await;
    assert_eq!(
        (world.cards(CardKind::Lead).len(), world.cards(CardKind::Contact).len()),
        (2, 2)
    );
}

#[tokio::test]
async fn tags_fields_and_responsible_come_from_the_settings() {
    let world = World::append(json!({})).await;
    let olga = world.crm().managers().remove(2);
    let settings = json!({
        "mode": "append",
        "responsible": { "all": null, "7": olga.id.0 },
        "lead_tags": { "all": ["%SOURCENAME%", "%CHANNEL%"] },
        "lead_name": "%NAME% (%IDENTITY%)",
    });
    let link = world.link_with(settings).await;
    does(&link, &says(&anna(), 1, "Ау")).await;
    let lead = world.lead();
    assert_eq!(lead.title, "Анна (https://t.me/anna)");
    assert_eq!(
        (lead.responsible, lead.tags),
        (Some(olga.id), vec!["Telegram".to_owned(), "Магазин".to_owned()])
    );
}

#[tokio::test]
async fn a_deleted_field_is_made_anew_and_a_merged_contact_is_followed() {
    let world = World::append(json!({})).await;
    let link = world.link().await;
    does(&link, &says(&anna(), 1, "Ау")).await;
    world.marina(Deed::DeleteField {
        of: CardKind::Contact,
        field: "Telegram".to_owned(),
    });
    let vera = person(4, "Вера", identity("telegram", "502", Some("vera"), None));
    does(&link, &says(&conversation(4, "telegram", "Telegram", vera), 2, "Ау")).await;
    let contacts = world.cards(CardKind::Contact);
    let veras = contacts.iter().find(|card| card.title == "Вера").unwrap();
    assert!(
        veras.fields.iter().any(|field| field.values == ["https://t.me/vera"]),
        "{veras:?}"
    );
    let leads = world.cards(CardKind::Lead);
    world.marina(Deed::Merge {
        card: leads[0].id.clone(),
        into: leads[1].id.clone(),
    });
    does(&link, &says(&anna(), 3, "Ещё")).await;
    let texts: Vec<_> = world
        .cards(CardKind::Lead)
        .into_iter()
        .flat_map(|lead| lead.notes)
        .map(|note| note.text)
        .collect();
    assert!(texts.iter().any(|text| text.contains("Ещё")));
}
