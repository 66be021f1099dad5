//! What connectors tell, into rows: one task for all accounts, whatever waits in one transaction.

use std::sync::Arc;

use contracts::{
    Clock,
    channel::{Batch, SinkClosed},
};
use domain::AccountId;
use store::{Store, StoreError};
use tokio::sync::{mpsc, oneshot};

use crate::{
    account::Running,
    changes::{Changes, Gathered},
    rules::RuleBook,
    tasks::Tasks,
};

mod apply;
mod files;
mod heads;
pub(crate) use heads::Flows;
mod lines;
mod marks;
mod messages;
mod moves;
mod people;
pub(crate) use apply::{From, apply};

/// How many batches may wait before connectors have to: a connector holds one at a time, so this is also more than
/// anybody's number of accounts.
const WAITING: usize = 256;
/// Events in one transaction. Larger ones gain nothing more from sharing an `fsync` and hold the writer for longer
/// than a frame.
const TOGETHER: usize = 2000;

/// The door into the pipeline.
#[derive(Debug, Clone)]
pub(crate) struct Ingest {
    queue: mpsc::Sender<Waiting>,
}

/// What a committed batch leaves to do.
#[derive(Debug, Clone, Copy)]
struct Committed {
    /// The auto-reply has written something.
    replied: bool,
}

/// A batch that waits, and whom to tell.
#[derive(Debug)]
struct Waiting {
    from: From,
    batch: Batch,
    done: oneshot::Sender<Result<Committed, SinkClosed>>,
}

impl Ingest {
    pub(crate) fn start(
        tasks: &Tasks,
        store: Store,
        clock: Arc<dyn Clock>,
        book: Arc<RuleBook>,
        changes: Changes,
    ) -> Self {
        let (queue, waiting) = mpsc::channel(WAITING);
        let stop = tasks.stop_token().clone();
        tasks.spawn("ingest", async move {
            let work = run(waiting, store, clock, book, changes);
            tokio::select! {
                () = work => {}
                // Nobody was told «committed» for what is dropped here, so nobody confirmed it.
                () = stop.cancelled() => {}
            }
        });
        Self { queue }
    }

    /// Returns when the batch and its cursors are committed.
    pub(crate) async fn accept(&self, running: &Running, batch: Batch) -> Result<(), SinkClosed> {
        let (done, committed) = oneshot::channel();
        let waiting = Waiting {
            from: From::account(running),
            batch,
            done,
        };
        self.queue.send(waiting).await.map_err(|_| SinkClosed)?;
        let committed = committed.await.map_err(|_| SinkClosed)??;
        running.fetch.notify_one();
        if committed.replied {
            running.delivery.notify_one();
        }
        Ok(())
    }
}

async fn run(
    mut waiting: mpsc::Receiver<Waiting>,
    store: Store,
    clock: Arc<dyn Clock>,
    book: Arc<RuleBook>,
    changes: Changes,
) {
    while let Some(first) = waiting.recv().await {
        let mut events = first.batch.events.len();
        let mut group = vec![first];
        while events < TOGETHER
            && let Ok(next) = waiting.try_recv()
        {
            events += next.batch.events.len();
            group.push(next);
        }
        fail::fail_point!("ingest.received");
        match commit(&store, &*clock, &book, &group).await {
            Ok(gathered) => {
                fail::fail_point!("ingest.committed");
                group.into_iter().for_each(|one| done(one, &gathered));
                gathered.announce(&changes);
            }
            Err(error) if group.len() == 1 => refuse(group, &error),
            // One batch must not take its neighbours down with it.
            Err(_) => one_by_one(&store, &*clock, &book, &changes, group).await,
        }
    }
}

async fn one_by_one(store: &Store, clock: &dyn Clock, book: &RuleBook, changes: &Changes, group: Vec<Waiting>) {
    for one in group {
        match commit(store, clock, book, std::slice::from_ref(&one)).await {
            Ok(gathered) => {
                done(one, &gathered);
                gathered.announce(changes);
            }
            Err(error) => refuse(vec![one], &error),
        }
    }
}

async fn commit(store: &Store, clock: &dyn Clock, book: &RuleBook, group: &[Waiting]) -> Result<Gathered, StoreError> {
    let mut gathered = Gathered::default();
    let mut tx = store.write().await?;
    for one in group {
        apply(&mut tx, clock, book, &one.from, &one.batch, &mut gathered).await?;
    }
    fail::fail_point!("ingest.written");
    tx.commit().await?;
    Ok(gathered)
}

/// The network keeps what we did not confirm: it comes again.
fn refuse(group: Vec<Waiting>, error: &StoreError) {
    for one in group {
        let account: AccountId = one.from.account;
        tracing::error!(%account, %error, "a batch could not be stored");
        tell(one, Err(SinkClosed));
    }
}

fn done(one: Waiting, gathered: &Gathered) {
    let replied = gathered.has_replied(one.from.account);
    tell(one, Ok(Committed { replied }));
}

fn tell(one: Waiting, result: Result<Committed, SinkClosed>) {
    // The connector may be gone already; it will see the same batch again and recognise it.
    let _ = one.done.send(result);
}
