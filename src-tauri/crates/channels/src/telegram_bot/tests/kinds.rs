//! Updates as the network sends them, kind by kind.

use contracts::channel::{ConnectorEvent, EventMessage, RemoteFile};
use domain::{At, AttachmentKind as K, Direction, EntityKind, Extra, FetchState, Reachability};
use serde_json::value::RawValue;

use crate::telegram_bot::convert::{Page, Reader};

pub(super) fn page(fixture: &str) -> Page {
    let updates: Vec<Box<RawValue>> = serde_json::from_str(fixture).unwrap();
    let reader = Reader {
        own: 7100,
        now: At::from_secs(1_767_200_010),
        catch_up_before: At::from_secs(1_767_000_000),
        largest_file: Some(20 * 1024 * 1024),
    };
    reader.page(&updates)
}

pub(super) fn messages(page: Page) -> Vec<EventMessage> {
    let message = |event| match event {
        ConnectorEvent::Message(message) => Some(*message),
        _ => None,
    };
    page.events.into_iter().filter_map(message).collect()
}

#[test]
fn marks_are_counted_as_the_network_counts_them() {
    let told = messages(page(include_str!("../fixtures/texts.json"))).remove(0).content;
    let units: Vec<u16> = told.text.encode_utf16().collect();
    let marked = |place: usize| {
        let entity = &told.entities[place];
        let from = entity.offset as usize;
        String::from_utf16(&units[from..from + entity.length as usize]).unwrap()
    };
    assert_eq!(
        (marked(0), &told.entities[0].kind),
        ("Жду".to_owned(), &EntityKind::Bold)
    );
    let url = "https://example.org/".to_owned();
    assert_eq!(
        (marked(1), &told.entities[1].kind),
        ("сайт".to_owned(), &EntityKind::Link { url })
    );
    assert_eq!(
        (marked(2), &told.entities[2].kind),
        ("@olga".to_owned(), &EntityKind::Mention)
    );
    assert_eq!(told.entities.len(), 3, "pictures of Telegram's own are no marks");
}

#[test]
fn answers_and_forwards_name_their_authors() {
    let told = messages(page(include_str!("../fixtures/texts.json")));
    let answer = told[1].reply_to.clone().unwrap();
    assert_eq!(answer.remote_id.unwrap().as_str(), "90");
    assert_eq!(
        (answer.author.as_deref(), answer.text.as_deref()),
        (Some("Беседка"), Some("Стол"))
    );
    let forwarded: Vec<_> = told.iter().map(|message| message.forwarded_from.as_deref()).collect();
    assert_eq!(forwarded[2..4], [Some("Борис"), Some("Новости")]);
    let elsewhere = told[4].reply_to.clone().unwrap();
    assert_eq!((elsewhere.remote_id, elsewhere.author.as_deref()), (None, Some("Вера")));
}

#[test]
fn files_are_what_they_are_to_people() {
    let told = messages(page(include_str!("../fixtures/files.json")));
    let files: Vec<RemoteFile> = told.iter().map(|message| message.files[0].clone()).collect();
    let kinds: Vec<_> = files
        .iter()
        .map(|file| (file.kind, file.mime.as_deref().unwrap()))
        .collect();
    assert_eq!(
        kinds,
        [
            (K::Image, "image/jpeg"),
            (K::Video, "video/mp4"),
            (K::Animation, "video/mp4"),
            (K::Audio, "audio/mpeg"),
            (K::Voice, "audio/ogg"),
            (K::VideoNote, "video/mp4"),
            (K::Sticker, "image/webp"),
            (K::Sticker, "application/x-tgsticker"),
            (K::Sticker, "video/webm"),
            (K::Document, "application/pdf"),
            (K::Document, "video/x-matroska"),
        ]
    );
}

#[test]
fn files_tell_their_measures_and_whether_they_can_be_had() {
    let told = messages(page(include_str!("../fixtures/files.json")));
    let files: Vec<&RemoteFile> = told.iter().map(|message| &message.files[0]).collect();
    assert_eq!(
        (files[0].width, files[0].key.as_deref()),
        (Some(1280), Some("u3")),
        "the largest"
    );
    assert_eq!(files[3].name.as_deref(), Some("Кино – Пачка сигарет"));
    assert_eq!((files[5].width, files[5].duration_ms), (Some(384), Some(9000)));
    assert_eq!(
        (files[10].state, files[9].state),
        (FetchState::Failed, FetchState::Remote)
    );
}

#[test]
fn an_album_is_known_by_one_word_and_its_caption_keeps_its_marks() {
    let told = messages(page(include_str!("../fixtures/files.json")));
    assert_eq!(
        (told[0].album.as_deref(), told[1].album.as_deref()),
        (Some("1322"), Some("1322"))
    );
    assert_eq!(told[0].content.text, "Вот");
    assert_eq!(told[0].content.entities[0].kind, EntityKind::Italic);
}

