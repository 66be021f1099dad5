//! Leads, deals, contacts: made, changed, found, linked, deleted.

use crate::world::{OLGA, Portal};
use sandbox::crm::{CardKind, Closing, Deed};
use serde_json::{Value, json};

async fn contact(portal: &Portal, phone: &str) -> Value {
    let fields = json!({"NAME": "Анна", "PHONE": [{"VALUE": phone, "VALUE_TYPE": "WORK"}]});
    portal.call("crm.contact.add", json!({"fields": fields})).await
}

#[tokio::test]
async fn a_contact_is_found_by_any_spelling_of_its_phone() {
    let portal = Portal::start().await;
    let anna = contact(&portal, "8 (912) 000-00-77").await;
    let search = json!({"type": "PHONE", "values": ["+79120000077"]});
    assert_eq!(
        portal.call("crm.duplicate.findbycomm", search).await,
        json!({"CONTACT": [anna]})
    );
    let nobody = json!({"type": "PHONE", "values": ["+79990000000"]});
    assert_eq!(portal.call("crm.duplicate.findbycomm", nobody).await, json!([]));
    let (status, code) = portal
        .refusal("crm.duplicate.findbycomm", json!({"values": ["1"]}))
        .await;
    assert_eq!((status, code.as_str()), (400, "Communication type is not defined"));
}

#[tokio::test]
async fn phones_are_added_changed_and_removed_one_by_one() {
    let portal = Portal::start().await;
    let anna = contact(&portal, "+79120000077").await;
    let update = async |phone: Value| {
        portal
            .call("crm.contact.update", json!({"id": anna, "fields": {"PHONE": phone}}))
            .await
    };
    update(json!([{"VALUE": "+79120000078"}])).await;
    let card = portal.call("crm.contact.get", json!({"id": anna})).await;
    assert_eq!(card["PHONE"].as_array().unwrap().len(), 2);
    update(json!([{"ID": card["PHONE"][0]["ID"], "DELETE": "Y"}])).await;
    let card = portal.call("crm.contact.get", json!({"id": anna})).await;
    assert_eq!(card["PHONE"][0]["VALUE"], "+79120000078");
    let by_phone = portal
        .call(
            "crm.contact.list",
            json!({"filter": {"PHONE": "+79120000078"}, "select": ["ID", "PHONE"]}),
        )
        .await;
    assert_eq!(by_phone[0]["PHONE"][0]["VALUE"], "+79120000078");
}

#[tokio::test]
async fn the_column_of_a_deal_tells_its_pipeline_and_its_end() {
    let portal = Portal::start().await;
    let deal = portal
        .call("crm.deal.add", json!({"fields": {"TITLE": "Ремонт", "CATEGORY_ID": 1}}))
        .await;
    let get = async || portal.call("crm.deal.get", json!({"id": deal})).await;
    assert_eq!(
        (get().await["STAGE_ID"].as_str(), get().await["CLOSED"].as_str()),
        (Some("C1:NEW"), Some("N"))
    );
    portal
        .call("crm.deal.update", json!({"id": deal, "fields": {"STAGE_ID": "C1:WON"}}))
        .await;
    assert_eq!(
        (
            get().await["STAGE_SEMANTIC_ID"].as_str(),
            get().await["CLOSED"].as_str()
        ),
        (Some("S"), Some("Y"))
    );
    let open = portal
        .call("crm.deal.list", json!({"filter": {"CLOSED": "N", "CATEGORY_ID": 1}}))
        .await;
    assert_eq!(open, json!([]));
}

#[tokio::test]
async fn contacts_of_a_deal_are_a_list_with_a_main_one() {
    let portal = Portal::start().await;
    let (anna, boris) = (
        contact(&portal, "+79120000001").await,
        contact(&portal, "+79120000002").await,
    );
    let deal = portal
        .call("crm.deal.add", json!({"fields": {"TITLE": "Стол", "CONTACT_ID": anna}}))
        .await;
    let main = json!({"id": deal, "fields": {"CONTACT_ID": boris, "IS_PRIMARY": "Y"}});
    portal.call("crm.deal.contact.add", main).await;
    let items = portal.call("crm.deal.contact.items.get", json!({"id": deal})).await;
    assert_eq!(
        (&items[0]["CONTACT_ID"], items[0]["IS_PRIMARY"].as_str()),
        (&boris, Some("Y"))
    );
    assert_eq!(
        portal.call("crm.deal.get", json!({"id": deal})).await["CONTACT_ID"],
        boris.to_string()
    );
    portal.call("crm.contact.delete", json!({"id": boris})).await;
    assert_eq!(
        portal.call("crm.deal.get", json!({"id": deal})).await["CONTACT_ID"],
        anna.to_string()
    );
}

