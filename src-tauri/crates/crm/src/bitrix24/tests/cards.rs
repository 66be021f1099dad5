//! What stands beside a conversation, and cards to write to first.

use contracts::crm::{Pick, PickKind};
use domain::{CrmEntity, CrmRef};
use sandbox::crm::CardKind;
use serde_json::json;

use super::world::{World, anna, does, ours, says};

fn pick(kind: PickKind, text: &str) -> Pick {
    Pick {
        kind,
        text: text.to_owned(),
        cursor: None,
    }
}

#[tokio::test]
async fn the_lead_of_the_line_stands_beside_its_conversation() {
    let world = World::quiet(json!({})).await;
    let link = world.link().await;
    assert!(link.card(&anna()).await.unwrap().leads.is_empty());
    does(&link, &says(&anna(), 1, "Ау")).await;
    let card = link.card(&anna()).await.unwrap();
    let lead = &card.leads[0];
    assert_eq!(lead.reference.entity, CrmEntity::Lead);
    assert_eq!((lead.stage.as_deref(), lead.closed), (Some("Не обработан"), false));
    assert!(lead.responsible.is_some() && lead.page.as_ref().unwrap().contains("/crm/lead/details/"));
}

#[tokio::test]
async fn cards_are_found_by_number_and_by_name() {
    let world = World::webhook(json!({})).await;
    let link = world.link().await;
    for (kind, sought) in [
        (PickKind::Contacts, "8 912 000-01-02"),
        (PickKind::Contacts, "Волков"),
        (PickKind::Deals, "Беседка"),
        (PickKind::Deals, "+79120000102"),
    ] {
        let found = link.pick(&pick(kind, sought)).await.unwrap().found;
        assert_eq!(found.len(), 1, "{kind:?} {sought}");
        assert_eq!(found[0].phones, ["+79120000102"], "{kind:?} {sought}");
    }
    assert!(
        link.pick(&pick(PickKind::Contacts, "+79999999999"))
            .await
            .unwrap()
            .found
            .is_empty()
    );
    assert_eq!(
        link.pick(&pick(PickKind::Companies, "ромашка"))
            .await
            .unwrap()
            .found
            .len(),
        1
    );
}

#[tokio::test]
async fn what_is_written_first_goes_into_the_chosen_deal() {
    let world = World::webhook(json!({ "card": "deal" })).await;
    let link = world.link().await;
    let deal = world.cards(CardKind::Deal).remove(0);
    let chosen = CrmRef::new(CrmEntity::Deal, deal.id.number().unwrap());
    link.adopt(&anna(), &chosen).await.unwrap();
    does(&link, &ours(&anna(), 1, "Ваш заказ готов")).await;
    let deals = world.cards(CardKind::Deal);
    assert_eq!((deals.len(), deals[0].notes.len()), (1, 1));
    let shown = link.card(&anna()).await.unwrap();
    assert_eq!(shown.leads[0].budget.as_deref(), Some("84000 RUB"));
    assert_eq!(shown.contact.unwrap().name, "Сергей Волков");
}

#[tokio::test]
async fn the_settings_offer_what_the_portal_has() {
    let world = World::webhook(json!({ "card": "deal" })).await;
    let link = world.link().await;
    let users = link.choices("users").await.unwrap();
    assert!(users.iter().any(|user| user.label == "Максим Орлов"));
    let stages = link.choices("stages").await.unwrap();
    assert!(
        stages
            .iter()
            .all(|stage| stage.value.starts_with("deal:") && stage.group.is_some()),
        "{stages:?}"
    );
    let fields = link.choices("card_fields").await.unwrap();
    assert!(fields.iter().any(|field| field.value == "COMMENTS"), "{fields:?}");
}
