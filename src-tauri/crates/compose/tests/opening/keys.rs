use compose::StatusKind;
use contracts::Secret;
use futures::StreamExt;
use serde_json::json;
use web::{Backend, Refusal};

use crate::office::{Office, Olga, at_field};

#[tokio::test]
async fn with_a_keyring_nothing_is_asked() {
    let office = Office::with_keyring();
    let olga = office.starts();
    olga.introduces_herself().await;
    olga.0.close().await;
    let again = office.starts();
    assert!(again.is_known().await);
    again.0.close().await;
}

#[tokio::test]
async fn without_a_keyring_the_page_asks_and_opens() {
    let office = Office::without_keyring();
    let olga = office.starts();
    let status = olga.calls("workspace.status", json!({})).await.unwrap();
    assert_eq!(
        status,
        json!({"state": "locked", "first_time": true, "shortest_passphrase": 8,
               "reason": {"key": "key.no_keyring"}, "damaged": false})
    );
    assert!(matches!(olga.calls("boot", json!({})).await, Err(Refusal::Locked)));
    assert_eq!(
        at_field(olga.unlocks("коротко").await),
        ("passphrase".into(), "key.passphrase_short".into())
    );
    assert_eq!(olga.unlocks("семь синих китов").await.unwrap()["state"], "open");
    assert_eq!(
        olga.calls("boot", json!({})).await.unwrap()["workspace"]["passphrase"],
        true
    );
    olga.0.close().await;
}

#[tokio::test]
async fn the_next_day_a_wrong_passphrase_changes_nothing() {
    let office = Office::without_keyring();
    let monday = office.starts();
    monday.unlocks("семь синих китов").await.unwrap();
    monday.introduces_herself().await;
    monday.0.close().await;

    let tuesday = office.starts();
    assert_eq!(
        tuesday.is_told().await,
        (StatusKind::Locked, "key.passphrase_needed".into())
    );
    assert_eq!(
        at_field(tuesday.unlocks("семь серых китов").await),
        ("passphrase".into(), "key.wrong_passphrase".into())
    );
    assert_eq!(tuesday.is_told().await.0, StatusKind::Locked);
    tuesday.unlocks("семь синих китов").await.unwrap();
    assert!(tuesday.is_known().await);
    tuesday.0.close().await;
}

#[tokio::test]
async fn a_passphrase_given_at_the_start_opens_without_a_question() {
    let office = Office::without_keyring();
    let with = |passphrase: &str| {
        let mut setup = office.setup();
        setup.passphrase = Some(Secret::new(passphrase.to_owned()));
        Olga(compose::Workspace::open(setup))
    };
    let olga = with("семь синих китов");
    assert_eq!(olga.is_told().await.0, StatusKind::Open);
    olga.0.close().await;
    let mistaken = with("семь серых китов");
    assert_eq!(
        mistaken.is_told().await,
        (StatusKind::Locked, "key.wrong_passphrase".into())
    );
    mistaken.0.close().await;
}

#[tokio::test]
async fn one_folder_is_open_once() {
    let office = Office::with_keyring();
    let first = office.starts();
    assert_eq!(first.is_told().await.0, StatusKind::Open);
    let second = office.starts();
    assert_eq!(second.is_told().await, (StatusKind::Failed, "workspace.in_use".into()));
    first.0.close().await;
    assert_eq!(
        second.calls("workspace.retry", json!({})).await.unwrap()["state"],
        "open"
    );
    second.0.close().await;
}

#[tokio::test]
async fn the_page_hears_that_it_was_unlocked() {
    let office = Office::without_keyring();
    let olga = office.starts();
    olga.0.status().await;
    let mut heard = olga.0.changes();
    olga.unlocks("семь синих китов").await.unwrap();
    assert_eq!(heard.next().await, Some(api::changes::Change::Everything));
    olga.0.close().await;
    while let Some(change) = heard.next().await {
        assert_eq!(change, api::changes::Change::Everything);
    }
}
