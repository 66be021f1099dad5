//! Stories of orders, written as plain text beside this file.
//!
//! ```text
//! item = диван «Осло» | угловой диван «Рига»      one of them, for this person for good
//! > Здравствуйте! Интересует {item}               the customer; {а} ends verbs in the feminine
//! > [photo sofa] Вот такой видел{а} у вас         with a file
//! < Добрый день! Есть.                            the business, in histories
//! price: А {price} — это уже с доставкой?         an answer when the operator speaks of that
//! ```

use crate::letter::{FileKind, Letter, Part};
use crate::samples;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use std::collections::HashMap;

/// Texts of the stories.
static STORIES: &[&str] = &[
    include_str!("stories/divan.txt"),
    include_str!("stories/kuhnya.txt"),
    include_str!("stories/cvety.txt"),
    include_str!("stories/zapchasti.txt"),
    include_str!("stories/tort.txt"),
    include_str!("stories/okna.txt"),
    include_str!("stories/shiny.txt"),
    include_str!("stories/shtory.txt"),
    include_str!("stories/telefon.txt"),
    include_str!("stories/bani.txt"),
    include_str!("stories/detskaya.txt"),
    include_str!("stories/remont.txt"),
];

/// Answers to what any operator may say.
static COMMON: &str = include_str!("stories/common.txt");

/// What the neighbours talk about in their group.
static NEIGHBOURS: &str = include_str!("stories/neighbours.txt");

/// Something said, with what goes along with it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) by_customer: bool,
    pub(super) deed: Deed,
    pub(super) text: String,
}

/// What goes along with the words.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Deed {
    Nothing,
    /// A file by kind and sample.
    File(FileKind, String),
    Location,
    Contact,
    /// The words are corrected to these a moment later.
    Edit(String),
    /// A reaction on the last message of the business comes before the words.
    React(String),
    /// It answers the last message of the business.
    Reply,
}

/// A story as one person lives it.
#[derive(Clone, Debug, Default)]
pub(super) struct Story {
    pub(super) talk: Vec<Line>,
    answers: HashMap<String, Vec<String>>,
}

impl Story {
    /// One of the stories with its blanks filled for a person.
    pub(super) fn chosen(number: usize, female: bool, rng: &mut StdRng) -> Self {
        let mut story = Self::read(COMMON, female, rng);
        let own = STORIES.get(number % STORIES.len()).copied().unwrap_or_default();
        let Self { talk, answers } = Self::read(own, female, rng);
        story.talk = talk;
        for (topic, lines) in answers {
            // What belongs to the story is likelier than what anybody might say.
            let known = story.answers.entry(topic).or_default();
            known.extend(lines.iter().cycle().take(lines.len() * 3).cloned());
        }
        story
    }

    /// The talk of the neighbours.
    pub(super) fn of_neighbours(rng: &mut StdRng) -> Self {
        Self::read(NEIGHBOURS, false, rng)
    }

    fn read(text: &str, female: bool, rng: &mut StdRng) -> Self {
        let mut story = Self::default();
        let mut blanks: Vec<(String, String)> = vec![("{а}".to_owned(), if female { "а" } else { "" }.to_owned())];
        for line in text.lines().map(str::trim) {
            let fill = |words: &str| {
                blanks
                    .iter()
                    .fold(words.to_owned(), |text, (blank, with)| text.replace(blank, with))
            };
            if let Some(words) = line.strip_prefix("> ") {
                story.talk.push(spoken(true, &fill(words)));
            } else if let Some(words) = line.strip_prefix("< ") {
                story.talk.push(spoken(false, &fill(words)));
            } else if let Some((name, choices)) = line.split_once(" = ") {
                let choices: Vec<&str> = choices.split('|').map(str::trim).collect();
                let chosen = choices.choose(rng).copied().unwrap_or_default();
                blanks.push((format!("{{{name}}}"), chosen.to_owned()));
            } else if let Some((topic, words)) = line.split_once(": ") {
                story.answers.entry(topic.to_owned()).or_default().push(fill(words));
            }
        }
        story
    }

