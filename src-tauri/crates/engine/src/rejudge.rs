//! Judging again what is already here: as a preview, and as a job that goes on where it was after a kill.

use std::{sync::Arc, time::Duration};

use domain::{AccountId, At, ConversationId, MessageId, Verdict};
use filters::Why;
use store::{Judged, NewVerdict, Rejudging, StoreError, Tx, rejudgings, verdicts};

use crate::{
    changes::{Change, Gathered},
    engine::{Engine, Shared},
    judge::{anew, row},
    rules::ChannelRules,
};

/// Conversations judged in one transaction: some hundred messages, a few milliseconds of the writer.
const TOGETHER: i64 = 50;
/// Changes shown by a preview, of each kind.
const SAMPLES: usize = 20;
const DAY: Duration = Duration::from_secs(86_400);

/// What judging again would change.
#[derive(Debug, Clone, Default)]
pub struct RejudgePreview {
    /// Messages looked at.
    pub judged: i64,
    /// That would be filtered and are not.
    pub filtered: i64,
    /// That would pass and do not.
    pub passed: i64,
    /// Some of both.
    pub samples: Vec<RejudgeSample>,
}

/// One message that would change.
#[derive(Debug, Clone)]
pub struct RejudgeSample {
    /// Which.
    pub message_id: MessageId,
    /// Where.
    pub conversation_id: ConversationId,
    /// When it was written.
    pub sent_at: At,
    /// What it says.
    pub text: String,
    /// What the rules have said so far.
    pub before: Verdict,
    /// What they say now, and why.
    pub after: Why,
}

impl Engine {
    /// What would change if the messages of the last days were judged by these rules. Changes nothing.
    ///
    /// # Errors
    /// What the database says.
    pub async fn preview_rejudging(
        &self,
        account: AccountId,
        rules: &ChannelRules,
        days: u32,
    ) -> Result<RejudgePreview, StoreError> {
        let store = &self.shared.store;
        let since = self.shared.clock.now().minus(DAY * days);
        let (mut preview, mut after) = (RejudgePreview::default(), ConversationId(0));
        loop {
            let ids = verdicts::conversations_since(store.read(), account, since, after, TOGETHER).await?;
            let Some(last) = ids.last() else { break };
            after = *last;
            let mut db = store.read().acquire().await?;
            let page = verdicts::page(&mut db, &ids, since).await?;
            let whys = anew(rules, &page.messages, &page.people, &page.heard);
            preview.judged += i64::try_from(whys.len()).unwrap_or(0);
            page.messages
                .iter()
                .zip(whys)
                .for_each(|(message, why)| preview.look_at(message, why));
        }
        Ok(preview)
    }

    /// Begins to judge the messages of the last days again, in place of a run that may be under way.
    ///
    /// # Errors
    /// What the database says.
    pub async fn rejudge(&self, account: AccountId, days: u32) -> Result<(), StoreError> {
        let now = self.shared.clock.now();
        let mut tx = self.shared.store.write().await?;
        rejudgings::begin(&mut tx, account, now.minus(DAY * days), now).await?;
        tx.commit().await?;
        self.shared.changes.announce(Change::Rules(account));
        self.shared.rejudge.notify_one();
        Ok(())
    }

    /// Stops a run where it is; what it has judged stays.
    ///
    /// # Errors
    /// What the database says.
    pub async fn cancel_rejudging(&self, account: AccountId) -> Result<(), StoreError> {
        let mut tx = self.shared.store.write().await?;
        if let Some(run) = rejudgings::get(&mut *tx, account).await? {
            let stopped = Rejudging {
                finished_at: Some(self.shared.clock.now()),
                cancelled: true,
                ..run
            };
            rejudgings::save(&mut tx, &stopped).await?;
        }
        tx.commit().await?;
        self.shared.changes.announce(Change::Rules(account));
        Ok(())
    }
}

impl RejudgePreview {
    fn look_at(&mut self, message: &Judged, why: Why) {
        let Some(turn) = turn(message.verdict, why.verdict()) else {
            return;
        };
        let count = match turn {
            Turn::Filtered => &mut self.filtered,
            Turn::Passed => &mut self.passed,
            Turn::Other => return,
        };
        *count += 1;
        if *count <= SAMPLES as i64 {
            self.samples.push(RejudgeSample {
                message_id: message.message_id,
                conversation_id: message.conversation_id,
                sent_at: message.sent_at,
                text: message.text.clone(),
                before: message.verdict,
                after: why,
            });
        }
    }
}

/// How a verdict turns.
enum Turn {
    Filtered,
    Passed,
    /// Held back or released.
    Other,
}

