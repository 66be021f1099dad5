//! Catching up: conversations, histories, single messages, people.

use crate::world::{Line, id, with};
use sandbox::{Act, Letter, NewPerson, Past, samples};
use serde_json::{Value, json};

fn texts(items: &Value) -> Vec<&str> {
    items
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["text"].as_str().unwrap())
        .collect()
}

/// A dialog of four words, and the words that a page of its history holds.
async fn page(line: &Line, peer: i64, more: Value) -> (Value, String) {
    let history = line
        .call("messages.getHistory", with(json!({"peer_id": peer}), &more))
        .await;
    let words = texts(&history["items"]).join(" ");
    (history, words)
}

fn four_words(line: &Line) -> i64 {
    let anna = line.customer("Анна");
    for word in ["раз", "два", "три", "четыре"] {
        anna.writes(word).unwrap();
    }
    id(&anna)
}

#[tokio::test]
async fn a_history_is_paged_from_either_end() {
    let line = Line::start().await;
    let anna = four_words(&line);
    let (history, newest) = page(&line, anna, json!({"count": 2})).await;
    assert_eq!((history["count"].as_i64(), newest.as_str()), (Some(4), "четыре три"));
    assert_eq!(page(&line, anna, json!({"count": 2, "offset": 2})).await.1, "два раз");
    assert_eq!(page(&line, anna, json!({"count": 2, "rev": 1})).await.1, "раз два");
    let greedy = json!({"peer_id": anna, "count": 201});
    assert_eq!(line.refusal("messages.getHistory", greedy).await, 100);
}

#[tokio::test]
async fn a_history_is_paged_from_a_message() {
    let line = Line::start().await;
    let anna = four_words(&line);
    let third = page(&line, anna, json!({"count": 2})).await.0["items"][1]["id"].clone();
    let from_third = json!({"start_message_id": third, "count": 2});
    assert_eq!(page(&line, anna, from_third).await.1, "три два");
    let newer = json!({"start_message_id": third, "offset": -1, "count": 1});
    assert_eq!(page(&line, anna, newer).await.1, "четыре");
}

/// The peers of a filtered list of conversations, and the whole answer.
async fn conversations(line: &Line, filter: &str) -> (Vec<i64>, Value) {
    let params = json!({"filter": filter, "extended": 1, "fields": "photo_200"});
    let answer = line.call("messages.getConversations", params).await;
    let items = answer["items"].as_array().unwrap().iter();
    let peers = items
        .map(|one| one["conversation"]["peer"]["id"].as_i64().unwrap())
        .collect();
    (peers, answer)
}

#[tokio::test]
async fn conversations_come_newest_first_with_their_people() {
    let line = Line::start().await;
    let (anna, boris) = (line.customer("Анна"), line.customer("Борис"));
    anna.writes("Я первая").unwrap();
    boris.writes("А я второй").unwrap();
    let (peers, all) = conversations(&line, "all").await;
    assert_eq!(peers, [id(&boris), id(&anna)]);
    assert_eq!(
        (all["count"].as_i64(), all["unread_count"].as_i64()),
        (Some(2), Some(2))
    );
    let profiles = all["profiles"].as_array().unwrap();
    assert!(profiles.len() == 2 && profiles.iter().all(|one| one["photo_200"].is_string()));
    assert_eq!(all["groups"][0]["id"], line.group);
}

#[tokio::test]
async fn conversations_are_filtered_by_what_was_done_with_them() {
    let line = Line::start().await;
    let (anna, boris) = (line.customer("Анна"), line.customer("Борис"));
    anna.writes("Я первая").unwrap();
    boris.writes("А я второй").unwrap();
    line.says(&boris, 1, "Ответ Борису").await;
    assert_eq!(conversations(&line, "unanswered").await.0, [id(&anna)]);
    line.call("messages.markAsAnsweredConversation", json!({"peer_id": id(&anna)}))
        .await;
    assert!(conversations(&line, "unanswered").await.0.is_empty());
    line.call("messages.markAsRead", json!({"peer_id": id(&anna)})).await;
    assert_eq!(conversations(&line, "unread").await.0, [id(&boris)]);
}

#[tokio::test]
async fn a_conversation_says_whether_we_may_write() {
    let line = Line::start().await;
    let anna = line.customer("Анна");
    let allowed = json!({"group_id": line.group, "user_id": id(&anna)});
    assert_eq!(
        line.call("messages.isMessagesFromGroupAllowed", allowed.clone()).await["is_allowed"],
        1
    );
    anna.does(Act::Block).unwrap();
    assert_eq!(
        line.call("messages.isMessagesFromGroupAllowed", allowed).await["is_allowed"],
        0
    );
    let conversation = line
        .call("messages.getConversationsById", json!({"peer_ids": id(&anna)}))
        .await;
    assert_eq!(
        conversation["items"][0]["can_write"],
        json!({"allowed": false, "reason": 901})
    );
}

