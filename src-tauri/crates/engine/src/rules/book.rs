use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::AccountId;
use store::{StoreError, Tx};

use super::read::ChannelRules;

/// The compiled rules of every account, made anew when their stored revision is another.
#[derive(Debug, Default)]
pub(crate) struct RuleBook {
    compiled: Mutex<HashMap<AccountId, Arc<ChannelRules>>>,
}

impl RuleBook {
    /// The rules as they stand in this transaction: what was saved before it began holds for all of it.
    pub(crate) async fn of(&self, tx: &mut Tx, account: AccountId) -> Result<Arc<ChannelRules>, StoreError> {
        let revision = store::rules::revision(&mut **tx, account).await?;
        if let Some(known) = self.lock().get(&account).filter(|known| known.revision == revision) {
            return Ok(known.clone());
        }
        let chosen = store::rules::get(&mut **tx, account).await?;
        let rules = ChannelRules::read(&chosen.chosen, revision).unwrap_or_else(|problems| {
            // Saved by another version: whatever can't be read must not swallow messages.
            tracing::error!(%account, ?problems, "rules can't be read: everything passes");
            ChannelRules {
                revision,
                ..ChannelRules::default()
            }
        });
        let rules = Arc::new(rules);
        self.lock().insert(account, rules.clone());
        Ok(rules)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<AccountId, Arc<ChannelRules>>> {
        self.compiled.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
