//! Whether two values of cards mean the same person.

use domain::text;

/// Whether two texts are one number, however they are written.
pub(crate) fn same_phone(one: &str, other: &str) -> bool {
    match (text::phone(one), text::phone(other)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

/// Whether two texts lead to one page or name: `https://t.me/Anna/`, `t.me/anna` and `@anna` of the same field do.
pub(crate) fn same_link(one: &str, other: &str) -> bool {
    let (one, other) = (bare(one), bare(other));
    let name_only = |text: &str| text.rsplit('/').next().unwrap_or_default().to_owned();
    !one.is_empty()
        && (one == other || (one.contains('/') != other.contains('/') && name_only(&one) == name_only(&other)))
}

fn bare(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let text = text.split_once("://").map_or(text.as_str(), |(_, rest)| rest);
    let text = text.trim_start_matches("www.").trim_start_matches('@');
    text.trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_in_every_writing() {
        for written in ["8 (900) 000-00-23", "79000000023", "+7 900 000 00 23"] {
            assert!(same_phone(written, "+79000000023"), "{written}");
        }
        assert!(!same_phone("+79000000024", "+79000000023"));
        assert!(!same_phone("", ""));
    }

    #[test]
    fn a_page_is_the_same_with_and_without_its_trimmings() {
        for written in ["https://t.me/Anna/", "t.me/anna", "@anna", "anna"] {
            assert!(same_link(written, "https://t.me/anna"), "{written}");
        }
        assert!(!same_link("vk.com/anna", "t.me/anna"));
        assert!(!same_link("", ""));
    }
}
