use std::collections::{BTreeMap, BTreeSet};

use contracts::channel::Channel;

use crate::telegram_bot::CHANNEL;

fn texts() -> [BTreeMap<String, String>; 3] {
    let texts = CHANNEL.descriptor().texts;
    [texts.ru, texts.en, texts.es].map(|json| serde_json::from_str(json).unwrap())
}

#[test]
fn every_language_says_the_same_things() {
    let [ru, en, es] = texts();
    assert!(
        [&ru, &en, &es]
            .iter()
            .all(|texts| texts.values().all(|text| !text.is_empty()))
    );
    assert!(ru.keys().eq(en.keys()) && ru.keys().eq(es.keys()));
    let places = |text: &str| text.matches("{{").count();
    for (key, text) in &ru {
        assert_eq!(
            (places(&en[key]), places(&es[key])),
            (places(text), places(text)),
            "{key}"
        );
    }
}

#[test]
fn every_reason_in_the_code_has_a_text_and_none_is_left_over() {
    let sources = [
        include_str!("../errors.rs"),
        include_str!("../login.rs"),
        include_str!("../media.rs"),
        include_str!("../send.rs"),
        include_str!("../convert/file.rs"),
    ];
    let named = sources
        .iter()
        .flat_map(|source| source.split("\"telegram_bot.").skip(1));
    let used: BTreeSet<&str> = named.filter_map(|rest| rest.split('"').next()).collect();
    let [ru, ..] = texts();
    let told: BTreeSet<&str> = ru
        .keys()
        .map(String::as_str)
        .filter(|key| key.starts_with("reason."))
        .collect();
    assert_eq!(used, told);
}
