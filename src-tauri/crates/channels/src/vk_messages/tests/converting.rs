//! Recorded updates as events: nobody is asked.

use std::collections::BTreeSet;

use contracts::channel::{ConnectorEvent, EventMessage, ReceiptKind};
use domain::{At, AttachmentKind, ConversationKind, Direction, EntityKind, Extra, FetchState, Reachability, Tick};
use serde_json::{Value, json};

use crate::vk_messages::{
    convert::View,
    echoes::{Echoes, payload, random_id},
    heard::Heard,
    names::Names,
    updates::understand,
    wire::User,
};

const GROUP: i64 = 77;
const NOW: At = At::from_secs(1_764_000_000);

fn fixture(name: &str) -> Value {
    let all: Value = serde_json::from_str(include_str!("../fixtures/updates.json")).unwrap();
    all.get(name).unwrap_or_else(|| panic!("no fixture {name}")).clone()
}

fn names() -> Names {
    let people: Vec<User> = serde_json::from_value(fixture("people")).unwrap();
    Names {
        people: people.into_iter().map(|page| (page.id, page)).collect(),
        groups: [(88, "Фабрика диванов".to_owned())].into(),
        chats: [(2_000_000_003, "Замеры".to_owned())].into(),
    }
}

fn event_of(update: &Value, echoes: &Echoes) -> Option<ConnectorEvent> {
    let names = names();
    let view = View {
        group: GROUP,
        names: &names,
        echoes,
        session_began: NOW,
        marks: None,
    };
    understand(update)?.event(&view, NOW)
}

fn event(name: &str) -> Option<ConnectorEvent> {
    event_of(&fixture(name), &Echoes::default())
}

fn message(name: &str) -> EventMessage {
    match event(name) {
        Some(ConnectorEvent::Message(message)) => *message,
        other => panic!("{name} is {other:?}"),
    }
}

fn card(extra: &Extra) -> (&str, &str, Option<&str>, Option<&str>) {
    match extra {
        Extra::Card(card) => (&card.what, &card.title, card.text.as_deref(), card.url.as_deref()),
        other => panic!("no card: {other:?}"),
    }
}

#[test]
fn annas_first_message_brings_her_card_and_where_she_came_from() {
    let hello = message("hello");
    assert_eq!((hello.chat.remote_id.as_str(), hello.remote_id.as_str()), ("501", "1"));
    assert_eq!(
        (hello.direction, hello.chat.kind),
        (Direction::In, ConversationKind::Direct)
    );
    let anna = hello.sender.unwrap();
    assert_eq!(anna.name.as_deref(), Some("Анна Соколова"));
    assert_eq!(anna.username.as_deref(), Some("anna_sokolova"));
    assert_eq!(anna.phone.as_deref(), Some("+79000000023"));
    assert_eq!(
        (anna.city.as_deref(), anna.birthday.as_deref()),
        (Some("Санкт-Петербург"), Some("7.3.1990"))
    );
    assert_eq!(
        anna.avatar.unwrap().key.as_deref(),
        Some("avatar:https://sun9.userapi.com/anna.jpg")
    );
    let source = hello.source.unwrap();
    assert_eq!(
        (source.reference.as_str(), source.detail.as_deref()),
        ("avito_sept", Some("banner2"))
    );
}

#[test]
fn markup_becomes_words_with_marks() {
    let content = message("hello").content;
    assert_eq!(
        content.text,
        "Здравствуйте, Пётр советовал вас! Вот витрина [не ссылка]"
    );
    let words = |at: usize| {
        let units: Vec<u16> = content.text.encode_utf16().collect();
        let (from, length) = (
            content.entities[at].offset as usize,
            content.entities[at].length as usize,
        );
        String::from_utf16(&units[from..from + length]).unwrap()
    };
    assert_eq!(
        (words(0), words(1), words(2)),
        ("Пётр".into(), "вас".into(), "витрина".into())
    );
    assert_eq!(content.entities[0].kind, EntityKind::Mention);
    let url = "https://vk.com/market-77".to_owned();
    assert_eq!(content.entities[2].kind, EntityKind::Link { url });
}

