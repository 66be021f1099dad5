//! What the rules of a channel keep out of the inbox, and how it is found all the same.

use serde_json::{Value, json};
use tests::{Operator, Talk, World, eventually};

const VK: &str = "vk_messages";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_advertisement_is_neither_seen_nor_heard_but_there_on_demand() {
    let world = World::start_live().await;
    let olga = world.operator();
    olga.sets_rules(VK, json!({ "filter.mode": "except", "filter.words": "реклам*" }))
        .await;
    let mut changes = world.app.changes();
    // With a Latin «e».
    world.customer("vk", "Оптовик").writes("Закажите рeкламу!").unwrap();
    world.customer("vk", "Анна").writes("Здравствуйте").unwrap();
    let anna = olga.sees("Здравствуйте").await;

    assert_eq!(olga.list().await.len(), 1, "only Anna");
    assert_eq!(olga.does("conversations.counts", json!({})).await["unread"], 1);
    let talk = olga.sees_filtered("рeкламу").await;
    assert_eq!(olga.texts(talk).await, Vec::<String>::new());
    let shown = olga.reads_all(talk).await;
    assert_eq!(shown[0]["verdict"], "filtered");
    assert_eq!(
        shown[0]["judged"],
        json!({ "key": "verdict.word", "params": { "rule": "реклам*", "word": "рeкламу" } })
    );
    let journal = olga
        .does("messages.judged", json!({ "message_id": shown[0]["id"] }))
        .await;
    assert!(journal["decided_at"].is_number(), "the journal says when");
    let rows = olga.does("journal.list", json!({ "filter": {} })).await;
    let why: Vec<&Value> = rows["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["judged"])
        .collect();
    assert!(
        why.contains(&&shown[0]["judged"]) && why.contains(&&Value::Null),
        "and why, of this one only"
    );
    let heard = tests::heard(&mut changes).await;
    assert_eq!(heard.conversation_id, anna.0, "nobody is notified of the advertisement");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_in_the_black_list_and_emoji_alone_are_filtered() {
    let world = World::start_live().await;
    let olga = world.operator();
    let pest = world.customer("vk", "Навязчивый");
    pest.writes("Первое").unwrap();
    let talk = olga.sees("Первое").await;
    let list = format!("+7 900 000-00-23\nhttps://vk.com/id{}", pest.person.id);
    olga.sets_rules(VK, json!({ "filter.black_list": list, "filter.emoji": false }))
        .await;
    pest.writes("Второе").unwrap();
    olga.sees_filtered("Второе").await;
    assert_eq!(olga.texts(talk).await, ["Первое"]);

    let anna = world.customer("vk", "Анна");
    anna.writes("👍🏽👨‍👩‍👧 🇷🇺").unwrap();
    let emoji = olga.sees_filtered("👍🏽").await;
    assert_eq!(olga.reads_all(emoji).await[0]["judged"]["key"], "verdict.only_emoji");
    anna.writes("👍 спасибо").unwrap();
    assert_eq!(olga.sees("👍 спасибо").await, emoji, "one word is enough");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mailing_is_held_until_the_client_answers_and_then_goes_on_in_order() {
    let world = World::start_live().await;
    let olga = world.operator();
    olga.sets_rules(VK, json!({ "filter.mailings": true })).await;
    let anna = world.customer("vk", "Анна");
    anna.does(sandbox::Act::Start { payload: None }).unwrap();
    let link = format!("https://vk.com/id{}", anna.person.id);
    let to = json!({ "account_id": olga.account(VK).await, "text": link });
    let opened = olga.does("write_first.open", to).await;
    let talk = Talk(domain::ConversationId(opened["conversation_id"].as_i64().unwrap()));
    olga.answers(talk, "Скидки на диваны").await;
    olga.answers(talk, "Только до пятницы").await;
    assert_eq!(verdicts(&olga, talk).await, ["held", "held"]);
    assert_eq!(olga.list().await.len(), 1, "Olga sees what she wrote");

    anna.writes("А какие?").unwrap();
    olga.waits_for(talk, "her answer", |message| message["text"] == "А какие?")
        .await;
    assert_eq!(verdicts(&olga, talk).await, ["pass", "pass", "pass"]);
    olga.answers(talk, "Серые").await;
    assert_eq!(verdicts(&olga, talk).await.last().unwrap(), "pass");
    world.stop().await;
}

async fn verdicts(olga: &Operator, talk: Talk) -> Vec<String> {
    let messages = olga.reads_all(talk).await;
    messages
        .iter()
        .map(|message| message["verdict"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn new_rules_are_tried_previewed_and_brought_to_what_is_already_there() {
    let mut world = World::start_live().await;
    let olga = world.operator();
    world
        .customer("vk", "Оптовик")
        .writes("Предлагаем продвижение сайта")
        .unwrap();
    world.customer("vk", "Анна").writes("А доставка платная?").unwrap();
    olga.sees("продвижение").await;
    olga.sees("доставка").await;
    let rules = json!({ "filter.mode": "except", "filter.words": "продвижен*" });
    let tried = json!({ "values": rules, "text": "Продвижение!" });
    assert_eq!(olga.does("filters.try", tried).await["verdict"], "filtered");
    let account = olga.account(VK).await;
    let asked = json!({ "account_id": account, "days": 7, "values": rules });
    let preview = olga.does("filters.preview", asked).await;
    assert_eq!((&preview["judged"], &preview["filtered"]), (&json!(2), &json!(1)));
    assert_eq!(preview["samples"][0]["reason"]["params"]["word"], "продвижение");
    assert_eq!(olga.list().await.len(), 2, "a preview changes nothing");

    olga.sets_rules(VK, rules).await;
    olga.does("filters.rejudge", json!({ "account_id": account, "days": 7 }))
        .await;
    // It may be under way or over: the next start goes on from its row.
    world.restart().await;
    let olga = world.operator();
    finished(&olga, &account).await;
    assert_eq!(olga.list().await.len(), 1);
    olga.sees_filtered("продвижение").await;
    let counts = olga
        .does("filters.counts", json!({ "account_id": account, "days": 7 }))
        .await;
    assert_eq!(counts, json!({ "incoming": 2, "filtered": 1 }));

    olga.sets_rules(VK, json!({})).await;
    olga.does("filters.rejudge", json!({ "account_id": account, "days": 7 }))
        .await;
    assert_eq!(finished(&olga, &account).await["passed"], 1);
    assert_eq!(olga.list().await.len(), 2, "it is back");
    world.stop().await;
}

async fn finished(olga: &Operator, account: &Value) -> Value {
    eventually("judged again", || async {
        let run = olga.does("filters.progress", json!({ "account_id": account })).await;
        run["finished_at"].is_number().then_some(run)
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_is_judged_and_reading_is_told_to_the_network() {
    let world = World::start_live().await;
    let olga = world.operator();
    let rules = json!({ "filter.mode": "except", "filter.words": "крипто*", "reading.mark": true });
    olga.sets_rules(VK, rules).await;
    let anna = world.customer("vk", "Анна");
    let message = anna.writes("Здравствуйте").unwrap();
    let talk = olga.sees("Здравствуйте").await;
    eventually("Anna sees that she was read", || async { anna.phone()?.business_read }).await;
    let row = olga
        .does("conversations.get", json!({ "conversation_id": talk.0 }))
        .await;
    assert_eq!(row["row"]["unread"], 1, "Olga has not read it");

    let text = sandbox::Text::from("Криптовалюта!");
    anna.does(sandbox::Act::Edit { message, text }).unwrap();
    assert_eq!(olga.sees_filtered("Криптовалюта").await, talk);
    assert!(olga.list().await.is_empty());
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rules_that_mean_nothing_are_refused_with_their_place() {
    let world = World::start_live().await;
    let olga = world.operator();
    let account = olga.account(VK).await;
    let wrong = json!({ "filter.mode": "except", "filter.words": "цена\nре*лама", "auto_reply.text": "{{а;б" });
    let save = json!({ "account_id": account, "values": wrong });
    let error = world.app.call("rules.save", save).await.unwrap_err();
    let told: Vec<_> = error
        .fields
        .iter()
        .map(|one| (one.field.as_str(), &*one.reason.key))
        .collect();
    assert_eq!(
        told,
        [
            ("filter.words", "error.rule_inner_asterisk"),
            ("auto_reply.text", "error.spintax_unclosed")
        ]
    );
    assert_eq!(error.fields[0].reason.params["line"], "2");
    let form = olga.does("rules.get", json!({ "account_id": account })).await;
    assert_eq!(form["values"], json!({}), "nothing was changed");
    let keys: Vec<&str> = form["sections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["key"].as_str().unwrap())
        .collect();
    assert_eq!(keys, ["filter", "auto_reply", "reading"]);
    world.stop().await;
}
