//! Writing first from a card through a sender of texts.

use crate::online::{handler, next};
use crate::world::{MAXIM, Portal};
use sandbox::crm::{CardId, Deed};
use sandbox::{Letter, Refused};
use serde_json::json;

#[tokio::test]
async fn a_text_from_a_card_comes_to_the_handler_and_its_fate_goes_back() {
    let portal = Portal::start().await;
    let (address, mut forms) = handler().await;
    let sender = json!({"CODE": "bridge", "TYPE": "SMS", "HANDLER": address, "NAME": "Беседка"});
    assert_eq!(portal.call("messageservice.sender.add", sender.clone()).await, true);
    assert_eq!(
        portal.refusal("messageservice.sender.add", sender).await.1,
        "ERROR_SENDER_ALREADY_INSTALLED"
    );
    assert_eq!(
        portal.call("messageservice.sender.list", json!({})).await,
        json!(["bridge"])
    );
    let card = CardId("contact-271".into());
    portal
        .does(
            MAXIM,
            Deed::WriteFirst {
                card,
                letter: Letter::saying("Ваш заказ готов"),
            },
        )
        .unwrap();
    let form = next(&mut forms).await;
    assert_eq!(
        (form["message_body"].as_str(), form["message_to"].as_str()),
        ("Ваш заказ готов", "+7 (912) 000-01-02")
    );
    assert_eq!(form["bindings[0][OWNER_TYPE_ID]"], "3");
    let status = json!({"CODE": "bridge", "MESSAGE_ID": form["message_id"], "STATUS": "delivered"});
    assert_eq!(portal.call("messageservice.message.status.update", status).await, true);
    assert_eq!(portal.switch("texts", json!({}))[0]["status"], "delivered");
    let unknown = json!({"CODE": "bridge", "MESSAGE_ID": "no", "STATUS": "delivered"});
    assert_eq!(
        portal.refusal("messageservice.message.status.update", unknown).await.1,
        "ERROR_MESSAGE_NOT_FOUND"
    );
}

#[tokio::test]
async fn without_a_sender_nobody_writes_first() {
    let portal = Portal::start().await;
    let card = CardId("contact-271".into());
    let refused = portal.does(
        MAXIM,
        Deed::WriteFirst {
            card,
            letter: Letter::saying("?"),
        },
    );
    assert_eq!(refused, Err(Refused::NotOnThisNetwork));
    let invalid = json!({"CODE": "b", "TYPE": "FAX", "HANDLER": "https://example.com", "NAME": "x"});
    assert_eq!(
        portal.refusal("messageservice.sender.add", invalid).await.1,
        "ERROR_SENDER_VALIDATION_FAILURE"
    );
}
