//! Several methods in one call.

use crate::world::Portal;
use serde_json::{Map, Value, json};

#[tokio::test]
async fn later_commands_use_what_earlier_ones_found() {
    let portal = Portal::start().await;
    // The order is that of the text, not of the names; a map of ours would sort them.
    let cmd = r#"{"z": "crm.contact.add?fields[NAME]=Пётр",
        "a": "crm.deal.add?fields[TITLE]=Стол&fields[CONTACT_ID]=$result[z]", "b": "crm.deal.get?id=$result[a]"}"#;
    let body = format!(r#"{{"auth": "{}", "halt": 1, "cmd": {cmd}}}"#, portal.token);
    let url = format!("{}/rest/batch.json", portal.base);
    let answer = portal
        .http
        .post(url)
        .header("content-type", "application/json")
        .body(body);
    let done: Value = answer.send().await.unwrap().json().await.unwrap();
    let done = done["result"].clone();
    assert_eq!(done["result"]["b"]["CONTACT_ID"], done["result"]["z"].to_string());
    assert_eq!((&done["result_error"], &done["result_next"]), (&json!([]), &json!([])));
}

#[tokio::test]
async fn an_error_stops_the_rest_only_when_asked() {
    let portal = Portal::start().await;
    let cmd = json!(["crm.lead.get?id=999999", "profile"]);
    let all = portal.call("batch", json!({"halt": 0, "cmd": cmd})).await;
    assert_eq!(
        all["result_error"],
        json!([{"error": "", "error_description": "Not found"}])
    );
    assert_eq!(all["result"]["1"]["ID"], "1");
    let halted = portal.call("batch", json!({"halt": 1, "cmd": cmd})).await;
    assert_eq!(
        (&halted["result"], halted["result_error"].as_array().unwrap().len()),
        (&json!([]), 1)
    );
}

#[tokio::test]
async fn numbered_results_are_a_list_and_named_ones_keep_their_order() {
    let portal = Portal::start().await;
    let numbered: Vec<&str> = vec!["profile"; 12];
    let done = portal.call("batch", json!({"cmd": numbered})).await;
    assert_eq!(done["result"].as_array().unwrap().len(), 12);
    let named = json!({"auth": portal.token, "cmd": {"req_10": "profile", "req_9": "scope"}});
    let text = portal
        .http
        .post(format!("{}/rest/batch", portal.base))
        .body(named.to_string())
        .send()
        .await
        .unwrap();
    let text = text.text().await.unwrap();
    let place = |name: &str| text.find(name).unwrap_or_else(|| panic!("{text}"));
    assert!(place("req_10") < place("req_9"));
}

#[tokio::test]
async fn the_fifty_first_and_a_batch_inside_are_refused() {
    let portal = Portal::start().await;
    let many: Map<String, Value> = (0..51)
        .map(|number| (format!("c{number:02}"), "profile".into()))
        .collect();
    let done = portal.call("batch", json!({"cmd": many})).await;
    assert_eq!(done["result"].as_object().unwrap().len(), 50);
    assert_eq!(done["result_error"]["c50"]["error"], "ERROR_BATCH_LENGTH_EXCEEDED");
    let nested = portal
        .call("batch", json!({"cmd": {"a": "batch?cmd[x]=profile"}}))
        .await;
    assert_eq!(nested["result_error"]["a"]["error"], "ERROR_BATCH_METHOD_NOT_ALLOWED");
}

#[tokio::test]
async fn a_list_in_a_batch_tells_its_length() {
    let portal = Portal::start().await;
    let done = portal
        .call(
            "batch",
            json!({"cmd": {"all": "crm.status.list?filter[ENTITY_ID]=SOURCE", "none": "crm.lead.list"}}),
        )
        .await;
    assert_eq!(done["result_total"], json!({"all": 7, "none": 0}));
    assert_eq!(done["result"]["none"], json!([]));
}
