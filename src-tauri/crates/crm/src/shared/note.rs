//! A message as the text of a note.
//!
//! ```text
//! ← Анна · Telegram · Магазин · 25.11.2026 12:03      who, where, and when where it is not now
//! > Ольга: Какой размер?                              what it answers
//! M, пожалуйста
//! 📎 схема.pdf – не удалось получить                  what could not be attached
//! #3f9a2c1b                                           by this the note is found again
//! ```
//!
//! Signs instead of words: whoever reads it may speak any language.

use contracts::crm::{Author, CrmFile, CrmMessage, Work};
use domain::{At, CrmOperation, Direction, Tick};
use jiff::{Timestamp, tz::Offset};

use super::{plain, quoted};

/// A message that is older than this tells when it was written; the note tells its own time.
const NOW_MS: i64 = 2 * 60 * 1000;

/// The mark by which a note is known: the end of the marker, which is chance.
pub(crate) fn mark(work: &Work) -> String {
    let hex: Vec<char> = work.marker.chars().filter(char::is_ascii_hexdigit).collect();
    let last: String = hex.iter().skip(hex.len().saturating_sub(8)).collect();
    format!("#{last}")
}

/// The whole note. `kept` are the places of those files that stand beside it; `short` are shorter forms of addresses.
pub(crate) fn note(work: &Work, now: At, offset_secs: i32, kept: &[usize], short: &[(String, String)]) -> String {
    let message = &work.message;
    let mut lines = vec![head(work, now, offset_secs)];
    lines.extend(quoted(message));
    let text = plain(&message.content);
    let body = match work.operation {
        CrmOperation::Delete => format!("🗑 {text}").trim_end().to_owned(),
        _ => text,
    };
    lines.extend((!body.is_empty()).then_some(body));
    let others = message.files.iter().enumerate();
    let others = others.filter(|(at, _)| !kept.contains(at));
    lines.extend(others.map(|(_, file)| unattached(file, short)));
    lines.extend(failure(message));
    lines.push(mark(work));
    lines.join("\n")
}

fn head(work: &Work, now: At, offset_secs: i32) -> String {
    let (message, conversation) = (&work.message, &work.conversation);
    let (arrow, who) = match (message.direction, &message.author) {
        (Direction::System, _) => ("ℹ", conversation.contact.name.clone()),
        (Direction::In, Author::Member { name, .. }) => ("←", name.clone()),
        (Direction::In, _) => ("←", conversation.contact.name.clone()),
        (Direction::Out, Author::Operator(Some(name))) => ("→", name.clone()),
        (Direction::Out, _) => ("→", String::new()),
    };
    let account = conversation.account.as_ref();
    let network = account.map_or(conversation.channel.as_str(), |account| account.network.as_str());
    let title = conversation.title.as_deref().unwrap_or_default();
    let written = if now.millis() - message.written_at.millis() > NOW_MS {
        moment(message.written_at, offset_secs)
    } else {
        String::new()
    };
    let name = account.map_or("", |account| account.name.as_str());
    let parts = [who.as_str(), network, name, title, written.as_str()];
    let told: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{arrow} {}", told.join(" · "))
}

/// In the time of the account, as its managers read it.
fn moment(at: At, offset_secs: i32) -> String {
    let offset = Offset::from_seconds(offset_secs).unwrap_or(Offset::UTC);
    let Ok(at) = Timestamp::from_millisecond(at.millis()) else {
        return String::new();
    };
    let at = offset.to_datetime(at);
    format!(
        "{:02}.{:02}.{} {:02}:{:02}",
        at.day(),
        at.month(),
        at.year(),
        at.hour(),
        at.minute()
    )
}

/// A file that is no attachment of the note: where it can be seen, or only that it was there.
fn unattached(file: &CrmFile, short: &[(String, String)]) -> String {
    let Some(link) = &file.link else {
        return format!("📎 {} ✕", file.name);
    };
    let shown = short
        .iter()
        .find(|(long, _)| long == link)
        .map_or(link, |(_, short)| short);
    format!("📎 {} {shown}", file.name)
}

fn failure(message: &CrmMessage) -> Option<String> {
    let (_, text) = message.failure.as_ref().filter(|_| message.tick == Some(Tick::Error))?;
    Some(format!("⚠ {text}"))
}