#[tokio::test]
async fn a_user_field_is_filled_and_forgotten_with_its_deletion() {
    let portal = Portal::start().await;
    let field = json!({"FIELD_NAME": "TELEGRAM", "USER_TYPE_ID": "string", "EDIT_FORM_LABEL": {"ru": "Telegram"}});
    let id = portal
        .call("crm.lead.userfield.add", json!({"fields": field.clone()}))
        .await;
    assert_eq!(
        portal.refusal("crm.lead.userfield.add", json!({"fields": field})).await,
        (400, "ERROR_CORE".into())
    );
    let lead = portal
        .call(
            "crm.lead.add",
            json!({"fields": {"TITLE": "Т", "UF_CRM_TELEGRAM": "@anna", "UF_CRM_NO": "x"}}),
        )
        .await;
    let get = async || portal.call("crm.lead.get", json!({"id": lead})).await;
    assert_eq!(
        (get().await["UF_CRM_TELEGRAM"].as_str(), get().await.get("UF_CRM_NO")),
        (Some("@anna"), None)
    );
    assert_eq!(
        portal.call("crm.lead.fields", json!({})).await["UF_CRM_TELEGRAM"]["formLabel"],
        "Telegram"
    );
    portal
        .does(
            OLGA,
            Deed::DeleteField {
                of: CardKind::Lead,
                field: "Telegram".into(),
            },
        )
        .unwrap();
    assert_eq!(get().await.get("UF_CRM_TELEGRAM"), None);
    assert_eq!(
        portal.refusal("crm.lead.userfield.delete", json!({"id": id})).await.1,
        "ERROR_NOT_FOUND"
    );
}

#[tokio::test]
async fn old_refusals_have_words_and_no_code() {
    let portal = Portal::start().await;
    let (status, body) = portal.ask(&portal.token, "crm.lead.get", json!({"id": 0})).await;
    assert_eq!(
        (status, body),
        (
            400,
            json!({"error": "", "error_description": "ID is not defined or invalid."})
        )
    );
    let (_, body) = portal.ask(&portal.token, "crm.lead.add", json!({})).await;
    assert_eq!(body["error_description"], "Parameter 'fields' must be array.");
}

#[tokio::test]
async fn a_manager_closes_and_merges_while_the_program_works() {
    let portal = Portal::start().await;
    let anna = contact(&portal, "+79120000001").await;
    let twin = contact(&portal, "+79120000002").await;
    let deal = portal
        .call("crm.deal.add", json!({"fields": {"TITLE": "Стол", "CONTACT_ID": twin}}))
        .await;
    let card = |kind: &str, id: &Value| sandbox::crm::CardId(format!("{kind}-{id}"));
    portal
        .does(
            OLGA,
            Deed::Merge {
                card: card("contact", &twin),
                into: card("contact", &anna),
            },
        )
        .unwrap();
    portal
        .does(
            OLGA,
            Deed::Close {
                card: card("deal", &deal),
                how: Closing::Lost,
            },
        )
        .unwrap();
    let merged = portal.call("crm.contact.get", json!({"id": anna})).await;
    assert_eq!(merged["PHONE"].as_array().unwrap().len(), 2);
    assert_eq!(portal.refusal("crm.contact.get", json!({"id": twin})).await.0, 400);
    let deal = portal.call("crm.deal.get", json!({"id": deal})).await;
    assert_eq!(
        (deal["CONTACT_ID"].as_str(), deal["STAGE_ID"].as_str()),
        (Some(anna.to_string().as_str()), Some("LOSE"))
    );
}
