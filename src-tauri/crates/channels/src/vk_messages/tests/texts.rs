use std::collections::{BTreeMap, BTreeSet};

use contracts::channel::Channel;

use crate::vk_messages::CHANNEL;

fn texts() -> [BTreeMap<String, String>; 3] {
    let texts = CHANNEL.descriptor().texts;
    [texts.ru, texts.en, texts.es].map(|json| serde_json::from_str(json).unwrap())
}

#[test]
fn every_language_says_the_same_things() {
    let [ru, en, es] = texts();
    assert!(
        ru.values()
            .chain(en.values())
            .chain(es.values())
            .all(|text| !text.is_empty())
    );
    let places = |text: &str| text.matches("{{").count();
    for (key, text) in &ru {
        assert_eq!(places(text), places(&en[key]), "{key}");
        assert_eq!(places(text), places(&es[key]), "{key}");
    }
    assert_eq!((ru.len(), ru.len()), (en.len(), es.len()));
}

#[test]
fn every_reason_in_the_code_has_a_text_and_none_is_left_over() {
    let sources = [
        include_str!("../errors.rs"),
        include_str!("../login_token.rs"),
        include_str!("../login_oauth.rs"),
        include_str!("../abilities.rs"),
        include_str!("../media.rs"),
        include_str!("../send.rs"),
        include_str!("../upload.rs"),
        include_str!("../write_first.rs"),
        include_str!("../community.rs"),
        include_str!("../attach/files.rs"),
    ];
    let used: BTreeSet<&str> = sources
        .iter()
        .flat_map(|source| source.split("\"vk_messages.").skip(1))
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    let [ru, ..] = texts();
    let told: BTreeSet<&str> = ru
        .keys()
        .map(String::as_str)
        .filter(|key| key.starts_with("reason."))
        .collect();
    assert_eq!(used, told);
}
