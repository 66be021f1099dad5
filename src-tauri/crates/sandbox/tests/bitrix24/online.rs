//! Events that are brought to a handler on this machine.

use crate::world::{MAXIM, OLGA, Portal};
use axum::Router;
use axum::routing::post;
use serde_json::json;
use std::collections::HashMap;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// A handler: its address, and the forms that come.
pub(crate) async fn handler() -> (String, UnboundedReceiver<HashMap<String, String>>) {
    let (sender, receiver) = unbounded_channel();
    let take = move |body: String| async move {
        let form = url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
        sender.send(form).unwrap();
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/hook", post(take))).await });
    (address, receiver)
}

pub(crate) async fn next(forms: &mut UnboundedReceiver<HashMap<String, String>>) -> HashMap<String, String> {
    tokio::time::timeout(Duration::from_secs(5), forms.recv())
        .await
        .unwrap()
        .unwrap()
}

#[tokio::test]
async fn a_handler_hears_what_happened_and_can_call_back() {
    let portal = Portal::start().await;
    let (address, mut forms) = handler().await;
    portal
        .call("event.bind", json!({"event": "OnCrmLeadAdd", "handler": address}))
        .await;
    portal.makes_lead(MAXIM, "Стол");
    let form = next(&mut forms).await;
    assert_eq!(
        (form["event"].as_str(), form["auth[user_id]"].as_str()),
        ("ONCRMLEADADD", "7")
    );
    let id: i64 = form["data[FIELDS][ID]"].parse().unwrap();
    let (_, lead) = portal
        .ask(&form["auth[access_token]"], "crm.lead.get", json!({"id": id}))
        .await;
    assert_eq!(lead["result"]["TITLE"], "Стол");
    assert_eq!(form["auth[client_endpoint]"], format!("{}/rest/", portal.base));
    assert_eq!(form["auth[application_token]"].len(), 32);
}

#[tokio::test]
async fn the_queue_rings_a_handler_that_wants_it() {
    let portal = Portal::start().await;
    let (address, mut forms) = handler().await;
    portal
        .call(
            "event.bind",
            json!({"event": "ONOFFLINEEVENT", "handler": address, "options": {"minTimeout": 0}}),
        )
        .await;
    portal.listens(&["ONCRMLEADADD"]).await;
    portal.makes_lead(OLGA, "Стол");
    assert_eq!(next(&mut forms).await["event"], "ONOFFLINEEVENT");
}

#[tokio::test]
async fn a_handler_needs_a_host_with_a_dot() {
    let portal = Portal::start().await;
    let local = json!({"event": "ONCRMLEADADD", "handler": "http://localhost:1/"});
    assert_eq!(portal.refusal("event.bind", local).await.0, 400);
    assert_eq!(
        portal.refusal("event.bind", json!({"event": "ONCRMLEADADD"})).await.1,
        "ERROR_ARGUMENT"
    );
}
