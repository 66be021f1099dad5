//! What a link uses of ours, for tests of a CRM without an engine.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use domain::{At, CrmRef};

use crate::{
    Clock, Secret,
    crm::{Bound, BoundKey, Notebook, NotebookClosed, Pace, PaceClosed, Scope, Urgency},
};

/// A notebook in memory.
pub struct PocketNotebook {
    clock: Arc<dyn Clock>,
    pages: Mutex<Pages>,
}

#[derive(Default)]
struct Pages {
    bound: HashMap<BoundKey, Bound>,
    intended: HashMap<BoundKey, At>,
    secrets: Vec<Secret<String>>,
}

impl std::fmt::Debug for PocketNotebook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PocketNotebook")
    }
}

impl PocketNotebook {
    /// Empty.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            pages: Mutex::default(),
        }
    }

    /// The secrets that were kept, the oldest first.
    pub fn secrets(&self) -> Vec<Secret<String>> {
        self.pages().secrets.clone()
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Notebook for PocketNotebook {
    async fn bound(&self, key: &BoundKey) -> Result<Option<Bound>, NotebookClosed> {
        Ok(self.pages().bound.get(key).cloned())
    }

    async fn all(&self, scope: Scope) -> Result<Vec<(String, Bound)>, NotebookClosed> {
        let pages = self.pages();
        let of_scope = pages.bound.iter().filter(|(key, _)| key.scope == scope);
        Ok(of_scope.map(|(key, bound)| (key.kind.clone(), bound.clone())).collect())
    }

    async fn who(&self, reference: &CrmRef) -> Result<Vec<BoundKey>, NotebookClosed> {
        let pages = self.pages();
        let same = pages.bound.iter().filter(|(_, bound)| bound.reference == *reference);
        Ok(same.map(|(key, _)| key.clone()).collect())
    }

    async fn intend(&self, key: &BoundKey) -> Result<Option<At>, NotebookClosed> {
        let mut pages = self.pages();
        let before = pages.intended.get(key).copied();
        pages.intended.entry(key.clone()).or_insert(self.clock.now());
        Ok(before)
    }

    async fn give_up(&self, key: &BoundKey) -> Result<(), NotebookClosed> {
        self.pages().intended.remove(key);
        Ok(())
    }

    async fn bind(&self, key: &BoundKey, bound: Bound) -> Result<(), NotebookClosed> {
        let mut pages = self.pages();
        pages.intended.remove(key);
        pages.bound.insert(key.clone(), bound);
        Ok(())
    }

    async fn unbind(&self, key: &BoundKey) -> Result<(), NotebookClosed> {
        let mut pages = self.pages();
        pages.intended.remove(key);
        pages.bound.remove(key);
        Ok(())
    }

    async fn keep_secret(&self, secret: Secret<String>) -> Result<(), NotebookClosed> {
        self.pages().secrets.push(secret);
        Ok(())
    }
}

/// It is always everybody's turn.
#[derive(Debug, Clone, Copy, Default)]
pub struct FreePace;

#[async_trait]
impl Pace for FreePace {
    async fn turn(&self, _bucket: &str, _urgency: Urgency) -> Result<(), PaceClosed> {
        Ok(())
    }

    fn rest(&self, _bucket: &str, _wait: Duration) {}
}
