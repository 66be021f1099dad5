//! Addresses that are told what happens.

use crate::world::{Desk, sign};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::post;
use sandbox::Letter;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

type Told = (HeaderMap, Bytes);

/// An address on this machine; gives what is told there.
async fn listener() -> (String, mpsc::UnboundedReceiver<Told>) {
    let (tell, told) = mpsc::unbounded_channel();
    let take = |State(tell): State<mpsc::UnboundedSender<Told>>, headers: HeaderMap, body: Bytes| async move {
        tell.send((headers, body)).unwrap();
    };
    let router = Router::new().route("/{*any}", post(take)).with_state(tell);
    let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", socket.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(socket, router).await });
    (address, told)
}

#[tokio::test]
async fn a_hook_of_the_account_hears_of_leads_and_messages() {
    let desk = Desk::connected().await;
    let (address, mut told) = listener().await;
    let wish = json!({"destination": format!("{address}/amo"), "settings": ["add_message", "add_lead"]});
    desk.post("webhooks", wish).await;
    assert_eq!(
        desk.get("webhooks").await["_embedded"]["webhooks"][0]["disabled"],
        false
    );
    desk.anna_writes("m1", json!({"type": "text", "text": "Есть диваны?"}))
        .await;
    let mut forms = BTreeMap::new();
    for _ in 0..2 {
        let (_, body) = told.recv().await.unwrap();
        forms.extend(url::form_urlencoded::parse(&body).into_owned());
    }
    assert_eq!(forms["message[add][0][text]"], "Есть диваны?");
    assert_eq!(forms["message[add][0][author][name]"], "Анна");
    assert_eq!(forms["message[add][0][entity_id]"], forms["leads[add][0][id]"]);
    assert_eq!(forms["account[subdomain]"], "lesnaya");
}

#[tokio::test]
async fn the_channels_address_hears_answers_signed_with_its_secret() {
    let desk = Desk::connected().await;
    let (address, mut told) = listener().await;
    desk.special("channel", json!({"hook": format!("{address}/in/:scope_id")}));
    let (chat, _) = desk.anna_writes("m1", json!({"type": "text", "text": "Ау"})).await;
    let sent = desk.answers(&desk.crm().chats()[0], Letter::saying("Да?"));
    let (headers, body) = told.recv().await.unwrap();
    let text = std::str::from_utf8(&body).unwrap();
    assert_eq!(headers["x-signature"], sign(&desk.said("amojo_secret"), text));
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["message"]["message"]["id"], sent.as_str());
    assert_eq!(
        body["message"]["conversation"],
        json!({"id": chat, "client_id": "anna-chat"})
    );
    assert_eq!(body["message"]["receiver"]["client_id"], "anna");
}