#[test]
fn of_a_photo_the_largest_size_is_taken() {
    let files = message("photos").files;
    assert_eq!((files[0].width, files[0].height), (Some(2560), Some(1920)));
    assert_eq!(files[0].key.as_deref(), Some("photo501_457239017"));
    assert_eq!(files[0].fetch["url"], "https://sun1.userapi.com/w.jpg?sig=1");
    assert_eq!(files[0].fetch["inside"]["cmid"], 2, "to ask for a fresh address");
    assert_eq!(
        files[1].fetch["url"], "https://sun1.userapi.com/z.jpg",
        "without measures the letter counts"
    );
}

#[test]
fn every_kind_of_file_is_what_it_is_to_people() {
    use AttachmentKind as K;
    let kinds: Vec<_> = message("files").files.iter().map(|file| file.kind).collect();
    let (seen, heard) = (
        [K::Document, K::Animation, K::Voice, K::Image],
        [K::Sticker, K::Audio, K::Audio, K::Video],
    );
    assert_eq!(kinds, [seen, heard].concat());
}

#[test]
fn files_keep_their_names_their_sound_and_where_they_are() {
    let files = message("files").files;
    assert_eq!(files[0].name.as_deref(), Some("Смета на кухню.pdf"));
    assert_eq!(files[2].duration_ms, Some(4000));
    assert_eq!(
        files[2].waveform.as_deref(),
        Some(&[0, 1, 31, 15][..]),
        "never louder than 31"
    );
    assert_eq!(files[2].fetch["url"], "https://psv4.userapi.com/a.ogg");
    assert_eq!(files[4].fetch["url"], "https://vk.com/sticker/1-9012-512");
    assert_eq!(files[5].name.as_deref(), Some("Дайте танк (!) – Утро.mp3"));
}

#[test]
fn films_and_closed_music_are_watched_at_vk() {
    let files = message("files").files;
    for (file, link) in [
        (6, "https://vk.com/audio2000_11"),
        (7, "https://vk.com/video-77_456239020_vv"),
    ] {
        assert_eq!(
            (files[file].state, files[file].link.as_deref()),
            (FetchState::Elsewhere, Some(link))
        );
    }
}

#[test]
fn posts_goods_polls_and_the_like_become_cards() {
    let message = message("cards");
    let extras = &message.content.extras;
    let shared = Some("Скидка на диваны до конца недели");
    assert_eq!(
        card(&extras[0]),
        ("wall", "vk.com/club77", shared, Some("https://vk.com/wall-77_113"))
    );
    assert_eq!(card(&extras[1]).1, "Пётр Ильин");
    assert_eq!(card(&extras[1]).3, Some("https://vk.com/wall-77_113?reply=5"));
    assert!(matches!(&extras[2], Extra::Card(goods) if goods.price.as_deref() == Some("18 900 ₽")));
    assert_eq!(
        card(&extras[3]),
        (
            "link",
            "Кухни на заказ",
            Some("Замер бесплатно"),
            Some("https://example.org/kuhni")
        )
    );
    assert!(matches!(&extras[4], Extra::Poll { options, .. } if options == &["Белый", "Дуб"]));
    assert_eq!(card(&extras[5]).0, "gift");
    assert_eq!(card(&extras[6]).3, Some("https://vk.com/story-77_456?access_key=st"));
    assert_eq!(card(&extras[7]).0, "call");
    assert_eq!(message.files.len(), 1, "the gift's picture");
    assert_eq!(message.raw, None, "nothing was lost");
}

#[test]
fn a_place_has_a_name_or_only_its_degrees() {
    let [
        Extra::Location {
            lat,
            lon,
            title,
            address,
        },
    ] = &message("place").content.extras[..]
    else {
        panic!()
    };
    assert_eq!((*lat, *lon), (59.93, 30.31));
    assert_eq!(
        (title.as_deref(), address.as_deref()),
        (Some("Дворцовая площадь"), Some("Санкт-Петербург"))
    );
    let old = &message("old_place").content.extras[0];
    assert!(matches!(old, Extra::Location { lat, .. } if *lat == 55.75));
}

