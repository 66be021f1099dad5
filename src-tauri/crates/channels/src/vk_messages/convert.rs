//! VK's messages and events as the app's. Pure: whatever has to be asked for stands in [`View`] already.

use contracts::channel::{ConnectorEvent, EventMessage, EventReaction, ReceiptKind, ReplyRef, Source};
use domain::{At, Content, Direction, Extra, Reachability, RemoteId, Tick};
use serde_json::Value;

use super::{
    attach::{Body, Spot},
    echoes::Echoes,
    lines, markup,
    names::Names,
    wire::{Coordinates, FIRST_CHAT, Foreign, Geo, Message, Reaction, Read},
};

/// A message older than the session by more than this was written while we were away. Clocks of desktops are wrong
/// by seconds; a message that rings a minute late does no harm.
const CLOCK_SKEW: std::time::Duration = std::time::Duration::from_secs(60);
/// Forwards inside forwards: deeper ones are a joke or an attack.
const DEEPEST_FORWARD: u8 = 3;

/// What a message is looked at with.
pub(super) struct View<'a> {
    /// Our community, positive.
    pub(super) group: i64,
    /// How everybody is called.
    pub(super) names: &'a Names,
    /// What we have sent.
    pub(super) echoes: &'a Echoes,
    /// When this session began.
    pub(super) session_began: At,
    /// The read marks of the dialog, for history.
    pub(super) marks: Option<ReadMarks>,
}

/// Message ids up to which a dialog was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct ReadMarks {
    /// By us.
    pub(super) incoming: i64,
    /// By the other side.
    pub(super) outgoing: i64,
}

/// A message, from an event or from history.
pub(super) fn message(message: &Message, raw: &Value, view: &View<'_>) -> EventMessage {
    let direction = direction(message, view.group);
    let echo_of = (direction == Direction::Out)
        .then(|| view.echoes.key_of(message))
        .flatten();
    let (content, body) = content(message, view.names);
    let sent_at = At::from_secs(message.date);
    EventMessage {
        chat: view.names.chat(view.group, message.peer_id),
        remote_id: RemoteId::new(message.conversation_message_id),
        direction,
        sender: (direction == Direction::In).then(|| view.names.person(message.from_id)),
        author_name: author(message, direction, echo_of, view.names),
        sent_at,
        content,
        system: lines::line(message, view.names),
        files: body.files,
        reply_to: message.reply_message.as_deref().map(|reply| quoted(reply, view.names)),
        forwarded_from: None,
        album: None,
        echo_of,
        source: source(message),
        edited_at: message.update_time.map(At::from_secs),
        catch_up: sent_at.plus(CLOCK_SKEW) < view.session_began,
        read: view.marks.is_some_and(|marks| marks.cover(message.id, direction)),
        raw: body.odd.then(|| raw.clone()),
    }
}

/// An edit. VK also announces its own changes, such as a link's preview that has loaded: those carry no time, and
/// are no edits to people.
pub(super) fn edited(message: &Message, names: &Names) -> Option<ConnectorEvent> {
    let at = At::from_secs(message.update_time.filter(|at| *at > 0)?);
    Some(ConnectorEvent::Edited {
        chat: RemoteId::new(message.peer_id),
        message: RemoteId::new(message.conversation_message_id),
        content: content(message, names).0,
        at,
    })
}

/// `message_read`: the client read our messages, or a colleague read the client's in VK itself.
pub(super) fn read(read: &Read, group: i64, now: At) -> ConnectorEvent {
    let chat = RemoteId::new(read.peer_id);
    if read.from_id == -group {
        return ConnectorEvent::ReadElsewhere {
            chat,
            up_to: Some(RemoteId::new(read.conversation_message_id)),
        };
    }
    receipt(chat, read.conversation_message_id, now)
}

/// Our messages up to this number were read.
pub(super) fn receipt(chat: RemoteId, cmid: i64, at: At) -> ConnectorEvent {
    ConnectorEvent::Receipt {
        chat,
        kind: ReceiptKind::UpTo(cmid),
        tick: Tick::Read,
        at,
    }
}

/// `message_allow` and `message_deny`.
pub(super) fn reachable(user: i64, reachability: Reachability, at: At) -> ConnectorEvent {
    ConnectorEvent::Reachable {
        chat: RemoteId::new(user),
        reachability,
        at,
    }
}

/// A reaction; our own, put in VK itself, is none of the client's.
pub(super) fn reaction(reaction: &Reaction, view: &View<'_>, at: At) -> Option<ConnectorEvent> {
    (reaction.reacted_id != -view.group).then(|| {
        ConnectorEvent::Reaction(EventReaction {
            chat: RemoteId::new(reaction.peer_id),
            message: RemoteId::new(reaction.cmid),
            sender: view.names.person(reaction.reacted_id),
            emoji: reaction.reaction_id.map(emoji).into_iter().map(str::to_owned).collect(),
            at,
        })
    })
}

/// Everybody whom a message names: their pages are asked for before it is converted.
pub(super) fn named(message: &Message) -> Vec<i64> {
    let mut ids = vec![message.from_id];
    if message.peer_id <= FIRST_CHAT {
        ids.push(message.peer_id);
    }
    ids.extend(message.admin_author_id);
    ids.extend(message.action.as_ref().and_then(|action| action.member_id));
    ids.extend(message.reply_message.as_deref().map(|reply| reply.from_id));
    let mut owners = |attachments: &[Value]| ids.extend(attachments.iter().filter_map(owner));
    owners(&message.attachments);
    let mut forwards: Vec<&Foreign> = message.fwd_messages.iter().collect();
    while let Some(forward) = forwards.pop() {
        owners(&forward.attachments);
        forwards.extend(&forward.fwd_messages);
    }
    ids.extend(message.fwd_messages.iter().flat_map(authors));
    ids
}

