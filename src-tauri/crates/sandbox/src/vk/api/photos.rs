//! `photos.getMessagesUploadServer` and `photos.saveMessagesPhoto`. <https://dev.vk.com/api/upload/photo-in-message>

use super::{Answer, ApiError, Call};
use crate::letter::FileKind;
use crate::vk::attach;
use crate::vk::state::{Ticket, Upload};
use crate::vk::wire;
use serde_json::{Value, json};

/// The number of the album that message uploads go to.
const ALBUM: i64 = -64;

pub(super) fn upload_server(call: &mut Call<'_>) -> Answer {
    let group = call.group()?;
    if let Some(peer) = call.params.int("peer_id")? {
        super::message_send::reachable(call, peer)?;
    }
    let ticket = call.state.secret(32);
    call.state.tickets.insert(
        ticket.clone(),
        Ticket::Upload {
            owner: -group,
            what: Upload::Photo,
        },
    );
    let url = call.state.url(&format!("upload/photo/{ticket}"));
    Ok(json!({"album_id": ALBUM, "upload_url": url, "user_id": 0, "group_id": group}))
}

/// `server`, `photo` and `hash` are what the upload answered; each photo is saved once. The key of an uploaded photo ends
/// with the hash of its upload.
pub(super) fn save(call: &mut Call<'_>) -> Answer {
    let owner = -call.group()?;
    let photo = call.params.required_text("photo")?.to_owned();
    let hash = call.params.required_text("hash")?.to_owned();
    call.params.int("server")?.ok_or_else(|| ApiError::of(118))?;
    let listed: Vec<Value> = serde_json::from_str(&photo).map_err(|_source| ApiError::of(129))?;
    let keys: Vec<String> = listed
        .iter()
        .filter_map(|one| one.get("photo").and_then(Value::as_str).map(str::to_owned))
        .collect();
    if keys.is_empty() {
        return Err(ApiError::of(129));
    }
    let mut saved = Vec::new();
    for key in keys {
        let Some(Ticket::Uploaded {
            owner: theirs,
            what: Upload::Photo,
            file,
        }) = call.state.tickets.remove(&key)
        else {
            return Err(ApiError::of(129));
        };
        if theirs != owner || !key.ends_with(&hash) {
            return Err(ApiError::of(121));
        }
        let made = attach::of_file(call.state, owner, FileKind::Photo, &file);
        saved.push(
            wire::message::attachment(&made)
                .get("photo")
                .cloned()
                .unwrap_or_default(),
        );
    }
    Ok(Value::Array(saved))
}
