//! What managers do, the same over the control interface, and TLS.

use crate::common::http;
use crate::world::Desk;
use reqwest::{Certificate, Method, StatusCode};
use sandbox::crm::{CardId, CardKind, Closing, Deed};
use sandbox::{Options, People, Refused};
use serde_json::{Value, json};

#[tokio::test]
async fn merged_contacts_keep_chats_leads_and_phones() {
    let desk = Desk::connected().await;
    let (chat, _) = desk.anna_writes("m1", json!({"type": "text", "text": "Ау"})).await;
    let fresh = desk.crm().chats()[0].contact.clone().unwrap();
    let old = desk.card("contacts", json!({"name": "Анна из базы"})).await;
    let into = CardId::of(CardKind::Contact, old);
    desk.does(Deed::Merge {
        card: fresh.clone(),
        into: into.clone(),
    })
    .unwrap();
    assert!(desk.shown(&fresh).is_none());
    let kept = desk.shown(&into).unwrap();
    assert_eq!(
        (kept.fields[0].values[0].as_str(), kept.linked.len()),
        ("+79991112233", 1)
    );
    assert_eq!(
        desk.get(&format!("contacts/chats?chat_id={chat}")).await["_embedded"]["chats"][0]["contact_id"],
        old
    );
    let gone = format!("contacts/{}", fresh.number().unwrap());
    assert_eq!(desk.refused(Method::GET, &gone, None).await.0, 404);
}

#[tokio::test]
async fn a_message_after_the_lead_was_closed_makes_a_new_one() {
    let desk = Desk::connected().await;
    desk.anna_writes("m1", json!({"type": "text", "text": "Ау"})).await;
    let lead = desk.crm().chats()[0].card.clone().unwrap();
    desk.does(Deed::Accept { card: lead.clone() }).unwrap();
    desk.does(Deed::Close {
        card: lead.clone(),
        how: Closing::Lost,
    })
    .unwrap();
    assert_eq!(desk.shown(&lead).unwrap().closed, Some(Closing::Lost));
    desk.anna_writes("m2", json!({"type": "text", "text": "Я передумала"}))
        .await;
    let next = desk.crm().chats()[0].card.clone().unwrap();
    assert!(next != lead && desk.shown(&next).unwrap().unsorted);
}

#[tokio::test]
async fn a_deleted_field_is_refused_from_then_on() {
    let desk = Desk::open().await;
    let made = desk
        .post("leads/custom_fields", json!([{"name": "yandex", "type": "text"}]))
        .await;
    let id = made["_embedded"]["custom_fields"][0]["id"].clone();
    let delete = |field: &str, of| Deed::DeleteField {
        of,
        field: field.to_owned(),
    };
    desk.does(delete("yandex", CardKind::Lead)).unwrap();
    let filled = json!([{"custom_fields_values": [{"field_id": id, "values": [{"value": "1"}]}]}]);
    assert_eq!(desk.refused(Method::POST, "leads", Some(filled)).await.0, 400);
    assert_eq!(
        desk.does(delete("Телефон", CardKind::Contact)),
        Err(Refused::NotAllowed)
    );
    let igor = desk.crm().managers().remove(1).id;
    let refused = desk.crm().manager_does(&igor, delete("yandex", CardKind::Lead));
    assert_eq!(refused, Err(Refused::NotAllowed));
}

#[tokio::test]
async fn a_manager_is_played_over_the_control_interface() {
    let desk = Desk::connected().await;
    desk.anna_writes("m1", json!({"type": "text", "text": "Ау"})).await;
    let control = desk.sandbox.control_url();
    let get = async |path: &str| -> Value {
        http()
            .get(format!("{control}{path}"))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    };
    let crm = get("crms").await[0].clone();
    let chat = get("crms/amocrm/chats").await[0].clone();
    let deed = json!({"deed": "answer", "chat": chat["id"], "letter": {"text": "Слушаю", "parts": [{"part": "file", "shown_as": "photo", "file": {"sample": "photo"}}]}});
    let path = format!(
        "{control}crms/amocrm/managers/{}/deeds",
        crm["managers"][0]["id"].as_str().unwrap()
    );
    let done: Value = http()
        .post(&path)
        .json(&deed)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let message = done["messages"][0].as_str().unwrap();
    let file = format!(
        "{control}crms/amocrm/chats/{}/{message}/0",
        chat["id"].as_str().unwrap()
    );
    assert_eq!(
        http().get(file).send().await.unwrap().headers()["content-type"],
        "image/jpeg"
    );
    let wrong = json!({"deed": "close", "card": "lead-1", "how": "won"});
    assert_eq!(
        http().post(&path).json(&wrong).send().await.unwrap().status(),
        StatusCode::NOT_FOUND
    );
    let page = http()
        .get(format!("{control}crm"))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(page.starts_with("<!doctype html>"));
    let trouble = json!({"kind": "delay", "ms": 1});
    assert!(
        http()
            .post(format!("{control}vendors/amocrm/chaos"))
            .json(&trouble)
            .send()
            .await
            .unwrap()
            .status()
            .is_success()
    );
}

#[tokio::test]
async fn every_address_speaks_tls_under_the_authority_of_the_world() {
    let desk = Desk::open().await;
    let _ = http(); // installs the crypto
    let authority = Certificate::from_pem(&std::fs::read(desk.said("tls_ca")).unwrap()).unwrap();
    let port = url::Url::parse(&desk.base).unwrap().port().unwrap();
    let secure = reqwest::Client::builder()
        .tls_certs_only([authority])
        .resolve("lesnaya.amocrm.ru", ([127, 0, 0, 1], port).into())
        .build()
        .unwrap();
    for host in ["127.0.0.1", "lesnaya.amocrm.ru"] {
        let url = format!("https://{host}:{port}/api/v4/account?with=drive_url");
        let answer: Value = secure
            .get(url)
            .bearer_auth(&desk.token)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        assert_eq!(answer["drive_url"], format!("https://{host}:{port}"));
    }
    for vendor in ["telegram_bot", "vk", "control"] {
        let url = desk.said(vendor).replace("http://", "https://");
        assert!(secure.get(url).send().await.is_ok(), "{vendor}");
    }
    assert_eq!(
        desk.sandbox.tls_ca().as_bytes(),
        std::fs::read(desk.said("tls_ca")).unwrap()
    );
}

#[tokio::test]
async fn a_living_manager_takes_the_lead_and_answers() {
    let people = People {
        count: 0,
        per_minute: 0.0,
        pace: 0.000_1,
        seed: 3,
    };
    let options = Options {
        limits: false,
        people: Some(people),
        ..Options::default()
    };
    let desk = Desk::with(options).await;
    desk.connect().await;
    let mut news = desk.world().news.listen();
    for number in 0..40 {
        desk.anna_writes(&format!("m{number}"), json!({"type": "text", "text": "Ау"}))
            .await;
        let wait = std::time::Duration::from_millis(50);
        while let Ok(Ok(told)) = tokio::time::timeout(wait, news.recv()).await {
            if matches!(told.what, sandbox::news::Happening::BusinessWrote { .. }) {
                let chat = desk.crm().chats().remove(0);
                assert!(!desk.shown(&chat.card.unwrap()).unwrap().unsorted);
                return;
            }
        }
    }
    panic!("nobody answered");
}
