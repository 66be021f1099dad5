//! Search over everything.

use domain::{MessageId, Reason, text};
use store::{inbox, search::Wanted};

use crate::{
    app::App,
    conversations,
    error::ApiError,
    wire::{ConversationRow, Search, SearchHit, SearchPage},
};

const PAGE: u32 = 30;
const PEOPLE_SHOWN: i64 = 8;
/// Characters before and after the first word found.
const BEFORE: usize = 40;
const AROUND: usize = 160;

pub(crate) async fn search(app: &App, request: Search) -> Result<SearchPage, ApiError> {
    let limit = request.limit.unwrap_or(PAGE).clamp(1, 100);
    let everywhere = request.conversation_id.is_none() && request.contact_id.is_none() && request.cursor.is_none();
    let people = if everywhere {
        people(app, &request.text).await?
    } else {
        Vec::new()
    };
    let before = match &request.cursor {
        None => None,
        Some(cursor) => {
            let wrong = |_| ApiError::field("cursor", Reason::new("error.wrong_shape"));
            Some(MessageId(cursor.parse().map_err(wrong)?))
        }
    };
    let terms = store::search::terms(&request.text);
    let wanted = Wanted {
        text: request.text,
        conversation_id: request.conversation_id,
        account_ids: request.account_ids,
        contact_id: request.contact_id,
        direction: request.direction,
        has_file: request.has_file,
        filtered: request.filtered.unwrap_or(false),
        from: request.from,
        to: request.to,
        before,
        limit: i64::from(limit) + 1,
    };
    let mut hits = store::search::messages(app.store().read(), &wanted).await?;
    let more = hits.len() > limit as usize;
    hits.truncate(limit as usize);
    let cursor = hits.last().filter(|_| more).map(|hit| hit.message_id.to_string());
    let messages = hits
        .into_iter()
        .map(|hit| {
            let (excerpt, marks) = excerpt(&hit.text, &terms);
            SearchHit {
                message_id: hit.message_id,
                conversation_id: hit.conversation_id,
                title: hit.title,
                channel: hit.channel,
                direction: hit.direction,
                sent_at: hit.sent_at,
                excerpt,
                marks,
                preview: hit.preview,
            }
        })
        .collect();
    Ok(SearchPage {
        conversations: people,
        messages,
        cursor,
    })
}

async fn people(app: &App, typed: &str) -> Result<Vec<ConversationRow>, ApiError> {
    let db = app.store().read();
    let found = store::search::people(db, typed, PEOPLE_SHOWN).await?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let rows = inbox::list(db, &inbox::Query::with(found, PEOPLE_SHOWN)).await?;
    Ok(rows.into_iter().map(conversations::row).collect())
}

/// The stretch around the first word found, and where the words are in it, in UTF-16 units.
fn excerpt(whole: &str, terms: &[String]) -> (String, Vec<(u32, u32)>) {
    let line: Vec<char> = whole.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    let words = words(&line);
    let found = |word: &(usize, usize)| {
        let text: String = line.get(word.0..word.1).unwrap_or_default().iter().collect();
        let folded = text::fold(&text);
        terms.iter().any(|term| folded.starts_with(term.as_str()))
    };
    let first = words.iter().find(|word| found(word)).map_or(0, |word| word.0);
    let begin = words
        .iter()
        .map(|word| word.0)
        .find(|at| at + BEFORE >= first)
        .unwrap_or(0);
    let end = (begin + AROUND).min(line.len());
    let mut excerpt = String::from(if begin > 0 { "…" } else { "" });
    let shift = excerpt.encode_utf16().count();
    excerpt.extend(line.get(begin..end).unwrap_or_default());
    let units = |from: usize, to: usize| {
        u32::try_from(
            line.get(from..to)
                .unwrap_or_default()
                .iter()
                .map(|c| c.len_utf16())
                .sum::<usize>(),
        )
        .unwrap_or(0)
    };
    let marks = words
        .iter()
        .filter(|word| word.0 >= begin && word.1 <= end && found(word))
        .map(|word| {
            (
                units(begin, word.0) + u32::try_from(shift).unwrap_or(0),
                units(word.0, word.1),
            )
        })
        .collect();
    if end < line.len() {
        excerpt.push('…');
    }
    (excerpt, marks)
}

/// Begin and end of each run of letters and digits.
fn words(line: &[char]) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut begin = None;
    for (at, c) in line.iter().enumerate() {
        match (c.is_alphanumeric(), begin) {
            (true, None) => begin = Some(at),
            (false, Some(from)) => {
                words.push((from, at));
                begin = None;
            }
            _ => {}
        }
    }
    words.extend(begin.map(|from| (from, line.len())));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_is_marked_in_any_form_with_emoji_before_it() {
        let (excerpt, marks) = excerpt("😀 Когда привезут Кухню?", &["кухн".to_owned()]);
        let units: Vec<u16> = excerpt.encode_utf16().collect();
        let (at, length) = marks[0];
        let word = String::from_utf16(&units[at as usize..(at + length) as usize]).unwrap();
        assert_eq!(word, "Кухню");
    }
}
