//! Substitutions in templates: `%NAME%` and the like.

use std::collections::BTreeMap;

/// The names that templates of CRM settings may hold between percent signs.
pub const SUBSTITUTIONS: &[&str] = &[
    "DOMAIN",
    "IDENTITY",
    "NAME",
    "USERNAME",
    "SOURCE",
    "SOURCENAME",
    "CHANNEL",
];

/// Fills a template in. A name that is known and has no value becomes nothing; one that is not known stays as it was
/// written, and so does a lonely percent sign.
///
/// ```
/// use std::collections::BTreeMap;
/// let values = BTreeMap::from([("NAME", "Анна".to_owned())]);
/// assert_eq!(domain::substitution::fill("%NAME%: 100 %, %USERNAME%%OOPS%", &values), "Анна: 100 %, %OOPS%");
/// ```
pub fn fill(template: &str, values: &BTreeMap<&str, String>) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('%') {
        filled.push_str(before);
        match after.split_once('%') {
            Some((name, tail)) if SUBSTITUTIONS.contains(&name) => {
                filled.push_str(values.get(name).map_or("", String::as_str));
                rest = tail;
            }
            _ => {
                filled.push('%');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// What looks like a substitution in a template and is none.
pub fn unknown(template: &str) -> Vec<String> {
    let shaped = |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase());
    let names = template.split('%').skip(1).filter(shaped);
    let mut unknown: Vec<String> = names
        .filter(|name| !SUBSTITUTIONS.contains(name) && template.contains(&format!("%{name}%")))
        .map(str::to_owned)
        .collect();
    unknown.dedup();
    unknown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_is_told_and_kept() {
        assert_eq!(unknown("%NAME% %NAEM% 50 %"), ["NAEM"]);
        assert_eq!(fill("%NAEM%", &BTreeMap::new()), "%NAEM%");
    }
}
