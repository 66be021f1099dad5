//! From a letter in words of no network to a VK message.

use super::attach::{self, Made};
use super::posting::Draft;
use super::state::State;
use super::state::message::{Arrival, Body, Foreign};
use crate::act::Refused;
use crate::letter::Letter;

/// Attachments of one message, as VK's own apps allow.
const MOST_ATTACHMENTS: usize = 10;

/// The draft of a letter to or from `peer`; `writer` owns the new media.
pub(super) fn draft(state: &mut State, group: i64, peer: i64, writer: i64, letter: &Letter) -> Result<Draft, Refused> {
    let mut body = Body::says(letter.text.text.clone());
    for part in &letter.parts {
        match attach::make(state, writer, part).ok_or(Refused::Malformed)? {
            Made::Attachment(attachment) => body.attachments.push(attachment),
            Made::Geo(_) if body.geo.is_some() => return Err(Refused::Malformed),
            Made::Geo(geo) => body.geo = Some(geo),
        }
    }
    let alone = body
        .attachments
        .iter()
        .any(|one| matches!(one.kind, "sticker" | "audio_message" | "graffiti"));
    if body.is_empty() || body.attachments.len() > MOST_ATTACHMENTS || (alone && body.attachments.len() > 1) {
        return Err(Refused::Malformed);
    }
    if let Some(name) = &letter.forwarded_from {
        body = passed_on(state, name, body);
    }
    if let Some(id) = &letter.reply_to {
        let cmid = id.number().ok_or(Refused::NoSuchMessage)?;
        let dialog = state
            .community(group)
            .and_then(|community| community.dialogs.get(&peer));
        let original = dialog
            .and_then(|dialog| dialog.by_cmid(cmid))
            .ok_or(Refused::NoSuchMessage)?;
        body.reply = Some(Box::new(original.quoted()));
    }
    Ok(Draft {
        body,
        arrival: letter.source.as_deref().map(arrival),
        ..Draft::default()
    })
}

/// A message that holds nothing but somebody else's one. Whoever has no page here is shown as a community's number
/// would be: by an id that `users.get` does not know.
fn passed_on(state: &State, name: &str, body: Body) -> Body {
    let known = state
        .users
        .values()
        .find(|user| name == user.screen_name || name == full_name(user));
    let (from_id, date) = (known.map_or(1, |user| user.id), state.now() - 3600);
    let foreign = Foreign {
        from_id,
        peer_id: from_id,
        cmid: 1,
        date,
        body,
        ..Foreign::default()
    };
    Body {
        forwarded: vec![foreign],
        ..Body::default()
    }
}

fn full_name(user: &super::state::user::User) -> String {
    format!("{} {}", user.first_name, user.last_name).trim().to_owned()
}

/// `promo` or `ref=promo&ref_source=site`.
pub(super) fn arrival(source: &str) -> Arrival {
    if !source.contains("ref=") {
        return Arrival {
            reference: source.to_owned(),
            source: String::new(),
        };
    }
    let mut arrival = Arrival::default();
    for (key, value) in url::form_urlencoded::parse(source.as_bytes()) {
        match &*key {
            "ref" => arrival.reference = value.into_owned(),
            "ref_source" => arrival.source = value.into_owned(),
            _ => {}
        }
    }
    arrival
}
