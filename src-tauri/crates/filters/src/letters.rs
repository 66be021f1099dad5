//! The alphabet of matching: one byte for every letter that people write here. Letters that look alike share a byte,
//! so that «реклама» is one word whichever keyboard it was typed on. Both case and `ё` are gone by then.

/// Leaves nothing behind: joiners, marks of direction, stray accents.
pub(crate) const NOTHING: u8 = 0;
/// Has no byte of its own: written as an escape.
pub(crate) const OTHER: u8 = 1;
/// Between words.
pub(crate) const SPACE: u8 = b' ';

/// `б г д ж з и й л п ф ц ч ш щ ъ ы ь э ю я є ї ґ ў`: what no Latin letter looks like begins here.
const OWN: u8 = 0x80;
/// The first byte of a letter without a byte of its own; the last is followed by groups of five bits.
const LETTER_ESCAPE: u8 = 0xbe;
/// The same for signs.
const SIGN_ESCAPE: u8 = 0xbf;
const LETTER_GROUP: u8 = 0xc0;
const SIGN_GROUP: u8 = 0xe0;

const SIZE: usize = 0x530;

static TABLE: [u8; SIZE] = table();

/// The byte of a character, [`NOTHING`] or [`OTHER`].
pub(crate) fn code(c: char) -> u8 {
    TABLE.get(c as usize).copied().unwrap_or(OTHER)
}

/// Whether a byte of a folded text is part of a letter or a digit.
pub(crate) const fn in_word(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | OWN..=LETTER_ESCAPE | LETTER_GROUP..=0xdf)
}

/// The letter that a digit passes for inside a word: «3аказ», «ск1дка».
pub(crate) const fn letter_of_digit(digit: u8) -> u8 {
    match digit {
        b'0' => b'o',
        b'1' => b'i',
        b'3' => cyrillic('з'),
        b'4' => cyrillic('ч'),
        b'6' => cyrillic('б'),
        b'8' => b'b',
        other => other,
    }
}

/// Writes a character that has no byte of its own, in a form that never overlaps with another character's.
pub(crate) fn escape(c: char, letter: bool, out: &mut Vec<u8>) {
    let (lead, group) = if letter {
        (LETTER_ESCAPE, LETTER_GROUP)
    } else {
        (SIGN_ESCAPE, SIGN_GROUP)
    };
    out.push(lead);
    let scalar = c as u32;
    for shift in [20, 15, 10, 5, 0] {
        out.push(group | (scalar >> shift & 0x1f) as u8);
    }
}

/// Letters drawn small, which normalisation leaves alone: «ʀᴇᴋлама».
pub(crate) const fn small_capital(c: char) -> char {
    match c {
        'ᴀ' => 'a',
        'ʙ' | 'ᴃ' => 'b',
        'ᴄ' => 'c',
        'ᴅ' => 'd',
        'ᴇ' => 'e',
        'ɢ' => 'g',
        'ʜ' => 'h',
        'ɪ' => 'i',
        'ᴊ' => 'j',
        'ᴋ' => 'k',
        'ʟ' => 'l',
        'ᴍ' => 'm',
        'ɴ' => 'n',
        'ᴏ' => 'o',
        'ᴘ' => 'p',
        'ʀ' => 'r',
        'ᴛ' => 't',
        'ᴜ' => 'u',
        'ᴠ' => 'v',
        'ᴡ' => 'w',
        'ʏ' => 'y',
        'ᴢ' => 'z',
        other => other,
    }
}

/// Characters that are not seen, and accents that stand alone after composition (an accent over a Cyrillic vowel).
pub(crate) const fn invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
        | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

#[expect(
    clippy::indexing_slicing,
    reason = "computed at compile time: a wrong index does not build"
)]
const fn table() -> [u8; SIZE] {
    let mut table = [OTHER; SIZE];
    let mut at = 0;
    while at < 0x80 {
        let byte = at as u8;
        table[at] = if byte <= b' ' || byte == 0x7f {
            SPACE
        } else {
            byte.to_ascii_lowercase()
        };
        at += 1;
    }
    table[0x85] = SPACE;
    table[0xa0] = SPACE;
    let mut at = 0;
    while at < SIZE {
        if let Some(c) = char::from_u32(at as u32)
            && invisible(c)
        {
            table[at] = NOTHING;
        }
        at += 1;
    }
    // U+0410..U+042F are the capitals of U+0430..U+044F.
    let mut at = 0x430;
    while at < 0x450 {
        if let Some(c) = char::from_u32(at as u32) {
            table[at] = cyrillic(c);
            table[at - 0x20] = cyrillic(c);
        }
        at += 1;
    }
    let mut at = 0;
    while at < ALIKE.len() {
        let (capital, small, byte) = ALIKE[at];
        table[capital as usize] = byte;
        table[small as usize] = byte;
        at += 1;
    }
    table
}

/// Beyond the main alphabet: Ukrainian, Belarusian, Serbian, Macedonian, and the Greek letters that look Latin.
const ALIKE: &[(char, char, u8)] = &[
    ('Ё', 'ё', b'e'),
    ('І', 'і', b'i'),
    ('Ј', 'ј', b'j'),
    ('Ѕ', 'ѕ', b's'),
    ('Є', 'є', OWN + 20),
    ('Ї', 'ї', OWN + 21),
    ('Ґ', 'ґ', OWN + 22),
    ('Ў', 'ў', OWN + 23),
    ('Һ', 'һ', b'h'),
    ('Α', 'α', b'a'),
    ('Β', 'β', b'b'),
    ('Ε', 'ε', b'e'),
    ('Ζ', 'ζ', b'z'),
    ('Η', 'η', b'h'),
    ('Ι', 'ι', b'i'),
    ('Κ', 'κ', b'k'),
    ('Μ', 'μ', b'm'),
    ('Ο', 'ο', b'o'),
    ('Ρ', 'ρ', b'p'),
    ('Τ', 'τ', b't'),
    ('Υ', 'υ', b'y'),
    ('Χ', 'χ', b'x'),
];

/// A small letter of the Russian alphabet: the Latin one that looks like it (in either case), else its own byte.
const fn cyrillic(c: char) -> u8 {
    match c {
        'а' => b'a',
        'в' => b'b',
        'е' => b'e',
        'к' => b'k',
        'м' => b'm',
        'н' => b'h',
        'о' => b'o',
        'р' => b'p',
        'с' => b'c',
        'т' => b't',
        'у' => b'y',
        'х' => b'x',
        'б' => OWN,
        'г' => OWN + 1,
        'д' => OWN + 2,
        'ж' => OWN + 3,
        'з' => OWN + 4,
        'и' => OWN + 5,
        'й' => OWN + 6,
        'л' => OWN + 7,
        'п' => OWN + 8,
        'ф' => OWN + 9,
        'ц' => OWN + 10,
        'ч' => OWN + 11,
        'ш' => OWN + 12,
        'щ' => OWN + 13,
        'ъ' => OWN + 14,
        'ы' => OWN + 15,
        'ь' => OWN + 16,
        'э' => OWN + 17,
        'ю' => OWN + 18,
        'я' => OWN + 19,
        _ => OTHER,
    }
}
