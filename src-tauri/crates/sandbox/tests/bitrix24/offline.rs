//! The queue of offline events: binding, taking, reserving, confirming, losing nothing.

use crate::world::{MAXIM, OLGA, Portal};
use sandbox::chaos::{Kind, Trouble};
use sandbox::crm::{CardId, Deed};
use serde_json::{Value, json};

const ADD: &str = "ONCRMLEADADD";
const UPDATE: &str = "ONCRMLEADUPDATE";

async fn ids(portal: &Portal, method: &str, params: Value) -> Vec<String> {
    let answer = portal.call(method, params).await;
    let rows = answer.get("events").unwrap_or(&answer).as_array().unwrap().clone();
    rows.into_iter()
        .map(|row| row["ID"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn only_administrators_bind_offline_and_nobody_twice() {
    let portal = Portal::start().await;
    let offline = json!({"event": ADD, "event_type": "offline"});
    let maxim = portal.token_of(MAXIM);
    let (status, body) = portal.ask(&maxim, "event.bind", offline.clone()).await;
    assert_eq!((status, body["error"].as_str()), (403, Some("ACCESS_DENIED")));
    assert_eq!(portal.call("event.bind", offline.clone()).await, true);
    assert_eq!(
        portal.refusal("event.bind", offline.clone()).await,
        (400, "ERROR_CORE".into())
    );
    assert_eq!(
        portal.refusal("event.bind", json!({"event": "ONSINGING"})).await.1,
        "ERROR_EVENT_NOT_FOUND"
    );
    let none = json!({"event": "ONOFFLINEEVENT", "event_type": "offline"});
    assert_eq!(portal.refusal("event.bind", none).await.1, "ERROR_ARGUMENT");
    assert_eq!(
        portal.call("event.get", json!({})).await,
        json!([{"event": ADD, "connector_id": "", "offline": 1}])
    );
    assert_eq!(portal.call("event.unbind", offline).await, json!({"count": 1}));
    assert_eq!(portal.ask(&maxim, "event.offline.list", json!({})).await.0, 403);
}

#[tokio::test]
async fn an_equal_event_is_not_put_in_twice_and_ones_own_not_at_all() {
    let portal = Portal::start().await;
    portal.listens(&[ADD, UPDATE]).await;
    portal.makes_lead(OLGA, "Стол");
    let lead = portal
        .crm()
        .cards()
        .into_iter()
        .find(|card| card.title == "Стол")
        .unwrap()
        .id;
    for title in ["Стол дубовый", "Стол из дуба"] {
        portal
            .does(
                OLGA,
                Deed::Rename {
                    card: lead.clone(),
                    title: title.into(),
                },
            )
            .unwrap();
    }
    portal.call("crm.lead.add", json!({"fields": {"TITLE": "Наш"}})).await;
    let events = portal.events().await;
    let data = json!({"FIELDS": {"ID": lead.number()}});
    assert_eq!(events, [(ADD.to_owned(), data.clone()), (UPDATE.to_owned(), data)]);
    assert_eq!(portal.events().await, []);
}

#[tokio::test]
async fn reserved_rows_are_hidden_until_they_are_confirmed() {
    let portal = Portal::start().await;
    portal.listens(&[ADD]).await;
    for title in ["а", "б", "в"] {
        portal.makes_lead(OLGA, title);
    }
    let reserved = portal.call("event.offline.get", json!({"clear": 0, "limit": 2})).await;
    let process = reserved["process_id"].as_str().unwrap();
    assert_eq!((process.len(), reserved["events"].as_array().unwrap().len()), (32, 2));
    assert_eq!(
        ids(&portal, "event.offline.get", json!({"clear": 0, "filter": {">ID": 0}})).await,
        ["3"]
    );
    assert_eq!(
        ids(&portal, "event.offline.get", json!({"clear": 0, "process_id": process})).await,
        ["1", "2"]
    );
    let first = json!({"process_id": process, "message_id": [reserved["events"][0]["MESSAGE_ID"]]});
    assert_eq!(portal.call("event.offline.clear", first).await, true);
    let listed = portal
        .call("event.offline.list", json!({"filter": {"PROCESS_ID": process}}))
        .await;
    assert_eq!(
        (listed.as_array().unwrap().len(), listed[0]["ID"].as_str()),
        (1, Some("2"))
    );
    portal.call("event.offline.clear", json!({"process_id": process})).await;
    assert_eq!(ids(&portal, "event.offline.list", json!({})).await, ["3"]);
}

#[tokio::test]
async fn failed_rows_come_back_only_when_asked_for() {
    let portal = Portal::start().await;
    portal.listens(&[ADD]).await;
    portal.makes_lead(OLGA, "Стол");
    let reserved = portal.call("event.offline.get", json!({"clear": 0})).await;
    let failed = json!({"process_id": reserved["process_id"], "message_id": [reserved["events"][0]["MESSAGE_ID"]]});
    assert_eq!(portal.call("event.offline.error", failed).await, true);
    assert_eq!(
        ids(&portal, "event.offline.get", json!({"clear": 0})).await,
        Vec::<String>::new()
    );
    assert_eq!(
        ids(&portal, "event.offline.get", json!({"clear": 0, "error": 1})).await,
        ["1"]
    );
}

#[tokio::test]
async fn a_small_plan_lists_and_then_takes_by_number() {
    let portal = Portal::start().await;
    portal.switch("portal", json!({"reserving": false, "sources": false}));
    assert_eq!(
        portal
            .call("feature.get", json!({"CODE": "rest_offline_extended"}))
            .await,
        json!({"value": "N"})
    );
    portal.listens(&[ADD]).await;
    portal.makes_lead(OLGA, "а");
    portal.makes_lead(OLGA, "б");
    assert_eq!(portal.refusal("event.offline.get", json!({"clear": 0})).await.0, 403);
    assert_eq!(ids(&portal, "event.offline.list", json!({})).await, ["1", "2"]);
    assert_eq!(
        ids(&portal, "event.offline.get", json!({"filter": {"<=ID": 1}})).await,
        ["1"]
    );
    assert_eq!(ids(&portal, "event.offline.list", json!({})).await, ["2"]);
    let source = json!({"event": UPDATE, "event_type": "offline", "auth_connector": "x"});
    assert_eq!(portal.refusal("event.bind", source).await.0, 403);
}

#[tokio::test]
async fn a_source_of_its_own_is_a_queue_of_its_own() {
    let portal = Portal::start().await;
    portal
        .call(
            "event.bind",
            json!({"event": ADD, "event_type": "offline", "auth_connector": "bridge"}),
        )
        .await;
    portal
        .call("crm.lead.add", json!({"fields": {"TITLE": "Без ключа"}}))
        .await;
    portal
        .call(
            "crm.lead.add",
            json!({"fields": {"TITLE": "С ключом"}, "auth_connector": "bridge"}),
        )
        .await;
    assert_eq!(
        ids(&portal, "event.offline.list", json!({})).await,
        Vec::<String>::new()
    );
    let rows = portal
        .call("event.offline.get", json!({"auth_connector": "bridge"}))
        .await;
    assert_eq!(rows["events"].as_array().unwrap().len(), 1);
    let lead = CardId(format!("lead-{}", rows["events"][0]["EVENT_DATA"]["FIELDS"]["ID"]));
    assert_eq!(portal.card(&lead.0).title, "Без ключа");
}

#[tokio::test]
async fn a_lost_answer_costs_what_was_taken_but_not_what_was_reserved() {
    let portal = Portal::start().await;
    portal.listens(&[ADD]).await;
    portal.makes_lead(OLGA, "Стол");
    let chaos = &portal.sandbox.crm("bitrix24").unwrap().chaos;
    chaos.order(Trouble::of(Kind::LoseAnswer).on("event.offline.get").times(1));
    let url = format!("{}/rest/event.offline.get", portal.base);
    let body = json!({"auth": portal.token, "clear": 0});
    assert!(portal.http.post(&url).json(&body).send().await.is_err());
    let rows = portal.call("event.offline.list", json!({})).await;
    assert_eq!(rows[0]["PROCESS_ID"].as_str().unwrap().len(), 32);
    chaos.order(Trouble::of(Kind::Duplicate).on("event.offline.list").times(1));
    assert_eq!(ids(&portal, "event.offline.list", json!({})).await, ["1", "1"]);
}
