//! Connecting an account.

use std::sync::Arc;

use contracts::{
    SystemClock,
    crm::{Crm, LoginError, LoginStep},
};
use sandbox::{Options, Sandbox, crm::Deed};
use serde_json::{Value, json};

use super::world::{World, anna, does, inputs, log_in, network, said, says};
use crate::amocrm::CRM;

fn fields(error: LoginError) -> Vec<(String, String)> {
    match error {
        LoginError::Fields(fields) => fields
            .into_iter()
            .map(|one| (one.field, one.reason.key.into_owned()))
            .collect(),
        other => panic!("{other:?}"),
    }
}

async fn wrong(sandbox: &Sandbox, field: &str, value: &str) -> (String, String) {
    fields(log_in(sandbox, &[(field, value)]).await.unwrap_err()).remove(0)
}

#[tokio::test]
async fn a_pasted_token_is_checked_and_its_end_is_told() {
    let world = World::chats(json!({})).await;
    assert_eq!(world.context.remote_id.as_str(), "31274114");
    let ready = world.unprepared().prepare().await.unwrap();
    assert_eq!(ready.handle.as_deref(), Some("lesnaya.amocrm.ru"));
    let year = i64::from(365 * 86_400);
    let left = ready.expires_at.unwrap().secs() - contracts::Clock::now(&SystemClock).secs();
    assert!((year - 600..=year).contains(&left), "{left}");
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let told = |field: &str, reason: &str| (field.to_owned(), format!("amocrm.reason.{reason}"));
    assert_eq!(wrong(&sandbox, "token", "").await, told("token", "token_empty"));
    assert_eq!(wrong(&sandbox, "token", "def50200").await, told("token", "token_form"));
    assert_eq!(wrong(&sandbox, "address", "").await, told("address", "address_empty"));
    assert_eq!(
        wrong(&sandbox, "channel_id", "7").await,
        told("channel_id", "channel_id_form")
    );
    let unknown = "00000000-0000-4000-8000-000000000000";
    assert_eq!(wrong(&sandbox, "channel_id", unknown).await.0, "channel_id");
    assert_eq!(
        wrong(&sandbox, "channel_secret", "nope").await,
        told("channel_secret", "channel_secret")
    );
    let crm = sandbox.crm("amocrm").unwrap();
    let marina = crm.vendor.managers().remove(0).id;
    let no_longer = Deed::Promote {
        manager: marina.clone(),
        administrator: false,
    };
    crm.vendor.manager_does(&marina, no_longer).unwrap();
    let token = said(&sandbox, "amocrm_token");
    assert_eq!(wrong(&sandbox, "token", &token).await, told("token", "not_admin"));
}

#[tokio::test]
async fn an_integration_is_signed_in_to_and_renews_itself() {
    let world = World::append(json!({})).await;
    let mut login = CRM
        .login("oauth", network(&world.sandbox), Arc::new(SystemClock))
        .unwrap();
    let of = |name: &str| said(&world.sandbox, name);
    let entered = [
        of("amocrm_client_id"),
        of("amocrm_client_secret"),
        of("amocrm_redirect_uri"),
    ];
    let [id, secret, redirect] = entered.each_ref().map(String::as_str);
    let asked = [
        ("home", "amocrm.ru"),
        ("client_id", id),
        ("client_secret", secret),
        ("redirect_uri", redirect),
    ];
    let LoginStep::OpenUrl { url, .. } = login.next(inputs(&asked)).await.unwrap() else {
        panic!("no page")
    };
    assert!(url.contains("/oauth?client_id="));
    let code = world.special("code", json!({}))["code"].as_str().unwrap().to_owned();
    let pasted = format!("https://lesnaya.example/?code={code}&referer=lesnaya.amocrm.ru");
    let LoginStep::Done(done) = login.next(inputs(&[("answer", &pasted)])).await.unwrap() else {
        panic!("not done")
    };
    let mut world = world;
    world.context.secret = done.secret;
    let link = world.link().await;
    world.crm().change(sandbox::AccountChange::ExpireToken).unwrap();
    does(&link, &says(&anna(), 1, "Ау")).await;
    let kept: Value = serde_json::from_str(world.notebook.secrets()[0].expose()).unwrap();
    let before: Value = serde_json::from_str(world.context.secret.expose()).unwrap();
    assert_ne!(
        kept["oauth"]["refresh_token"], before["oauth"]["refresh_token"],
        "it was good for once"
    );
}

#[tokio::test]
async fn a_code_of_another_sign_in_is_not_taken() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let mut login = CRM.login("oauth", network(&sandbox), Arc::new(SystemClock)).unwrap();
    let asked = [
        ("client_id", "a"),
        ("client_secret", "b"),
        ("redirect_uri", "https://c.example"),
    ];
    login.next(inputs(&asked)).await.unwrap();
    let other = login
        .next(inputs(&[("answer", "https://c.example/?code=1&state=2")]))
        .await
        .unwrap_err();
    assert_eq!(fields(other)[0].1, "amocrm.reason.answer_foreign");
    let stale = [("answer", "def502"), ("address", "lesnaya")];
    assert_eq!(
        fields(login.next(inputs(&stale)).await.unwrap_err())[0].1,
        "amocrm.reason.code_refused"
    );
}
