//! Logging in against the simulator.

use contracts::channel::{Channel, FieldKind, LoginError, LoginStep};
use sandbox::{AccountChange, Options, Sandbox};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::world::{World, done, log_in, network, said, wrong_field};
use crate::{
    shared::rehearsal::{deps, inputs},
    vk_messages::CHANNEL,
};

async fn vk() -> Sandbox {
    Sandbox::start(Options::default()).await.unwrap()
}

#[tokio::test]
async fn a_pasted_key_connects_its_community() {
    let vk = vk().await;
    let account = done(log_in(&vk, &said(&vk, "vk_token")).await.unwrap());
    assert_eq!(account.remote_id.0, vk.directory()["vk_group_id"].to_string());
    assert_eq!(
        (account.name.as_str(), account.handle.as_deref()),
        ("Беседка", Some("vk.com/besedka_shop"))
    );
}

#[tokio::test]
async fn the_form_says_where_the_key_is_and_what_is_wrong_with_it() {
    let vk = vk().await;
    let mut login = CHANNEL.login("token", network(&vk), deps()).unwrap();
    let LoginStep::Input { text, fields, .. } = login.next(inputs([])).await.unwrap() else {
        panic!()
    };
    assert_eq!(
        (text, fields[0].key.as_str(), &fields[0].kind),
        ("login.token.where", "token", &FieldKind::Secret)
    );
    let unknown = format!("vk1.a.{}", "0".repeat(80));
    for (entered, reason) in [
        ("", "vk_messages.reason.token_empty"),
        ("мой ключ", "vk_messages.reason.token_form"),
        (unknown.as_str(), "vk_messages.reason.token_refused"),
    ] {
        let error = log_in(&vk, entered).await.unwrap_err();
        assert_eq!(wrong_field(error), ("token".into(), reason.into()), "{entered}");
    }
}

#[tokio::test]
async fn missing_rights_are_named() {
    let world = World::new().await;
    world.switch("community", &json!({"rights": "messages,photos"}));
    let error = log_in(&world.sandbox, world.account.secret.expose()).await.unwrap_err();
    let expected = "vk_messages.reason.token_rights missing=manage, docs";
    assert_eq!(wrong_field(error), ("token".into(), expected.into()));
}

#[tokio::test]
async fn a_community_with_its_messages_off_says_what_to_switch_on() {
    let world = World::new().await;
    world.switch("error", &super::world::error(15, "messages.getConversations"));
    let error = log_in(&world.sandbox, world.account.secret.expose()).await.unwrap_err();
    assert_eq!(
        wrong_field(error),
        ("token".into(), "vk_messages.reason.messages_off".into())
    );
}

#[tokio::test]
async fn a_banned_community_is_not_connected() {
    let world = World::new().await;
    world
        .sandbox
        .vendor("vk")
        .unwrap()
        .vendor
        .change(AccountChange::Ban)
        .unwrap();
    let error = log_in(&world.sandbox, world.account.secret.expose()).await.unwrap_err();
    assert!(
        matches!(error, LoginError::Fields(_) | LoginError::Call(_)),
        "{error:?}"
    );
}

/// Presses a button on VK's page and gives the address that the browser is sent to. By hand, because the answer is
/// all in a header.
async fn press(page: &str, decision: &str) -> String {
    let page = url::Url::parse(page).unwrap();
    let body = format!("{}&decision={decision}", page.query().unwrap());
    let host = format!("{}:{}", page.host_str().unwrap(), page.port().unwrap());
    let request = format!(
        "POST /authorize/decide HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}",
        body.len()
    );
    let mut line = tokio::net::TcpStream::connect(host).await.unwrap();
    line.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    line.read_to_string(&mut answer).await.unwrap();
    let location = answer.lines().find_map(|line| line.strip_prefix("location: "));
    location.unwrap_or_else(|| panic!("{answer}")).to_owned()
}

#[tokio::test]
async fn vks_own_page_gives_the_keys_of_several_communities_to_choose_from() {
    let vk = vk().await;
    let mut login = CHANNEL.login("oauth", network(&vk), deps()).unwrap();
    assert!(matches!(
        login.next(inputs([])).await.unwrap(),
        LoginStep::Input {
            text: "login.oauth.app",
            ..
        }
    ));
    let entered = inputs([("app", "51234567"), ("communities", "218500117, vk.com/club218500242")]);
    let LoginStep::OpenUrl { url, .. } = login.next(entered).await.unwrap() else {
        panic!()
    };
    let answer = press(&url, "allow").await;
    assert!(answer.contains("/blank.html#"), "{answer}");
    let LoginStep::Input { text, fields, .. } = login.next(inputs([("answer", &answer)])).await.unwrap() else {
        panic!()
    };
    assert_eq!(text, "login.oauth.choose");
    let FieldKind::Choice { options } = &fields[0].kind else {
        panic!()
    };
    assert_eq!(options[1], ("218500242".to_owned(), "Беседка: распродажа".to_owned()));
    let account = done(login.next(inputs([("community", "218500242")])).await.unwrap());
    assert_eq!(
        (account.remote_id.0.as_str(), account.name.as_str()),
        ("218500242", "Беседка: распродажа")
    );
}

#[tokio::test]
async fn each_slip_on_the_way_is_explained_at_its_field() {
    let vk = vk().await;
    let mut login = CHANNEL.login("oauth", network(&vk), deps()).unwrap();
    let mut wrong = async |entered| wrong_field(login.next(entered).await.unwrap_err());
    let app = wrong(inputs([("app", "моё"), ("communities", "1")])).await;
    assert_eq!(app, ("app".into(), "vk_messages.reason.app_form".into()));
    let name = wrong(inputs([("app", "5"), ("communities", "vk.com/besedka_shop")])).await;
    assert_eq!(name.1, "vk_messages.reason.communities_form what=vk.com/besedka_shop");
    let LoginStep::OpenUrl { url, .. } = login
        .next(inputs([("app", "5"), ("communities", "218500117")]))
        .await
        .unwrap()
    else {
        panic!()
    };
    let denied = press(&url, "deny").await;
    let mut wrong = async |entered| wrong_field(login.next(entered).await.unwrap_err()).1;
    assert_eq!(
        wrong(inputs([("answer", &denied)])).await,
        "vk_messages.reason.answer_denied"
    );
    assert_eq!(
        wrong(inputs([("answer", "https://oauth.vk.ru/blank.html")])).await,
        "vk_messages.reason.answer_form"
    );
    let allowed = press(&url, "allow").await;
    done(login.next(inputs([("answer", &allowed)])).await.unwrap());
}
