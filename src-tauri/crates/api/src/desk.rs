//! What goes on behind the calls: ordered files are made one after the other, and what came in is counted. Both
//! begin with what the last run left, and are woken by a poke.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use engine::Change;
use reports::export::{self, ExportError, Place, Wish, Written};
use store::{
    StoreError,
    reports::exports::{self, ExportJob, ExportState},
};
use tokio::sync::{
    Notify,
    broadcast::{Receiver, error::RecvError},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{analytics, app::App, error::ApiError};

/// How often the row of a file under way is brought up to date: often enough for a bar, seldom enough for the disk.
const PROGRESS: Duration = Duration::from_millis(700);
/// Counting waits for a pause of this length, so that a flood of messages has the writer for itself…
const PAUSE: Duration = Duration::from_secs(2);
/// …but not for longer than that.
const LATEST: Duration = Duration::from_secs(30);
/// Then a flood that goes on is counted in so many steps: a fiftieth of the writer's time. The rest is counted when it
/// is over, or when somebody looks.
const STEPS_IN_FLOOD: usize = 20;

/// The two works, and the strings by which calls pull at them.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    stop: CancellationToken,
    works: TaskTracker,
    making: Notify,
    counting: Notify,
    current: Mutex<Option<Current>>,
}

/// The file under way.
#[derive(Debug, Clone)]
struct Current {
    id: i64,
    rows: Arc<AtomicI64>,
    stop: CancellationToken,
}

impl Desk {
    /// Begins both.
    pub(crate) fn begin(&self, app: &App) {
        self.works.spawn(make_files(app.clone()));
        self.works.spawn(count(app.clone()));
    }

    /// Ends both: a file under way is left to the next start, and nothing of it stays on the disk.
    pub(crate) async fn end(&self) {
        self.stop.cancel();
        self.works.close();
        self.works.wait().await;
    }

    pub(crate) fn poke_making(&self) {
        self.making.notify_one();
    }

    pub(crate) fn poke_counting(&self) {
        self.counting.notify_one();
    }

    /// Rows of a file under way so far.
    pub(crate) fn written(&self, id: i64) -> Option<i64> {
        self.current(id).map(|current| current.rows.load(Ordering::Relaxed))
    }

    /// Stops a file under way.
    pub(crate) fn stop_making(&self, id: i64) {
        if let Some(current) = self.current(id) {
            current.stop.cancel();
        }
    }

    fn current(&self, id: i64) -> Option<Current> {
        self.lock().clone().filter(|current| current.id == id)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Current>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn make_files(app: App) {
    let desk = &app.inner.desk;
    while !desk.stop.is_cancelled() {
        match exports::next(app.store().read()).await {
            Ok(Some(job)) => {
                let id = job.id;
                if let Err(error) = make(&app, job).await {
                    tracing::error!(export = id, %error, "an ordered file can't be noted");
                    // The row is as it was: without a pause this would be a storm.
                    tokio::select! {
                        () = app.engine().clock().sleep(LATEST) => {}
                        () = desk.stop.cancelled() => {}
                    }
                }
                app.engine().changes().announce(Change::Exports);
                continue;
            }
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "orders can't be read"),
        }
        tokio::select! {
            () = desk.making.notified() => {}
            () = desk.stop.cancelled() => {}
        }
    }
}

/// One file, from its row to its name. An error is the database's; everything else is written into the row.
async fn make(app: &App, job: ExportJob) -> Result<(), StoreError> {
    let folder = PathBuf::from(&job.folder);
    if stands_already(&job, &folder) {
        return note_done(app, job.id).await.map(drop);
    }
    let made = match serde_json::from_str::<Wish>(&job.wish) {
        Ok(wish) => begin_and_write(app, &job, &wish, &folder).await,
        Err(_) => Err(ExportError::Order),
    };
    match made {
        Ok(written) => stand(app, &job, &folder, written).await,
        Err(ExportError::Stopped) => Ok(()),
        Err(error) => note_failed(app, job.id, &error, &folder).await,
    }
}

/// The program ended between the name of the file and the note in the row.
fn stands_already(job: &ExportJob, folder: &Path) -> bool {
    let size = std::fs::metadata(folder.join(&job.name)).map(|file| file.len());
    job.state == ExportState::Running
        && job.bytes > 0
        && !Place::is_taken(folder, job.uid)
        && size.is_ok_and(|size| i64::try_from(size) == Ok(job.bytes))
}

async fn begin_and_write(app: &App, job: &ExportJob, wish: &Wish, folder: &Path) -> Result<Written, ExportError> {
    let total = export::expected_rows(app.store(), wish).await?;
    let mut tx = app.store().write().await?;
    let wanted = exports::begin(&mut tx, job.id, total, app.now()).await?;
    tx.commit().await?;
    if !wanted {
        return Err(ExportError::Stopped);
    }
    let desk = &app.inner.desk;
    let current = Current {
        id: job.id,
        rows: Arc::default(),
        stop: desk.stop.child_token(),
    };
    *desk.lock() = Some(current.clone());
    let writing = export::write(app.store(), wish, folder, job.uid, current.rows.clone(), &current.stop);
    tokio::pin!(writing);
    let written = loop {
        tokio::select! {
            written = &mut writing => break written,
            () = app.engine().clock().sleep(PROGRESS) => {
                if let Err(error) = progress(app, &current).await {
                    tracing::warn!(export = job.id, %error, "how far a file has come can't be noted");
                }
            }
        }
    };
    *desk.lock() = None;
    written
}

async fn progress(app: &App, current: &Current) -> Result<(), StoreError> {
    let mut tx = app.store().write().await?;
    let wanted = exports::progress(&mut tx, current.id, current.rows.load(Ordering::Relaxed)).await?;
    tx.commit().await?;
    if !wanted {
        current.stop.cancel();
    }
    app.engine().changes().announce(Change::Exports);
    Ok(())
}

/// The row tells the name before the file has it: whoever finds both need not make it anew.
async fn stand(app: &App, job: &ExportJob, folder: &Path, written: Written) -> Result<(), StoreError> {
    let Written { place, rows, bytes } = written;
    let name = match place.free_name(&job.name) {
        Ok(name) => name,
        Err(error) => return note_failed(app, job.id, &error.into(), folder).await,
    };
    let mut tx = app.store().write().await?;
    let wanted = exports::placing(&mut tx, job.id, &name, rows, bytes).await?;
    tx.commit().await?;
    export::at_point("export.placed");
    if !wanted {
        return Ok(());
    }
    if let Err(error) = place.stand(&name) {
        return note_failed(app, job.id, &error.into(), folder).await;
    }
    export::at_point("export.renamed");
    if !note_done(app, job.id).await? {
        // Stopped in the last moment: what nobody wants does not stay.
        let _ = tokio::fs::remove_file(folder.join(&name)).await;
    }
    Ok(())
}

async fn note_done(app: &App, id: i64) -> Result<bool, StoreError> {
    let mut tx = app.store().write().await?;
    let wanted = exports::done(&mut tx, id, app.now()).await?;
    tx.commit().await?;
    Ok(wanted)
}

async fn note_failed(app: &App, id: i64, error: &ExportError, folder: &Path) -> Result<(), StoreError> {
    tracing::warn!(export = id, %error, "an ordered file could not be made");
    let mut tx = app.store().write().await?;
    exports::failed(&mut tx, id, &error.reason(folder), app.now()).await?;
    tx.commit().await
}

/// When counting may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// Nothing comes in any more, or somebody looks at the figures.
    Free,
    /// A flood that does not end has the writer.
    Flood,
}