#[test]
fn places_cards_polls_and_dice_are_shown() {
    let told = messages(page(include_str!("../fixtures/things.json")));
    let extras: Vec<&Extra> = told.iter().flat_map(|message| &message.content.extras).collect();
    assert!(matches!(extras[0], Extra::Location { title: None, lat, .. } if *lat == 55.75));
    assert!(matches!(extras[1], Extra::Location { title: Some(title), .. } if title == "Эрмитаж"));
    assert!(matches!(extras[2], Extra::Contact { phone: Some(phone), .. } if phone == "+79000000023"));
    assert!(matches!(extras[3], Extra::Contact { phone: Some(phone), .. } if phone == "+442079460018"));
    assert!(matches!(extras[4], Extra::Poll { options, .. } if options == &["Красный", "Синий"]));
    assert!(matches!(extras[5], Extra::Dice { value: 6, .. }));
}

#[test]
fn only_ones_own_card_proves_a_number() {
    let page = page(include_str!("../fixtures/things.json"));
    let phone = |event: &ConnectorEvent| match event {
        ConnectorEvent::ContactChanged(person) => Some((person.remote_id.clone(), person.phone.clone().unwrap())),
        _ => None,
    };
    let proven: Vec<_> = page.events.iter().filter_map(phone).collect();
    assert_eq!(proven, [("551".to_owned(), "+79000000023".to_owned())]);
}

#[test]
fn what_cannot_be_shown_is_kept() {
    let told = messages(page(include_str!("../fixtures/things.json")));
    let what = |message: &EventMessage| match message.content.extras.as_slice() {
        [Extra::Unsupported { what }] => Some((what.clone(), message.raw.is_some())),
        _ => None,
    };
    let kept: Vec<_> = told.iter().filter_map(what).collect();
    assert_eq!(kept, [("story".to_owned(), true), ("paid_media".to_owned(), true)]);
    assert_eq!(told[7].content.text, "За звёзды");
}

#[test]
fn groups_show_who_speaks_and_whether_we_may() {
    let page = page(include_str!("../fixtures/groups.json"));
    let reactions = page.events.iter().find_map(|event| match event {
        ConnectorEvent::Reaction(reaction) => Some(reaction.emoji.clone()),
        _ => None,
    });
    assert_eq!(reactions.unwrap(), ["❤", "❔", "⭐"]);
    let closed = |event: &ConnectorEvent| {
        matches!(
            event,
            ConnectorEvent::Reachable {
                reachability: Reachability::Blocked,
                ..
            }
        )
    };
    assert!(page.events.iter().any(closed));
    let told = messages(page);
    assert_eq!(
        told[0].sender.as_ref().unwrap().name.as_deref(),
        Some("Соседи"),
        "an anonymous administrator"
    );
    assert_eq!(told[1].reply_to, None, "the opening of a topic is no question");
    assert_eq!(told[1].chat.contact.link.as_deref(), Some("https://t.me/sosedi"));
}

#[test]
fn what_happens_in_a_group_is_a_line_of_the_system() {
    let told = messages(page(include_str!("../fixtures/lines.json")));
    let lines: Vec<String> = told
        .iter()
        .map(|line| line.system.as_ref().unwrap().to_string())
        .collect();
    assert_eq!(
        lines,
        [
            "system.created title=Соседи who=Анна Соколова",
            "system.joined name=Борис",
            "system.added name=Вера, Глеб who=Анна Соколова",
            "system.left name=Борис",
            "system.removed name=Вера who=Анна Соколова",
            "system.title title=Соседи, второй подъезд who=Анна Соколова",
            "system.photo who=Анна Соколова",
            "system.photo_removed who=Анна Соколова",
            "system.pinned_text text=Собрание в семь who=Анна Соколова",
            "system.pinned who=Анна Соколова",
            "system.video_started who=Анна Соколова",
            "system.video_ended",
            "system.upgraded",
        ]
    );
    assert!(
        told.iter()
            .all(|line| line.direction == Direction::System && line.sender.is_none())
    );
}

#[test]
fn a_group_that_became_a_supergroup_is_told_from_both_ends() {
    let page = page(include_str!("../fixtures/lines.json"));
    let moved = |event: &ConnectorEvent| match event {
        ConnectorEvent::ChatMoved { from, to } => {
            Some((from.0.clone(), to.remote_id.0.clone(), to.contact.remote_id.clone()))
        }
        _ => None,
    };
    let moves: Vec<_> = page.events.iter().filter_map(moved).collect();
    let (old, new) = ("-4100000001".to_owned(), "-1002000000001".to_owned());
    assert_eq!(
        moves,
        [(old.clone(), new.clone(), new.clone()), (old, new.clone(), new)]
    );
}
