//! Getting in: the way through the browser, tokens and their end, webhooks, rights.

use crate::world::{MAXIM, OLGA, Portal};
use reqwest::redirect::Policy;
use sandbox::AccountChange;
use sandbox::crm::Deed;
use serde_json::{Value, json};
use std::collections::HashMap;
use url::Url;

/// Signs in on the consent page; gives the query of the address that the browser is sent to.
async fn signs_in(portal: &Portal, user: i64) -> HashMap<String, String> {
    let browser = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
    let page = format!(
        "{}/oauth/authorize/?client_id={}&state=mark",
        portal.base, portal.client_id
    );
    let shown = browser.get(&page).send().await.unwrap().text().await.unwrap();
    assert!(
        shown.contains("Беседка") && shown.contains("Ольга Лесникова (администратор)"),
        "{shown}"
    );
    let form = [
        ("client_id", portal.client_id.clone()),
        ("state", "mark".into()),
        ("user", user.to_string()),
    ];
    let sent = browser
        .post(format!("{}/oauth/authorize/", portal.base))
        .form(&form)
        .send()
        .await
        .unwrap();
    let target = Url::parse(sent.headers()["location"].to_str().unwrap()).unwrap();
    assert!(target.as_str().starts_with("http://127.0.0.1:37124/?"));
    target.query_pairs().into_owned().collect()
}

