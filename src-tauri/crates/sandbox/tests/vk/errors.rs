//! Every way to be refused that a connector has to tell apart.

use crate::world::{Line, id, with};
use sandbox::chaos::{Kind, Trouble};
use sandbox::{AccountChange, Options};
use serde_json::{Value, json};

#[tokio::test]
async fn the_envelope_repeats_the_request_without_the_token() {
    let line = Line::start().await;
    let answer = line.answer("messages.send", json!({"message": "Без номера"})).await;
    let error = &answer["error"];
    assert_eq!(error["error_code"], 100);
    assert_eq!(
        error["error_msg"],
        "One of the parameters specified was missing or invalid: random_id is a required parameter"
    );
    let params = error["request_params"].as_array().unwrap();
    assert_eq!(params[0], json!({"key": "method", "value": "messages.send"}));
    assert!(params.contains(&json!({"key": "message", "value": "Без номера"})));
    assert!(!answer.to_string().contains(&line.token));
}

#[tokio::test]
async fn a_call_needs_a_version_and_a_good_token() {
    let line = Line::start().await;
    let ask = async |query: &str| {
        let url = format!("{}/method/groups.getById?{query}", line.base);
        let answer: Value = line.http.get(url).send().await.unwrap().json().await.unwrap();
        answer["error"].clone()
    };
    let token = &line.token;
    assert_eq!(ask(&format!("access_token={token}")).await["error_code"], 8);
    assert_eq!(ask(&format!("access_token={token}&v=5.50")).await["error_code"], 8);
    assert_eq!(
        ask("v=5.199").await["error_msg"],
        "User authorization failed: no access_token passed."
    );
    assert_eq!(
        ask("v=5.199&access_token=wrong").await["error_msg"],
        "User authorization failed: invalid access_token (4)."
    );
}

#[tokio::test]
async fn the_token_may_come_in_the_header() {
    let line = Line::start().await;
    let request = line
        .http
        .get(format!("{}/method/groups.getById?v=5.199", line.base))
        .bearer_auth(&line.token);
    let answer: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["response"]["groups"][0]["id"], line.group);
}

#[tokio::test]
async fn unknown_and_foreign_methods_are_told_apart() {
    let line = Line::start().await;
    assert_eq!(line.refusal("messages.sing", json!({})).await, 3);
    assert_eq!(line.refusal("wall.getComments", json!({})).await, 27);
    assert_eq!(
        line.refusal("groups.getLongPollServer", json!({"group_id": 1})).await,
        27
    );
    assert_eq!(line.refusal("groups.getLongPollServer", json!({})).await, 100);
}

#[tokio::test]
async fn each_closed_door_has_its_number() {
    let line = Line::start().await;
    let anna = line.customer("Анна");
    let send = async |peer: i64| {
        line.refusal(
            "messages.send",
            json!({"peer_id": peer, "random_id": 1, "message": "!"}),
        )
        .await
    };
    assert_eq!(send(line.stranger("Чужой").id.number().unwrap()).await, 901);
    assert_eq!(send(2_000_000_001).await, 917);
    assert_eq!(send(-1).await, 932);
    for (body, code) in [
        (json!({"blacklisted": true}), 900),
        (json!({"blacklisted": false, "consent": "private"}), 902),
        (json!({"consent": "given", "page": "deleted"}), 18),
    ] {
        line.switch("person", with(body, &json!({"id": id(&anna)})));
        assert_eq!(send(id(&anna)).await, code);
    }
    line.switch("community", json!({"messages": false}));
    assert_eq!(send(line.group).await, 15);
}

#[tokio::test]
async fn bad_content_is_refused_before_it_is_sent() {
    let line = Line::start().await;
    let anna = line.customer("Анна");
    let refusal = async |more: Value| {
        let params = with(json!({"peer_id": id(&anna), "random_id": 1}), &more);
        line.refusal("messages.send", params).await
    };
    assert_eq!(refusal(json!({})).await, 100);
    assert_eq!(refusal(json!({"attachment": "photo-1_2"})).await, 100);
    assert_eq!(refusal(json!({"message": "ы".repeat(9001)})).await, 914);
    assert_eq!(refusal(json!({"message": "!", "keyboard": "{}"})).await, 911);
    assert_eq!(refusal(json!({"message": "!", "forward_messages": "999"})).await, 921);
    assert_eq!(refusal(json!({"message": "!", "reply_to": 999})).await, 100);
    assert_eq!(refusal(json!({"sticker_id": 0})).await, 100);
    assert!(anna.received().is_empty());
}

