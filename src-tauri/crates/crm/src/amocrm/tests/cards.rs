//! Cards beside a conversation, and cards to write to first.

use contracts::crm::{ApplyError, CrmError, Pick, PickKind};
use domain::{ConversationKind, CrmEntity, CrmRef};
use sandbox::crm::{CardKind, Deed};
use serde_json::json;

use super::world::{World, anna, does, says};

fn looking(kind: PickKind, text: &str) -> Pick {
    Pick {
        kind,
        text: text.to_owned(),
        cursor: None,
    }
}

#[tokio::test]
async fn a_conversation_shows_its_contact_and_its_lead() {
    let world = World::append(json!({})).await;
    let link = world.link().await;
    assert_eq!(link.card(&anna()).await.unwrap().contact, None);
    does(&link, &says(&anna(), 1, "Ау")).await;
    let card = link.card(&anna()).await.unwrap();
    assert_eq!(card.contact.unwrap().name, "Анна");
    let lead = &card.leads[0];
    assert_eq!(lead.responsible.as_deref(), Some("Марина Гордеева"));
    assert!(lead.stage.as_deref().unwrap().starts_with("Воронка · "));
    assert!(
        lead.page
            .as_deref()
            .unwrap()
            .starts_with("https://lesnaya.amocrm.ru/leads/detail/")
    );
}

#[tokio::test]
async fn a_picked_contact_is_written_to_in_its_own_card() {
    let world = World::append(json!({})).await;
    let link = world.link().await;
    world.marina(Deed::Create {
        kind: CardKind::Contact,
        title: "Анна Петровна".to_owned(),
        phone: Some("8 999 111-22-33".to_owned()),
    });
    let picked = link
        .pick(&looking(PickKind::Contacts, "Анна"))
        .await
        .unwrap()
        .found
        .remove(0);
    assert_eq!(picked.phones, ["+79991112233"]);
    link.adopt(&anna(), &picked.reference).await.unwrap();
    does(&link, &says(&anna(), 1, "Ау")).await;
    let contacts = world.cards(CardKind::Contact);
    assert_eq!((contacts.len(), world.lead().linked), (1, vec![contacts[0].id.clone()]));
}

#[tokio::test]
async fn a_picked_lead_without_people_gets_the_contact() {
    let world = World::append(json!({})).await;
    let link = world.link().await;
    world.marina(Deed::Create {
        kind: CardKind::Lead,
        title: "Кухня".to_owned(),
        phone: None,
    });
    let picked = link
        .pick(&looking(PickKind::Leads, "Кухня"))
        .await
        .unwrap()
        .found
        .remove(0);
    assert!(picked.note.is_some(), "its stage");
    link.adopt(&anna(), &picked.reference).await.unwrap();
    does(&link, &says(&anna(), 1, "Ау")).await;
    let leads = world.cards(CardKind::Lead);
    assert_eq!((leads.len(), leads[0].notes.len(), leads[0].linked.len()), (1, 1, 1));
}

#[tokio::test]
async fn comments_are_never_written_to_first() {
    let world = World::append(json!({})).await;
    let link = world.link().await;
    let mut comments = anna();
    comments.kind = ConversationKind::Comments;
    let refused = link.adopt(&comments, &CrmRef::new(CrmEntity::Contact, 1)).await;
    assert!(
        matches!(refused, Err(ApplyError::Call(CrmError::Refused(_)))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn the_form_of_the_settings_offers_what_the_account_has() {
    let world = World::append(json!({})).await;
    let link = world.link().await;
    let stages = link.choices("stages").await.unwrap();
    let labels: Vec<_> = stages.iter().map(|stage| stage.label.as_str()).collect();
    assert!(
        labels.contains(&"Переговоры") && !labels.contains(&"Неразобранное"),
        "{labels:?}"
    );
    assert_eq!(link.choices("users").await.unwrap().len(), 3);
}
