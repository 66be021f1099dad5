//! One task per account: files of messages and pictures of people, from the network into the media folder; and the
//! news that messages were read, to the network.

use std::{path::Path, sync::Arc, time::Duration};

use contracts::channel::{CallError, Connector};
use domain::{Backoff, Reason, Retry};
use store::{FetchJob, StoreError, attachments, files};
use tokio::{fs, io::AsyncWriteExt, task::JoinSet};

use crate::{account::Running, changes::Gathered, engine::Shared, profiles, reads};

/// Downloads at once per account: enough to hide their latency, few enough to leave the line to messages.
const AT_ONCE: usize = 3;
/// Asks for cards, and looks after the rows even if nobody poked: retries come due by time.
const LOOK_AGAIN: Duration = Duration::from_secs(5);
/// After so many failures in a row only a person asks again.
const GIVE_UP_AFTER: u32 = 8;

pub(crate) async fn run(shared: Arc<Shared>, running: Arc<Running>) {
    let mut ask_for_cards = true;
    while !running.stop.is_cancelled() {
        let mut worked = false;
        if let Some(connector) = running.connector().filter(|_| running.is_online()) {
            worked = reported(reads::round(&shared, &running, &*connector).await);
            worked |= reported(round(&shared, &running, &connector).await);
            if !worked && ask_for_cards {
                worked = reported(profiles::round(&shared, &running, &*connector).await);
            }
            ask_for_cards = worked;
        }
        if worked {
            continue;
        }
        tokio::select! {
            () = running.stop.cancelled() => {}
            () = running.fetch.notified() => {}
            () = shared.clock.sleep(LOOK_AGAIN) => ask_for_cards = true,
        }
    }
}

fn reported(result: Result<bool, StoreError>) -> bool {
    result
        .inspect_err(|error| tracing::error!(%error, "fetch"))
        .unwrap_or(false)
}

/// One round of downloads; whether there was anything to do.
async fn round(
    shared: &Arc<Shared>,
    running: &Arc<Running>,
    connector: &Arc<dyn Connector>,
) -> Result<bool, StoreError> {
    let now = shared.clock.now();
    let jobs = attachments::to_fetch(shared.store.read(), running.id, now, 3 * AT_ONCE as i64).await?;
    let some = !jobs.is_empty();
    let mut under_way = JoinSet::new();
    for job in jobs {
        if under_way.len() >= AT_ONCE {
            under_way.join_next().await;
        }
        let (shared, connector, stop) = (shared.clone(), connector.clone(), running.stop.clone());
        under_way.spawn(async move {
            tokio::select! {
                () = stop.cancelled() => {}
                result = one(&shared, &*connector, &job) => if let Err(error) = result {
                    tracing::error!(attachment = %job.id, %error, "fetch not settled");
                },
            }
        });
    }
    while under_way.join_next().await.is_some() {}
    Ok(some)
}

async fn one(shared: &Shared, connector: &dyn Connector, job: &FetchJob) -> Result<(), StoreError> {
    let folder = shared.store.media_folder();
    let path = files::path(job.uid);
    let (part, whole) = (folder.join(files::part(&path)), folder.join(&path));
    let result = match connector.media() {
        None => Err(CallError::Refused(Reason::new("reason.no_media"))),
        Some(media) => download(media, &job.fetch, &part).await,
    };
    fail::fail_point!("fetch.downloaded");
    let mut tx;
    match result {
        Ok((mime, size)) => {
            fs::rename(&part, &whole).await?;
            fail::fail_point!("fetch.renamed");
            tx = shared.store.write().await?;
            attachments::fetched(&mut tx, job.id, &path, mime.as_deref(), size).await?;
        }
        Err(error) => {
            let _ = fs::remove_file(&part).await;
            tx = shared.store.write().await?;
            let retry_at = retry_at(shared, job, &error);
            attachments::fetch_failed(&mut tx, job.id, &error.reason(), retry_at).await?;
        }
    }
    let conversation = match job.message_id {
        None => None,
        Some(id) => Some(store::messages::get(&mut *tx, id).await?.conversation_id),
    };
    tx.commit().await?;
    fail::fail_point!("fetch.settled");
    let mut gathered = Gathered::default();
    match conversation {
        Some(id) => {
            gathered.thread(id);
            shared.links.poke_pumps();
        }
        None => gathered.contacts(),
    }
    gathered.announce(&shared.changes);
    Ok(())
}

pub(crate) async fn download(
    media: &dyn contracts::channel::Media,
    fetch: &serde_json::Value,
    part: &Path,
) -> Result<(Option<String>, i64), CallError> {
    let local = |_| CallError::Local(Reason::new("reason.disk"));
    if let Some(shelf) = part.parent() {
        fs::create_dir_all(shelf).await.map_err(local)?;
    }
    let mut file = fs::File::create(part).await.map_err(local)?;
    let fetched = media.fetch(fetch, &mut file).await?;
    file.flush().await.map_err(local)?;
    file.sync_all().await.map_err(local)?;
    let size = file.metadata().await.map_err(local)?.len();
    Ok((fetched.mime, i64::try_from(size).unwrap_or(i64::MAX)))
}

fn retry_at(shared: &Shared, job: &FetchJob, error: &CallError) -> Option<domain::At> {
    let now = shared.clock.now();
    if job.attempts + 1 >= GIVE_UP_AFTER {
        return None;
    }
    match error.retry() {
        Retry::Soon => Some(now.plus(Backoff::FETCH.delay(job.attempts + 1, shared.clock.chance()))),
        Retry::After(wait) => Some(now.plus(wait)),
        // The line needs a person; the file is asked for again when it stands.
        Retry::Never if matches!(error, CallError::LoggedOut(_) | CallError::Stuck { .. }) => {
            Some(now.plus(Backoff::FETCH.ceiling))
        }
        Retry::Never => None,
    }
}