fn turn(before: Verdict, after: Verdict) -> Option<Turn> {
    match (before, after) {
        (before, after) if before == after => None,
        (_, Verdict::Filtered) => Some(Turn::Filtered),
        (Verdict::Filtered, Verdict::Pass) => Some(Turn::Passed),
        _ => Some(Turn::Other),
    }
}

/// Works through the runs that go on, then waits for the next one. A kill in between repeats nothing: each step is
/// committed together with its place.
pub(crate) async fn run(shared: Arc<Shared>) {
    let stop = shared.tasks.stop_token().clone();
    while !stop.is_cancelled() {
        let worked = step_all(&shared).await.unwrap_or_else(|error| {
            tracing::error!(%error, "rejudging waits for the next start");
            false
        });
        if worked {
            // Between two steps the writer belongs to whoever waits for it.
            tokio::task::yield_now().await;
            continue;
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = shared.rejudge.notified() => {}
        }
    }
}

/// One step of each run; whether there was any.
async fn step_all(shared: &Shared) -> Result<bool, StoreError> {
    let running = rejudgings::running(shared.store.read()).await?;
    for account in &running {
        step(shared, *account).await?;
    }
    Ok(!running.is_empty())
}

async fn step(shared: &Shared, account: AccountId) -> Result<(), StoreError> {
    let now = shared.clock.now();
    let mut tx = shared.store.write().await?;
    let Some(mut run) = rejudgings::get(&mut *tx, account)
        .await?
        .filter(|run| run.finished_at.is_none())
    else {
        return Ok(());
    };
    let rules = shared.rules.of(&mut tx, account).await?;
    let ids = verdicts::conversations_since(&mut *tx, account, run.since, run.done, TOGETHER).await?;
    let mut gathered = Gathered::default();
    match ids.last() {
        None => run.finished_at = Some(now),
        Some(last) => {
            run.done = *last;
            run.seen += i64::try_from(ids.len()).unwrap_or(0);
            judge_again(&mut tx, &rules, &ids, &mut run, now, &mut gathered).await?;
        }
    }
    rejudgings::save(&mut tx, &run).await?;
    tx.commit().await?;
    gathered.announce(&shared.changes);
    shared.changes.announce(Change::Rules(account));
    Ok(())
}

async fn judge_again(
    tx: &mut Tx,
    rules: &ChannelRules,
    ids: &[ConversationId],
    run: &mut Rejudging,
    now: At,
    gathered: &mut Gathered,
) -> Result<(), StoreError> {
    let page = verdicts::page(tx, ids, run.since).await?;
    let whys = anew(rules, &page.messages, &page.people, &page.heard);
    run.judged += i64::try_from(whys.len()).unwrap_or(0);
    let mut changed: Vec<NewVerdict> = Vec::new();
    for (message, why) in page.messages.iter().zip(&whys) {
        let new = row(message.message_id, message.conversation_id, why);
        match turn(message.verdict, new.verdict) {
            Some(Turn::Filtered) => run.filtered += 1,
            Some(Turn::Passed) => run.passed += 1,
            Some(Turn::Other) => {}
            None if message.reason == new.reason => continue,
            None => {}
        }
        gathered.thread(message.conversation_id);
        changed.push(new);
    }
    store_changed(tx, rules.revision, &changed, now).await
}

async fn store_changed(tx: &mut Tx, revision: i64, changed: &[NewVerdict], now: At) -> Result<(), StoreError> {
    if changed.is_empty() {
        return Ok(());
    }
    let mut ids: Vec<ConversationId> = changed.iter().map(|verdict| verdict.conversation_id).collect();
    ids.dedup();
    verdicts::put(tx, revision, changed, now).await?;
    store::conversations::recount(tx, &ids).await
}

/// A message has a new text: the rules look at it once more.
pub(crate) async fn edited(
    tx: &mut Tx,
    rules: &ChannelRules,
    conversation: ConversationId,
    id: MessageId,
    now: At,
) -> Result<(), StoreError> {
    let sent_at = store::messages::get(&mut **tx, id).await?.sent_at;
    let page = verdicts::page(tx, &[conversation], sent_at).await?;
    let whys = anew(rules, &page.messages, &page.people, &page.heard);
    let new = page
        .messages
        .iter()
        .zip(&whys)
        .find(|(message, _)| message.message_id == id);
    match new.map(|(message, why)| (message, row(id, conversation, why))) {
        Some((before, new)) if (before.verdict, &before.reason) != (new.verdict, &new.reason) => {
            store_changed(tx, rules.revision, &[new], now).await
        }
        _ => Ok(()),
    }
}
