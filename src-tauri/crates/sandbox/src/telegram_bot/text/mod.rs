//! Text with entities: what `text` and `entities` of a message hold.

mod detect;
mod html;
mod markdown;

use crate::letter::{Mark, Style, Text};
use serde_json::{Map, Value, json};

pub(crate) use detect::detect;
pub(crate) use html::parse_html;
pub(crate) use markdown::{parse_markdown, parse_markdown_v2};

/// A text and its entities, sorted by offset.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Formatted {
    pub(crate) text: String,
    pub(crate) entities: Vec<Entity>,
}

/// One entity. Offsets and lengths count UTF-16 units, as everywhere in the Bot API.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entity {
    pub(crate) kind: String,
    pub(crate) offset: usize,
    pub(crate) length: usize,
    /// `url`, `user`, `language`, `custom_emoji_id`.
    pub(crate) extra: Map<String, Value>,
}

/// Length in UTF-16 units.
pub(crate) fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}

impl Entity {
    pub(crate) fn new(kind: &str, offset: usize, length: usize) -> Self {
        Self {
            kind: kind.to_owned(),
            offset,
            length,
            extra: Map::new(),
        }
    }

    pub(crate) fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.extra.insert(field.to_owned(), value.into());
        self
    }

    fn wire(&self) -> Value {
        let mut value = json!({"offset": self.offset, "length": self.length, "type": self.kind});
        if let Some(object) = value.as_object_mut() {
            object.extend(self.extra.clone());
        }
        value
    }
}

impl Formatted {
    pub(crate) fn plain(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            entities: Vec::new(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The `entities` array.
    pub(crate) fn wire_entities(&self) -> Value {
        self.entities.iter().map(Entity::wire).collect()
    }

    /// What the server does to every text: blank edges go, links, mentions and commands are found, empty entities go.
    #[must_use]
    pub(crate) fn finished(mut self) -> Self {
        let kept = self.text.trim_end();
        let start = kept.trim_start();
        let cut = utf16(kept) - utf16(start);
        let length = utf16(start);
        self.text = start.to_owned();
        for entity in &mut self.entities {
            let end = (entity.offset + entity.length).saturating_sub(cut).min(length);
            entity.offset = entity.offset.saturating_sub(cut).min(length);
            entity.length = end.saturating_sub(entity.offset);
        }
        let found = detect(&self.text);
        let covered: Vec<(usize, usize)> = self.entities.iter().map(|e| (e.offset, e.offset + e.length)).collect();
        let literal = |e: &Entity| {
            let crosses = |(from, to): &(usize, usize)| e.offset < *to && *from < e.offset + e.length;
            !covered.iter().any(crosses)
        };
        self.entities.extend(found.into_iter().filter(literal));
        self.entities.retain(|entity| entity.length > 0);
        self.entities
            .sort_by_key(|entity| (entity.offset, usize::MAX - entity.length));
        self
    }

    /// The part that begins `position` UTF-16 units in, when `quote` stands there.
    pub(crate) fn find(&self, quote: &str, position: Option<usize>) -> Option<usize> {
        let starts = |at: &usize| self.text.get(*at..).is_some_and(|rest| rest.starts_with(quote));
        let offsets = self.text.char_indices().map(|(at, _)| at);
        let nearest = |at: &usize| utf16(self.text.get(..*at).unwrap_or_default()).abs_diff(position.unwrap_or(0));
        let byte = offsets.filter(starts).min_by_key(nearest)?;
        Some(utf16(self.text.get(..byte)?))
    }
}

impl From<&Text> for Formatted {
    fn from(text: &Text) -> Self {
        let at = |chars: usize| -> usize { text.text.chars().take(chars).map(char::len_utf16).sum() };
        let entity = |mark: &Mark| {
            let (from, to) = (at(mark.from), at(mark.from + mark.length));
            let plain = |kind| Entity::new(kind, from, to - from);
            match &mark.style {
                Style::Bold => plain("bold"),
                Style::Italic => plain("italic"),
                Style::Underline => plain("underline"),
                Style::Strike => plain("strikethrough"),
                Style::Code => plain("code"),
                Style::Spoiler => plain("spoiler"),
                Style::Link { url } => plain("text_link").with("url", url.as_str()),
            }
        };
        Self {
            text: text.text.clone(),
            entities: text.marks.iter().map(entity).collect(),
        }
        .finished()
    }
}

impl From<&Formatted> for Text {
    fn from(formatted: &Formatted) -> Self {
        let chars = |units: usize| {
            let mut seen = 0;
            let before = |c: &char| {
                seen += c.len_utf16();
                seen <= units
            };
            formatted.text.chars().take_while(before).count()
        };
        let mark = |entity: &Entity| {
            let style = match entity.kind.as_str() {
                "bold" => Style::Bold,
                "italic" => Style::Italic,
                "underline" => Style::Underline,
                "strikethrough" => Style::Strike,
                "code" | "pre" => Style::Code,
                "spoiler" => Style::Spoiler,
                "text_link" => Style::Link {
                    url: entity.extra.get("url")?.as_str()?.to_owned(),
                },
                _ => return None,
            };
            let from = chars(entity.offset);
            Some(Mark {
                from,
                length: chars(entity.offset + entity.length) - from,
                style,
            })
        };
        Self {
            text: formatted.text.clone(),
            marks: formatted.entities.iter().filter_map(mark).collect(),
        }
    }
}

/// Collects parsed text and the entities that are still open.
#[derive(Debug, Default)]
struct Builder {
    out: Formatted,
    units: usize,
}

impl Builder {
    fn push(&mut self, c: char) {
        self.out.text.push(c);
        self.units += c.len_utf16();
    }

    fn close(&mut self, entity: Entity) {
        let length = self.units - entity.offset;
        self.out.entities.push(Entity { length, ..entity });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_utf16_units() {
        let text = Text {
            text: "🎉 привет".to_owned(),
            marks: vec![Mark {
                from: 2,
                length: 6,
                style: Style::Bold,
            }],
        };
        let formatted = Formatted::from(&text);
        assert_eq!(formatted.entities, [Entity::new("bold", 3, 6)]);
        assert_eq!(Text::from(&formatted), text);
    }

    #[test]
    fn blank_edges_go_and_take_their_entities_along() {
        let text = Formatted {
            text: "  hi \n".into(),
            entities: vec![Entity::new("bold", 0, 6)],
        }
        .finished();
        assert_eq!(
            text,
            Formatted {
                text: "hi".into(),
                entities: vec![Entity::new("bold", 0, 2)]
            }
        );
    }

    #[test]
    fn a_quote_is_found_nearest_to_its_position() {
        let text = Formatted::plain("да 🎉 да");
        assert_eq!(text.find("да", None), Some(0));
        assert_eq!(text.find("да", Some(5)), Some(6));
        assert_eq!(text.find("нет", None), None);
    }
}
