//! Fakes: a clock that the test moves, a key that never touches a keyring, a CRM that is a folder.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use domain::{At, Reason, Uid};
use tokio::sync::watch;

use crate::{Clock, DatabaseKey, Secret, SecretError, SecretStore, Words};

mod crm;
pub use crm::{FakeCrm, Trouble};
mod crm_book;
pub use crm_book::{FreePace, PocketNotebook};
mod crm_link;

/// A clock that stands still until the test moves it.
#[derive(Debug)]
pub struct FakeClock {
    now: watch::Sender<At>,
    uids: AtomicU64,
}

impl FakeClock {
    /// Stands at `now`.
    pub fn at(now: At) -> Self {
        Self {
            now: watch::Sender::new(now),
            uids: AtomicU64::new(1),
        }
    }

    /// Lets `time` pass: whoever slept for less wakes up.
    pub fn advance(&self, time: Duration) {
        self.now.send_modify(|now| *now = now.plus(time));
    }
}

#[async_trait]
impl Clock for FakeClock {
    fn now(&self) -> At {
        *self.now.borrow()
    }

    async fn sleep(&self, wait: Duration) {
        let until = self.now().plus(wait);
        let mut moved = self.now.subscribe();
        // An error means that the clock is gone, and with it everybody who could wake us.
        if moved.wait_for(|now| *now >= until).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    fn chance(&self) -> f64 {
        0.5
    }

    fn uid(&self) -> Uid {
        let mut random = [0; 10];
        random[2..].copy_from_slice(&self.uids.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        Uid::from_parts(self.now(), random)
    }
}

/// Keeps the key in memory, or refuses.
#[derive(Debug)]
pub struct MemorySecrets {
    key: Mutex<Result<[u8; 32], SecretError>>,
}

impl MemorySecrets {
    /// Always the same key.
    pub fn with_key(key: [u8; 32]) -> Self {
        Self {
            key: Mutex::new(Ok(key)),
        }
    }

    /// Always refuses.
    pub fn refusing(error: SecretError) -> Self {
        Self {
            key: Mutex::new(Err(error)),
        }
    }
}

impl SecretStore for MemorySecrets {
    fn database_key(&self, _workspace: &str) -> Result<DatabaseKey, SecretError> {
        self.key
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
            .map(Secret::new)
    }
}

/// Says keys.
#[derive(Debug, Clone, Copy, Default)]
pub struct BareWords;

impl Words for BareWords {
    fn text(&self, reason: &Reason) -> String {
        reason.to_string()
    }
}
