//! The columns, declared as data: a new one is one more line.

use domain::{ConversationKind, Direction, Tick};
use jiff::tz::TimeZone;
use store::reports::reading::ExportedMessage;

use super::{Cell, content};
use crate::{Words, period::local};

/// What a cell is made with.
#[derive(Debug)]
pub(super) struct With<'a> {
    pub(super) words: &'a Words,
    pub(super) zone: &'a TimeZone,
}

type MakeCell = for<'a> fn(&'a ExportedMessage, &'a With<'a>) -> Cell<'a>;

/// A column that can be chosen.
pub struct Column {
    /// Its name in orders and in files for programs; its header is the word `column.<key>`.
    pub key: &'static str,
    /// In every file, unless it is unticked: the columns that people know.
    pub usual: bool,
    /// In characters.
    pub width: f64,
    pub(super) cell: MakeCell,
}

impl std::fmt::Debug for Column {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key)
    }
}

const fn usual(key: &'static str, width: f64, cell: MakeCell) -> Column {
    Column {
        key,
        usual: true,
        width,
        cell,
    }
}

const fn extra(key: &'static str, width: f64, cell: MakeCell) -> Column {
    Column {
        key,
        usual: false,
        width,
        cell,
    }
}

/// Every column, in the order of files.
pub const COLUMNS: &[Column] = &[
    usual("channel", 24.0, |message, with| {
        Cell::text(
            message
                .thread
                .account
                .as_deref()
                .unwrap_or_else(|| with.words.get("channel.gone")),
        )
    }),
    usual("client", 28.0, |message, _| Cell::text(&*message.thread.client)),
    usual("content", 80.0, |message, with| {
        Cell::text(content::content(message, with.words))
    }),
    usual("written", 19.0, |message, with| {
        Cell::Moment(local(message.sent_at, with.zone))
    }),
    usual("context", 22.0, context),
    extra("phone", 18.0, |message, _| Cell::maybe(message.thread.phone.as_deref())),
    extra("username", 20.0, |message, _| {
        Cell::maybe(message.thread.username.as_deref())
    }),
    extra("operator", 22.0, |message, _| {
        Cell::maybe(
            message
                .author
                .as_deref()
                .filter(|_| message.direction == Direction::Out),
        )
    }),
    extra("network", 18.0, |message, _| Cell::text(&*message.thread.channel)),
    extra("direction", 10.0, |message, with| {
        Cell::text(with.words.get(direction_key(message.direction)))
    }),
    extra("status", 16.0, |message, with| {
        Cell::maybe(message.tick.map(|tick| with.words.get(tick_key(tick))))
    }),
    extra("files", 30.0, |message, _| {
        let names: Vec<&str> = message
            .files
            .iter()
            .map(|file| file.name.as_str())
            .filter(|name| !name.is_empty())
            .collect();
        Cell::text(names.join(", "))
    }),
    extra("link", 40.0, |message, _| {
        content::link(message).map_or(Cell::Empty, |url| Cell::Link {
            text: url.into(),
            url: url.into(),
        })
    }),
    extra("tags", 24.0, |message, _| Cell::maybe(message.thread.tags.as_deref())),
    extra("source", 24.0, |message, _| {
        Cell::text(
            message
                .thread
                .source
                .as_deref()
                .map(crate::analytics::source_text)
                .unwrap_or_default(),
        )
    }),
    extra("marks", 14.0, |message, with| {
        let marks = [(message.edited, "mark.edited"), (message.deleted, "mark.deleted")];
        let said: Vec<&str> = marks
            .iter()
            .filter(|(is, _)| *is)
            .map(|(_, key)| with.words.get(key))
            .collect();
        Cell::text(said.join(", "))
    }),
    extra("message_id", 12.0, |message, _| Cell::count(message.id.0)),
];

/// «Личное (вх)», clickable where the message is about a post.
fn context<'a>(message: &'a ExportedMessage, with: &'a With<'a>) -> Cell<'a> {
    let kind = match message.thread.kind {
        ConversationKind::Direct => "kind.direct",
        ConversationKind::Group => "kind.group",
        ConversationKind::Comments => "kind.comments",
    };
    let text = format!(
        "{} ({})",
        with.words.get(kind),
        with.words.get(direction_key(message.direction))
    );
    match content::link(message) {
        Some(url) => Cell::Link {
            text: text.into(),
            url: url.into(),
        },
        None => Cell::text(text),
    }
}

fn direction_key(direction: Direction) -> &'static str {
    match direction {
        Direction::Out => "direction.out",
        Direction::In | Direction::System => "direction.in",
    }
}

fn tick_key(tick: Tick) -> &'static str {
    match tick {
        Tick::Sending => "tick.sending",
        Tick::Error => "tick.error",
        Tick::Sent => "tick.sent",
        Tick::Delivered => "tick.delivered",
        Tick::Read => "tick.read",
    }
}
