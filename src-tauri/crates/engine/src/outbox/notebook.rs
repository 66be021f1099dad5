//! What links write down: rows, committed before a call returns.

use std::sync::Arc;

use async_trait::async_trait;
use contracts::{
    Secret,
    crm::{Bound, BoundKey, Notebook, NotebookClosed, Scope},
};
use domain::{At, ContactId, ConversationId, CrmRef, LinkId};
use store::{Binding, BindingKey, StoreError, crm_bindings};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use crate::engine::Shared;

/// The pages of one link. Closed when the link's session ends: a call that outlives it writes nothing.
pub(crate) struct Pages {
    shared: Arc<Shared>,
    link: LinkId,
    stop: CancellationToken,
    /// The access from which the next one is renewed.
    secret: Mutex<Secret<String>>,
}

impl Pages {
    pub(crate) fn new(shared: Arc<Shared>, link: LinkId, secret: Secret<String>, stop: CancellationToken) -> Arc<Self> {
        Arc::new(Self {
            shared,
            link,
            stop,
            secret: Mutex::new(secret),
        })
    }

    fn key(&self, key: &BoundKey) -> BindingKey {
        let (scope, scope_id) = place(key.scope);
        BindingKey {
            link: self.link,
            scope,
            scope_id,
            kind: key.kind.clone(),
        }
    }
}

fn place(scope: Scope) -> (i64, i64) {
    match scope {
        Scope::Link => (crm_bindings::LINK, 0),
        Scope::Contact(id) => (crm_bindings::CONTACT, id.0),
        Scope::Conversation(id) => (crm_bindings::CONVERSATION, id.0),
    }
}

fn key_of(row: BindingKey) -> BoundKey {
    let scope = match row.scope {
        crm_bindings::CONTACT => Scope::Contact(ContactId(row.scope_id)),
        crm_bindings::CONVERSATION => Scope::Conversation(ConversationId(row.scope_id)),
        _ => Scope::Link,
    };
    BoundKey::of(scope, row.kind)
}

fn bound(binding: Binding) -> Bound {
    Bound {
        reference: binding.reference,
        data: binding.data,
    }
}

fn closed(error: StoreError) -> NotebookClosed {
    tracing::error!(%error, "notebook");
    NotebookClosed
}

/// One change in a transaction of its own.
macro_rules! written {
    ($pages:ident, |$tx:ident| $change:expr) => {{
        if $pages.stop.is_cancelled() {
            return Err(NotebookClosed);
        }
        let mut tx = $pages.shared.store.write().await.map_err(closed)?;
        let $tx = &mut tx;
        let answer = $change.await.map_err(closed)?;
        tx.commit().await.map_err(closed)?;
        fail::fail_point!("outbox.noted");
        Ok(answer)
    }};
}

#[async_trait]
impl Notebook for Pages {
    async fn bound(&self, key: &BoundKey) -> Result<Option<Bound>, NotebookClosed> {
        let found = crm_bindings::get(self.shared.store.read(), &self.key(key)).await;
        Ok(found.map_err(closed)?.map(bound))
    }

    async fn all(&self, scope: Scope) -> Result<Vec<(String, Bound)>, NotebookClosed> {
        let (scope, id) = place(scope);
        let found = crm_bindings::all(self.shared.store.read(), self.link, scope, id).await;
        let found = found.map_err(closed)?.into_iter();
        Ok(found.map(|binding| (binding.kind.clone(), bound(binding))).collect())
    }

    async fn who(&self, reference: &CrmRef) -> Result<Vec<BoundKey>, NotebookClosed> {
        let found = crm_bindings::who(self.shared.store.read(), self.link, reference).await;
        Ok(found.map_err(closed)?.into_iter().map(key_of).collect())
    }

    async fn intend(&self, key: &BoundKey) -> Result<Option<At>, NotebookClosed> {
        let (key, now) = (self.key(key), self.shared.clock.now());
        written!(self, |tx| crm_bindings::intend(tx, &key, now))
    }

    async fn give_up(&self, key: &BoundKey) -> Result<(), NotebookClosed> {
        let key = self.key(key);
        written!(self, |tx| crm_bindings::give_up(tx, &key))
    }

    async fn bind(&self, key: &BoundKey, bound: Bound) -> Result<(), NotebookClosed> {
        let (key, now) = (self.key(key), self.shared.clock.now());
        written!(self, |tx| crm_bindings::bind(
            tx,
            &key,
            &bound.reference,
            &bound.data,
            now
        ))
    }

    async fn unbind(&self, key: &BoundKey) -> Result<(), NotebookClosed> {
        let key = self.key(key);
        written!(self, |tx| crm_bindings::unbind(tx, &key))
    }

    async fn keep_secret(&self, secret: Secret<String>) -> Result<(), NotebookClosed> {
        // Also while the session ends: what the CRM has renewed is lost if it is not kept.
        let mut known = self.secret.lock().await;
        let mut tx = self.shared.store.write().await.map_err(closed)?;
        let (before, renewed) = (known.expose(), secret.expose());
        store::crm_links::renew_secret(&mut tx, self.link, before, renewed)
            .await
            .map_err(closed)?;
        tx.commit().await.map_err(closed)?;
        fail::fail_point!("outbox.noted");
        *known = secret;
        Ok(())
    }
}
