//! What no document promises.

use contracts::channel::ConnectorEvent;

use super::kinds::{messages, page};

#[test]
fn one_strange_update_does_not_hide_the_others() {
    let page = page(include_str!("../fixtures/strange.json"));
    assert_eq!(page.last, Some(7), "the queue goes on behind all of them");
    let quarantined = |event: &ConnectorEvent| match event {
        ConnectorEvent::Malformed(malformed) => Some(malformed.raw.clone()),
        _ => None,
    };
    let raw: Vec<_> = page.events.iter().filter_map(quarantined).collect();
    assert_eq!(raw.len(), 5);
    assert!(raw[0].contains("Номер не число"), "as it came");
    let texts: Vec<_> = messages(page).into_iter().map(|message| message.content.text).collect();
    assert_eq!(texts, ["До", "После"]);
}

#[test]
fn a_page_without_a_single_number_has_no_place_to_go_on() {
    assert_eq!(page(r#"[{"message": {}}, 5]"#).last, None);
}
