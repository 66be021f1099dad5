//! Telling the network that messages were read (CH-8), from rows: a kill repeats it, and repeating is harmless.

use contracts::channel::{CallError, Connector};
use domain::{At, Backoff, Retry};
use store::{ReadMark, StoreError, read_marks};

use crate::{account::Running, engine::Shared};

/// Chats told in one go.
const AT_ONCE: i64 = 20;
/// After so many failures in a row the next message of the chat tells it.
const GIVE_UP_AFTER: u32 = 8;

/// Tells some; whether there was anything to do.
pub(crate) async fn round(shared: &Shared, running: &Running, connector: &dyn Connector) -> Result<bool, StoreError> {
    let Some(marks) = connector.read_marks() else {
        return Ok(false);
    };
    let due = read_marks::due(shared.store.read(), running.id, shared.clock.now(), AT_ONCE).await?;
    for mark in &due {
        let told = tokio::select! {
            () = running.stop.cancelled() => return Ok(false),
            told = marks.mark_read(&mark.chat, &mark.message) => told,
        };
        let mut tx = shared.store.write().await?;
        match told.as_ref().err().and_then(|error| retry_at(shared, mark, error)) {
            Some(at) => read_marks::failed(&mut tx, mark, at).await?,
            None => read_marks::settled(&mut tx, mark).await?,
        }
        tx.commit().await?;
        if let Err(error) = told {
            tracing::info!(conversation = %mark.conversation_id, %error, "the network was not told of the reading");
        }
    }
    Ok(!due.is_empty())
}

/// When to try again; `None`: not at all.
fn retry_at(shared: &Shared, mark: &ReadMark, error: &CallError) -> Option<At> {
    let now = shared.clock.now();
    match error.retry() {
        _ if mark.attempts + 1 >= GIVE_UP_AFTER => None,
        Retry::Soon => Some(now.plus(Backoff::FETCH.delay(mark.attempts + 1, shared.clock.chance()))),
        Retry::After(wait) => Some(now.plus(wait)),
        // The line needs a person; it is told when the line stands.
        Retry::Never if matches!(error, CallError::LoggedOut(_) | CallError::Stuck { .. }) => {
            Some(now.plus(Backoff::FETCH.ceiling))
        }
        Retry::Never => None,
    }
}
