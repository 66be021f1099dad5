//! Quick replies (INB-5): texts with placeholders and files, in folders.

use domain::Reason;
use engine::Change;
use filters::{Filled, PLACEHOLDERS, Template};
use store::{NewUpload, QuickReply, QuickReplyFile, StoreError, attachments, quick_replies};

use crate::{
    app::App,
    error::ApiError,
    placeholders::fill_in,
    wire::{
        Empty, ExpandQuickReply, Expanded, FillText, FolderRef, FolderView, QuickReplies, QuickReplyFileChoice,
        QuickReplyFileView, QuickReplyRef, QuickReplyRefs, QuickReplyView, SaveFolder, SaveQuickReply, Upload,
    },
};

const LONGEST_NAME: usize = 40;
const LONGEST_TEXT: usize = 10_000;

pub(crate) async fn list(app: &App, _: Empty) -> Result<QuickReplies, ApiError> {
    let db = app.store().read();
    let folders = quick_replies::folders(db).await?;
    let items = quick_replies::list(db).await?;
    Ok(QuickReplies {
        folders: folders
            .into_iter()
            .map(|folder| FolderView {
                id: folder.id,
                name: folder.name,
            })
            .collect(),
        items: items.into_iter().map(view).collect(),
        placeholders: PLACEHOLDERS.iter().map(|key| (*key).to_owned()).collect(),
    })
}

fn view(reply: QuickReply) -> QuickReplyView {
    let file = |file: QuickReplyFile| QuickReplyFileView {
        position: file.position,
        name: file.name,
        mime: file.mime,
        size: file.size,
        kind: file.kind,
    };
    QuickReplyView {
        id: reply.id,
        folder_id: reply.folder_id,
        name: reply.name,
        text: reply.text,
        shared: reply.shared,
        used: reply.used,
        files: reply.files.into_iter().map(file).collect(),
    }
}

async fn find(app: &App, id: domain::QuickReplyId) -> Result<QuickReply, ApiError> {
    let all = quick_replies::list(app.store().read()).await?;
    Ok(all
        .into_iter()
        .find(|reply| reply.id == id)
        .ok_or(StoreError::NotFound)?)
}

pub(crate) async fn save(app: &App, request: SaveQuickReply) -> Result<QuickReplyRef, ApiError> {
    let name = request.name.trim().trim_start_matches('/');
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.contains(char::is_whitespace) {
        return Err(ApiError::field("name", Reason::new("error.quick_reply_name")));
    }
    let text = request.text.trim();
    if (text.is_empty() && request.files.is_empty()) || text.chars().count() > LONGEST_TEXT {
        return Err(ApiError::field("text", Reason::new("error.quick_reply_text")));
    }
    template(text)?;
    let before = match request.id {
        Some(id) => find(app, id).await?.files,
        None => Vec::new(),
    };
    let clock = app.engine().clock();
    let mut tx = app.store().write().await?;
    let mut files: Vec<NewUpload> = Vec::with_capacity(request.files.len());
    for choice in request.files {
        match choice {
            QuickReplyFileChoice::Kept { position } => {
                files.extend(
                    before
                        .iter()
                        .find(|file| file.position == position)
                        .map(NewUpload::from),
                );
            }
            QuickReplyFileChoice::Upload { upload_id } => {
                files.push(attachments::upload(&mut *tx, upload_id).await?.file);
                attachments::forget_upload(&mut tx, upload_id).await?;
            }
        }
    }
    let change = quick_replies::QuickReplyChange {
        folder_id: request.folder_id,
        name: name.to_owned(),
        text: text.to_owned(),
        shared: request.shared,
        files,
    };
    let saved = quick_replies::save(&mut tx, request.id, clock.uid(), &change, clock.now()).await;
    let id = saved.map_err(|error| match error {
        StoreError::NameTaken => ApiError::field("name", Reason::new("error.quick_reply_taken")),
        error => error.into(),
    })?;
    tx.commit().await?;
    app.engine().poke_sweep();
    changed(app);
    Ok(QuickReplyRef { id })
}

pub(crate) async fn delete(app: &App, request: QuickReplyRef) -> Result<Empty, ApiError> {
    let mut tx = app.store().write().await?;
    quick_replies::delete(&mut tx, request.id).await?;
    tx.commit().await?;
    app.engine().poke_sweep();
    changed(app);
    Ok(Empty {})
}

pub(crate) async fn reorder(app: &App, request: QuickReplyRefs) -> Result<Empty, ApiError> {
    let mut tx = app.store().write().await?;
    quick_replies::reorder(&mut tx, &request.ids).await?;
    tx.commit().await?;
    changed(app);
    Ok(Empty {})
}

pub(crate) async fn save_folder(app: &App, request: SaveFolder) -> Result<FolderRef, ApiError> {
    let name = request.name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(ApiError::field("name", Reason::new("error.folder_name")));
    }
    let mut tx = app.store().write().await?;
    let id = quick_replies::save_folder(&mut tx, request.id, app.engine().clock().uid(), name).await?;
    tx.commit().await?;
    changed(app);
    Ok(FolderRef { id })
}

pub(crate) async fn delete_folder(app: &App, request: FolderRef) -> Result<Empty, ApiError> {
    let mut tx = app.store().write().await?;
    quick_replies::delete_folder(&mut tx, request.id).await?;
    tx.commit().await?;
    changed(app);
    Ok(Empty {})
}

/// The text with its values, and its files as if they had just been chosen.
pub(crate) async fn expand(app: &App, request: ExpandQuickReply) -> Result<Expanded, ApiError> {
    let reply = find(app, request.id).await?;
    let filled = fill_in(app, &template(&reply.text)?, request.conversation_id).await?;
    let mut uploads = Vec::with_capacity(reply.files.len());
    let mut tx = app.store().write().await?;
    for file in &reply.files {
        let new = NewUpload::from(file);
        uploads.push(Upload {
            upload_id: attachments::insert_upload(&mut tx, &new, app.now()).await?,
            name: new.name,
            mime: new.mime,
            size: u64::try_from(new.size).unwrap_or(0),
            kind: new.kind,
        });
    }
    quick_replies::count_use(&mut tx, reply.id).await?;
    tx.commit().await?;
    Ok(expanded(filled, uploads))
}

pub(crate) async fn fill(app: &App, request: FillText) -> Result<Expanded, ApiError> {
    let filled = fill_in(app, &template(&request.text)?, request.conversation_id).await?;
    Ok(expanded(filled, Vec::new()))
}

fn expanded(filled: Filled, uploads: Vec<Upload>) -> Expanded {
    Expanded {
        text: filled.text,
        unresolved: filled.unresolved.into_iter().map(str::to_owned).collect(),
        uploads,
    }
}

fn template(text: &str) -> Result<Template, ApiError> {
    Template::parse(text).map_err(|error| ApiError::field("text", error.reason()))
}

fn changed(app: &App) {
    app.engine().changes().announce(Change::QuickReplies);
}
