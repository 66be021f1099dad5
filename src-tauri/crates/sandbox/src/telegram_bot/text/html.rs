//! `parse_mode` HTML.

use crate::telegram_bot::text::{Builder, Entity, Formatted};

#[derive(Debug)]
struct Open {
    tag: String,
    entity: Entity,
}

/// Parses HTML as the server does; the error is its words after `can't parse entities: `.
pub(crate) fn parse_html(source: &str) -> Result<Formatted, String> {
    let mut builder = Builder::default();
    let mut open: Vec<Open> = Vec::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let at = source.len() - rest.len();
        if c == '&' {
            let (decoded, length) = reference(rest);
            builder.push(decoded);
            rest = rest.get(length..).unwrap_or_default();
        } else if c != '<' {
            builder.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        } else {
            let end = rest
                .find('>')
                .ok_or_else(|| format!("Unclosed start tag at byte offset {at}"))?;
            let inside = rest.get(1..end).unwrap_or_default();
            match inside.strip_prefix('/') {
                Some(name) => close(&mut builder, &mut open, name.trim(), at)?,
                None => open.push(start(inside, at, builder.units)?),
            }
            rest = rest.get(end + 1..).unwrap_or_default();
        }
    }
    match open.pop() {
        Some(left) => Err(format!(
            "Can't find end tag corresponding to start tag \"{}\"",
            left.tag
        )),
        None => Ok(builder.out),
    }
}

fn start(inside: &str, at: usize, offset: usize) -> Result<Open, String> {
    let (name, attributes) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let tag = name.to_lowercase();
    let attribute = |wanted: &str| attribute(attributes, wanted);
    let kind = match tag.as_str() {
        "b" | "strong" => "bold",
        "i" | "em" => "italic",
        "u" | "ins" => "underline",
        "s" | "strike" | "del" => "strikethrough",
        "tg-spoiler" => "spoiler",
        "span" if attribute("class").as_deref() == Some("tg-spoiler") => "spoiler",
        "span" => {
            return Err(format!(
                "Tag \"span\" must have class \"tg-spoiler\" at byte offset {at}"
            ));
        }
        "code" => "code",
        "pre" => "pre",
        "blockquote" if attributes.contains("expandable") => "expandable_blockquote",
        "blockquote" => "blockquote",
        "a" => "text_link",
        "tg-emoji" => "custom_emoji",
        _ => return Err(format!("Unsupported start tag \"{tag}\" at byte offset {at}")),
    };
    let mut entity = Entity::new(kind, offset, 0);
    if let (true, Some(url)) = (tag == "a", attribute("href")) {
        entity = entity.with("url", url);
    }
    if let (true, Some(emoji)) = (tag == "tg-emoji", attribute("emoji-id")) {
        entity = entity.with("custom_emoji_id", emoji);
    }
    Ok(Open { tag, entity })
}

fn close(builder: &mut Builder, open: &mut Vec<Open>, name: &str, at: usize) -> Result<(), String> {
    let last = open
        .pop()
        .ok_or_else(|| format!("Unexpected end tag at byte offset {at}"))?;
    if !name.is_empty() && name.to_lowercase() != last.tag {
        return Err(format!(
            "Unmatched end tag at byte offset {at}, expected \"</{}>\", found \"</{name}>\"",
            last.tag
        ));
    }
    // A link without an address is plain text.
    if last.entity.kind != "text_link" || last.entity.extra.contains_key("url") {
        builder.close(last.entity);
    }
    Ok(())
}

fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    let (_, rest) = attributes.split_once(&format!("{wanted}="))?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let value = match quote {
        Some(quote) => rest.get(1..)?.split(quote).next()?,
        None => rest.split_whitespace().next()?,
    };
    Some(value.replace("&quot;", "\"").replace("&amp;", "&"))
}

/// A character reference: the character and how many bytes it took. Unknown ones stay as they are.
fn reference(rest: &str) -> (char, usize) {
    let known = [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"')];
    if let Some((name, c)) = known.into_iter().find(|(name, _)| rest.starts_with(name)) {
        return (c, name.len());
    }
    let number = rest
        .strip_prefix("&#")
        .and_then(|rest| rest.split_once(';'))
        .map(|(number, _)| number);
    let decoded = number.and_then(|number| {
        let code = match number.strip_prefix('x') {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code)
    });
    match (decoded, number) {
        (Some(c), Some(number)) => (c, number.len() + 3),
        _ => ('&', 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_entities() {
        let text = parse_html("<b>Заказ</b> &lt;<a href=\"https://a.ru/?x=1&amp;y=2\">тут</a>&gt; &#128512;").unwrap();
        assert_eq!(text.text, "Заказ <тут> 😀");
        assert_eq!(text.entities[0], Entity::new("bold", 0, 5));
        assert_eq!(
            text.entities[1],
            Entity::new("text_link", 7, 3).with("url", "https://a.ru/?x=1&y=2")
        );
    }

    #[test]
    fn broken_tags_are_told_in_the_words_of_the_server() {
        let said = |source| parse_html(source).unwrap_err();
        assert_eq!(said("a <x>"), "Unsupported start tag \"x\" at byte offset 2");
        assert_eq!(said("<b>a"), "Can't find end tag corresponding to start tag \"b\"");
        assert_eq!(
            said("<b>a</i>"),
            "Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\""
        );
        assert_eq!(said("a</b>"), "Unexpected end tag at byte offset 1");
    }
}
