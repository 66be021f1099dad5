//! Text as people mean it: folding for search and comparison, phones, names.

use unicode_normalization::UnicodeNormalization;

/// The form in which two texts are the same to a person: lower case, `ё` as `е`, composed, without the
/// zero-width characters that some keyboards leave behind.
///
/// ```
/// assert_eq!(domain::text::fold("ЁЛКА\u{200b} Ёж"), "елка еж");
/// ```
pub fn fold(text: &str) -> String {
    let invisible = |c: &char| matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}');
    let lower = text.nfc().filter(|c| !invisible(c)).flat_map(char::to_lowercase);
    lower.map(|c| if c == 'ё' { 'е' } else { c }).collect()
}

/// The words of a text, folded: runs of letters and digits.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    let folded = fold(text);
    let words: Vec<String> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect();
    words.into_iter()
}

/// A phone number in its one form: `+` and digits. Russian habits are understood (8 900…, 900…);
/// `None` when it can't be a phone number.
///
/// ```
/// use domain::text::phone;
/// assert_eq!(phone("8 (900) 000-00-23").as_deref(), Some("+79000000023"));
/// assert_eq!(phone("+44 20 7946 0018").as_deref(), Some("+442079460018"));
/// assert_eq!(phone("артикул 12"), None);
/// ```
pub fn phone(text: &str) -> Option<String> {
    let text = text.trim();
    if text
        .chars()
        .any(|c| !(c.is_ascii_digit() || " +-()\u{a0}.".contains(c)))
    {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    // E.164 allows 15 digits; nobody's number with a country code has fewer than 8.
    let international = match (digits.len(), digits.as_bytes().first()) {
        (11, Some(b'8')) if !text.starts_with('+') => format!("7{}", digits.get(1..)?),
        (10, Some(b'9')) if !text.starts_with('+') => format!("7{digits}"),
        (8..=15, _) => digits,
        _ => return None,
    };
    Some(format!("+{international}"))
}

/// A file name that is only a name: what a network calls a file may hold paths, control characters or nothing.
/// The extension survives a cut.
pub fn file_name(untrusted: &str) -> String {
    const MAX_CHARS: usize = 120;
    let last = untrusted.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|c| !c.is_control() && !r#"<>:"|?*"#.contains(*c) && !is_direction_mark(*c))
        .collect();
    let clean = clean.trim().trim_start_matches('.').trim_end_matches(['.', ' ']);
    if clean.chars().count() <= MAX_CHARS {
        return if clean.is_empty() {
            "file".to_owned()
        } else {
            clean.to_owned()
        };
    }
    let (stem, extension) = clean.rsplit_once('.').unwrap_or((clean, ""));
    let extension: String = extension.chars().take(12).collect();
    let stem: String = stem.chars().take(MAX_CHARS - 13).collect();
    if extension.is_empty() {
        stem
    } else {
        format!("{stem}.{extension}")
    }
}

/// Marks that turn the reading direction: `invoice\u{202e}fdp.exe` would read as a PDF.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_file_name_is_only_a_name() {
        assert_eq!(file_name("../../etc/passwd"), "passwd");
        assert_eq!(file_name("C:\\Windows\\счёт.pdf"), "счёт.pdf");
        assert_eq!(file_name("счёт\u{202e}fdp.exe"), "счётfdp.exe");
        assert_eq!(file_name("..."), "file");
        assert!(file_name(&format!("{}.pdf", "я".repeat(500))).ends_with(".pdf"));
    }
}
