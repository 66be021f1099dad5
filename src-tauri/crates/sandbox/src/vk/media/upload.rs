//! The upload servers. <https://dev.vk.com/api/upload/overview>
//!
//! A refused photo answers with an empty list, a refused document with an `error`; both with status 200.

use crate::media::Media;
use crate::vk::Shared;
use crate::vk::attach::picture_size;
use crate::vk::state::{State, Ticket, Upload};
use axum::Json;
use axum::extract::{self, Multipart, Path};
use serde_json::{Value, json};

/// Bytes of a photo and of a document.
const PHOTO: usize = 50 << 20;
const DOCUMENT: usize = 200 << 20;

/// Width and height of a photo together, in pixels, and how many times longer than the other one side may be.
const SIDES: u32 = 14_000;
const RATIO: u32 = 20;

/// Endings that VK refuses as documents: programs, and music because of its owners.
const REFUSED: &[&str] = &[
    "exe", "bat", "cmd", "com", "msi", "scr", "apk", "jar", "js", "vbs", "mp3",
];

/// The number of the upload server, which `photos.saveMessagesPhoto` wants back.
const SERVER: i64 = 857_220;

pub(super) async fn accept(
    extract::State(shared): extract::State<Shared>,
    Path((_, ticket)): Path<(String, String)>,
    mut form: Multipart,
) -> Json<Value> {
    let mut files = Vec::new();
    while let Ok(Some(field)) = form.next_field().await {
        let name = field.file_name().unwrap_or("file").to_owned();
        let Ok(bytes) = field.bytes().await else {
            return refusal("upload was cut off");
        };
        files.push(Media::new(&name, bytes));
    }
    let mut state = shared.lock();
    let Some(Ticket::Upload { owner, what }) = state.tickets.get(&ticket).cloned() else {
        return refusal("unknown upload address");
    };
    if what == Upload::Photo {
        photos(&mut state, owner, files)
    } else {
        document(&mut state, owner, what, files)
    }
}

fn refusal(why: &str) -> Json<Value> {
    Json(json!({"error": "ERR_UPLOAD", "error_descr": why}))
}

/// `photo` is a list in a string; its keys end with the hash.
fn photos(state: &mut State, owner: i64, files: Vec<Media>) -> Json<Value> {
    let hash = state.secret(32);
    let mut listed = Vec::new();
    for file in files.into_iter().filter(is_photo) {
        let key = format!("{}{hash}", state.secret(16));
        state.tickets.insert(
            key.clone(),
            Ticket::Uploaded {
                owner,
                what: Upload::Photo,
                file,
            },
        );
        listed.push(json!({"photo": key, "sizes": [], "kid": "", "debug": ""}));
    }
    Json(json!({"server": SERVER, "photo": Value::Array(listed).to_string(), "hash": hash}))
}

fn is_photo(file: &Media) -> bool {
    let Some((width, height)) = picture_size(&file.data) else {
        return false;
    };
    let (short, long) = (width.min(height), width.max(height));
    file.data.len() <= PHOTO && short > 0 && width + height <= SIDES && long <= short * RATIO
}

fn document(state: &mut State, owner: i64, what: Upload, mut files: Vec<Media>) -> Json<Value> {
    let Some(file) = files.pop().filter(|file| !file.data.is_empty()) else {
        return refusal("no file");
    };
    let ext = file.name.rsplit_once('.').map(|(_, ext)| ext.to_lowercase());
    let sound = match what {
        Upload::Voice => file.data.starts_with(b"OggS"),
        Upload::Graffiti => file.data.starts_with(b"\x89PNG"),
        Upload::Document | Upload::Photo => !ext.is_none_or(|ext| REFUSED.contains(&ext.as_str())),
    };
    if !sound || file.data.len() > DOCUMENT {
        return refusal("unknown or forbidden file type");
    }
    let key = format!("{}|{}|{}", owner.abs(), state.secret(8), state.secret(40));
    state
        .tickets
        .insert(key.clone(), Ticket::Uploaded { owner, what, file });
    Json(json!({"file": key}))
}
