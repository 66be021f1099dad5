//! Messages into a CRM and managers' answers back, with a CRM that is a folder: order, no doubles, lost access.

use contracts::testkit::Trouble;
use serde_json::{Value, json};
use tests::{NETWORKS, Talk, World, eventually};

/// The network of these stories: one that recognises a repeated send.
const VENDOR: &str = "vk";

/// A world with one network and the CRM, and Anna, who has written.
async fn with_anna() -> (World, sandbox::Customer, Talk) {
    let world = World::start_with(sandbox::Options {
        limits: false,
        ..Default::default()
    })
    .await;
    let network = NETWORKS.iter().find(|network| network.vendor == VENDOR).unwrap();
    world.connect(network).await;
    world.operator().sees_line(network.channel, "online").await;
    world.connect_crm().await;
    let anna = world.customer(VENDOR, "Анна");
    anna.writes("Добрый день").unwrap();
    let talk = world.operator().sees("Добрый день").await;
    (world, anna, talk)
}

/// Waits until the chat with Anna in the CRM is this.
async fn crm_shows(world: &World, texts: &[&str]) {
    eventually(&format!("{texts:?} in the CRM"), || async {
        (world.crm.chat_with("Анна") == texts).then_some(())
    })
    .await;
}

fn of_kind(world: &World, what: &str) -> Vec<Value> {
    let done = world.crm.done().into_iter();
    done.filter(|line| line["what"] == what).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_anna_and_olga_say_stands_in_the_crm_once_and_in_order() {
    let (world, anna, talk) = with_anna().await;
    for number in 1..=12 {
        anna.writes(&format!("вопрос {number}")).unwrap();
    }
    let olga = world.operator();
    olga.sees("вопрос 12").await;
    let answer = olga.answers(talk, "На все двенадцать: да").await;
    olga.sees_tick(talk, answer, "sent").await;
    let said: Vec<String> = olga.texts(talk).await;
    crm_shows(&world, &said.iter().map(String::as_str).collect::<Vec<_>>()).await;
    assert_eq!(of_kind(&world, "contact").len(), 1, "one card for all of it");

    let journal = olga.does("journal.list", json!({ "filter": {} })).await;
    let all = journal["items"].as_array().unwrap();
    assert_eq!(all.len(), 14);
    olga.until("everything exported", || async {
        let journal = olga.does("journal.list", json!({ "filter": {} })).await;
        let rows = journal["items"].as_array()?.clone();
        rows.iter()
            .all(|row| row["syncs"][0]["status"] == "exported")
            .then_some(())
    })
    .await;
    let totals = olga.does("journal.totals", json!({})).await;
    assert_eq!(totals, json!({ "incoming": 13, "outgoing": 1, "clients": 1 }));
    let steps = olga.does("journal.message", json!({ "message_id": answer })).await;
    let words: Vec<_> = steps["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["what"].clone())
        .collect();
    for expected in ["stored", "queued", "accepted", "synced"] {
        assert!(words.contains(&json!(expected)), "{expected} in {words:?}");
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_and_a_receipt_follow_their_message() {
    let (world, anna, talk) = with_anna().await;
    let olga = world.operator();
    let answer = olga.answers(talk, "Завтра в девять").await;
    crm_shows(&world, &["Добрый день", "Завтра в девять"]).await;
    world.queue_is_empty().await;
    olga.does(
        "messages.edit",
        json!({ "message_id": answer, "text": "Завтра в десять" }),
    )
    .await;
    anna.does(sandbox::Act::Read { up_to: None }).unwrap();
    eventually("edit and receipt in the CRM", || async {
        let edits = of_kind(&world, "edit");
        let read = of_kind(&world, "receipt").iter().any(|line| line["tick"] == "read");
        (edits.first()?["text"] == "Завтра в десять" && read).then_some(())
    })
    .await;
    assert_eq!(world.crm.chat_with("Анна").len(), 2, "no second message");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_lost_answer_the_trace_is_found_and_nothing_doubles() {
    let (world, anna, _) = with_anna().await;
    crm_shows(&world, &["Добрый день"]).await;
    for trouble in [Trouble::AnswerLost, Trouble::NotDone, Trouble::AnswerLost] {
        world.crm.trouble(trouble);
    }
    for text in ["раз", "два", "три"] {
        anna.writes(text).unwrap();
    }
    crm_shows(&world, &["Добрый день", "раз", "два", "три"]).await;
    world.queue_is_empty().await;
    crm_shows(&world, &["Добрый день", "раз", "два", "три"]).await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_message_is_failed_and_goes_when_a_person_retries() {
    let (world, anna, _) = with_anna().await;
    crm_shows(&world, &["Добрый день"]).await;
    world.queue_is_empty().await;
    world.crm.trouble(Trouble::Refused);
    anna.writes("нельзя").unwrap();
    let olga = world.operator();
    let link = olga.does("links.list", json!({})).await[0]["id"].clone();
    let failed = json!({ "filter": { "link_id": link, "status": "failed" } });
    let row = olga
        .until("a failed one in the journal", || async {
            olga.does("journal.list", failed.clone()).await["items"].get(0).cloned()
        })
        .await;
    assert_eq!(row["syncs"][0]["reason"]["key"], "fake.reason.refused");
    anna.writes("можно").unwrap();
    crm_shows(&world, &["Добрый день", "можно"]).await;
    olga.does("journal.retry", json!({ "link_id": link, "message_ids": [] }))
        .await;
    crm_shows(&world, &["Добрый день", "можно", "нельзя"]).await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lost_access_keeps_the_queue_and_a_new_login_brings_it_all() {
    let (world, anna, _) = with_anna().await;
    crm_shows(&world, &["Добрый день"]).await;
    world.queue_is_empty().await;
    world.crm.revoke(true);
    let said: Vec<String> = (1..=5).map(|number| format!("пока вас не было {number}")).collect();
    for text in &said {
        anna.writes(text).unwrap();
    }
    world.sees_link("needs_login").await;
    let olga = world.operator();
    let alert = olga.does("alerts.list", json!({})).await[0].clone();
    assert_eq!((&alert["crm"], &alert["action"]), (&json!("fake"), &json!("login")));
    olga.sees(&said[4]).await;
    olga.until("all five wait", || async {
        (olga.does("links.list", json!({})).await[0]["queued"] == 5).then_some(())
    })
    .await;
    world.crm.revoke(false);
    world.connect_crm().await;
    let all: Vec<&str> = std::iter::once("Добрый день")
        .chain(said.iter().map(String::as_str))
        .collect();
    crm_shows(&world, &all).await;
    world.queue_is_empty().await;
    assert_eq!(world.crm.chat_with("Анна"), all);
    assert_eq!(of_kind(&world, "contact").len(), 1);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_managers_answer_reaches_anna_once_and_its_fate_returns() {
    let (world, anna, talk) = with_anna().await;
    crm_shows(&world, &["Добрый день"]).await;
    let id = world.crm.manager_writes("Анна", "Здравствуйте, Анна!");
    let olga = world.operator();
    eventually("the answer at Anna's", || async {
        (anna.sees() == ["Здравствуйте, Анна!"]).then_some(())
    })
    .await;
    eventually("the fate in the CRM", || async {
        world
            .crm
            .reported()
            .iter()
            .any(|line| *line == json!({ "reply": id, "fate": "sent" }))
            .then_some(())
    })
    .await;
    let replies = olga
        .does("replies.list", json!({ "filter": { "status": "sent" } }))
        .await;
    assert_eq!(replies["items"][0]["text"], "Здравствуйте, Анна!");
    let row = olga.reads(talk).await.pop().unwrap();
    assert_eq!(row["author"], "Olga");
    world.queue_is_empty().await;
    assert_eq!(
        world.crm.chat_with("Анна"),
        ["Добрый день"],
        "what came from the CRM does not go back"
    );
    anna.does(sandbox::Act::Read { up_to: None }).unwrap();
    eventually("read in the CRM", || async {
        world
            .crm
            .reported()
            .iter()
            .any(|line| line["fate"] == "read")
            .then_some(())
    })
    .await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_card_beside_the_conversation_and_live_choices_come_from_the_crm() {
    let (world, _, talk) = with_anna().await;
    crm_shows(&world, &["Добрый день"]).await;
    let olga = world.operator();
    let cards = olga.does("crm.cards", json!({ "conversation_id": talk.0 })).await;
    assert_eq!(cards[0]["leads"][0]["responsible"], "Olga");
    let link = olga.does("links.list", json!({})).await[0]["id"].clone();
    let stages = olga
        .does("links.choices", json!({ "link_id": link, "of": "stages" }))
        .await;
    assert_eq!(
        stages[0],
        json!({ "value": "1", "label": "New", "group": "Sales", "colour": null })
    );
    let update = json!({ "link_id": link, "settings": { "stage": { "all": "2" }, "links": false } });
    olga.does("links.update", update).await;
    let wrong = json!({ "link_id": link, "settings": { "links": "maybe" } });
    assert_eq!(olga.may_not("links.update", wrong).await, "error.setting_value");
    world.sees_link("online").await;
    let filled = olga.does("links.preview", json!({ "template": "%NAME% %NAEM%" })).await;
    assert_eq!(filled, json!({ "text": "Анна %NAEM%", "unknown": ["NAEM"] }));
    world.stop().await;
}
