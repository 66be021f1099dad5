//! Messages as notes and as messages of chats, tokens and codes, without anybody listening.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use contracts::crm::{Author, CrmFile, CrmQuote};
use domain::{At, AttachmentKind, CrmOperation, Extra, Tick};
use serde_json::{Value, json};

use super::world::{anna, ours, says};
use crate::amocrm::{
    chat_message, jwt,
    mapping::{self, Attached},
    wire::{Account, Contact, Event, Page},
};
use crate::shared::{
    System,
    tracking::{code_in, snippet},
};

/// Moscow.
const OFFSET: i32 = 3 * 3600;

fn fixture(name: &str) -> Value {
    let text = match name {
        "contacts" => include_str!("../fixtures/contacts.json"),
        "events" => include_str!("../fixtures/events.json"),
        _ => include_str!("../fixtures/account.json"),
    };
    serde_json::from_str(text).unwrap()
}

fn file(kind: AttachmentKind, name: &str) -> CrmFile {
    CrmFile {
        kind,
        name: name.to_owned(),
        mime: "application/octet-stream".to_owned(),
        size: 12,
        duration_ms: Some(3400),
        path: None,
        link: None,
        reason: None,
    }
}

#[test]
fn a_note_tells_who_where_and_when() {
    let mut work = says(&anna(), 1, "Есть синий диван?");
    work.message.written_at = At::from_secs(1_700_000_000);
    work.message.quote = Some(CrmQuote {
        marker: None,
        refs: Vec::new(),
        author: Some("Ольга".to_owned()),
        text: "Какой цвет?".to_owned(),
    });
    let note = mapping::note(&work, At::from_secs(1_700_009_999), OFFSET, &Attached::default());
    let expected = "← Анна · Telegram · Магазин · 15.11.2023 01:13\n> Ольга: Какой цвет?\nЕсть синий диван?\n#00001389";
    assert_eq!(note, expected);
}

#[test]
fn a_note_of_ours_that_did_not_go_says_so() {
    let mut work = ours(&anna(), 1, "Есть");
    work.message.tick = Some(Tick::Error);
    work.message.failure = Some((domain::Reason::new("reason.x"), "Клиент запретил сообщения".to_owned()));
    work.message.files = vec![file(AttachmentKind::Document, "смета.pdf")];
    let note = mapping::note(&work, work.message.written_at, OFFSET, &Attached::default());
    let lines: Vec<_> = note.lines().collect();
    assert_eq!(lines[0], "→ Ольга · Telegram · Магазин");
    assert_eq!(&lines[2..4], ["📎 смета.pdf ✕", "⚠ Клиент запретил сообщения"]);
}

#[test]
fn words_are_the_caption_of_the_first_file_and_each_part_has_a_name() {
    let mut work = says(&anna(), 1, "Вот");
    work.message.files = vec![
        file(AttachmentKind::Image, "a.jpg"),
        file(AttachmentKind::Voice, "b.ogg"),
    ];
    let files = work.message.files.clone();
    let linked: Vec<_> = files
        .iter()
        .map(|file| (file, Some(format!("https://drive/{}", file.name))))
        .collect();
    let parts = chat_message::parts(&work, &linked);
    let kinds: Vec<_> = parts
        .iter()
        .map(|part| part.message["type"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["picture", "voice"]);
    assert_eq!(parts[0].message["text"], "Вот");
    assert_eq!(parts[1].message["media_duration"], 3);
    assert_eq!(
        (&parts[0].msgid, &parts[1].msgid),
        (&work.marker, &format!("{}:1", work.marker))
    );
}

#[test]
fn places_and_cards_have_a_form_of_their_own() {
    let mut work = says(&anna(), 1, "");
    work.message.content.extras = vec![
        Extra::Location {
            lat: 55.7,
            lon: 37.6,
            title: None,
            address: None,
        },
        Extra::Contact {
            name: "Борис".to_owned(),
            phone: Some("+79994445566".to_owned()),
        },
    ];
    let parts = chat_message::parts(&work, &[]);
    assert_eq!(
        parts[0].message,
        json!({ "type": "location", "location": { "lat": 55.7, "lon": 37.6 } })
    );
    assert_eq!(parts[1].message["contact"]["phone"], "+79994445566");
    assert_eq!(parts.len(), 2, "no empty text beside them");
}

#[test]
fn a_member_of_a_group_is_named_and_a_deleted_message_says_so() {
    let mut work = says(&anna(), 1, "Привет");
    work.message.author = Author::Member {
        remote_id: "9".to_owned(),
        name: "Борис".to_owned(),
        phone: None,
    };
    assert_eq!(chat_message::parts(&work, &[])[0].message["text"], "Борис: Привет");
    work.operation = CrmOperation::Delete;
    assert_eq!(chat_message::parts(&work, &[])[0].message["text"], "🗑 Привет");
}

#[test]
fn a_token_tells_its_end_and_what_it_may() {
    let token = |claims: &str| format!("head.{}.signature", URL_SAFE_NO_PAD.encode(claims));
    let claims = jwt::claims(&token(r#"{"exp":1800000000,"scopes":["crm","files"]}"#)).unwrap();
    assert_eq!(claims.expires_at(), Some(At::from_secs(1_800_000_000)));
    assert!(claims.allows("crm") && !claims.allows("notifications"));
    assert!(
        jwt::claims(&token("{}")).unwrap().allows("crm"),
        "an old token names no rights and has all"
    );
    assert_eq!(jwt::claims("def502"), None);
}

#[test]
fn the_visitors_number_is_found_where_the_greeting_puts_it() {
    let greeting = "Здравствуйте! Мой номер {u_code}, хочу заказать";
    let found = |text: &str| code_in(greeting, text);
    assert_eq!(
        found("здравствуйте!  Мой номер 1674.5521, хочу заказать").as_deref(),
        Some("1674.5521")
    );
    assert_eq!(
        found("Здравствуйте! Мой номер телефона другой"),
        None,
        "a word is no number"
    );
    assert_eq!(found("Добрый день"), None);
    assert_eq!(
        code_in("{u_code}", "1674"),
        None,
        "without words around any message would be a number"
    );
}

#[test]
fn the_snippet_holds_the_greeting_and_cannot_be_broken_out_of() {
    let html = snippet(System::Yandex, "Номер {u_code}</script>", "+7 999 111-22-33", "55");
    assert!(html.contains(r#"greeting = "Номер {u_code}<\/script>", phone = "79991112233""#));
    assert!(html.contains("ym(55, 'getClientID', fill)"));
    assert!(snippet(System::Roistat, "{u_code}", "", "").contains("cookie('roistat_visit')"));
    assert!(!html.contains("__"), "nothing is left to fill in");
}

#[test]
fn documented_answers_are_read() {
    let account: Account = serde_json::from_value(fixture("account")).unwrap();
    assert_eq!((account.offset_secs(), account.task_types().len()), (OFFSET, 2));
    let page: Page = serde_json::from_value(fixture("contacts")).unwrap();
    let contacts: Vec<Contact> = page.of("contacts");
    assert_eq!(contacts[0].phones(), ["8 (999) 111-22-33"]);
    assert!(
        page.goes_on() && contacts[1].phones().is_empty(),
        "a card without fields has null there"
    );
    let page: Page = serde_json::from_value(fixture("events")).unwrap();
    let events: Vec<Event> = page.of("events");
    assert_eq!(events[0].message().unwrap().talk_id, 77);
    assert_eq!(events[1].message(), None, "an event of another kind is no message");
}
