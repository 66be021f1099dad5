//! `parse_mode` MarkdownV2 and the older Markdown.

use crate::telegram_bot::text::{Builder, Entity, Formatted};

/// Must be escaped in MarkdownV2 wherever they mark nothing.
const RESERVED: &str = "_*[]()~`>#+-=|{}.!";

#[derive(Debug)]
struct Open {
    mark: &'static str,
    entity: Entity,
    at: usize,
}

/// Parses MarkdownV2; the error is the server's words after `can't parse entities: `.
pub(crate) fn parse_markdown_v2(source: &str) -> Result<Formatted, String> {
    let mut builder = Builder::default();
    let mut open: Vec<Open> = Vec::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let at = source.len() - rest.len();
        let code = open.last().is_some_and(|open| matches!(open.mark, "`" | "```"));
        if let Some(escaped) = rest
            .strip_prefix('\\')
            .and_then(|rest| rest.chars().next())
            .filter(char::is_ascii)
        {
            builder.push(escaped);
            rest = skip(rest, 1 + escaped.len_utf8());
        } else if let Some(length) = mark_at(rest, code, open.last()) {
            let mark = rest.get(..length).unwrap_or_default();
            rest = skip(rest, length);
            rest = toggle(&mut builder, &mut open, mark, at, rest)?;
        } else if !code && RESERVED.contains(c) {
            return Err(format!(
                "Character '{c}' is reserved and must be escaped with the preceding '\\'"
            ));
        } else {
            builder.push(c);
            rest = skip(rest, c.len_utf8());
        }
    }
    match open.pop() {
        Some(left) => Err(format!(
            "Can't find end of {} entity at byte offset {}",
            spoken(left.mark),
            left.at
        )),
        None => Ok(builder.out),
    }
}

fn skip(rest: &str, bytes: usize) -> &str {
    rest.get(bytes..).unwrap_or_default()
}

/// Length of the mark that `rest` begins with. Inside code only its own end is one.
fn mark_at(rest: &str, code: bool, last: Option<&Open>) -> Option<usize> {
    if code {
        return last
            .filter(|open| rest.starts_with(open.mark))
            .map(|open| open.mark.len());
    }
    let marks = ["```", "__", "||", "`", "_", "*", "~", "["];
    let closes_link = rest.starts_with(']') && last.is_some_and(|open| open.mark == "[");
    if closes_link {
        return Some(1);
    }
    marks.into_iter().find(|mark| rest.starts_with(mark)).map(str::len)
}

fn toggle<'a>(
    builder: &mut Builder,
    open: &mut Vec<Open>,
    mark: &str,
    at: usize,
    rest: &'a str,
) -> Result<&'a str, String> {
    let begin = if mark == "]" { "[" } else { mark };
    if open.last().is_none_or(|last| last.mark != begin || mark == "[") {
        let (mark, kind) = known(mark);
        open.push(Open {
            mark,
            entity: Entity::new(kind, builder.units, 0),
            at,
        });
        return Ok(rest);
    }
    let Some(last) = open.pop() else { return Ok(rest) };
    if mark != "]" {
        builder.close(last.entity);
        return Ok(rest);
    }
    let address = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let Some((url, after)) = address else { return Ok(rest) };
    builder.close(last.entity.with("url", url.replace('\\', "")));
    Ok(after)
}

fn known(mark: &str) -> (&'static str, &'static str) {
    match mark {
        "```" => ("```", "pre"),
        "__" => ("__", "underline"),
        "||" => ("||", "spoiler"),
        "`" => ("`", "code"),
        "_" => ("_", "italic"),
        "*" => ("*", "bold"),
        "~" => ("~", "strikethrough"),
        _ => ("[", "text_link"),
    }
}

fn spoken(mark: &str) -> &'static str {
    match mark {
        "```" => "Pre",
        "__" => "Underline",
        "||" => "Spoiler",
        "`" => "Code",
        "_" => "Italic",
        "*" => "Bold",
        "~" => "Strikethrough",
        _ => "TextUrl",
    }
}

/// Parses the older Markdown: no nesting, no reserved characters.
pub(crate) fn parse_markdown(source: &str) -> Result<Formatted, String> {
    let mut builder = Builder::default();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let at = source.len() - rest.len();
        if let Some(escaped) = rest
            .strip_prefix('\\')
            .and_then(|r| r.chars().next())
            .filter(|c| "_*`[".contains(*c))
        {
            builder.push(escaped);
            rest = skip(rest, 2);
            continue;
        }
        let (begin, end) = match c {
            '_' => ("_", "_"),
            '*' => ("*", "*"),
            '`' if rest.starts_with("```") => ("```", "```"),
            '`' => ("`", "`"),
            '[' => ("[", "]"),
            _ => {
                builder.push(c);
                rest = skip(rest, c.len_utf8());
                continue;
            }
        };
        let lost = || format!("Can't find end of the entity starting at byte offset {at}");
        let (inside, after) = skip(rest, begin.len()).split_once(end).ok_or_else(lost)?;
        let mut entity = Entity::new(known(begin).1, builder.units, 0);
        inside.chars().for_each(|c| builder.push(c));
        rest = after;
        if begin == "[" {
            let Some((url, after)) = after.strip_prefix('(').and_then(|rest| rest.split_once(')')) else {
                continue;
            };
            entity = entity.with("url", url);
            rest = after;
        }
        builder.close(entity);
    }
    Ok(builder.out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_entities() {
        let text = parse_markdown_v2("*жирный _и курсив_* `a_b` [тут](https://a\\.ru) 5\\.0").unwrap();
        assert_eq!(text.text, "жирный и курсив a_b тут 5.0");
        let kinds: Vec<_> = text
            .entities
            .iter()
            .map(|entity| (entity.kind.as_str(), entity.offset))
            .collect();
        assert_eq!(kinds, [("italic", 7), ("bold", 0), ("code", 16), ("text_link", 20)]);
        assert_eq!(text.entities[3].extra["url"], "https://a.ru");
    }

    #[test]
    fn broken_marks_are_told_in_the_words_of_the_server() {
        let said = |source| parse_markdown_v2(source).unwrap_err();
        assert_eq!(
            said("Цена 5.0"),
            "Character '.' is reserved and must be escaped with the preceding '\\'"
        );
        assert_eq!(said("*a"), "Can't find end of Bold entity at byte offset 0");
        assert_eq!(
            parse_markdown("a_b").unwrap_err(),
            "Can't find end of the entity starting at byte offset 1"
        );
    }
}
