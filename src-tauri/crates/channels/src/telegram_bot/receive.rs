//! One session of long polling. The queue is the network's: what is not confirmed comes again.

use std::time::Duration;

use contracts::channel::{Batch, CallError, Certainty, Exit, Sink};
use domain::Reason;
use futures::StreamExt;
use tokio_util::sync::CancellationToken;

use super::{
    bot::{Bot, UPDATE_AT, UPDATE_ID},
    convert::{Page, Reader},
    media,
};

/// How long the server holds a poll open. It allows 50; a dead line is noticed the sooner the less it is.
const POLL: Duration = Duration::from_secs(30);
/// What is older than this when a session starts was written while we were away.
const AWAY: Duration = Duration::from_secs(10 * 60);
/// Buttons that are answered at the same time.
const BUTTONS: usize = 8;

/// Receives until it breaks or `stop` fires.
pub(super) async fn session(bot: &Bot, sink: &dyn Sink, stop: &CancellationToken) -> Exit {
    let catch_up_before = bot.clock.now().minus(AWAY);
    // The first answer comes at once and shows that the line stands.
    let mut wait = Duration::ZERO;
    loop {
        let polled = tokio::select! {
            biased;
            () = stop.cancelled() => return Exit::Stopped,
            polled = bot.client.get_updates(bot.offset(), wait) => polled,
        };
        let updates = match polled {
            Ok(updates) => updates,
            Err(error) => return Exit::Broken(bot.poll_error(error)),
        };
        if wait.is_zero() {
            sink.online().await;
            wait = POLL;
        }
        let reader = Reader {
            own: bot.id,
            now: bot.clock.now(),
            catch_up_before,
            largest_file: media::largest(bot),
        };
        let page = reader.page(&updates);
        if !updates.is_empty() && page.last.is_none() {
            return Exit::Broken(unreadable());
        }
        if let Err(exit) = take(bot, page, sink, stop).await {
            return exit;
        }
    }
}

/// Hands a page over; only what is committed is confirmed, by the offset of the next poll.
async fn take(bot: &Bot, page: Page, sink: &dyn Sink, stop: &CancellationToken) -> Result<(), Exit> {
    let Some(last) = page.last else { return Ok(()) };
    let at = bot.clock.now();
    let batch = Batch {
        events: page.events,
        cursors: vec![(UPDATE_ID, last.to_string()), (UPDATE_AT, at.millis().to_string())],
    };
    sink.accept(batch).await.map_err(|_| Exit::Stopped)?;
    bot.committed(last, at);
    let answers = futures::stream::iter(page.buttons).for_each_concurrent(BUTTONS, |button| async move {
        if let Err(error) = bot.client.answer_callback_query(&button).await {
            tracing::debug!(%error, "a button keeps spinning");
        }
    });
    tokio::select! {
        () = stop.cancelled() => Err(Exit::Stopped),
        () = answers => Ok(()),
    }
}

/// Not one update has a number: there is nothing to go on from.
fn unreadable() -> CallError {
    CallError::Network {
        reason: Reason::new("reason.answer_unreadable"),
        certainty: Certainty::NotDone,
    }
}
