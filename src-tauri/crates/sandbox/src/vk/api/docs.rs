//! `docs.getMessagesUploadServer` and `docs.save`: documents, voice messages, drawings.
//!
//! <https://dev.vk.com/api/upload/document-in-profile>

use super::{Answer, ApiError, Call};
use crate::letter::FileKind;
use crate::vk::attach;
use crate::vk::state::{Ticket, Upload};
use crate::vk::wire;
use serde_json::{Value, json};

pub(super) fn upload_server(call: &mut Call<'_>) -> Answer {
    let group = call.group()?;
    let (what, path) = match call.params.text("type").unwrap_or("doc") {
        "doc" => (Upload::Document, "doc"),
        "audio_message" => (Upload::Voice, "audio_message"),
        "graffiti" => (Upload::Graffiti, "graffiti"),
        _ => return Err(ApiError::parameter("type is invalid")),
    };
    if let Some(peer) = call.params.int("peer_id")? {
        super::message_send::reachable(call, peer)?;
    }
    let ticket = call.state.secret(32);
    call.state
        .tickets
        .insert(ticket.clone(), Ticket::Upload { owner: -group, what });
    Ok(json!({"upload_url": call.state.url(&format!("upload/{path}/{ticket}"))}))
}

pub(super) fn save(call: &mut Call<'_>) -> Answer {
    let owner = -call.group()?;
    let key = call.params.required_text("file")?.to_owned();
    let title = call.params.text("title").map(str::to_owned);
    let Some(Ticket::Uploaded {
        owner: theirs,
        what,
        mut file,
    }) = call.state.tickets.remove(&key)
    else {
        return Err(ApiError::of(105));
    };
    if theirs != owner {
        return Err(ApiError::of(105));
    }
    let shown_as = match what {
        Upload::Document => FileKind::Document,
        Upload::Voice => FileKind::Voice,
        Upload::Graffiti => FileKind::Drawing,
        Upload::Photo => return Err(ApiError::of(105)),
    };
    if let (Some(title), Upload::Document) = (title, what) {
        file.name = titled(&title, &file.name);
    }
    let made = attach::of_file(call.state, owner, shown_as, &file);
    let value: Value = wire::message::attachment(&made);
    Ok(value)
}

/// A title keeps the ending of the file.
fn titled(title: &str, name: &str) -> String {
    match name.rsplit_once('.') {
        Some((_, ext)) if !title.ends_with(&format!(".{ext}")) => format!("{title}.{ext}"),
        _ => title.to_owned(),
    }
}