fn authors(forward: &Foreign) -> Vec<i64> {
    let inner = forward.fwd_messages.iter().flat_map(authors);
    std::iter::once(forward.from_id).chain(inner).collect()
}

/// Whose post, comment or story an attachment is.
fn owner(attachment: &Value) -> Option<i64> {
    let kind = attachment.get("type")?.as_str()?;
    let field = match kind {
        "wall" | "wall_reply" => "from_id",
        "story" => "owner_id",
        _ => return None,
    };
    attachment.get(kind)?.get(field)?.as_i64()
}

fn direction(message: &Message, group: i64) -> Direction {
    if message.action.is_some() {
        Direction::System
    } else if message.out || message.from_id == -group {
        Direction::Out
    } else {
        Direction::In
    }
}

/// Who of ours wrote it in VK itself (CH-10).
fn author(message: &Message, direction: Direction, echo_of: Option<i64>, names: &Names) -> Option<String> {
    let elsewhere = direction == Direction::Out && echo_of.is_none();
    message
        .admin_author_id
        .filter(|_| elsewhere)
        .and_then(|admin| names.name(admin))
}

fn content(message: &Message, names: &Names) -> (Content, Body) {
    let mut body = Body::default();
    let spot = Spot {
        peer: message.peer_id,
        cmid: message.conversation_message_id,
    };
    for attachment in &message.attachments {
        body.attach(attachment, spot, names);
    }
    body.extras.extend(message.geo.as_ref().and_then(place));
    for forward in &message.fwd_messages {
        forwarded(&mut body, forward, spot, names, DEEPEST_FORWARD);
    }
    let (text, entities) = markup::plain(&message.text);
    if let Some(action) = message
        .action
        .as_ref()
        .filter(|_| lines::line(message, names).is_none())
    {
        body.extras.push(Extra::Unsupported {
            what: action.kind.clone(),
        });
        body.odd = true;
    }
    let content = Content {
        text,
        entities,
        extras: std::mem::take(&mut body.extras),
    };
    (content, body)
}

/// A forward: its author and words, then what it carries, as if it stood in this message.
fn forwarded(body: &mut Body, forward: &Foreign, spot: Spot, names: &Names, deeper: u8) {
    body.extras.push(Extra::Forwarded {
        author: names.name_or_address(forward.from_id),
        text: markup::plain(&forward.text).0,
    });
    for attachment in &forward.attachments {
        body.attach(attachment, spot, names);
    }
    body.extras.extend(forward.geo.as_ref().and_then(place));
    if deeper == 0 {
        body.odd |= !forward.fwd_messages.is_empty();
        return;
    }
    for inner in &forward.fwd_messages {
        forwarded(body, inner, spot, names, deeper - 1);
    }
}

fn place(geo: &Geo) -> Option<Extra> {
    let (lat, lon) = match &geo.coordinates {
        Coordinates::Pair { latitude, longitude } => (*latitude, *longitude),
        Coordinates::Text(pair) => {
            let (lat, lon) = pair.trim().split_once(' ')?;
            (lat.parse().ok()?, lon.trim().parse().ok()?)
        }
    };
    let place = geo.place.as_ref();
    let said = |text: Option<&String>| text.filter(|text| !text.is_empty()).cloned();
    Some(Extra::Location {
        lat,
        lon,
        title: said(place.and_then(|place| place.title.as_ref())),
        address: said(place.and_then(|place| place.address.as_ref().or(place.city.as_ref()))),
    })
}

fn quoted(reply: &Foreign, names: &Names) -> ReplyRef {
    let text = markup::plain(&reply.text).0;
    ReplyRef {
        remote_id: (reply.conversation_message_id > 0).then(|| RemoteId::new(reply.conversation_message_id)),
        author: names.name(reply.from_id),
        text: Some(text).filter(|text| !text.is_empty()),
    }
}

/// Where the client came from: `vk.me/<name>?ref=…&ref_source=…` (VK-5).
fn source(message: &Message) -> Option<Source> {
    let said = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    Some(Source {
        reference: said(&message.reference)?,
        detail: said(&message.ref_source),
    })
}

impl ReadMarks {
    fn cover(self, id: i64, direction: Direction) -> bool {
        let up_to = if direction == Direction::Out {
            self.outgoing
        } else {
            self.incoming
        };
        id > 0 && id <= up_to
    }
}

/// VK numbers its reactions and tells the pictures to user tokens alone (`messages.getReactionsAssets`). These are
/// the ones that every client offers; of a newer one we only know that it is there.
fn emoji(reaction: i64) -> &'static str {
    match reaction {
        1 => "❤️",
        2 => "🔥",
        3 => "😂",
        4 => "👍",
        5 => "💩",
        7 => "😭",
        8 => "😡",
        9 => "👎",
        10 => "👌",
        11 => "😃",
        12 => "🤔",
        13 => "🙏",
        14 => "😘",
        15 => "😍",
        16 => "🎉",
        _ => "❔",
    }
}

/// Whether a dialog is a chat of several people.
pub(super) fn is_chat(peer: i64) -> bool {
    peer > FIRST_CHAT
}
