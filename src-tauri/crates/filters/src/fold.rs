//! Folding: the form in which a text and a rule are compared.

use std::ops::Range;

use domain::{Entity, EntityKind};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use crate::letters::{self, NOTHING, OTHER, SPACE, in_word, letter_of_digit};

/// A folded text. Kept and used again, so that a flood of messages allocates nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Folded {
    /// The bytes of `letters`.
    pub(crate) bytes: Vec<u8>,
    /// The pieces between spaces in which a word mixes letters and digits, with the digits read as letters.
    pub(crate) disguised: Vec<u8>,
}

impl Folded {
    /// Folds a text; what stands in it as a mention (`@name`, or marked so by the network) leaves a gap.
    pub(crate) fn read(&mut self, text: &str, entities: &[Entity]) {
        self.bytes.clear();
        self.disguised.clear();
        let mentions: Vec<Range<usize>> = mentions(text, entities);
        if mentions.is_empty() {
            self.read_plain(text);
        } else {
            self.read_plain(&without(text, &mentions));
        }
    }

    fn read_plain(&mut self, text: &str) {
        let mut reader = Reader::new(&mut self.bytes);
        // Most texts need no normalisation, and asking about each character would cost more than the matching.
        let whole = text.chars().all(|c| reader.take_known(c));
        let digits = if whole {
            reader.digits
        } else {
            self.bytes.clear();
            let mut reader = Reader::new(&mut self.bytes);
            if is_nfkc_quick(text.chars()) == IsNormalized::Yes {
                text.chars().for_each(|c| reader.take(c));
            } else {
                text.nfkc().for_each(|c| reader.take(c));
            }
            reader.digits
        };
        if digits {
            disguise(&self.bytes, &mut self.disguised);
        }
    }
}

/// Folds one word or rule.
pub(crate) fn fold(text: &str) -> Folded {
    let mut folded = Folded::default();
    folded.read_plain(text);
    folded
}

struct Reader<'a> {
    out: &'a mut Vec<u8>,
    in_mention: bool,
    digits: bool,
}

impl<'a> Reader<'a> {
    fn new(out: &'a mut Vec<u8>) -> Self {
        Self {
            out,
            in_mention: false,
            digits: false,
        }
    }

    /// Takes a character that has a byte of its own; answers whether it had.
    fn take_known(&mut self, c: char) -> bool {
        let code = letters::code(c);
        if code == OTHER || code == NOTHING {
            return false;
        }
        self.put(code);
        true
    }

    fn put(&mut self, byte: u8) {
        if self.in_mention {
            if in_word(byte) || byte == b'_' {
                return;
            }
            self.in_mention = false;
        }
        match byte {
            // An address of mail has a word before its `@`, a mention has none.
            b'@' => self.in_mention = !self.out.last().is_some_and(|before| in_word(*before)),
            b'0'..=b'9' => self.digits = true,
            _ => {}
        }
        self.out.push(byte);
    }

    /// Takes any character of a normalised text.
    fn take(&mut self, c: char) {
        match letters::code(c) {
            NOTHING => {}
            OTHER if letters::invisible(c) => {}
            OTHER if c.is_whitespace() => self.put(SPACE),
            OTHER => letters::small_capital(c)
                .to_lowercase()
                .for_each(|c| self.take_lower(c)),
            known => self.put(known),
        }
    }

    fn take_lower(&mut self, c: char) {
        match letters::code(c) {
            NOTHING => {}
            OTHER => {
                let letter = c.is_alphanumeric();
                if self.in_mention && letter {
                    return;
                }
                self.in_mention = false;
                letters::escape(c, letter, self.out);
            }
            known => self.put(known),
        }
    }
}

/// The pieces in which some word mixes letters and digits, with its digits as the letters they pass for.
fn disguise(bytes: &[u8], out: &mut Vec<u8>) {
    for piece in bytes.split(|byte| *byte == SPACE) {
        let mixes = piece.split(|byte| !in_word(*byte)).any(mixed);
        if !mixes {
            continue;
        }
        out.push(SPACE);
        for part in piece.chunk_by(|a, b| in_word(*a) == in_word(*b)) {
            let letters = mixed(part);
            out.extend(
                part.iter()
                    .map(|byte| if letters { letter_of_digit(*byte) } else { *byte }),
            );
        }
    }
}

fn mixed(word: &[u8]) -> bool {
    let digit = |byte: &u8| byte.is_ascii_digit();
    word.iter().any(digit) && word.iter().any(|byte| !digit(byte) && in_word(*byte))
}

/// Where the network itself says that a mention stands, in bytes. Offsets of entities count UTF-16 units.
fn mentions(text: &str, entities: &[Entity]) -> Vec<Range<usize>> {
    let marked = entities.iter().filter(|entity| entity.kind == EntityKind::Mention);
    marked
        .map(|entity| {
            let (from, to) = (entity.offset, entity.offset.saturating_add(entity.length));
            byte_of_unit(text, from)..byte_of_unit(text, to)
        })
        .collect()
}

fn byte_of_unit(text: &str, unit: u32) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units >= unit {
            return at;
        }
        units += c.len_utf16() as u32;
    }
    text.len()
}

pub(crate) fn without(text: &str, gaps: &[Range<usize>]) -> String {
    let inside = |at: usize| gaps.iter().any(|gap| gap.contains(&at));
    text.char_indices()
        .map(|(at, c)| if inside(at) { ' ' } else { c })
        .collect()
}

/// The text as it is looked at when a match has to be explained: without what the network marked as mentions.
pub(crate) fn looked_at(text: &str, entities: &[Entity]) -> String {
    without(text, &mentions(text, entities))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) {
        assert_eq!(fold(a).bytes, fold(b).bytes, "{a} and {b}");
    }

    #[test]
    fn what_looks_the_same_is_the_same() {
        same("РЕКЛАМА", "реклама");
        same("рeклaмa", "реклама"); // Latin e, a, a
        same("ёлка", "елка");
        same("рек\u{200b}ла\u{ad}ма", "реклама");
        same("рекла\u{301}ма", "реклама");
        same("и\u{306}од", "йод");
        same("𝐒𝐀𝐋𝐄", "sale");
        same("ＳＡＬＥ", "sale");
        same("ʀᴇᴋлама", "rекламa");
        assert_ne!(fold("бил").bytes, fold("пил").bytes);
        assert_ne!(fold("mail").bytes, fold("mall").bytes);
    }

    #[test]
    fn digits_pass_for_letters_only_inside_words() {
        let word = |text: &str| fold(text).disguised;
        assert_eq!(word("3аказ").trim_ascii_start(), fold("заказ").bytes);
        assert_eq!(word("цена 300"), Vec::<u8>::new(), "a number stays a number");
    }

    #[test]
    fn mentions_leave_a_gap_and_mail_does_not() {
        same("пишите @anna_реклама сюда", "пишите @ сюда");
        assert!(fold("a@реклама").bytes.len() > 3);
    }
}
