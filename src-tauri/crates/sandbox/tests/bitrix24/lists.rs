//! Reading lists: pages, filters, orders, chosen fields, the two spellings of one card.

use crate::world::Portal;
use serde_json::{Value, json};

async fn leads(portal: &Portal, count: usize) {
    for number in 0..count {
        portal
            .call("crm.lead.add", json!({"fields": {"TITLE": format!("Лид {number}")}}))
            .await;
    }
}

#[tokio::test]
async fn a_list_comes_in_pages_of_fifty() {
    let portal = Portal::start().await;
    leads(&portal, 53).await;
    let first = portal
        .answer(
            "crm.lead.list",
            json!({"select": ["ID", "TITLE"], "order": {"ID": "ASC"}}),
        )
        .await;
    assert_eq!((first["total"].as_i64(), first["next"].as_i64()), (Some(53), Some(50)));
    assert_eq!(first["result"].as_array().unwrap().len(), 50);
    assert_eq!(first["result"][0].as_object().unwrap().len(), 2);
    let second = portal.answer("crm.lead.list", json!({"start": 50})).await;
    assert_eq!(
        (second["result"].as_array().unwrap().len(), second.get("next")),
        (3, None)
    );
    let uncounted = portal
        .answer("crm.lead.list", json!({"start": -1, "filter": {">ID": 1210}}))
        .await;
    assert_eq!(
        (uncounted.get("total"), uncounted["result"].as_array().unwrap().len()),
        (None, 43)
    );
}

#[tokio::test]
async fn the_time_of_an_answer_tells_what_it_cost() {
    let portal = Portal::start().await;
    portal.call("crm.lead.list", json!({})).await;
    let time = portal.answer("crm.lead.list", json!({})).await["time"].clone();
    assert!(time["operating"].as_f64().unwrap() > 0.0 && time["operating_reset_at"].as_i64().unwrap() > 0);
    assert!(time["date_start"].as_str().unwrap().ends_with("+03:00"));
}

#[tokio::test]
async fn a_form_says_the_same_as_json() {
    let portal = Portal::start().await;
    let form = [
        ("auth", portal.token.as_str()),
        ("fields[TITLE]", "С формы"),
        ("fields[PHONE][0][VALUE]", "+79120000005"),
        ("fields[PHONE][0][VALUE_TYPE]", "MOBILE"),
    ];
    let url = format!("{}/rest/crm.lead.add", portal.base);
    let added: Value = portal
        .http
        .post(url)
        .form(&form)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let query = format!(
        "{}/rest/crm.lead.get.json?auth={}&id={}",
        portal.base, portal.token, added["result"]
    );
    let lead: Value = portal.http.get(query).send().await.unwrap().json().await.unwrap();
    assert_eq!(lead["result"]["TITLE"], "С формы");
    assert_eq!(lead["result"]["PHONE"][0]["VALUE_TYPE"], "MOBILE");
    assert_eq!(lead["result"]["HAS_PHONE"], "Y");
}

#[tokio::test]
async fn one_card_has_two_spellings() {
    let portal = Portal::start().await;
    let item = json!({"entityTypeId": 1, "fields": {
        "title": "Универсальный", "stageId": "IN_PROCESS", "assignedById": 7, "opportunity": 1500,
        "fm": [{"typeId": "PHONE", "valueType": "WORK", "value": "+79120000006"}],
    }});
    let item = portal.call("crm.item.add", item).await["item"].clone();
    assert_eq!(
        (item["stageId"].as_str(), item["opportunity"].as_f64()),
        (Some("IN_PROCESS"), Some(1500.0))
    );
    let lead = portal.call("crm.lead.get", json!({"id": item["id"]})).await;
    assert_eq!(
        (lead["STATUS_ID"].as_str(), lead["OPPORTUNITY"].as_str()),
        (Some("IN_PROCESS"), Some("1500.00"))
    );
    assert_eq!(lead["ASSIGNED_BY_ID"], "7");
    let filter = json!({"entityTypeId": 1, "filter": {"%title": "универс", "@stageId": ["NEW", "IN_PROCESS"]}, "select": ["id", "title"]});
    let found = portal.call("crm.item.list", filter).await;
    assert_eq!(found, json!({"items": [{"id": item["id"], "title": "Универсальный"}]}));
    assert_eq!(
        portal
            .call("crm.item.delete", json!({"entityTypeId": 1, "id": item["id"]}))
            .await,
        json!([])
    );
    assert_eq!(
        portal
            .refusal("crm.item.get", json!({"entityTypeId": 1, "id": item["id"]}))
            .await
            .1,
        "NOT_FOUND"
    );
}

#[tokio::test]
async fn directories_name_stages_and_pipelines() {
    let portal = Portal::start().await;
    let stages = portal
        .call("crm.status.list", json!({"filter": {"ENTITY_ID": "DEAL_STAGE_1"}}))
        .await;
    let codes: Vec<&str> = stages
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["STATUS_ID"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["C1:NEW", "C1:EXECUTING", "C1:WON", "C1:LOSE"]);
    assert_eq!(stages[2]["SEMANTICS"], "S");
    let categories = portal.call("crm.category.list", json!({"entityTypeId": 2})).await;
    assert_eq!(categories["categories"][0]["isDefault"], "Y");
    assert_eq!(
        portal.call("crm.dealcategory.stage.list", json!({"id": 1})).await[0],
        json!({"NAME": "Заявка", "SORT": 10, "STATUS_ID": "C1:NEW"})
    );
}
