use std::{future::Future, time::Duration};

use api::changes::{Change, ChangeStream, Notification};
use futures::StreamExt;

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(40);
const LOOK_AGAIN: Duration = Duration::from_millis(15);

/// Asks until the answer is there; fails when it never comes, saying what was waited for.
///
/// # Panics
/// When patience ends.
pub async fn eventually<T, F: Future<Output = Option<T>>>(what: &str, mut ask: impl FnMut() -> F) -> T {
    let asking = async {
        loop {
            if let Some(answer) = ask().await {
                return answer;
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    };
    match tokio::time::timeout(PATIENCE, asking).await {
        Ok(answer) => answer,
        Err(_) => panic!("never happened: {what}"),
    }
}

/// Waits for the next notification.
///
/// # Panics
/// When patience ends.
pub async fn heard(changes: &mut ChangeStream) -> Notification {
    let listening = async {
        loop {
            match changes.next().await {
                Some(Change::Notify(notification)) => return notification,
                Some(_) => {}
                None => panic!("the application stopped"),
            }
        }
    };
    match tokio::time::timeout(PATIENCE, listening).await {
        Ok(notification) => notification,
        Err(_) => panic!("never happened: a notification"),
    }
}