async fn count(app: App) {
    let desk = &app.inner.desk;
    let mut changes = app.engine().changes().subscribe();
    let mut moment = Moment::Free;
    let mut flooded = false;
    while !desk.stop.is_cancelled() {
        let Counted { steps, all } = count_steps(&app, moment).await.unwrap_or_else(|error| {
            tracing::error!(?error, "what came in can't be counted");
            Counted { steps: 0, all: true }
        });
        flooded |= steps >= STEPS_IN_FLOOD;
        if all {
            if std::mem::take(&mut flooded) {
                give_back(&app).await;
            }
            tokio::select! {
                () = desk.stop.cancelled() => return,
                changed = anything(&app, &mut changes) => if !changed { return },
            }
        }
        moment = tokio::select! {
            () = desk.stop.cancelled() => return,
            moment = quiet(&app, &mut changes) => moment,
        };
    }
}

/// What the writer has kept in memory of a flood is of no use to anybody when the flood is over.
async fn give_back(app: &App) {
    if let Err(error) = app.store().forget_pages().await {
        tracing::error!(%error, "memory of the writer can't be given back");
    }
}

/// Until there is something to count; `false` at the end of the program.
async fn anything(app: &App, changes: &mut Receiver<Change>) -> bool {
    loop {
        tokio::select! {
            () = app.inner.desk.counting.notified() => return true,
            change = changes.recv() => match change {
                Ok(Change::Messages(_) | Change::Conversations(_) | Change::Accounts | Change::Contacts | Change::Settings)
                | Err(RecvError::Lagged(_)) => return true,
                Ok(_) => {}
                Err(RecvError::Closed) => return false,
            },
        }
    }
}

/// Until nothing has changed for a while; a poke comes for somebody who looks, and does not wait.
async fn quiet(app: &App, changes: &mut Receiver<Change>) -> Moment {
    let clock = app.engine().clock();
    let latest = clock.now().plus(LATEST);
    while clock.now() < latest {
        tokio::select! {
            () = clock.sleep(PAUSE) => return Moment::Free,
            () = app.inner.desk.counting.notified() => return Moment::Free,
            change = changes.recv() => if matches!(change, Err(RecvError::Closed)) { return Moment::Free },
        }
    }
    Moment::Flood
}

/// What one go at counting came to.
struct Counted {
    steps: usize,
    /// Nothing is left.
    all: bool,
}

async fn count_steps(app: &App, moment: Moment) -> Result<Counted, ApiError> {
    let most = if moment == Moment::Flood {
        STEPS_IN_FLOOD
    } else {
        usize::MAX
    };
    let mut counted = Counted { steps: 0, all: false };
    while counted.steps < most && !app.inner.desk.stop.is_cancelled() {
        // Asked anew each time: somebody may have moved to another zone meanwhile.
        let basis = analytics::basis(app).await?;
        if reports::analytics::count(app.store(), &basis).await? == 0 {
            counted.all = true;
            break;
        }
        counted.steps += 1;
        // The writer is a queue: whoever waits for it comes before the next step.
        tokio::task::yield_now().await;
    }
    if counted.steps > 0 {
        app.engine().changes().announce(Change::Analytics);
    }
    Ok(counted)
}
