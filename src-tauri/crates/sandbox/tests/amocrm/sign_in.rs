//! Codes, tokens, rights.

use crate::common::http;
use crate::world::Desk;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use reqwest::Method;
use sandbox::AccountChange;
use sandbox::crm::Deed;
use serde_json::{Value, json};
use std::collections::BTreeMap;

impl Desk {
    async fn tokens(&self, grant: Value) -> (u16, Value) {
        let mut wish = json!({"client_id": self.said("amocrm_client_id"), "client_secret": self.said("amocrm_client_secret"),
            "redirect_uri": self.said("amocrm_redirect_uri")});
        for (name, value) in grant.as_object().unwrap() {
            wish[name] = value.clone();
        }
        let url = format!("{}/oauth2/access_token", self.base);
        let answer = http().post(url).json(&wish).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// Presses a button of the consent page; gives where the browser is sent.
    async fn decides(&self, decision: &str) -> BTreeMap<String, String> {
        let _ = http(); // installs the crypto
        let browser = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let client = self.said("amocrm_client_id");
        let query = [
            ("client_id", client.as_str()),
            ("state", "s1"),
            ("mode", "post_message"),
        ];
        let page = browser
            .get(format!("{}/oauth", self.base))
            .query(&query)
            .send()
            .await
            .unwrap();
        assert!(page.text().await.unwrap().contains("Разрешить"));
        let form: Vec<_> = query.into_iter().chain([("decision", decision)]).collect();
        let sent = browser
            .post(format!("{}/oauth/decide", self.base))
            .form(&form)
            .send()
            .await
            .unwrap();
        let to = url::Url::parse(sent.headers()["location"].to_str().unwrap()).unwrap();
        to.query_pairs().into_owned().collect()
    }
}

#[tokio::test]
async fn consent_gives_a_code_and_a_refresh_token_is_good_once() {
    let desk = Desk::open().await;
    let sent = desk.decides("allow").await;
    assert_eq!(
        (sent["state"].as_str(), sent["referer"].as_str()),
        ("s1", "lesnaya.amocrm.ru")
    );
    let grant = json!({"grant_type": "authorization_code", "code": sent["code"]});
    let (status, first) = desk.tokens(grant.clone()).await;
    assert_eq!((status, &first["expires_in"]), (200, &json!(86_400)));
    let (status, refusal) = desk.tokens(grant).await;
    assert_eq!(
        (status, &refusal["hint"]),
        (400, &json!("Authorization code has been revoked"))
    );
    let refresh = json!({"grant_type": "refresh_token", "refresh_token": first["refresh_token"]});
    let (_, second) = desk.tokens(refresh.clone()).await;
    let (status, refusal) = desk.tokens(refresh).await;
    assert_eq!((status, &refusal["hint"]), (401, &json!("Token has been revoked")));
    let desk = Desk {
        token: second["access_token"].as_str().unwrap().to_owned(),
        ..desk
    };
    desk.get("account").await;
    desk.world().clock.advance(SignedDuration::from_hours(25));
    assert_eq!(desk.refused(Method::GET, "account", None).await.0, 401);
    assert_eq!(desk.decides("deny").await["error"], "access_denied");
}

#[tokio::test]
async fn a_code_lives_twenty_minutes_and_a_wrong_secret_is_refused() {
    let desk = Desk::open().await;
    let code = desk.special("code", Value::Null)["code"].clone();
    let wrong = json!({"grant_type": "authorization_code", "code": code, "client_secret": "x"});
    assert_eq!(desk.tokens(wrong).await.1["title"], "Некорректный клиент");
    desk.world().clock.advance(SignedDuration::from_mins(21));
    let (status, refusal) = desk
        .tokens(json!({"grant_type": "authorization_code", "code": code}))
        .await;
    assert_eq!(
        (status, &refusal["hint"]),
        (400, &json!("Authorization code has expired"))
    );
}

#[tokio::test]
async fn the_long_lived_token_is_a_jwt_that_says_when_it_ends() {
    let desk = Desk::open().await;
    let claims = desk.token.split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    let left = claims["exp"].as_i64().unwrap() - desk.world().clock.unix();
    assert!((364 * 86_400..=365 * 86_400).contains(&left));
    assert!(claims["scopes"].as_array().unwrap().contains(&json!("files")));
    desk.crm().change(AccountChange::RenewToken).unwrap();
    let (status, refusal) = desk.refused(Method::GET, "account", None).await;
    assert_eq!(
        (status, &refusal["title"], &refusal["type"]),
        (401, &json!("Unauthorized"), &json!("https://httpstatus.es/401"))
    );
    assert_ne!(desk.said("amocrm_token"), desk.token);
}

#[tokio::test]
async fn rights_can_be_taken_away() {
    let desk = Desk::open().await;
    let scope = || "files".to_owned();
    desk.does(Deed::BlockScope { scope: scope() }).unwrap();
    let lead = desk.card("leads", json!({"name": "Стол"})).await;
    let path = format!("leads/{lead}/files");
    assert_eq!(
        desk.refused(Method::GET, &path, None).await,
        (
            403,
            json!({"title": "Forbidden", "type": "https://httpstatus.es/403", "status": 403, "detail": "Invalid scope"})
        )
    );
    desk.does(Deed::AllowScope { scope: scope() }).unwrap();
    assert_eq!(desk.send(Method::GET, &path, None).await.status(), 204);
    let manager = desk.administrator().id;
    desk.does(Deed::Promote {
        manager,
        administrator: false,
    })
    .unwrap();
    let field = json!([{"name": "Telegram", "type": "text"}]);
    assert_eq!(
        desk.refused(Method::POST, "contacts/custom_fields", Some(field))
            .await
            .0,
        403
    );
    desk.crm().change(AccountChange::Ban).unwrap();
    assert_eq!(desk.refused(Method::GET, "account", None).await.0, 402);
}
