//! Getting the key of a community through the consent page.

use crate::world::{Line, browser};
use reqwest::redirect::Policy;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const BLANK: &str = "https://oauth.vk.com/blank.html";

/// Opens the page, then presses one of its buttons; gives the address that the browser is sent to.
async fn decide(line: &Line, query: &[(&str, &str)], decision: &str) -> (String, String) {
    let browser = browser(Policy::none());
    let page = browser
        .get(format!("{}/authorize", line.base))
        .query(query)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let form: Vec<_> = query.iter().copied().chain([("decision", decision)]).collect();
    let answer = browser
        .post(format!("{}/authorize/decide", line.base))
        .form(&form)
        .send()
        .await
        .unwrap();
    (page, answer.headers()["location"].to_str().unwrap().to_owned())
}

fn fields(address: &str) -> BTreeMap<String, String> {
    let (_, tail) = address.split_once(['#', '?']).unwrap();
    url::form_urlencoded::parse(tail.as_bytes()).into_owned().collect()
}

#[tokio::test]
async fn consent_gives_a_key_for_each_community() {
    let line = Line::start().await;
    let group = line.group.to_string();
    let query = [
        ("client_id", "51000001"),
        ("group_ids", &*group),
        ("redirect_uri", BLANK),
        ("scope", "messages,manage"),
        ("response_type", "token"),
        ("state", "s1"),
        ("v", "5.199"),
    ];
    let (page, address) = decide(&line, &query, "allow").await;
    assert!(page.contains("Разрешить") && page.contains("сообщения сообщества"));
    assert!(address.starts_with(&format!("{BLANK}#")));
    let given = fields(&address);
    assert_eq!(given["state"], "s1");
    let line = Line {
        token: given[&format!("access_token_{group}")].clone(),
        ..line
    };
    assert_eq!(
        line.call("groups.getTokenPermissions", json!({})).await["mask"],
        4096 + 262_144
    );
    line.poller().await;
}

#[tokio::test]
async fn a_refusal_comes_back_as_an_error() {
    let line = Line::start().await;
    let group = line.group.to_string();
    let query = [
        ("client_id", "1"),
        ("group_ids", &*group),
        ("redirect_uri", BLANK),
        ("response_type", "token"),
    ];
    let (_, address) = decide(&line, &query, "deny").await;
    assert_eq!(fields(&address)["error"], "access_denied");
}

#[tokio::test]
async fn a_code_is_changed_for_keys_once() {
    let line = Line::start().await;
    let group = line.group.to_string();
    let query = [
        ("client_id", "1"),
        ("group_ids", &*group),
        ("redirect_uri", BLANK),
        ("scope", "messages"),
        ("response_type", "code"),
    ];
    let (_, address) = decide(&line, &query, "allow").await;
    let code = fields(&address)["code"].clone();
    let exchange = [
        ("client_id", "1"),
        ("client_secret", "x"),
        ("redirect_uri", BLANK),
        ("code", &*code),
    ];
    let ask = async || {
        let request = line.http.get(format!("{}/access_token", line.base)).query(&exchange);
        request.send().await.unwrap().json::<Value>().await.unwrap()
    };
    let given = ask().await;
    assert_eq!(
        (given["groups"][0]["group_id"].as_i64(), given["expires_in"].as_i64()),
        (Some(line.group), Some(0))
    );
    assert!(given["groups"][0]["access_token"].is_string());
    assert_eq!(ask().await["error"], "invalid_grant");
}

#[tokio::test]
async fn a_persons_key_lists_their_communities() {
    let line = Line::start().await;
    let query = [
        ("client_id", "1"),
        ("redirect_uri", BLANK),
        ("scope", "groups"),
        ("response_type", "token"),
    ];
    let (_, address) = decide(&line, &query, "allow").await;
    let line = Line {
        token: fields(&address)["access_token"].clone(),
        ..line
    };
    let mine = line.call("groups.get", json!({"filter": "admin", "extended": 1})).await;
    assert_eq!(mine["count"], 2);
    assert_eq!(
        (mine["items"][0]["id"].as_i64(), mine["items"][0]["is_admin"].as_i64()),
        (Some(line.group), Some(1))
    );
    assert_eq!(line.refusal("messages.getConversations", json!({})).await, 15);
}

#[tokio::test]
async fn communities_of_others_cannot_be_asked_for() {
    let line = Line::start().await;
    let query = [("client_id", "1"), ("group_ids", "1"), ("redirect_uri", BLANK)];
    let answer = line
        .http
        .get(format!("{}/authorize", line.base))
        .query(&query)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 401);
    assert_eq!(answer.json::<Value>().await.unwrap()["error"], "invalid_request");
}
