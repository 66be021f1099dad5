//! One connected account: what its parts share. What each operation does stands in the file of its name.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
    time::Duration,
};

use async_trait::async_trait;
use contracts::{
    channel::Certainty,
    crm::{
        ApplyError, Bell, Bucket, Card, Choice, CrmConversation, CrmError, CrmLink, Limits, LinkDeps, Media, Outcome,
        Pick, Picks, Polled, Prepared, ReplyStatus, Trace, Work,
    },
};
use domain::{CrmRef, LinkId, Reason};
use serde_json::Value;
use tokio::sync::{Mutex, RwLock};

use super::{
    amojo::Amojo,
    asked::Asked,
    client::{AMOJO, API, Client, DRIVE},
    errors::ApiError,
    layout::Layout,
    options::{Mode, Options},
    replies::Origins,
    webhook::Webhook,
};

/// «Seven requests a second for an integration», counted in a sliding second: evenly spread.
/// <https://www.amocrm.ru/developers/content/api/recommendations>
const PER_SECOND: f64 = 7.0;
/// Messages in one call of notes.
const NOTES: usize = 50;
/// Calls at once, where a call carries one message: some wait for an answer about their lead while others leave.
const CHATS_AT_ONCE: usize = 8;
/// Calls at once, where a call carries many.
const NOTES_AT_ONCE: usize = 4;
/// Looking for managers' answers: one call of the seven each second and a half.
const POLL: Duration = Duration::from_millis(1500);
/// The backstop beside a bell.
const BACKSTOP: Duration = Duration::from_secs(30);

/// See the module.
pub(super) struct AmoLink {
    pub(super) id: LinkId,
    pub(super) client: Client,
    pub(super) deps: LinkDeps,
    pub(super) options: Options,
    /// The account's own chat channel, where it has one.
    pub(super) amojo: Option<Amojo>,
    /// Where the service tells what managers write, where the user has such an address.
    pub(super) webhook: Option<Webhook>,
    /// The channel's name in this account, once it is connected.
    pub(super) scope: RwLock<Option<String>>,
    pub(super) layout: RwLock<Option<Arc<Layout>>>,
    /// Two messages at once must not make one field twice.
    pub(super) making_fields: Mutex<()>,
    /// What talks are about, and which origins are ours: saves calls, its loss costs some.
    pub(super) talks: Mutex<HashMap<i64, super::wire::Talk>>,
    pub(super) origins: Mutex<Origins>,
    /// Who wants to know how a lead is.
    pub(super) asked: Asked,
}

impl std::fmt::Debug for AmoLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AmoLink").field("id", &self.id).finish_non_exhaustive()
    }
}

/// amoCRM said «done» and not what: what it made is looked for by the next try.
pub(super) fn nothing_came() -> ApiError {
    CrmError::Network {
        reason: Reason::new("reason.answer_unreadable"),
        certainty: Certainty::Unknown,
    }
    .into()
}

#[async_trait]
impl CrmLink for AmoLink {
    async fn prepare(&self) -> Result<Prepared, CrmError> {
        Ok(self.make_ready().await?)
    }

    fn limits(&self) -> Limits {
        let chats = self.options.mode() == Mode::Chats;
        let bucket = |key| Bucket {
            key,
            per_second: PER_SECOND,
            burst: 1,
        };
        Limits {
            // No rate is documented for chats and files: the one that is known is kept there too.
            buckets: vec![bucket(API), bucket(AMOJO), bucket(DRIVE)],
            batch: if chats { 1 } else { NOTES },
            at_once: if chats { CHATS_AT_ONCE } else { NOTES_AT_ONCE },
            poll_every: chats.then_some(POLL),
            // A tunnel that nothing has come through yet may lead nowhere.
            poll_beside_bell: match &self.webhook {
                Some(webhook) if webhook.works() => BACKSTOP,
                _ => POLL,
            },
        }
    }

    async fn apply(&self, works: &[Work]) -> Vec<Outcome> {
        match self.options.mode() {
            Mode::Append => self.append(works).await,
            Mode::Chats => self.chat_all(works).await,
        }
    }

    async fn trace(&self, work: &Work) -> Result<Trace, CrmError> {
        self.find_trace(work).await
    }

    async fn poll(&self, cursors: &BTreeMap<String, String>) -> Result<Polled, CrmError> {
        Ok(self.news(cursors).await?)
    }

    async fn confirm(&self, confirm: &Value) -> Result<(), CrmError> {
        self.answer_webhook(confirm).await;
        Ok(())
    }

    fn bell(&self) -> Option<&dyn Bell> {
        self.webhook.as_ref().map(|webhook| webhook as &dyn Bell)
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
