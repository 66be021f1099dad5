//! Logging in.

use contracts::{
    Secret,
    channel::{CallError, Channel, LoggedIn, Login, LoginError, LoginStep},
};
use sandbox::chaos::{Kind, Trouble};
use serde_json::json;

use super::world::{World, network};
use crate::{
    shared::rehearsal::{deps, inputs},
    telegram_bot::CHANNEL,
};

/// A login whose form for the token is open.
async fn opened(world: &World) -> Box<dyn Login> {
    let mut login = CHANNEL.login("token", network(&world.sandbox), deps()).unwrap();
    let first = login.next(inputs([])).await.unwrap();
    assert!(matches!(
        first,
        LoginStep::Input {
            text: "login.token.where",
            ..
        }
    ));
    login
}

fn done(step: LoginStep) -> LoggedIn {
    match step {
        LoginStep::Done(done) => done,
        other => panic!("not logged in: {other:?}"),
    }
}

fn wrong_field(error: LoginError) -> (String, String) {
    match error {
        LoginError::Fields(fields) => (fields[0].field.clone(), fields[0].reason.to_string()),
        other => panic!("no field: {other:?}"),
    }
}

#[tokio::test]
async fn a_pasted_token_is_all_it_takes() {
    let world = World::new().await;
    let token = world.account.secret.expose().as_str();
    let step = opened(&world).await.next(inputs([("token", token)])).await;
    let done = done(step.unwrap());
    assert_eq!(done.remote_id, world.account.remote_id);
    assert_eq!(
        (done.name.as_str(), done.handle.as_deref()),
        ("Беседка", Some("@besedka_demo_bot"))
    );
    assert_eq!(done.secret, Secret::new(token.to_owned()));
}

#[tokio::test]
async fn a_token_that_nobody_knows_is_said_at_its_field() {
    let world = World::new().await;
    let mut login = opened(&world).await;
    let unknown = format!("4839574812:{}", "A".repeat(35));
    let error = login.next(inputs([("token", &unknown)])).await.unwrap_err();
    assert_eq!(
        wrong_field(error),
        ("token".to_owned(), "telegram_bot.reason.token_refused".to_owned())
    );
    let token = world.account.secret.expose().as_str();
    done(login.next(inputs([("token", token)])).await.unwrap());
}

#[tokio::test]
async fn a_bot_that_another_service_has_is_taken_over_only_when_asked() {
    let world = World::new().await;
    world
        .other_program("setWebhook", json!({"url": "https://crm.example.org/hook"}))
        .await;
    let mut login = opened(&world).await;
    let token = world.account.secret.expose().as_str();
    let step = login.next(inputs([("token", token)])).await.unwrap();
    let LoginStep::Input { text, params, .. } = step else {
        panic!("{step:?}")
    };
    assert_eq!(
        (text, params["host"].as_str()),
        ("login.token.webhook", "crm.example.org")
    );
    let error = login.next(inputs([("take_over", "false")])).await.unwrap_err();
    assert_eq!(wrong_field(error).0, "take_over");
    let before = world.other_program("getWebhookInfo", json!({})).await;
    assert_eq!(
        before["result"]["url"], "https://crm.example.org/hook",
        "nothing was done silently"
    );
    done(login.next(inputs([("take_over", "true")])).await.unwrap());
    let after = world.other_program("getWebhookInfo", json!({})).await;
    assert_eq!(after["result"]["url"], "");
}

#[tokio::test]
async fn a_lost_network_loses_no_step() {
    let world = World::new().await;
    let mut login = opened(&world).await;
    world.trouble(Trouble::of(Kind::LoseAnswer).on("getMe").times(1));
    let token = world.account.secret.expose().as_str();
    let error = login.next(inputs([("token", token)])).await.unwrap_err();
    assert!(matches!(error, LoginError::Call(CallError::Network { .. })));
    done(login.next(inputs([("token", token)])).await.unwrap());
}
