//! Deletes files that no row names: of deleted messages at once, what a kill or an abandoned upload left behind when it
//! is old enough. Resumes from the rows: a file goes first, the word about it after.

use std::{io, path::Path, sync::Arc, time::Duration};

use domain::At;
use store::{StoreError, files};
use tokio::fs;

use crate::engine::Shared;

/// A file without a row may be about to get one: between the end of a download and its commit lie milliseconds.
const YOUNG: Duration = Duration::from_secs(60 * 60);
/// A chosen file waits in an open window; by then nobody remembers what it was chosen for.
const ABANDONED: Duration = Duration::from_secs(24 * 60 * 60);
/// Files in one question to the database.
const TOGETHER: i64 = 500;

/// At the start and whenever something was deleted.
pub(crate) async fn run(shared: Arc<Shared>) {
    let stop = shared.tasks.stop_token().clone();
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            swept = sweep(&shared) => if let Err(error) = swept {
                tracing::error!(%error, "files without a row stay for now");
            },
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = shared.sweep.notified() => {}
        }
    }
}

async fn sweep(shared: &Shared) -> Result<(), StoreError> {
    let now = shared.clock.now();
    let mut tx = shared.store.write().await?;
    files::abandon_uploads(&mut tx, now.minus(ABANDONED)).await?;
    tx.commit().await?;
    lost_their_row(shared).await?;
    never_had_one(shared, now.minus(YOUNG)).await
}

/// Whatever their age: somebody deleted what they belonged to.
async fn lost_their_row(shared: &Shared) -> Result<(), StoreError> {
    let folder = shared.store.media_folder();
    let mut after = String::new();
    loop {
        let mut paths = files::gone(shared.store.read(), &after, TOGETHER).await?;
        let Some(last) = paths.last() else { return Ok(()) };
        after.clone_from(last);
        let named = files::named(shared.store.read(), &paths).await?;
        let mut stay = Vec::new();
        for path in paths.iter().filter(|path| !named.contains(*path)) {
            if !delete(&folder, path).await {
                stay.push(path.clone());
            }
        }
        paths.retain(|path| !stay.contains(path));
        let mut tx = shared.store.write().await?;
        files::settle(&mut tx, &paths).await?;
        tx.commit().await?;
    }
}

/// Shelf by shelf. Only regular files with names of ours: whatever else somebody put there is theirs.
async fn never_had_one(shared: &Shared, before: At) -> Result<(), StoreError> {
    let folder = shared.store.media_folder();
    for shelf in names(&folder).await {
        let paths: Vec<String> = names(&folder.join(&shelf))
            .await
            .into_iter()
            .map(|name| format!("{shelf}/{name}"))
            .filter(|path| files::is_ours(path))
            .collect();
        for some in paths.chunks(TOGETHER as usize) {
            let named = files::named(shared.store.read(), some).await?;
            for path in some.iter().filter(|path| !named.contains(*path)) {
                if is_older(&folder.join(path), before).await {
                    delete(&folder, path).await;
                }
            }
        }
    }
    Ok(())
}

/// What lies in a folder; nothing where there is none, or where it is a link to elsewhere.
async fn names(folder: &Path) -> Vec<String> {
    let real = fs::symlink_metadata(folder).await.is_ok_and(|about| about.is_dir());
    let mut found = Vec::new();
    if real && let Ok(mut entries) = fs::read_dir(folder).await {
        while let Ok(Some(entry)) = entries.next_entry().await {
            found.extend(entry.file_name().into_string());
        }
    }
    found
}

async fn is_older(file: &Path, before: At) -> bool {
    let Ok(about) = fs::symlink_metadata(file).await else {
        return false;
    };
    let changed = about
        .modified()
        .ok()
        .and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok())
        .and_then(|since| i64::try_from(since.as_millis()).ok());
    about.is_file() && changed.is_some_and(|at| At(at) < before)
}

/// Whether it is gone now. A row is not trusted with a way out of the folder.
async fn delete(folder: &Path, path: &str) -> bool {
    if !files::is_ours(path) {
        tracing::warn!(path, "not a name of a file of ours: left alone");
        return true;
    }
    match fs::remove_file(folder.join(path)).await {
        Ok(()) => true,
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) => {
            tracing::warn!(path, %error, "a file without a row could not be deleted");
            false
        }
    }
}