async fn exchange(portal: &Portal, more: &[(&str, &str)]) -> (u16, Value) {
    let mut query = vec![
        ("client_id", portal.client_id.as_str()),
        ("client_secret", &portal.client_secret),
    ];
    query.extend(more);
    let answer = portal
        .http
        .get(format!("{}/oauth/token/", portal.base))
        .query(&query)
        .send()
        .await
        .unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn an_administrator_signs_in_and_the_program_calls_in_their_name() {
    let portal = Portal::start().await;
    let told = signs_in(&portal, OLGA).await;
    assert_eq!(
        (told["state"].as_str(), told["domain"].as_str()),
        ("mark", portal.base.trim_start_matches("http://"))
    );
    assert!(told["scope"].contains("imconnector"));
    let (status, given) = exchange(
        &portal,
        &[("grant_type", "authorization_code"), ("code", &told["code"])],
    )
    .await;
    assert_eq!(
        (status, given["expires_in"].as_i64(), given["status"].as_str()),
        (200, Some(3600), Some("L"))
    );
    assert_eq!(given["client_endpoint"], format!("{}/rest/", portal.base));
    assert_eq!(given["member_id"], told["member_id"]);
    let (_, profile) = portal
        .ask(given["access_token"].as_str().unwrap(), "profile", json!({}))
        .await;
    assert_eq!(
        (profile["result"]["ADMIN"].as_bool(), profile["result"]["NAME"].as_str()),
        (Some(true), Some("Ольга"))
    );
    let (status, again) = exchange(
        &portal,
        &[("grant_type", "authorization_code"), ("code", &told["code"])],
    )
    .await;
    assert_eq!((status, again["error"].as_str()), (400, Some("invalid_grant")));
}

#[tokio::test]
async fn a_code_dies_after_half_a_minute() {
    let portal = Portal::start().await;
    let told = signs_in(&portal, OLGA).await;
    portal
        .sandbox
        .world()
        .clock
        .advance(jiff::SignedDuration::from_secs(31));
    let (status, body) = exchange(
        &portal,
        &[("grant_type", "authorization_code"), ("code", &told["code"])],
    )
    .await;
    assert_eq!((status, body["error"].as_str()), (400, Some("invalid_grant")));
}

#[tokio::test]
async fn an_access_token_lives_an_hour_and_a_refresh_token_once() {
    let portal = Portal::start().await;
    let pair = portal.switch("token", json!({"user": OLGA}));
    let (access, refresh) = (
        pair["access_token"].as_str().unwrap(),
        pair["refresh_token"].as_str().unwrap(),
    );
    portal
        .sandbox
        .world()
        .clock
        .advance(jiff::SignedDuration::from_secs(3_600));
    let (status, body) = portal.ask(access, "profile", json!({})).await;
    assert_eq!((status, body["error"].as_str()), (401, Some("expired_token")));
    let renew = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
    let (status, fresh) = exchange(&portal, &renew).await;
    assert_eq!((status, fresh["user_id"].as_i64()), (200, Some(OLGA)));
    assert_eq!(
        portal
            .ask(fresh["access_token"].as_str().unwrap(), "profile", json!({}))
            .await
            .0,
        200
    );
    assert_eq!(exchange(&portal, &renew).await.1["error"], "invalid_grant");
}

#[tokio::test]
async fn a_removed_or_unpaid_application_gets_nothing() {
    let portal = Portal::start().await;
    let pair = portal.switch("token", json!({"user": OLGA}));
    let renew = [
        ("grant_type", "refresh_token"),
        ("refresh_token", pair["refresh_token"].as_str().unwrap()),
    ];
    portal.switch("app", json!({"unpaid": true}));
    assert_eq!(exchange(&portal, &renew).await.1["error"], "PAYMENT_REQUIRED");
    portal.switch("app", json!({"unpaid": false, "installed": false}));
    assert_eq!(exchange(&portal, &renew).await.1["error"], "invalid_client");
    let access = pair["access_token"].as_str().unwrap();
    assert_eq!(
        portal.ask(access, "profile", json!({})).await,
        (
            401,
            json!({
                "error": "APPLICATION_NOT_FOUND", "error_description": "Application not found",
            })
        )
    );
}

#[tokio::test]
async fn no_token_a_wrong_token_and_a_wrong_webhook_are_told_apart() {
    let portal = Portal::start().await;
    assert_eq!(portal.ask("", "profile", json!({})).await.1["error"], "NO_AUTH_FOUND");
    assert_eq!(
        portal.ask("wrong", "profile", json!({})).await.1["error"],
        "invalid_token"
    );
    let wrong = format!("{}/rest/1/wrong/profile", portal.base);
    let answer = portal.http.get(wrong).send().await.unwrap();
    assert_eq!(answer.status(), 401);
    let by_header = portal
        .http
        .get(format!("{}/rest/profile", portal.base))
        .bearer_auth(&portal.token);
    assert_eq!(by_header.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_webhook_has_cards_and_no_connectors() {
    let portal = Portal::start().await;
    assert_eq!(
        portal
            .hook("crm.lead.add", json!({"fields": {"TITLE": "С сайта"}}))
            .await
            .0,
        200
    );
    let (status, body) = portal.hook("imconnector.list", json!({})).await;
    assert_eq!((status, body["error"].as_str()), (403, Some("WRONG_AUTH_TYPE")));
    assert_eq!(
        portal.hook("event.bind", json!({"event": "ONCRMLEADADD"})).await.1["error"],
        "WRONG_AUTH_TYPE"
    );
}

#[tokio::test]
async fn a_scope_taken_away_is_missed_at_once() {
    let portal = Portal::start().await;
    assert!(portal.does(MAXIM, Deed::BlockScope { scope: "crm".into() }).is_err());
    portal.does(OLGA, Deed::BlockScope { scope: "crm".into() }).unwrap();
    assert_eq!(
        portal.refusal("crm.lead.list", json!({})).await,
        (403, "insufficient_scope".into())
    );
    portal.does(OLGA, Deed::AllowScope { scope: "crm".into() }).unwrap();
    portal.call("crm.lead.list", json!({})).await;
}

#[tokio::test]
async fn an_account_without_rest_and_renewed_secrets_stop_everything() {
    let portal = Portal::start().await;
    portal.change(AccountChange::Ban);
    assert_eq!(
        portal.refusal("profile", json!({})).await,
        (403, "ACCESS_DENIED".into())
    );
    portal.change(AccountChange::Unban);
    portal.change(AccountChange::ExpireToken);
    assert_eq!(
        portal.refusal("profile", json!({})).await,
        (401, "expired_token".into())
    );
    portal.change(AccountChange::RestoreToken);
    portal.call("profile", json!({})).await;
    portal.change(AccountChange::RenewToken);
    assert_eq!(
        portal.refusal("profile", json!({})).await,
        (401, "invalid_token".into())
    );
    assert_eq!(portal.hook("profile", json!({})).await.0, 401);
    assert_ne!(
        portal.crm().credentials()["client_secret"],
        portal.client_secret.as_str()
    );
}

#[tokio::test]
async fn a_method_tells_whether_it_is_there_and_open() {
    let portal = Portal::start().await;
    let is = async |name: &str| portal.call("method.get", json!({"name": name})).await;
    assert_eq!(
        is("imconnector.register").await,
        json!({"isExisting": true, "isAvailable": true})
    );
    portal.switch("app", json!({"scopes": "crm"}));
    assert_eq!(
        is("imconnector.register").await,
        json!({"isExisting": true, "isAvailable": false})
    );
    assert_eq!(
        is("crm.lead.sing").await,
        json!({"isExisting": false, "isAvailable": false})
    );
    assert_eq!(
        portal.refusal("crm.lead.sing", json!({})).await,
        (404, "ERROR_METHOD_NOT_FOUND".into())
    );
    assert_eq!(portal.call("scope", json!({})).await, json!(["crm"]));
    assert_eq!(portal.call("app.info", json!({})).await["STATUS"], "L");
}
