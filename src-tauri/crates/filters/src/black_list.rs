//! People whose messages are filtered (CH-4): phone numbers or user names, one per line.

use std::collections::HashMap;

use domain::{Reason, text};

use crate::fold::fold;

/// What is known about the sender of a message on one network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Person<'a> {
    /// Id on the network.
    pub remote_id: &'a str,
    /// Without `@`.
    pub username: Option<&'a str>,
    /// In any form.
    pub phone: Option<&'a str>,
    /// Address of the page.
    pub link: Option<&'a str>,
}

/// A line that names nobody.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {entry:?}: {problem:?}")]
pub struct BlackListError {
    /// As typed.
    pub entry: String,
    /// Its line, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: EntryProblem,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryProblem {
    /// A number that lacks so many digits.
    Short(usize),
    /// A number with so many digits too many.
    Long(usize),
    /// Neither a number nor a user name.
    NoName,
}

impl BlackListError {
    /// For people: what is wrong and what to do.
    pub fn reason(&self) -> Reason {
        let (key, digits) = match self.problem {
            EntryProblem::Short(digits) => ("error.black_list_short", digits),
            EntryProblem::Long(digits) => ("error.black_list_long", digits),
            EntryProblem::NoName => ("error.black_list_name", 0),
        };
        Reason::new(key)
            .with("entry", &self.entry)
            .with("line", self.line)
            .with("count", digits)
    }
}

/// A compiled list.
#[derive(Debug, Clone, Default)]
pub struct BlackList {
    phones: HashMap<String, String>,
    names: HashMap<Vec<u8>, String>,
}

impl BlackList {
    /// Reads a list as typed.
    ///
    /// # Errors
    /// Every line that names nobody.
    pub fn parse(typed: &str) -> Result<Self, Vec<BlackListError>> {
        let (mut list, mut errors) = (Self::default(), Vec::new());
        for (at, line) in typed.lines().enumerate() {
            let entry = line.trim();
            if entry.is_empty() {
                continue;
            }
            if let Err(problem) = list.add(entry) {
                errors.push(BlackListError {
                    entry: entry.to_owned(),
                    line: at + 1,
                    problem,
                });
            }
        }
        if errors.is_empty() { Ok(list) } else { Err(errors) }
    }

    fn add(&mut self, entry: &str) -> Result<(), EntryProblem> {
        let digits = entry.chars().filter(char::is_ascii_digit).count();
        let only_digits = digits == entry.len();
        let numeric = digits > 0 && entry.chars().all(|c| c.is_ascii_digit() || " +-()\u{a0}.".contains(c));
        if numeric {
            match phone(entry, digits) {
                Ok(phone) => _ = self.phones.insert(phone, entry.to_owned()),
                Err(problem) if !only_digits => return Err(problem),
                Err(_) => {}
            }
        }
        if numeric && !only_digits {
            return Ok(());
        }
        let name = name(entry);
        let sound = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
        if name.is_empty() || !name.chars().all(sound) {
            return Err(EntryProblem::NoName);
        }
        self.names.insert(fold(name).bytes, entry.to_owned());
        Ok(())
    }

    /// Whether there is nobody in it.
    pub fn is_empty(&self) -> bool {
        self.phones.is_empty() && self.names.is_empty()
    }

    /// The line that names this person.
    pub fn find(&self, person: &Person<'_>) -> Option<&str> {
        let phone = person.phone.and_then(text::phone);
        let by_phone = phone.and_then(|phone| self.phones.get(&phone));
        let names = [Some(person.remote_id), person.username, person.link];
        let by_name = || {
            let names = names.into_iter().flatten().map(|known| fold(name(known)).bytes);
            names
                .filter(|name| !name.is_empty())
                .find_map(|name| self.names.get(&name))
        };
        by_phone.or_else(by_name).map(String::as_str)
    }
}

/// A number in its one form. Numbers of Russia and Kazakhstan have eleven digits; a missing one is a typing mistake.
fn phone(entry: &str, digits: usize) -> Result<String, EntryProblem> {
    const RUSSIAN: usize = 11;
    match text::phone(entry) {
        Some(phone) if phone.starts_with("+7") && phone.len() <= RUSSIAN => {
            Err(EntryProblem::Short(RUSSIAN + 1 - phone.len()))
        }
        Some(phone) if phone.starts_with("+7") && phone.len() > RUSSIAN + 1 => {
            Err(EntryProblem::Long(phone.len() - RUSSIAN - 1))
        }
        Some(phone) => Ok(phone),
        // E.164: at most 15 digits; nobody's number with a country code has fewer than 8.
        None if digits > 15 => Err(EntryProblem::Long(digits - 15)),
        None => Err(EntryProblem::Short(8_usize.saturating_sub(digits).max(1))),
    }
}

/// The user name in a name, an `@name` or the address of a page.
fn name(entry: &str) -> &str {
    let entry = entry.trim().trim_end_matches('/');
    let entry = entry.split(['?', '#']).next().unwrap_or(entry);
    entry.rsplit('/').next().unwrap_or(entry).trim_start_matches('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_known_in_every_form() {
        let list = BlackList::parse("8 (900) 000-00-23\n@Spam_Bot\nhttps://example.com/id77").unwrap();
        let phone = |phone| Person {
            phone: Some(phone),
            ..Person::default()
        };
        assert_eq!(list.find(&phone("+79000000023")), Some("8 (900) 000-00-23"));
        assert_eq!(list.find(&phone("+79000000024")), None);
        let named = Person {
            username: Some("spam_bot"),
            ..Person::default()
        };
        assert_eq!(list.find(&named), Some("@Spam_Bot"));
        let linked = Person {
            link: Some("https://example.com/id77"),
            ..Person::default()
        };
        assert_eq!(list.find(&linked), Some("https://example.com/id77"));
    }

    #[test]
    fn an_error_names_the_line_and_what_lacks() {
        let errors = BlackList::parse("+7 900 000-00-6\nАнна Иванова\n12345").unwrap_err();
        let told: Vec<_> = errors.iter().map(|error| (error.line, error.problem)).collect();
        assert_eq!(told, [(1, EntryProblem::Short(1)), (2, EntryProblem::NoName)]);
    }
}
