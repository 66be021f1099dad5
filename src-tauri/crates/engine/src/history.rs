//! Older messages on demand.

use contracts::channel::{CallError, ChatRef, PersonRef};
use domain::{ConversationId, Reason};
use store::StoreError;

use crate::{
    changes::Gathered,
    engine::Engine,
    ingest::{From, apply},
};

/// Why older messages could not be loaded. What was there stays.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The network.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The network keeps no history, or the account is gone.
    #[error("no history")]
    Unsupported,
}

impl Engine {
    /// Loads one page of older messages; answers how many were new and whether there is more.
    ///
    /// # Errors
    /// See [`HistoryError`]; the same may be tried again.
    pub async fn load_older(&self, id: ConversationId) -> Result<(usize, bool), HistoryError> {
        let shared = &self.shared;
        let conversation = store::conversations::get(shared.store.read(), id).await?;
        if conversation.history_done {
            return Ok((0, false));
        }
        let account = conversation.account_id.ok_or(HistoryError::Unsupported)?;
        let channel = self.channel(&conversation.channel).ok_or(HistoryError::Unsupported)?;
        let offline = || CallError::Network {
            reason: Reason::new("reason.offline"),
            certainty: contracts::channel::Certainty::NotDone,
        };
        let connector = self.connector(account).ok_or_else(offline)?;
        let history = connector.history().ok_or(HistoryError::Unsupported)?;
        let from = From::of(account, channel);
        let identities = store::contacts::identities(shared.store.read(), conversation.contact_id).await?;
        let person = identities.into_iter().find(|identity| identity.people == from.people);
        let chat = ChatRef {
            remote_id: conversation.remote_id,
            kind: conversation.kind,
            title: conversation.title,
            contact: PersonRef {
                remote_id: person.map(|identity| identity.remote_id).unwrap_or_default(),
                ..PersonRef::default()
            },
        };
        let (batch, next) = history.older(&chat, conversation.history_cursor).await?;
        let mut gathered = Gathered::default();
        let mut tx = shared.store.write().await?;
        let stored = apply(&mut tx, &*shared.clock, &shared.rules, &from, &batch, &mut gathered).await?;
        store::conversations::set_history(&mut tx, id, next.as_deref()).await?;
        tx.commit().await?;
        gathered.announce(&shared.changes);
        Ok((stored, next.is_some()))
    }
}
