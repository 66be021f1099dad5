//! Placeholders of quick replies: `{contact.name}`, `{contact.name|клиент}`. What follows the bar stands in when there is
//! no value.

use domain::Reason;

/// Every placeholder there is.
pub const PLACEHOLDERS: &[&str] = &[
    "contact.name",
    "contact.first_name",
    "contact.phone",
    "contact.city",
    "contact.username",
    "operator.name",
    "operator.phone",
    "operator.email",
    "channel.name",
    "lead.id",
    "lead.name",
    "lead.budget",
    "lead.status",
    "company.name",
    "responsible.name",
    "responsible.email",
];

/// A text with placeholders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Place {
        key: &'static str,
        fallback: Option<String>,
        typed: String,
    },
}

/// A placeholder that nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no placeholder {name:?} (character {at})")]
pub struct PlaceholderError {
    /// As typed.
    pub name: String,
    /// Where, in characters from 1.
    pub at: usize,
}

impl PlaceholderError {
    /// For people: what is wrong and what to do.
    pub fn reason(&self) -> Reason {
        Reason::new("error.placeholder")
            .with("name", &self.name)
            .with("at", self.at)
    }
}

/// A text with its values put in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filled {
    /// What can be sent; a placeholder with neither value nor fallback stands as it was typed.
    pub text: String,
    /// Those, each once.
    pub unresolved: Vec<&'static str>,
}

impl Template {
    /// Reads a text as typed. Braces around anything but a name with a dot are text.
    ///
    /// # Errors
    /// [`PlaceholderError`].
    pub fn parse(typed: &str) -> Result<Self, PlaceholderError> {
        let (mut parts, mut text, mut rest) = (Vec::new(), String::new(), typed);
        while let Some(open) = rest.find('{') {
            let (before, from) = rest.split_at(open);
            text.push_str(before);
            let Some((name, fallback, length)) = place(from) else {
                text.push('{');
                rest = from.get(1..).unwrap_or_default();
                continue;
            };
            let known = PLACEHOLDERS.iter().find(|key| **key == name);
            let key = known.ok_or_else(|| PlaceholderError {
                name: name.to_owned(),
                at: typed.chars().count() - from.chars().count() + 1,
            })?;
            if !text.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut text)));
            }
            let (whole, after) = from.split_at(length);
            parts.push(Part::Place {
                key,
                fallback: fallback.map(|text| text.trim().to_owned()),
                typed: whole.to_owned(),
            });
            rest = after;
        }
        text.push_str(rest);
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
        Ok(Self { parts })
    }

    /// Whether a placeholder of it begins with one of these.
    pub fn asks(&self, beginnings: &[&str]) -> bool {
        let begins = |key: &str| beginnings.iter().any(|beginning| key.starts_with(beginning));
        self.parts
            .iter()
            .any(|part| matches!(part, Part::Place { key, .. } if begins(key)))
    }

    /// Puts values in.
    pub fn fill(&self, value: impl Fn(&'static str) -> Option<String>) -> Filled {
        let mut filled = Filled::default();
        for part in &self.parts {
            match part {
                Part::Text(text) => filled.text.push_str(text),
                Part::Place { key, fallback, typed } => {
                    let known = value(key).filter(|text| !text.trim().is_empty());
                    match known.as_deref().or(fallback.as_deref()) {
                        Some(text) => filled.text.push_str(text),
                        None => {
                            filled.text.push_str(typed);
                            if !filled.unresolved.contains(key) {
                                filled.unresolved.push(key);
                            }
                        }
                    }
                }
            }
        }
        filled
    }
}

/// The name, the fallback and the length in bytes of a placeholder at the beginning of `from`.
fn place(from: &str) -> Option<(&str, Option<&str>, usize)> {
    let (inside, _) = from.strip_prefix('{')?.split_once('}')?;
    let (name, fallback) = match inside.split_once('|') {
        None => (inside, None),
        Some((name, fallback)) => (name, Some(fallback)),
    };
    let name_like = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let (group, field) = name.trim().split_once('.')?;
    (name_like(group) && name_like(field)).then_some((name.trim(), fallback, inside.len() + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(typed: &str) -> Filled {
        let known = |key: &str| (key == "contact.name").then(|| "Марина".to_owned());
        Template::parse(typed).unwrap().fill(known)
    }

    #[test]
    fn values_go_in_fallbacks_stand_in_and_the_rest_is_named() {
        let filled = fill("{contact.name}, ваш заказ {lead.id} на {lead.budget|уточним} {см. ниже} {lead.id}");
        assert_eq!(
            filled.text,
            "Марина, ваш заказ {lead.id} на уточним {см. ниже} {lead.id}"
        );
        assert_eq!(filled.unresolved, ["lead.id"]);
    }

    #[test]
    fn an_unknown_name_is_an_error_with_its_place() {
        let error = Template::parse("Да, {contact.nmae}").unwrap_err();
        assert_eq!((error.name.as_str(), error.at), ("contact.nmae", 5));
    }
}