    /// Something to say on a topic.
    pub(super) fn answer(&self, topic: &str, rng: &mut StdRng) -> Option<Line> {
        self.answers.get(topic)?.choose(rng).map(|words| spoken(true, words))
    }
}

/// `[photo sofa] words`.
fn spoken(by_customer: bool, words: &str) -> Line {
    let tagged = words.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let Some((tag, rest)) = tagged else {
        return Line {
            by_customer,
            deed: Deed::Nothing,
            text: words.to_owned(),
        };
    };
    let (kind, what) = tag.split_once(' ').unwrap_or((tag, ""));
    let file = |kind| Deed::File(kind, what.to_owned());
    let deed = match kind {
        "photo" => file(FileKind::Photo),
        "voice" => file(FileKind::Voice),
        "sticker" => file(FileKind::Sticker),
        "document" => file(FileKind::Document),
        "video" => Deed::File(FileKind::Video, "video".to_owned()),
        "location" => Deed::Location,
        "contact" => Deed::Contact,
        "edit" => Deed::Edit(what.to_owned()),
        "react" => Deed::React(what.to_owned()),
        "reply" => Deed::Reply,
        _ => Deed::Nothing,
    };
    Line {
        by_customer,
        deed,
        text: rest.trim().to_owned(),
    }
}

impl Line {
    /// The letter of this line. Every person photographs the same thing in another way.
    pub(super) fn letter(&self, person: u64) -> Letter {
        let letter = Letter::saying(&self.text);
        match &self.deed {
            Deed::Nothing | Deed::Edit(_) | Deed::React(_) | Deed::Reply => letter,
            Deed::File(kind, sample) => {
                let scene = samples::scene(sample, person);
                match scene.or_else(|| samples::by_name(sample)) {
                    // A voice message or a sticker has no caption: the words come in another line.
                    Some(file) if matches!(kind, FileKind::Voice | FileKind::Sticker) => Letter::file(*kind, file),
                    Some(file) => Letter {
                        parts: vec![Part::File { shown_as: *kind, file }],
                        ..letter
                    },
                    None => letter,
                }
            }
            Deed::Location => {
                // Somewhere in Moscow, to the fourth decimal: a dozen metres.
                let (north, east) = (557_000 + person % 40 * 30, 375_000 + person % 23 * 70);
                letter.with(Part::Location {
                    latitude: north as f64 / 1e4,
                    longitude: east as f64 / 1e4,
                })
            }
            Deed::Contact => letter.with(Part::Contact {
                phone: format!("+7999010{:04}", 200 + person % 9000),
                first_name: "Алексей".to_owned(),
                last_name: String::new(),
                own: false,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn every_story_is_long_enough_and_has_all_its_blanks_filled() {
        let mut rng = StdRng::seed_from_u64(1);
        for number in 0..STORIES.len() {
            let story = Story::chosen(number, true, &mut rng);
            assert!(
                (15..=30).contains(&story.talk.len()),
                "story {number} has {} lines",
                story.talk.len()
            );
            assert!(story.talk.iter().any(|line| !line.by_customer));
            let texts = story
                .talk
                .iter()
                .map(|line| &line.text)
                .chain(story.answers.values().flatten());
            assert!(
                texts.into_iter().all(|text| !text.contains(['{', '}'])),
                "story {number}"
            );
        }
    }

    #[test]
    fn every_file_of_the_stories_exists() {
        let mut rng = StdRng::seed_from_u64(1);
        let stories = (0..STORIES.len())
            .map(|number| Story::chosen(number, false, &mut rng))
            .collect::<Vec<_>>();
        for line in stories.iter().flat_map(|story| &story.talk) {
            if let Deed::File(_, sample) = &line.deed {
                assert!(samples::by_name(sample).is_some(), "{sample}");
            }
        }
    }

    #[test]
    fn she_saw_and_he_saw() {
        let say = |female| {
            Story::read("> [photo sofa] видел{а}", female, &mut StdRng::seed_from_u64(1))
                .talk
                .remove(0)
        };
        assert_eq!(
            (say(true).text, say(false).text),
            ("видела".to_owned(), "видел".to_owned())
        );
    }
}
