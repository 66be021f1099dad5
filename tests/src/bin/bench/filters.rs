//! A thousand word rules on every message, beside the standard set of regular expressions doing the same.

use std::{hint::black_box, time::Instant};

use filters::{Facts, Filter, WordMode};
use regex::RegexSet;

use crate::{
    figure::{Figure, Goal, Report},
    people::{self, Dice},
};

pub(crate) const RULES: usize = 1000;
const TEXTS: usize = 200_000;
/// The other side is slower by orders of magnitude.
const TEXTS_FOR_REGEX: usize = 2_000;

pub(crate) fn measure(report: &mut Report) {
    let texts: Vec<String> = (0..TEXTS).map(people::text).collect();
    let rules = rules();
    let filter = Filter::parse("", &rules.join("\n"), WordMode::AllButMatching, true).unwrap();
    let set = regexes(&rules);
    let ours = rate(&texts, |text| {
        filter.judge(&Facts::said(text)).verdict() != domain::Verdict::Pass
    });
    let theirs = rate(&texts[..TEXTS_FOR_REGEX], |text| set.is_match(text));
    report.add(Figure {
        name: format!("filters, {RULES} rules, one core"),
        value: ours,
        unit: "msg/s",
        against: None,
        goal: Some(Goal::AtLeast(1_000_000.0)),
    });
    report.add(Figure {
        name: format!("filters, {RULES} rules, against regular expressions"),
        value: ours,
        unit: "msg/s",
        against: Some(("regex::RegexSet".to_owned(), theirs)),
        goal: Some(Goal::RatioAtLeast(1.0)),
    });
}

/// Texts a second, and the number of hits is looked at, so that nothing is left out.
fn rate(texts: &[String], hit: impl Fn(&str) -> bool) -> f64 {
    let began = Instant::now();
    let hits = texts.iter().filter(|text| hit(text)).count();
    black_box(hits);
    texts.len() as f64 / began.elapsed().as_secs_f64()
}

/// Words of syllables in the four forms; a few of them occur in the texts.
pub(crate) fn rules() -> Vec<String> {
    const SYLLABLES: &[&str] = &[
        "кре", "дит", "рек", "лам", "про", "дви", "жен", "ска", "рас", "сыл", "под", "пис", "зай", "мы",
    ];
    let mut dice = Dice::new(11);
    let mut rules: Vec<String> = (0..RULES - 2)
        .map(|n| {
            let body: String = (0..2 + dice.throw(3))
                .map(|_| SYLLABLES[dice.throw(SYLLABLES.len())])
                .collect();
            match n % 4 {
                0 => format!("{body}{n}"),
                1 => format!("{body}*"),
                2 => format!("*{body}"),
                _ => format!("*{body}*"),
            }
        })
        .collect();
    rules.extend(["гаранти*".to_owned(), "самовывоз".to_owned()]);
    rules
}

/// The same four forms; case, but neither look-alike letters nor zero-width characters: less than what we do.
fn regexes(rules: &[String]) -> RegexSet {
    let of = |rule: &String| {
        let body = regex::escape(rule.trim_matches('*'));
        let before = if rule.starts_with('*') { "" } else { r"\b" };
        let after = if rule.ends_with('*') { "" } else { r"\b" };
        format!("(?i){before}{body}{after}")
    };
    regex::RegexSetBuilder::new(rules.iter().map(of))
        .size_limit(1 << 30)
        .build()
        .unwrap()
}
