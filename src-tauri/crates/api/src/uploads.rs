//! Files that the operator has chosen.

use bytes::Bytes;
use domain::{AttachmentKind, Reason, text};
use futures::{Stream, StreamExt};
use store::{NewUpload, files};
use tokio::{
    fs,
    io::{AsyncWriteExt, BufWriter},
};

use crate::{
    app::App,
    error::{ApiError, Code},
    wire::Upload,
};

/// No network takes more (a self-hosted Bot API server: 2000 MB).
const LARGEST: u64 = 2000 * 1024 * 1024;

pub(crate) async fn take(
    app: &App,
    name: &str,
    mime: Option<&str>,
    mut bytes: impl Stream<Item = Result<Bytes, std::io::Error>> + Send + Unpin,
) -> Result<Upload, ApiError> {
    let name = text::file_name(name);
    let disk = |error: std::io::Error| {
        tracing::error!(%error, "upload");
        ApiError::of(Code::Storage, "error.disk")
    };
    let path = files::path(app.engine().clock().uid());
    let folder = app.store().media_folder();
    let (part, whole) = (folder.join(files::part(&path)), folder.join(&path));
    if let Some(shelf) = part.parent() {
        fs::create_dir_all(shelf).await.map_err(disk)?;
    }
    let mut file = BufWriter::new(fs::File::create(&part).await.map_err(disk)?);
    let mut size: u64 = 0;
    while let Some(piece) = bytes.next().await {
        let piece = piece.map_err(|_| ApiError::of(Code::Network, "error.upload_broken"))?;
        size += piece.len() as u64;
        if size > LARGEST {
            break;
        }
        file.write_all(&piece).await.map_err(disk)?;
    }
    file.flush().await.map_err(disk)?;
    if size == 0 || size > LARGEST {
        fs::remove_file(&part).await.map_err(disk)?;
        let key = if size == 0 {
            "error.file_empty"
        } else {
            "error.file_too_large_any"
        };
        return Err(ApiError::field("uploads", Reason::new(key).with("name", name)));
    }
    fs::rename(&part, &whole).await.map_err(disk)?;
    let mime = media_type(mime, &name);
    let kind = kind(&mime);
    let new = NewUpload {
        path,
        name,
        mime,
        size: i64::try_from(size).unwrap_or(i64::MAX),
        kind,
    };
    let mut tx = app.store().write().await?;
    let upload_id = store::attachments::insert_upload(&mut tx, &new, app.now()).await?;
    tx.commit().await?;
    Ok(Upload {
        upload_id,
        name: new.name,
        mime: new.mime,
        size,
        kind,
    })
}

fn media_type(told: Option<&str>, name: &str) -> String {
    let told = told
        .map(|mime| mime.split(';').next().unwrap_or(mime).trim())
        .filter(|mime| mime.contains('/'));
    match told {
        Some(mime) if mime != "application/octet-stream" => mime.to_owned(),
        _ => mime_guess::from_path(name)
            .first_or_octet_stream()
            .essence_str()
            .to_owned(),
    }
}

fn kind(mime: &str) -> AttachmentKind {
    match mime {
        "image/gif" => AttachmentKind::Animation,
        "image/jpeg" | "image/png" | "image/webp" => AttachmentKind::Image,
        "audio/ogg" => AttachmentKind::Voice,
        mime if mime.starts_with("video/") => AttachmentKind::Video,
        mime if mime.starts_with("audio/") => AttachmentKind::Audio,
        _ => AttachmentKind::Document,
    }
}