#[tokio::test]
async fn the_twenty_first_call_of_a_second_is_too_many() {
    let line = Line::with(Options::default()).await;
    let calls = (0..30).map(|_| line.answer("groups.getById", json!({})));
    let answers = futures::future::join_all(calls).await;
    let refused = answers
        .iter()
        .filter(|answer| answer["error"]["error_code"] == 6)
        .count();
    assert!((1..=10).contains(&refused), "{refused} were refused");
}

#[tokio::test]
async fn ordered_errors_strike_as_often_as_ordered() {
    let line = Line::start().await;
    let anna = line.customer("Анна");
    let send = json!({"peer_id": id(&anna), "random_id": 1, "message": "!"});
    for code in [7, 9, 10, 29] {
        line.switch("error", json!({"code": code, "method": "messages.send"}));
        line.call("groups.getById", json!({})).await;
        assert_eq!(line.refusal("messages.send", send.clone()).await, code);
    }
    line.call("messages.send", send).await;
    assert_eq!(anna.sees(), ["!"]);
}

#[tokio::test]
async fn a_captcha_opens_for_the_right_letters() {
    let line = Line::start().await;
    line.switch("error", json!({"code": 14, "method": "users.get"}));
    let error = line.answer("users.get", json!({"user_ids": 1})).await["error"].clone();
    let (sid, picture) = (
        error["captcha_sid"].as_str().unwrap(),
        error["captcha_img"].as_str().unwrap(),
    );
    let image = line.http.get(picture).send().await.unwrap();
    assert_eq!(image.headers()["content-type"], "image/png");
    assert_eq!(
        line.refusal("groups.getById", json!({"captcha_sid": sid, "captcha_key": "wrong"}))
            .await,
        14
    );

    line.switch("error", json!({"code": 14}));
    let error = line.answer("groups.getById", json!({})).await["error"].clone();
    let letters = line.switch("captcha", json!({"sid": error["captcha_sid"]}));
    let solved = json!({"captcha_sid": error["captcha_sid"], "captcha_key": letters["letters"]});
    line.call("groups.getById", solved).await;
}

#[tokio::test]
async fn rights_are_asked_for() {
    let line = Line::start().await;
    let granted = line.call("groups.getTokenPermissions", json!({})).await;
    assert!(
        granted["permissions"]
            .as_array()
            .unwrap()
            .contains(&json!({"name": "manage", "setting": 262_144}))
    );
    line.switch("community", json!({"rights": "photos"}));
    assert_eq!(line.call("groups.getTokenPermissions", json!({})).await["mask"], 4);
    assert_eq!(line.refusal("messages.getConversations", json!({})).await, 15);
    line.call("photos.getMessagesUploadServer", json!({})).await;
}

#[tokio::test]
async fn a_dead_token_and_a_closed_community_stop_the_line() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    line.change(AccountChange::ExpireToken);
    assert_eq!(poller.answer(&line, 0).await["failed"], 2);
    assert_eq!(
        line.refusal("groups.getLongPollServer", json!({"group_id": line.group}))
            .await,
        5
    );
    line.change(AccountChange::RestoreToken);
    line.poller().await;

    line.change(AccountChange::Ban);
    assert_eq!(
        line.refusal("groups.getLongPollServer", json!({"group_id": line.group}))
            .await,
        203
    );
    assert_eq!(
        line.call("groups.getById", json!({})).await["groups"][0]["deactivated"],
        "banned"
    );
    line.change(AccountChange::Unban);
    line.change(AccountChange::RenewToken);
    assert_eq!(line.refusal("groups.getById", json!({})).await, 5);
    let renewed = line.vendor().credentials()["token"].as_str().unwrap().to_owned();
    Line { token: renewed, ..line }.poller().await;
}

#[tokio::test]
async fn trouble_on_the_line_speaks_as_vk_does() {
    let line = Line::start().await;
    let chaos = &line.sandbox.vendor("vk").unwrap().chaos;
    chaos.order(
        Trouble::of(Kind::TooManyRequests { retry_after: 1 })
            .on("users.*")
            .times(1),
    );
    chaos.order(Trouble::of(Kind::ExpiredToken).on("groups.getById").times(1));
    chaos.order(
        Trouble::of(Kind::ServerError { status: 502 })
            .on("messages.send")
            .times(1),
    );
    assert_eq!(line.refusal("users.get", json!({"user_ids": 1})).await, 6);
    assert_eq!(line.refusal("groups.getById", json!({})).await, 5);
    let broken = line
        .http
        .post(format!("{}/method/messages.send", line.base))
        .send()
        .await
        .unwrap();
    assert_eq!(broken.status(), 502);
}