#[test]
fn a_quote_and_forwards_name_their_authors() {
    let quote = message("quote").reply_to.unwrap();
    assert_eq!(
        (quote.remote_id.unwrap().as_str(), quote.text.as_deref()),
        ("2", Some("Стол «Орех» подойдёт?"))
    );
    let forwards = message("forwards");
    let said: Vec<_> = forwards
        .content
        .extras
        .iter()
        .filter_map(|extra| match extra {
            Extra::Forwarded { author, text } => Some((author.as_str(), text.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(
        said,
        [
            ("Пётр Ильин", "Брали у них шкаф"),
            ("Фабрика диванов", "Шкафы от производителя")
        ]
    );
    assert_eq!(forwards.files.len(), 2, "what they carried comes along");
}

#[test]
fn what_cannot_be_shown_is_kept_raw_and_hides_nothing_else() {
    for (name, word) in [("unknown_part", "money_transfer"), ("broken_part", "doc")] {
        let message = message(name);
        let what = word.to_owned();
        assert_eq!(message.content.extras, [Extra::Unsupported { what }]);
        assert_eq!(message.files.len(), 1, "the photo beside it");
        assert!(message.raw.is_some());
    }
}

#[test]
fn olga_who_answers_in_vk_itself_is_named() {
    let answer = message("written_in_vk");
    assert_eq!((answer.direction, answer.sender), (Direction::Out, None));
    assert_eq!(answer.author_name.as_deref(), Some("Ольга Менеджер"));
    assert_eq!(answer.echo_of, None);
}

#[test]
fn our_own_message_is_recognised_in_this_run_and_in_the_next() {
    let key = 0x1234_5678_9abc_def0;
    let mut echo = fixture("our_echo");
    echo["object"]["random_id"] = random_id(key).into();
    let echo_of = |update: &Value, echoes: &Echoes| match event_of(update, echoes) {
        Some(ConnectorEvent::Message(message)) => message.echo_of,
        other => panic!("{other:?}"),
    };
    let this_run = Echoes::default();
    assert!(this_run.expect(key));
    assert_eq!(echo_of(&echo, &this_run), Some(key));
    assert_eq!(
        echo_of(&echo, &Echoes::default()),
        None,
        "somebody else's program has sent it"
    );
    echo["object"]["payload"] = payload(key).into();
    assert_eq!(echo_of(&echo, &Echoes::default()), Some(key));
}

#[test]
fn keys_fold_into_numbers_that_vk_takes() {
    let ids: BTreeSet<i32> = (1..10_000_i64)
        .map(|n| random_id(n.wrapping_mul(0x1e37_79b9_7f4a_7c15) & i64::MAX))
        .collect();
    assert!(ids.iter().all(|id| *id > 0), "0 switches the check off");
    assert!(ids.len() > 9_990, "they stay apart");
}

#[test]
fn an_edit_is_one_only_when_a_person_made_it() {
    let Some(ConnectorEvent::Edited {
        message, content, at, ..
    }) = event("edit")
    else {
        panic!()
    };
    assert_eq!((message.as_str(), at), ("1", At::from_secs(1_764_000_100)));
    assert_eq!(content.text, "Здравствуйте! Пётр советовал вас");
    assert!(event("snippet").is_none(), "VK has loaded a preview");
}

#[test]
fn reads_tell_whose_they_are() {
    let Some(ConnectorEvent::Receipt { chat, kind, tick, .. }) = event("read") else {
        panic!()
    };
    assert_eq!((chat.as_str(), kind, tick), ("501", ReceiptKind::UpTo(12), Tick::Read));
    let Some(ConnectorEvent::ReadElsewhere { up_to, .. }) = event("read_by_us") else {
        panic!()
    };
    assert_eq!(up_to.unwrap().as_str(), "10");
}

#[test]
fn typing_consent_and_reactions_are_the_clients_alone() {
    assert!(matches!(event("typing"), Some(ConnectorEvent::Typing { chat }) if chat.as_str() == "501"));
    assert!(event("typing_by_us").is_none());
    for (name, expected) in [("allow", Reachability::Open), ("deny", Reachability::Blocked)] {
        let Some(ConnectorEvent::Reachable { reachability, .. }) = event(name) else {
            panic!()
        };
        assert_eq!(reachability, expected);
    }
    let Some(ConnectorEvent::Reaction(liked)) = event("reaction") else {
        panic!()
    };
    assert_eq!((liked.message.as_str(), liked.emoji), ("12", vec!["👍".to_owned()]));
    assert!(matches!(event("reaction_back"), Some(ConnectorEvent::Reaction(gone)) if gone.emoji.is_empty()));
}

#[test]
fn a_chat_of_several_people_is_one_conversation_under_its_title() {
    let question = message("chat");
    assert_eq!(question.chat.kind, ConversationKind::Group);
    assert_eq!(question.chat.title.as_deref(), Some("Замеры"));
    assert_eq!(
        question.chat.contact.remote_id, "chat77_3",
        "numbers of chats are each community's own"
    );
    assert_eq!(question.sender.unwrap().name.as_deref(), Some("Пётр Ильин"));
}

#[test]
fn what_happens_in_a_chat_is_a_line_of_the_system() {
    let line = |action: Value| {
        let mut update = fixture("chat_renamed");
        update["object"]["message"]["action"] = action;
        match event_of(&update, &Echoes::default()) {
            Some(ConnectorEvent::Message(message)) => *message,
            other => panic!("{other:?}"),
        }
    };
    let said = |kind: &str, member: i64, text: Option<&str>| {
        let message = line(json!({"type": kind, "member_id": member, "text": text}));
        assert_eq!((message.direction, message.sender), (Direction::System, None));
        message.system.unwrap().to_string()
    };
    let title = "Замеры и доставка";
    for (told, expected) in [
        (
            said("chat_create", 502, Some(title)),
            "system.created title=Замеры и доставка who=Пётр Ильин",
        ),
        (
            said("chat_title_update", 502, Some(title)),
            "system.title title=Замеры и доставка who=Пётр Ильин",
        ),
        (said("chat_photo_update", 502, None), "system.photo who=Пётр Ильин"),
        (
            said("chat_photo_remove", 502, None),
            "system.photo_removed who=Пётр Ильин",
        ),
        (said("chat_invite_user", 502, None), "system.joined name=Пётр Ильин"),
        (
            said("chat_invite_user", 501, None),
            "system.added name=Анна Соколова who=Пётр Ильин",
        ),
        (
            said("chat_invite_user_by_link", 502, None),
            "system.joined name=Пётр Ильин",
        ),
        (said("chat_kick_user", 502, None), "system.left name=Пётр Ильин"),
        (
            said("chat_kick_user", 501, None),
            "system.removed name=Анна Соколова who=Пётр Ильин",
        ),
        (
            said("chat_pin_message", 502, Some("В семь")),
            "system.pinned_text text=В семь who=Пётр Ильин",
        ),
        (said("chat_unpin_message", 502, None), "system.unpinned who=Пётр Ильин"),
    ] {
        assert_eq!(told, expected);
    }
    let unknown = line(json!({"type": "conversation_style_update", "style": "lagoon"}));
    assert!(
        matches!(unknown.content.extras.as_slice(), [Extra::Unsupported { what }] if what == "conversation_style_update")
    );
    assert!(unknown.system.is_none() && unknown.raw.is_some());
}

#[test]
fn a_broken_update_is_reported_and_a_foreign_one_passed_over() {
    let Some(ConnectorEvent::Malformed(broken)) = event("no_cmid") else {
        panic!()
    };
    assert!(broken.problem.contains("from_id"), "{}", broken.problem);
    assert!(broken.raw.contains("message_new"));
    assert!(event("other_kind").is_none());
}

#[test]
fn a_gap_in_the_numbers_of_a_dialog_is_a_missed_message() {
    let mut heard = Heard::default();
    for cmid in [1, 2, 3] {
        heard.told(501, cmid);
    }
    assert!(heard.is_whole(501, 3));
    assert!(!heard.is_whole(501, 4), "the dialog goes on, and nobody told");
    heard.told(501, 5);
    assert!(!heard.is_whole(501, 5), "the fourth is missing");
    heard.read(501, 5);
    assert!(heard.is_whole(501, 5), "read from history");
    heard.told(502, 40);
    assert!(!heard.is_whole(502, 40), "what came before is not known");
}
