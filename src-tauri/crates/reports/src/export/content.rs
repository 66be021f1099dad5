//! What a message says, in one cell.

use std::borrow::Cow;

use domain::{Extra, PreviewKind};
use store::reports::reading::ExportedMessage;

use crate::Words;

/// The text, then what is neither text nor file, then the names of files; a message of pictures alone says so.
pub(super) fn content<'a>(message: &'a ExportedMessage, words: &'a Words) -> Cow<'a, str> {
    if message.preview == PreviewKind::Text && message.extras.is_empty() {
        return message.text.as_str().into();
    }
    let mut parts: Vec<Cow<'a, str>> = Vec::new();
    if !message.text.is_empty() {
        parts.push(message.text.as_str().into());
    }
    parts.extend(message.extras.iter().map(|extra| said(extra, words)));
    parts.extend(message.files.iter().map(|file| {
        let kind = words.get(preview_key((&file.kind).into()));
        if file.name.is_empty() {
            format!("[{kind}]").into()
        } else {
            format!("[{kind}: {}]", file.name).into()
        }
    }));
    if parts.is_empty() {
        return words.get(preview_key(message.preview)).into();
    }
    parts.join("\n").into()
}

fn said<'a>(extra: &'a Extra, words: &'a Words) -> Cow<'a, str> {
    let joined = |parts: &[Option<&str>]| parts.iter().flatten().copied().collect::<Vec<_>>().join(", ");
    match extra {
        Extra::Location {
            lat,
            lon,
            title,
            address,
        } => {
            let place = format!("{lat:.6}, {lon:.6}");
            joined(&[title.as_deref(), address.as_deref(), Some(&place)]).into()
        }
        Extra::Contact { name, phone } => joined(&[Some(name), phone.as_deref()]).into(),
        Extra::Poll { question, options } => format!("{question}\n– {}", options.join("\n– ")).into(),
        Extra::Card(card) => joined(&[
            Some(&card.title).filter(|title| !title.is_empty()).map(String::as_str),
            card.text.as_deref(),
            card.price.as_deref(),
            card.url.as_deref(),
        ])
        .into(),
        Extra::Forwarded { author, text } => format!("{author}: {text}").into(),
        Extra::Dice { emoji, value } => format!("{emoji} {value}").into(),
        Extra::Unsupported { .. } => words.get("preview.unsupported").into(),
    }
}

/// The address of the post, item or page that a message is about.
pub(super) fn link(message: &ExportedMessage) -> Option<&str> {
    message.extras.iter().find_map(|extra| match extra {
        Extra::Card(card) => card.url.as_deref(),
        _ => None,
    })
}

fn preview_key(kind: PreviewKind) -> &'static str {
    match kind {
        PreviewKind::Text | PreviewKind::Unsupported => "preview.unsupported",
        PreviewKind::Image => "preview.image",
        PreviewKind::Video => "preview.video",
        PreviewKind::Animation => "preview.animation",
        PreviewKind::Audio => "preview.audio",
        PreviewKind::Voice => "preview.voice",
        PreviewKind::Document => "preview.document",
        PreviewKind::Sticker => "preview.sticker",
        PreviewKind::Location => "preview.location",
        PreviewKind::Contact => "preview.contact",
        PreviewKind::Poll => "preview.poll",
        PreviewKind::Card => "preview.card",
        PreviewKind::Forwarded => "preview.forwarded",
    }
}
