//! The drive: uploads in parts, stored files. <https://www.amocrm.ru/developers/content/files/files-api>

use super::Shared;
use super::rest::call::{Call, bearer};
use super::rest::page::{Answer, MOST, nothing, number, ok, page, text};
use super::rest::problem::{Fault, Problem};
use super::state::file::{Session, StoredFile};
use crate::media::{Media, pixels};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};

/// Bytes of a part, and of a file. The numbers are those that the live service answers with.
const PART: usize = 524_288;
const WHOLE: usize = 314_572_800;

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/v1.0/sessions", post(open))
        .route("/v1.0/sessions/upload/{session}/{part}", post(upload))
        .route("/v1.0/files", get(list).delete(remove))
        .route("/v1.0/files/{uuid}", get(one).patch(rename))
        .route("/download/{account}/{uuid}/{name}", get(download))
        .layer(DefaultBodyLimit::disable())
}

async fn open(call: Call) -> Answer {
    call.needs("files")?;
    let wish = call.json()?;
    let mut faults = Vec::new();
    for name in ["file_name", "file_size"] {
        if wish.get(name).is_none() {
            faults.push(Fault::missing(name));
        }
    }
    if !faults.is_empty() {
        return Err(Problem::Invalid(faults));
    }
    let size = number(&wish, "file_size").and_then(|size| usize::try_from(size).ok());
    let size = size.filter(|size| (1..=WHOLE).contains(size));
    let name = text(&wish, "file_name").unwrap_or_default().to_owned();
    let mime = text(&wish, "content_type").map(str::to_owned);
    let mut state = call.state();
    let key = state.hex(40);
    let session = Session {
        id: state.number(),
        mime: mime.unwrap_or_else(|| Media::new(&name, "").mime),
        name,
        size: size.ok_or(Problem::Bad("file_size is not valid"))?,
        bytes: Vec::new(),
        by: call.user,
        replaces: text(&wish, "file_uuid").map(str::to_owned),
        part: 1,
    };
    let answer = json!({"session_id": session.id, "upload_url": part_url(&call.here, &key, 1), "max_file_size": WHOLE,
        "max_part_size": PART});
    state.sessions.insert(key, session);
    ok(answer)
}

fn part_url(here: &str, key: &str, part: u32) -> String {
    format!("{here}/v1.0/sessions/upload/{key}/{part}")
}

/// A part; the answer to the last one is the file. The address of a part is good once.
async fn upload(Path((key, part)): Path<(String, u32)>, call: Call) -> Answer {
    call.needs("files")?;
    let mut state = call.state();
    let session = state.sessions.get_mut(&key).filter(|session| session.part == part);
    let session = session.ok_or(Problem::NotFound)?;
    if call.bytes.len() > PART || session.bytes.len() + call.bytes.len() > session.size || call.bytes.is_empty() {
        return Err(Problem::Bad("Part size is not valid"));
    }
    session.bytes.extend_from_slice(&call.bytes);
    session.part += 1;
    if session.bytes.len() < session.size {
        let next = part_url(&call.here, &key, session.part);
        return ok(json!({"next_url": next, "session_id": session.id}));
    }
    let done = state.sessions.remove(&key).ok_or(Problem::NotFound)?;
    let uuid = done.replaces.filter(|uuid| state.files.contains_key(uuid));
    let uuid = uuid.unwrap_or_else(|| state.uuid());
    let mut media = Media::new(&done.name, done.bytes);
    media.mime = done.mime;
    if let Some((width, height)) = pixels(&media.data) {
        media = media.sized(width, height);
    }
    let file = StoredFile {
        id: state.number(),
        version: state.uuid(),
        uuid: uuid.clone(),
        media,
        created_by: done.by,
        created_at: state.now(),
        trashed: false,
    };
    let answer = shown(&call.here, &state.account.amojo_id, &file);
    state.files.insert(uuid, file);
    ok(answer)
}

async fn list(call: Call) -> Answer {
    call.needs("files")?;
    let wanted = call.query.many("filter[uuid]");
    let state = call.state();
    let found = state.files.values().filter(|file| {
        let uuid = file.uuid.as_str();
        !file.trashed && wanted.as_ref().is_none_or(|some| some.contains(&uuid))
    });
    let found: Vec<&StoredFile> = found.collect();
    page(&call, "files", MOST, found, |file| {
        shown(&call.here, &state.account.amojo_id, file)
    })
}

async fn one(Path(uuid): Path<String>, call: Call) -> Answer {
    call.needs("files")?;
    let state = call.state();
    let file = state
        .files
        .get(&uuid)
        .filter(|file| !file.trashed)
        .ok_or(Problem::NotFound)?;
    ok(shown(&call.here, &state.account.amojo_id, file))
}

async fn rename(Path(uuid): Path<String>, call: Call) -> Answer {
    call.needs("files")?;
    let wish = call.json()?;
    let mut state = call.state();
    let account = state.account.amojo_id.clone();
    let file = state.files.get_mut(&uuid).ok_or(Problem::NotFound)?;
    if let Some(name) = text(&wish, "name") {
        name.clone_into(&mut file.media.name);
    }
    ok(shown(&call.here, &account, file))
}

async fn remove(call: Call) -> Answer {
    call.needs("files_delete")?;
    let items = call.items(MOST)?;
    let mut state = call.state();
    for uuid in items.iter().filter_map(|item| text(item, "uuid")) {
        if let Some(file) = state.files.get_mut(uuid) {
            file.trashed = true;
        }
    }
    nothing()
}

/// Whether an address alone opens a file is not documented; `switches` closes it.
async fn download(
    State(shared): State<Shared>,
    Path((_, uuid, _)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let state = shared.lock();
    let known = bearer(&headers).is_some_and(|token| state.keys.access.contains_key(&token));
    if !state.account.open_files && !known {
        return Err(Problem::Unauthorized);
    }
    let file = state
        .files
        .get(&uuid)
        .filter(|file| !file.trashed)
        .ok_or(Problem::NotFound)?;
    let head = [(header::CONTENT_TYPE, file.media.mime.clone())];
    Ok((head, file.media.data.clone()).into_response())
}

fn shown(here: &str, account: &str, file: &StoredFile) -> Value {
    let (name, extension) = file.media.name.rsplit_once('.').unwrap_or((&file.media.name, ""));
    let by = json!({"id": file.created_by, "type": "user"});
    let encoded: String = url::form_urlencoded::byte_serialize(file.media.name.as_bytes()).collect();
    let href = json!({"href": format!("{here}/download/{account}/{}/{}", file.uuid, encoded.replace('+', "%20"))});
    let kind = match file.media.mime.split('/').next() {
        Some("image") => "image",
        Some("video") => "video",
        Some("audio") => "audio",
        _ => "file",
    };
    json!({
        "id": file.id, "uuid": file.uuid, "type": kind, "is_trashed": file.trashed, "name": name,
        "sanitized_name": file.media.name, "size": file.media.data.len(), "source_id": null, "version_uuid": file.version,
        "has_multiple_versions": false, "created_at": file.created_at, "created_by": by, "updated_at": file.created_at,
        "updated_by": by, "deleted_at": null, "deleted_by": null,
        "metadata": {"extension": extension, "mime_type": file.media.mime}, "previews": [],
        "_links": {"self": {"href": format!("{here}/v1.0/files/{}", file.uuid)}, "download": href, "download_version": href},
    })
}
