//! The four forms of a rule against a matcher that is too simple to be wrong.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use domain::Verdict;
use filters::{Facts, Filter, WordMode};
use proptest::prelude::*;

/// Cyrillic letters and the Latin ones that look like them.
const ALIKE: &[(char, char)] = &[
    ('a', 'а'),
    ('e', 'е'),
    ('o', 'о'),
    ('p', 'р'),
    ('c', 'с'),
    ('x', 'х'),
    ('k', 'к'),
];
const DIGITS: &[(char, char)] = &[('0', 'о'), ('3', 'з'), ('4', 'ч')];

/// The plain form of a word, and the one with its digits read as letters where it has both.
fn forms(word: &str) -> Vec<String> {
    let swap = |pairs: &[(char, char)], c: char| pairs.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to);
    let lower = word.replace('\u{200b}', "").to_lowercase().replace('ё', "е");
    let plain: String = lower.chars().map(|c| swap(ALIKE, c)).collect();
    let digits = plain.chars().filter(char::is_ascii_digit).count();
    let mut all = vec![plain.clone()];
    if digits > 0 && digits < plain.chars().count() {
        all.push(plain.chars().map(|c| swap(DIGITS, c)).collect());
    }
    all
}

fn naive(text: &str, rule: &str) -> bool {
    let body = rule.trim_matches('*');
    let (before, after) = (rule.starts_with('*'), rule.ends_with('*'));
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\u{200b}');
    words.filter(|word| !word.is_empty()).flat_map(forms).any(|word| {
        forms(body).iter().any(|body| match (before, after) {
            (false, false) => word == *body,
            (false, true) => word.starts_with(body.as_str()),
            (true, false) => word.ends_with(body.as_str()),
            (true, true) => word.contains(body.as_str()),
        })
    })
}

fn rule() -> impl Strategy<Value = String> {
    (any::<bool>(), "[аеёоркзАaeoxK034]{1,4}", any::<bool>())
        .prop_map(|(before, body, after)| format!("{}{body}{}", star(before), star(after)))
}

fn star(there: bool) -> &'static str {
    if there { "*" } else { "" }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_four_forms_match_what_a_simple_matcher_matches(
        rules in proptest::collection::vec(rule(), 1..6),
        text in "[аеёоркзАaeoxK034\u{200b} ,.!()-]{0,40}",
    ) {
        let filter = Filter::parse("", &rules.join(" "), WordMode::AllButMatching, true).unwrap();
        let judged = filter.judge(&Facts::said(&text));
        let wanted = rules.iter().any(|rule| naive(&text, rule));
        prop_assert_eq!(judged.verdict() == Verdict::Filtered, wanted, "{:?} in {:?}: {:?}", rules, text, judged);
    }

    #[test]
    fn the_word_named_by_a_verdict_is_in_the_text_and_matches_the_rule_named(
        rules in proptest::collection::vec(rule(), 1..6),
        text in "[аеёоркзАaeoxK034 ,.!-]{0,40}",
    ) {
        let filter = Filter::parse("", &rules.join("\n"), WordMode::AllButMatching, true).unwrap();
        if let filters::Why::Word { rule, word } = filter.judge(&Facts::said(&text)) {
            prop_assert!(text.contains(&word), "{word:?} in {text:?}");
            prop_assert!(naive(&word, &rule), "{rule:?} on {word:?}");
        }
    }

    #[test]
    fn no_text_and_no_list_bring_it_down(list in any::<String>(), words in any::<String>(), text in any::<String>()) {
        if let Ok(filter) = Filter::parse(&list, &words, WordMode::AllButMatching, false) {
            filter.judge(&Facts::said(&text));
        }
    }
}
