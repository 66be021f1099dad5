//! All word rules of a channel, compiled into one automaton: a text is read once, whatever the number of rules.

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, MatchKind, StartKind, automaton::OverlappingState};
use domain::Entity;

use crate::{
    fold::{Folded, fold, looked_at},
    letters::{SPACE, in_word},
    rule::WordRule,
};

/// Up to so many bytes of rules the automaton is a full table (about a megabyte per thousand rules); beyond it a
/// compact one, slower by half.
const TABLE_BYTES: usize = 64 * 1024;

/// Compiled rules.
#[derive(Debug, Clone)]
pub struct Words {
    rules: Vec<WordRule>,
    /// Which rule each pattern of the automaton belongs to.
    owners: Vec<usize>,
    automaton: Option<AhoCorasick>,
}

impl Words {
    /// Compiles rules. Rules of absurd size (gigabytes) match nothing.
    pub fn new(rules: Vec<WordRule>) -> Self {
        let mut owners = Vec::new();
        let mut patterns: Vec<&[u8]> = Vec::new();
        for (at, rule) in rules.iter().enumerate() {
            for body in std::iter::once(&rule.body).chain(&rule.disguised) {
                owners.push(at);
                patterns.push(body);
            }
        }
        let size: usize = patterns.iter().map(|body| body.len()).sum();
        let kind = if size <= TABLE_BYTES {
            AhoCorasickKind::DFA
        } else {
            AhoCorasickKind::ContiguousNFA
        };
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .start_kind(StartKind::Unanchored)
            .kind(Some(kind))
            .build(&patterns)
            .ok()
            .filter(|_| !rules.is_empty());
        Self {
            rules,
            owners,
            automaton,
        }
    }

    /// Whether there is no rule.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// The first rule that a folded text matches.
    pub(crate) fn find(&self, folded: &Folded) -> Option<&WordRule> {
        self.find_in(&folded.bytes).or_else(|| {
            if folded.disguised.is_empty() {
                None
            } else {
                self.find_in(&folded.disguised)
            }
        })
    }

    fn find_in(&self, bytes: &[u8]) -> Option<&WordRule> {
        let automaton = self.automaton.as_ref()?;
        let mut state = OverlappingState::start();
        loop {
            let input = Input::new(bytes).anchored(Anchored::No);
            automaton.find_overlapping(input, &mut state);
            let found = state.get_match()?;
            let rule = self.rules.get(*self.owners.get(found.pattern().as_usize())?)?;
            if fits(rule, bytes, found.start(), found.end()) {
                return Some(rule);
            }
        }
    }
}

/// Whether an occurrence stands where the rule wants it.
fn fits(rule: &WordRule, bytes: &[u8], start: usize, end: usize) -> bool {
    let (before, after) = (
        bytes.get(..start).unwrap_or_default(),
        bytes.get(end..).unwrap_or_default(),
    );
    let plain = rule.body.iter().copied().all(in_word);
    let left = rule.open_left || ends(before.iter().rev(), plain);
    left && (rule.open_right || ends(after.iter(), plain))
}

/// Whether the word ends here: at once for a rule of letters; for one with signs inside (`t.me`, `онлайн-касса`) when
/// nothing but signs follows up to the space.
fn ends<'a>(mut neighbours: impl Iterator<Item = &'a u8>, plain: bool) -> bool {
    if plain {
        neighbours.next().is_none_or(|byte| !in_word(*byte))
    } else {
        neighbours
            .take_while(|byte| **byte != SPACE)
            .all(|byte| !in_word(*byte))
    }
}

/// The word of the text that a rule matches, as it stands there.
pub(crate) fn word_in(text: &str, entities: &[Entity], rule: &WordRule) -> String {
    let text = looked_at(text, entities);
    let alone = Words::new(vec![rule.clone()]);
    let hit = |piece: &&str| alone.find(&fold(piece)).is_some();
    let Some(piece) = text.split_whitespace().find(hit) else {
        return rule.typed.trim_matches('*').to_owned();
    };
    let sign = |c: char| {
        !c.is_alphanumeric()
            && fold(c.encode_utf8(&mut [0; 4]))
                .bytes
                .iter()
                .any(|byte| !in_word(*byte))
    };
    let word = piece.split(sign).filter(|word| !word.is_empty()).find(hit);
    word.unwrap_or(piece).to_owned()
}
