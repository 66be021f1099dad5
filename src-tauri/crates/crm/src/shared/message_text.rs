//! What a message says, as plain text for places that know nothing else.

use contracts::crm::{CrmMessage, CrmQuote};
use domain::{Content, Extra};

/// The words of a message, and what is neither words nor file, a line each. Signs instead of words: the language of
/// the reader is not known here.
pub(crate) fn plain(content: &Content) -> String {
    let mut lines = Vec::new();
    if !content.text.trim().is_empty() {
        lines.push(content.text.trim().to_owned());
    }
    lines.extend(content.extras.iter().map(extra));
    lines.join("\n")
}

fn extra(extra: &Extra) -> String {
    let joined = |parts: &[Option<&str>]| {
        let parts: Vec<&str> = parts
            .iter()
            .flatten()
            .copied()
            .filter(|part| !part.is_empty())
            .collect();
        parts.join(" · ")
    };
    match extra {
        Extra::Location {
            lat,
            lon,
            title,
            address,
        } => {
            let place = joined(&[title.as_deref(), address.as_deref()]);
            let at = format!("{lat:.6}, {lon:.6}");
            format!("📍 {}", joined(&[Some(&place), Some(&at)]))
        }
        Extra::Contact { name, phone } => format!("👤 {}", joined(&[Some(name), phone.as_deref()])),
        Extra::Poll { question, options } => format!("📊 {question}\n– {}", options.join("\n– ")),
        Extra::Card(card) => joined(&[
            Some(&card.title),
            card.text.as_deref(),
            card.price.as_deref(),
            card.url.as_deref(),
        ]),
        Extra::Forwarded { author, text } => format!("⤷ {author}: {text}"),
        Extra::Dice { emoji, value } => format!("{emoji} {value}"),
        Extra::Unsupported { what } => format!("❔ {what}"),
    }
}

/// What a message answers and whose it passes on, a line each; empty where neither.
pub(crate) fn quoted(message: &CrmMessage) -> Option<String> {
    let forwarded = message.forwarded_from.as_ref().map(|whose| format!("⤷ {whose}"));
    let quote = message.quote.as_ref().and_then(quote);
    let lines: Vec<String> = quote.into_iter().chain(forwarded).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn quote(quote: &CrmQuote) -> Option<String> {
    let text: String = quote.text.chars().take(200).collect();
    let line = match &quote.author {
        Some(author) => format!("> {author}: {text}"),
        None => format!("> {text}"),
    };
    (!text.trim().is_empty()).then(|| line.replace('\n', "\n> "))
}
