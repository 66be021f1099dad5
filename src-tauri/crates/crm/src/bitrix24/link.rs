//! One connected portal: what its parts share. What each operation does stands in the file of its name.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
    time::Duration,
};

use async_trait::async_trait;
use contracts::crm::{
    ApplyError, Bell, Bucket, Card, Choice, CrmConversation, CrmError, CrmLink, Limits, LinkDeps, Media, Outcome, Pick,
    Picks, Polled, Prepared, ReplyStatus, Trace, Work,
};
use domain::{CrmRef, LinkId};
use serde_json::Value;
use tokio::sync::{Mutex, Notify, RwLock};

use super::{
    bell::Listening,
    client::{BATCH, Client, REST},
    layout::Layout,
    options::Options,
};
use crate::shared::InTurn;

/// «The bucket holds fifty requests and leaks two a second», by portal and address, on every plan but Enterprise.
/// <https://apidocs.bitrix24.com/limits.html>
const PER_SECOND: f64 = 2.0;
const BURST: u32 = 50;
/// Looking for answers when nothing rings: a third of what the portal allows would be too much for a silent one.
const POLL: Duration = Duration::from_secs(3);
/// The backstop beside the push channel.
const BACKSTOP: Duration = Duration::from_secs(30);

/// See the module.
pub(super) struct BxLink {
    pub(super) id: LinkId,
    pub(super) client: Client,
    pub(super) deps: LinkDeps,
    pub(super) options: Options,
    /// A local application; a webhook has no open lines and no events.
    pub(super) is_app: bool,
    /// The portal's address in a browser, without a slash at the end.
    pub(super) page: String,
    pub(super) state: State,
}

/// What saves calls; its loss costs some.
#[derive(Default)]
pub(super) struct State {
    pub(super) layout: RwLock<Option<Arc<Layout>>>,
    /// Connectors that are on at their lines since this start.
    pub(super) hooked: Mutex<HashSet<(String, i64)>>,
    /// Two messages at once must not make one line or field twice.
    pub(super) making: Mutex<()>,
    /// The name under which our events come, where the plan has such names.
    pub(super) source: RwLock<Option<&'static str>>,
    /// Sessions in which the line may have said something wait to be looked at.
    pub(super) looks: Notify,
    pub(super) listening: Mutex<Option<Listening>>,
}

impl std::fmt::Debug for BxLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BxLink").field("id", &self.id).finish_non_exhaustive()
    }
}

#[async_trait]
impl CrmLink for BxLink {
    async fn prepare(&self) -> Result<Prepared, CrmError> {
        Ok(self.make_ready().await?)
    }

    fn limits(&self) -> Limits {
        Limits {
            buckets: vec![Bucket {
                key: REST,
                per_second: PER_SECOND,
                burst: BURST,
            }],
            // One `batch` of comments, or one array of messages per line.
            batch: BATCH,
            at_once: 2,
            poll_every: self.options.lines().then_some(POLL),
            poll_beside_bell: BACKSTOP,
        }
    }

    async fn apply(&self, works: &[Work]) -> Vec<Outcome> {
        let mut turn = InTurn::new(works);
        loop {
            let round = turn.round();
            if round.is_empty() {
                return turn.outcomes();
            }
            let works: Vec<&Work> = round.iter().map(|(_, work)| *work).collect();
            let outcomes = self.do_round(&works).await;
            for ((at, _), outcome) in round.into_iter().zip(outcomes) {
                turn.went(at, outcome);
            }
        }
    }

    async fn trace(&self, work: &Work) -> Result<Trace, CrmError> {
        Ok(self.find_trace(work).await?)
    }

    async fn poll(&self, cursors: &BTreeMap<String, String>) -> Result<Polled, CrmError> {
        Ok(self.news(cursors).await?)
    }

    async fn confirm(&self, confirm: &Value) -> Result<(), CrmError> {
        Ok(self.forget(confirm).await?)
    }

    fn bell(&self) -> Option<&dyn Bell> {
        self.options.lines().then_some(self)
    }

    async fn report(&self, status: &ReplyStatus) -> Result<(), CrmError> {
        Ok(self.tell(status).await?)
    }

    fn media(&self) -> Option<&dyn Media> {
        Some(self)
    }

    async fn choices(&self, of: &str) -> Result<Vec<Choice>, CrmError> {
        Ok(self.options_of(of).await?)
    }

    async fn card(&self, conversation: &CrmConversation) -> Result<Card, CrmError> {
        Ok(self.shown_card(conversation).await?)
    }

    async fn pick(&self, query: &Pick) -> Result<Picks, CrmError> {
        Ok(self.found(query).await?)
    }

    async fn adopt(&self, conversation: &CrmConversation, chosen: &CrmRef) -> Result<(), ApplyError> {
        Ok(self.take_to(conversation, chosen).await?)
    }
}
