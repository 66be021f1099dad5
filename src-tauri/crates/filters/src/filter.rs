//! Everything that is set for a channel, compiled: one look at a message, one verdict, one reason.

use std::cell::RefCell;

use domain::{Entity, Extra};

use crate::{
    Why,
    black_list::{BlackList, BlackListError, Person},
    emoji::only_emoji,
    fold::Folded,
    rule::{RuleError, WordRule, parse_rules},
    words::{Words, word_in},
};

/// What the word rules mean (CH-5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WordMode {
    /// Nothing: everything passes.
    #[default]
    All,
    /// Only what matches passes.
    OnlyMatching,
    /// Only what does not match passes.
    AllButMatching,
}

/// What a filter may look at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Facts<'a> {
    /// Who wrote it, on every network the person is known on.
    pub sender: &'a [Person<'a>],
    /// Text or caption.
    pub text: &'a str,
    /// Its marked stretches.
    pub entities: &'a [Entity],
    /// What is neither text nor file.
    pub extras: &'a [Extra],
    /// It has files.
    pub files: bool,
}

impl<'a> Facts<'a> {
    /// A text of nobody in particular.
    pub fn said(text: &'a str) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }

    /// Every text of the message.
    fn texts(&self) -> impl Iterator<Item = (&'a str, &'a [Entity])> {
        let extras = self.extras.iter().flat_map(texts_of).flatten();
        std::iter::once((self.text, self.entities)).chain(extras.map(|text| (text, [].as_slice())))
    }
}

/// A forwarded advertisement and a card are as much a part of the message as its own words.
fn texts_of(extra: &Extra) -> [Option<&str>; 2] {
    match extra {
        Extra::Card(card) => [Some(card.title.as_str()), card.text.as_deref()],
        Extra::Forwarded { text, .. } => [Some(text.as_str()), None],
        Extra::Poll { question, .. } => [Some(question.as_str()), None],
        Extra::Location { title, .. } => [title.as_deref(), None],
        Extra::Contact { .. } | Extra::Dice { .. } | Extra::Unsupported { .. } => [None, None],
    }
}

/// What can't be used, list by list.
#[derive(Debug, Clone, Default, PartialEq, Eq, thiserror::Error)]
#[error("{} lines of the black list, {} rules", .black_list.len(), .words.len())]
pub struct FilterErrors {
    /// Lines of the black list.
    pub black_list: Vec<BlackListError>,
    /// Word rules.
    pub words: Vec<RuleError>,
    /// Only matching messages are wanted and there is no rule: nothing would ever pass.
    pub nothing_passes: bool,
}

/// A compiled filter.
#[derive(Debug, Clone)]
pub struct Filter {
    black_list: BlackList,
    words: Words,
    mode: WordMode,
    emoji_pass: bool,
}

impl Default for Filter {
    /// Everything passes.
    fn default() -> Self {
        Self {
            black_list: BlackList::default(),
            words: Words::new(Vec::new()),
            mode: WordMode::All,
            emoji_pass: true,
        }
    }
}

impl Filter {
    /// Compiles what was typed.
    ///
    /// # Errors
    /// Everything that can't be used, with its place.
    pub fn parse(black_list: &str, words: &str, mode: WordMode, emoji_pass: bool) -> Result<Self, FilterErrors> {
        let (black_list, words) = (BlackList::parse(black_list), parse_rules(words));
        let nothing_passes = mode == WordMode::OnlyMatching && words.as_ref().is_ok_and(Vec::is_empty);
        match (black_list, words) {
            (Ok(black_list), Ok(words)) if !nothing_passes => Ok(Self::new(black_list, words, mode, emoji_pass)),
            (black_list, words) => Err(FilterErrors {
                black_list: black_list.err().unwrap_or_default(),
                words: words.err().unwrap_or_default(),
                nothing_passes,
            }),
        }
    }

    fn new(black_list: BlackList, words: Vec<WordRule>, mode: WordMode, emoji_pass: bool) -> Self {
        // Rules that mean nothing need no automaton.
        let words = if mode == WordMode::All { Vec::new() } else { words };
        Self {
            black_list,
            words: Words::new(words),
            mode,
            emoji_pass,
        }
    }

    /// Whether it looks at the sender.
    pub fn looks_at_people(&self) -> bool {
        !self.black_list.is_empty()
    }

    /// Whether every message passes.
    pub fn passes_all(&self) -> bool {
        self.black_list.is_empty() && self.mode == WordMode::All && self.emoji_pass
    }

    /// Judges a message of a client.
    pub fn judge(&self, facts: &Facts<'_>) -> Why {
        if let Some(entry) = facts.sender.iter().find_map(|person| self.black_list.find(person)) {
            return Why::BlackListed {
                entry: entry.to_owned(),
            };
        }
        // Files and cards are something besides.
        if !self.emoji_pass && !facts.files && facts.extras.is_empty() && only_emoji(facts.text) {
            return Why::OnlyEmoji;
        }
        match (self.mode, self.matching(facts)) {
            (WordMode::All, _) | (WordMode::AllButMatching, None) => Why::Clean,
            (WordMode::OnlyMatching, None) => Why::NoWord,
            (WordMode::OnlyMatching, Some((rule, word))) => Why::Wanted { rule, word },
            (WordMode::AllButMatching, Some((rule, word))) => Why::Word { rule, word },
        }
    }

    /// The first rule that a text of the message matches, and the word.
    fn matching(&self, facts: &Facts<'_>) -> Option<(String, String)> {
        thread_local! {
            static FOLDED: RefCell<Folded> = RefCell::default();
        }
        if self.words.is_empty() {
            return None;
        }
        facts.texts().find_map(|(text, entities)| {
            FOLDED.with_borrow_mut(|folded| {
                folded.read(text, entities);
                let rule = self.words.find(folded)?;
                Some((rule.typed.clone(), word_in(text, entities, rule)))
            })
        })
    }
}
