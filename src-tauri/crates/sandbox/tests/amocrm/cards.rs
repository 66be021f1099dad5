//! Leads, contacts and companies.

use crate::world::Desk;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

fn phone(number: &str) -> Value {
    json!([{"field_code": "PHONE", "values": [{"value": number, "enum_code": "MOB"}]}])
}

#[tokio::test]
async fn a_contact_is_found_by_the_phone_in_any_format() {
    let desk = Desk::open().await;
    let anna =
        json!({"first_name": "Анна", "last_name": "Белова", "custom_fields_values": phone("+7 (999) 111-22-33")});
    let id = desk.card("contacts", anna).await;
    let found = desk.get("contacts?query=79991112233").await;
    let shown = &found["_embedded"]["contacts"][0];
    assert_eq!(
        (shown["id"].as_i64(), &shown["name"]),
        (Some(id), &json!("Анна Белова"))
    );
    assert_eq!(shown["custom_fields_values"][0]["field_type"], "multitext");
    assert_eq!(shown["custom_fields_values"][0]["values"][0]["enum_code"], "MOB");
    let nobody = desk.send(Method::GET, "contacts?query=70000000000", None).await;
    assert_eq!(
        (nobody.status(), nobody.text().await.unwrap()),
        (StatusCode::NO_CONTENT, String::new())
    );
}

#[tokio::test]
async fn a_lead_moves_closes_and_knows_its_contact() {
    let desk = Desk::open().await;
    let anna = desk.card("contacts", json!({"name": "Анна"})).await;
    let lead =
        json!({"name": "Диван", "price": 52000, "_embedded": {"contacts": [{"id": anna}], "tags": [{"name": "tg"}]}});
    let lead = desk.card("leads", lead).await;
    let shown = desk.get(&format!("leads/{lead}?with=contacts")).await;
    assert_eq!(shown["_embedded"]["contacts"][0]["id"], anna);
    assert_eq!(shown["_embedded"]["contacts"][0]["is_main"], true);
    assert_eq!(shown["_embedded"]["tags"][0]["name"], "tg");
    assert_eq!(shown["closed_at"], Value::Null);
    let won = json!({"status_id": 142});
    desk.send(Method::PATCH, &format!("leads/{lead}"), Some(won)).await;
    assert!(desk.get(&format!("leads/{lead}")).await["closed_at"].is_i64());
    let events = desk.get("events?filter[type]=lead_status_changed").await;
    assert_eq!(
        events["_embedded"]["events"][0]["value_after"][0]["lead_status"]["id"],
        142
    );
    let open = desk.send(Method::GET, "contacts/999", None).await;
    assert_eq!(open.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn wrong_values_are_named_with_their_place() {
    let desk = Desk::open().await;
    let lead = json!({"request_id": "q1", "status_id": 1, "custom_fields_values": [{"field_id": 7, "values": [{"value": "x"}]}]});
    let (status, refusal) = desk.refused(Method::POST, "leads", Some(json!([lead]))).await;
    assert_eq!(
        (status, &refusal["validation-errors"][0]["request_id"]),
        (400, &json!("q1"))
    );
    let errors = refusal["validation-errors"][0]["errors"].as_array().unwrap();
    let paths: Vec<&str> = errors.iter().map(|error| error["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["status_id", "custom_fields_values.0.field_id"]);
    assert_eq!(errors[0]["code"], "NotSupportedChoice");
    let many: Vec<Value> = (0..251).map(|number| json!({"name": number.to_string()})).collect();
    assert_eq!(desk.refused(Method::POST, "leads", Some(many.into())).await.0, 400);
}

#[tokio::test]
async fn a_list_comes_in_pages_that_link_to_each_other() {
    let desk = Desk::open().await;
    for name in ["Раз", "Два", "Три"] {
        desk.card("companies", json!({"name": name})).await;
    }
    let first = desk.get("companies?limit=2&page=1").await;
    assert_eq!(first["_embedded"]["companies"].as_array().unwrap().len(), 2);
    let next = first["_links"]["next"]["href"].as_str().unwrap();
    let second = desk.get(next.split("/api/v4/").nth(1).unwrap()).await;
    assert_eq!(
        (&second["_page"], &second["_embedded"]["companies"][0]["name"]),
        (&json!(2), &json!("Три"))
    );
    assert!(second["_links"].get("next").is_none());
    let beyond = desk.send(Method::GET, "companies?limit=2&page=3", None).await;
    assert_eq!(beyond.status(), StatusCode::NO_CONTENT);
    assert_eq!(desk.refused(Method::GET, "companies?limit=251", None).await.0, 422);
}

#[tokio::test]
async fn a_lead_comes_with_contact_and_company_in_one_call() {
    let desk = Desk::open().await;
    let inside = json!({"contacts": [{"first_name": "Олег", "custom_fields_values": phone("+79995556677")}], "companies": [{"name": "ООО Лес"}]});
    let made = desk
        .post("leads/complex", json!([{"name": "Опт", "_embedded": inside}]))
        .await;
    let (lead, contact) = (made[0]["id"].as_i64().unwrap(), made[0]["contact_id"].as_i64().unwrap());
    assert_eq!(
        (&made[0]["merged"], &made[0]["request_id"]),
        (&json!(false), &json!(["0"]))
    );
    let links = desk.get(&format!("leads/{lead}/links")).await;
    let kinds: Vec<&Value> = links["_embedded"]["links"]
        .as_array()
        .unwrap()
        .iter()
        .map(|link| &link["to_entity_type"])
        .collect();
    assert_eq!(kinds, ["contacts", "companies"]);
    let gone = json!([{"to_entity_id": contact, "to_entity_type": "contacts"}]);
    let answer = desk
        .send(Method::POST, &format!("leads/{lead}/unlink"), Some(gone))
        .await;
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    assert_eq!(
        desk.get(&format!("contacts/{contact}?with=leads")).await["_embedded"]["leads"],
        json!([])
    );
}

#[tokio::test]
async fn a_field_is_made_filled_and_emptied() {
    let desk = Desk::open().await;
    let wish = json!([{"name": "Telegram", "type": "text", "code": "TELEGRAM"}]);
    let made = desk.post("contacts/custom_fields", wish.clone()).await;
    let field = made["_embedded"]["custom_fields"][0]["id"].as_i64().unwrap();
    assert_eq!(
        desk.refused(Method::POST, "contacts/custom_fields", Some(wish)).await.0,
        400
    );
    let filled = json!({"name": "Анна", "custom_fields_values": [{"field_id": field, "values": [{"value": "@anna"}]}]});
    let anna = desk.card("contacts", filled).await;
    assert_eq!(
        desk.get("contacts?query=@anna").await["_embedded"]["contacts"][0]["id"],
        anna
    );
    let empty = json!({"custom_fields_values": [{"field_id": field, "values": [{"value": ""}]}]});
    desk.send(Method::PATCH, &format!("contacts/{anna}"), Some(empty)).await;
    assert_eq!(
        desk.get(&format!("contacts/{anna}")).await["custom_fields_values"],
        Value::Null
    );
}
