//! What people mistype and networks garble: named, kept, never in the way.

use sandbox::{
    FileKind, Letter,
    chaos::{Kind, Trouble},
};
use serde_json::json;
use tests::{NETWORKS, World};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_token_names_the_field_and_the_right_one_then_works() {
    let world = World::start_with(sandbox::Options::default()).await;
    let olga = world.operator();
    for network in NETWORKS {
        let start = json!({ "channel": network.channel, "flow": "token", "endpoints": world.endpoints(network) });
        let login = olga.does("login.start", start).await;
        for wrong in ["", "привет", "7100000001:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawX"] {
            let inputs = json!({ "login_id": login["login_id"], "inputs": { "token": wrong } });
            let error = world.app.call("login.next", inputs).await.unwrap_err();
            assert_eq!(
                error.field.as_deref(),
                Some("token"),
                "{} {wrong:?} {error:?}",
                network.channel
            );
        }
        let token = world.said(&format!("{}_token", network.vendor));
        let inputs = json!({ "login_id": login["login_id"], "inputs": { "token": token } });
        assert_eq!(olga.does("login.next", inputs).await["step"]["kind"], "done");
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_revoked_token_asks_for_a_login_keeps_the_answer_and_sends_it_afterwards() {
    let world = World::start().await;
    let olga = world.operator();
    let network = &NETWORKS[0];
    let anna = world.customer(network.vendor, "Анна");
    anna.writes("Ау?").unwrap();
    let talk = olga.sees("Ау?").await;
    let vendor = &world.sandbox.vendor(network.vendor).unwrap().vendor;
    vendor.change(sandbox::AccountChange::RenewToken).unwrap();
    let line = olga.sees_line(network.channel, "needs_login").await;
    assert_eq!(line["connection"]["action"], "login");
    let answer = olga.answers(talk, "Мы здесь").await;
    assert!(anna.sees().is_empty(), "nothing goes out over a dead line");
    world.connect(network).await;
    olga.sees_tick(talk, answer, "sent").await;
    assert_eq!(anna.sees(), ["Мы здесь"]);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forms_name_the_field_and_the_fix() {
    let world = World::start().await;
    let olga = world.operator();
    let account = olga.sees_line(NETWORKS[0].channel, "online").await["id"].clone();
    let field = async |name: &str, payload| {
        world
            .app
            .call(name, payload)
            .await
            .unwrap_err()
            .field
            .unwrap_or_default()
    };
    let update = |extra: serde_json::Value| {
        let mut payload = json!({ "account_id": account });
        payload
            .as_object_mut()
            .unwrap()
            .extend(extra.as_object().unwrap().clone());
        payload
    };
    assert_eq!(field("accounts.update", update(json!({ "name": "  " }))).await, "name");
    assert_eq!(
        field("accounts.update", update(json!({ "proxy": "localhost:9050" }))).await,
        "proxy"
    );
    assert_eq!(
        field("accounts.update", update(json!({ "endpoints": { "api": "ftp://x" } }))).await,
        "endpoints.api"
    );
    let other = olga.sees_line(NETWORKS[1].channel, "online").await["name"].clone();
    assert_eq!(field("accounts.update", update(json!({ "name": other }))).await, "name");
    let profile = json!({ "name": "Ольга", "email": "olga@", "phone": "", "language": "ru", "time_zone": "Europe/Moscow", "alert_email": "" });
    assert_eq!(field("profile.save", profile).await, "email");
    let failed_somewhere = json!({ "filter": { "status": "failed" } });
    assert_eq!(field("journal.list", failed_somewhere).await, "link_id");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_garbled_update_is_kept_announced_and_never_stops_the_line() {
    let world = World::start().await;
    let olga = world.operator();
    let network = &NETWORKS[0];
    let vendor = &world.sandbox.vendor(network.vendor).unwrap().vendor;
    let garbled = json!({ "message": { "message_id": "семь", "date": [], "chat": null } });
    vendor.special("raw_update", &garbled).unwrap();
    world.customer(network.vendor, "Анна").writes("А я дошла?").unwrap();
    olga.sees("А я дошла?").await;
    let line = olga.sees_line(network.channel, "online").await;
    assert_eq!(line["quarantined"], 1);
    let kept = olga
        .does("accounts.quarantine", json!({ "account_id": line["id"] }))
        .await;
    assert!(kept[0]["raw"].as_str().unwrap().contains("семь") && !kept[0]["problem"].as_str().unwrap().is_empty());
    let alerts = olga.does("alerts.list", json!({})).await;
    assert_eq!(alerts[0]["reason"]["key"], "reason.quarantined");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_file_leaves_a_placeholder_that_can_be_retried() {
    let world = World::start().await;
    let olga = world.operator();
    let network = &NETWORKS[0];
    world.trouble(
        network.vendor,
        Trouble::of(Kind::ServerError { status: 500 }).on("getFile"),
    );
    let photo = Letter::file(FileKind::Photo, sandbox::samples::photo()).captioned("Вот чертёж");
    world.customer(network.vendor, "Игорь").sends(photo).unwrap();
    let talk = olga.sees("Вот чертёж").await;
    let failed = olga
        .waits_for(talk, "placeholder", |message| message["files"][0]["state"] == "failed")
        .await;
    assert!(failed["files"][0]["reason"]["key"].is_string(), "the bubble says why");
    world.sandbox.vendor(network.vendor).unwrap().chaos.clear();
    olga.does("files.retry", json!({ "attachment_id": failed["files"][0]["id"] }))
        .await;
    olga.waits_for(talk, "the file after all", |message| {
        message["files"][0]["state"] == "local"
    })
    .await;
    world.stop().await;
}
