//! Cards with the same phone or address. <https://apidocs.bitrix24.com/api-reference/crm/duplicates/crm-duplicate-find-by-comm.html>

use super::{Crm, Kind};

impl Crm {
    /// Numbers of cards of a kind that have one of these phones (`PHONE`) or addresses (`EMAIL`).
    pub(crate) fn same_contact(&self, kind: Kind, of: &str, values: &[String]) -> Vec<i64> {
        let wanted: Vec<String> = values
            .iter()
            .map(|value| plain(of, value))
            .filter(|one| !one.is_empty())
            .collect();
        self.all(kind)
            .filter(|record| record.values(of).any(|one| wanted.contains(&plain(of, &one.value))))
            .map(|record| record.id)
            .collect()
    }
}

/// What two spellings of the same have in common.
pub(crate) fn plain(of: &str, value: &str) -> String {
    if of != "PHONE" {
        return value.trim().to_lowercase();
    }
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix('8') {
        // A call inside Russia begins with 8 in place of +7.
        Some(rest) if digits.len() >= 10 => format!("7{rest}"),
        _ => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn spellings_of_a_phone_meet() {
        assert_eq!(plain("PHONE", "+7 (912) 345-67-89"), plain("PHONE", "8 912 3456789"));
        assert_eq!(plain("EMAIL", "Anna@Example.com "), "anna@example.com");
    }
}