#[tokio::test]
async fn single_messages_are_found_by_either_number() {
    let line = Line::start().await;
    let anna = line.customer("Анна");
    anna.writes("Найди меня").unwrap();
    let by_cmid = json!({"peer_id": id(&anna), "conversation_message_ids": "1,99"});
    let found = line.call("messages.getByConversationMessageId", by_cmid).await;
    assert_eq!(found["count"], 1);
    let message = found["items"][0]["id"].clone();
    let again = line
        .call("messages.getById", json!({"message_ids": message, "extended": 1}))
        .await;
    assert_eq!(
        (again["items"][0]["text"].as_str(), again["profiles"][0]["id"].as_i64()),
        (Some("Найди меня"), Some(id(&anna)))
    );
}

#[tokio::test]
async fn a_cropped_message_is_whole_when_asked_for() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    line.switch("crop", json!({}));
    let anna = line.customer("Анна");
    anna.sends(Letter {
        forwarded_from: Some("Ольга Лесникова".to_owned()),
        ..Letter::saying("Длинная переписка")
    })
    .unwrap();

    let event = poller.event(&line, "message_new").await;
    assert_eq!(
        (
            event["message"]["is_cropped"].as_bool(),
            &event["message"]["fwd_messages"]
        ),
        (Some(true), &json!([]))
    );
    let whole = line
        .call("messages.getById", json!({"message_ids": event["message"]["id"]}))
        .await;
    assert_eq!(whole["items"][0]["fwd_messages"][0]["text"], "Длинная переписка");
}

#[tokio::test]
async fn the_past_is_history_and_no_event() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    let anna = line.customer("Анна");
    let now = line.sandbox.world().clock.now();
    let past = |hours: i64, by_customer: bool, text: &str| Past {
        at: now - jiff::SignedDuration::from_hours(hours),
        by_customer,
        letter: Letter::saying(text),
    };
    line.vendor()
        .remember(
            &anna.person.id,
            vec![past(3, true, "Вчера спрашивала"), past(2, false, "Вчера ответили")],
        )
        .unwrap();

    assert!(poller.events(&line).await.is_empty());
    let history = line.call("messages.getHistory", json!({"peer_id": id(&anna)})).await;
    assert_eq!(texts(&history["items"]), ["Вчера ответили", "Вчера спрашивала"]);
    assert_eq!(
        history["items"][1]["date"],
        (now - jiff::SignedDuration::from_hours(3)).as_second()
    );
}

#[tokio::test]
async fn a_profile_shows_what_was_asked_for() {
    let line = Line::start().await;
    let mut anna = NewPerson::named("Анна", "Петрова");
    (anna.phone, anna.city, anna.birthday) = (
        Some("+79991234567".to_owned()),
        Some("Казань".to_owned()),
        Some("3.4.1990".to_owned()),
    );
    (anna.username, anna.avatar) = (Some("anna.petrova".to_owned()), Some(samples::photo().data));
    let anna = line.vendor().add_person(anna).id.number();
    let ask = json!({"user_ids": "anna.petrova,1", "fields": "photo_200,city,bdate,contacts,screen_name,sex"});
    let people = line.call("users.get", ask.clone()).await;

    assert_eq!(people.as_array().unwrap().len(), 1);
    let person = &people[0];
    assert_eq!((person["id"].as_i64(), person["sex"].as_i64()), (anna, Some(1)));
    assert_eq!(
        (person["city"]["title"].as_str(), person["bdate"].as_str()),
        (Some("Казань"), Some("3.4.1990"))
    );
    assert_eq!(person["mobile_phone"], "+79991234567");
    assert!(line.fetch(&person["photo_200"]).await.starts_with(b"\xff\xd8"));
    line.switch("person", json!({"id": anna, "page": "closed"}));
    assert_eq!(line.call("users.get", ask).await[0].get("city"), None);
}

#[tokio::test]
async fn short_names_lead_to_people_and_communities() {
    let line = Line::start().await;
    let group = line.call("groups.getById", json!({})).await["groups"][0].clone();
    let resolve = async |name: &str| line.call("utils.resolveScreenName", json!({"screen_name": name})).await;
    let expected = json!({"type": "group", "object_id": line.group});
    assert_eq!(resolve(group["screen_name"].as_str().unwrap()).await, expected);
    assert_eq!(resolve(&format!("club{}", line.group)).await, expected);
    let anna = id(&line.customer("Анна"));
    assert_eq!(
        resolve(&format!("id{anna}")).await,
        json!({"type": "user", "object_id": anna})
    );
    assert_eq!(resolve("nobody").await, json!([]));
}
