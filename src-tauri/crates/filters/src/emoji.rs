//! Messages of nothing but emoji (CH-6): sequences with joiners, flags, skin tones and keycaps are one emoji each.

use unicode_properties::UnicodeEmoji;
use unicode_segmentation::UnicodeSegmentation;

use crate::letters::invisible;

const AS_EMOJI: char = '\u{fe0f}';
const AS_TEXT: char = '\u{fe0e}';
const KEYCAP: char = '\u{20e3}';
const JOINER: char = '\u{200d}';

/// Whether a text is at least one emoji and nothing else but space.
///
/// ```
/// assert!(filters::only_emoji("👍🏽 👨‍👩‍👧 🇷🇺 1️⃣"));
/// assert!(!filters::only_emoji("👍 спасибо"));
/// assert!(!filters::only_emoji("1"));
/// ```
pub fn only_emoji(text: &str) -> bool {
    let mut some = false;
    for grapheme in text.graphemes(true) {
        if grapheme.chars().all(|c| c.is_whitespace() || invisible(c)) {
            continue;
        }
        if !is_emoji(grapheme) {
            return false;
        }
        some = true;
    }
    some
}

fn is_emoji(grapheme: &str) -> bool {
    let mut chars = grapheme.chars();
    let Some(first) = chars.next() else { return false };
    let rest = || chars.clone();
    // Digits, `#`, `*` and signs such as © are emoji only where a sequence says so:
    // https://www.unicode.org/reports/tr51/#Emoji_Sequences
    let by_itself = first.is_emoji_char() && !first.is_ascii() && !matches!(first, '©' | '®' | '™');
    let said_so = rest().any(|c| matches!(c, AS_EMOJI | KEYCAP));
    (by_itself || (first.is_emoji_char() && said_so && (!first.is_ascii() || rest().any(|c| c == KEYCAP))))
        && rest().next() != Some(AS_TEXT)
        && rest().all(|c| matches!(c, AS_EMOJI | KEYCAP | JOINER) || invisible(c) || c.is_emoji_char())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_emoji_is_one() {
        for emoji in [
            "😊",
            "❤️",
            "❤",
            "☺️",
            "👨‍👩‍👧‍👦",
            "👩🏽‍💻",
            "🏳️‍🌈",
            "🇷🇺🇪🇸",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "#️⃣",
            "*️⃣",
            "9⃣",
            "©️",
            "👍🏿 👍\n👍",
            "🫠",
            "⌚",
            "🧑‍🦽‍➡️",
        ] {
            assert!(only_emoji(emoji), "{emoji}");
        }
    }

    #[test]
    fn text_is_not_emoji() {
        for text in [
            "",
            " ",
            "1",
            "#",
            "12",
            "©",
            "ок 👍",
            ":)",
            "👍!",
            "❤\u{fe0e}",
            "№1️⃣",
            "\u{200d}",
            "1\u{fe0f}",
        ] {
            assert!(!only_emoji(text), "{text:?}");
        }
    }
}
