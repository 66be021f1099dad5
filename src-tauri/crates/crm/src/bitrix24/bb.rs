//! The marks of the portal's messenger: `[b]…[/b]`, `[url=…]…[/url]`, `[br]`.
//! <https://apidocs.bitrix24.com/api-reference/chats/messages/index.html>

use domain::{Content, Entity, EntityKind};

/// Marks that the messenger acts upon.
const TAGS: &[&str] = &[
    "b",
    "i",
    "u",
    "s",
    "url",
    "br",
    "user",
    "chat",
    "context",
    "send",
    "put",
    "call",
    "quote",
    "code",
    "img",
    "disk",
    "icon",
    "color",
    "size",
    "pch",
    "rating",
    "attach",
    "timestamp",
];

/// A client's words as they are: what looks like a mark is kept from being one.
pub(super) fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        out.push('[');
        let name: String = after
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphabetic)
            .collect();
        if TAGS.contains(&name.to_lowercase().as_str()) {
            // A space without width: it reads the same, and is no mark any more.
            out.push('\u{200b}');
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A manager's words with the marks turned into entities.
pub(super) fn content(marked: &str) -> Content {
    let mut reading = Reading::default();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        reading.put(before);
        match after.split_once(']').filter(|(tag, _)| !tag.contains(['[', '\n'])) {
            Some((tag, left)) if reading.mark(tag) => rest = left,
            _ => {
                reading.put("[");
                rest = after;
            }
        }
    }
    reading.put(rest);
    reading.finish()
}

#[derive(Default)]
struct Reading {
    text: String,
    /// In UTF-16 units.
    length: u32,
    open: Vec<(String, Option<String>, u32)>,
    entities: Vec<Entity>,
}

impl Reading {
    fn put(&mut self, text: &str) {
        self.text.push_str(text);
        let units = text.encode_utf16().count();
        self.length = self.length.saturating_add(u32::try_from(units).unwrap_or(u32::MAX));
    }

    /// Takes a mark in; false when it is none that is known.
    fn mark(&mut self, tag: &str) -> bool {
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let (name, value) = tag
            .split_once('=')
            .map_or((tag, None), |(name, value)| (name, Some(value)));
        let name = name.trim().to_lowercase();
        match name.as_str() {
            "br" => self.put("\n"),
            "b" | "i" | "u" | "s" | "url" | "code" | "user" | "chat" | "size" | "color" | "send" | "put" | "call"
            | "context" => {
                if closes {
                    self.close(&name);
                } else {
                    let value = value.map(|value| value.trim_matches('"').to_owned());
                    self.open.push((name, value, self.length));
                }
            }
            _ => return false,
        }
        true
    }

    fn close(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|(open, ..)| open == name) else {
            return;
        };
        let (_, value, offset) = self.open.remove(at);
        let length = self.length - offset;
        let kind = match name {
            "b" => EntityKind::Bold,
            "i" => EntityKind::Italic,
            "u" => EntityKind::Underline,
            "s" => EntityKind::Strike,
            "code" => EntityKind::Code,
            "url" => match value {
                Some(url) => EntityKind::Link { url },
                // The words are the address.
                None => return,
            },
            // Of names, sizes and colours the words are all that a client can use.
            _ => return,
        };
        if length > 0 {
            self.entities.push(Entity { offset, length, kind });
        }
    }

    fn finish(mut self) -> Content {
        self.entities
            .sort_by_key(|entity| (entity.offset, std::cmp::Reverse(entity.length)));
        Content {
            text: self.text,
            entities: self.entities,
            extras: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_entities_and_the_rest_stays() {
        let said = content("[b]Ольга:[/b] [br]Вот 😀 [url=https://x.example]прайс[/url] [3 шт]");
        assert_eq!(said.text, "Ольга: \nВот 😀 прайс [3 шт]");
        let marked: Vec<_> = said.entities.iter().map(|one| (one.offset, one.length)).collect();
        assert_eq!(marked, [(0, 6), (15, 5)]);
    }

    #[test]
    fn a_clients_brackets_are_no_marks() {
        assert_eq!(literal("[b]жирно[/b] и [1]"), "[\u{200b}b]жирно[\u{200b}/b] и [1]");
    }
}
