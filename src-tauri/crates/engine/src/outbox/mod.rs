#![doc = include_str!("README.md")]

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use contracts::{
    channel::WriteFirstTarget,
    crm::{ApplyError, Card, Choice, Crm, CrmError, CrmLink, Pick, Picks},
};
use domain::{AccountId, ConversationId, CrmRef, LinkId, LinkState, MessageId, ReplyEvent, ReplyId};
use store::{StoreError, crm_links, crm_replies, outbox, outbox_works};

use crate::{
    changes::Change,
    engine::{Engine, EngineError},
    write_first::OpenError,
};

mod answer;
mod link;
mod listen;
mod notebook;
mod pace;
mod plan;
mod pump;
mod round;
mod tell;
mod verdict;
mod watch;
mod works;
use link::RunningLink;

/// The running links.
#[derive(Default)]
pub(crate) struct Links {
    running: Mutex<HashMap<LinkId, Arc<RunningLink>>>,
}

impl Links {
    pub(crate) fn get(&self, id: LinkId) -> Option<Arc<RunningLink>> {
        self.lock().get(&id).cloned()
    }

    /// Something that messages wait for is here.
    pub(crate) fn poke_pumps(&self) {
        self.lock().values().for_each(|running| running.pump.notify_one());
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<LinkId, Arc<RunningLink>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a CRM could not be asked. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum CrmCallError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The link is not ready.
    #[error("the link is not ready")]
    NotReady,
    /// The call failed.
    #[error(transparent)]
    Call(#[from] CrmError),
    /// The conversation could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
}

/// Somebody in a CRM, and through which account to write to them.
#[derive(Debug, Clone)]
pub struct PickedFor {
    /// The CRM.
    pub link: LinkId,
    /// The card.
    pub card: CrmRef,
    /// The account that writes.
    pub account: AccountId,
    /// The person.
    pub target: WriteFirstTarget,
}

impl Engine {
    /// Starts planning, and every link that is switched on.
    pub(crate) async fn start_outbox(&self) -> Result<(), EngineError> {
        self.shared.tasks.spawn("plan", plan::run(self.shared.clone()));
        for link in crm_links::list(self.store().read()).await? {
            // One link of a CRM that this build lacks must not keep the others from starting.
            if link.active
                && let Err(error) = self.start_link(link.id).await
            {
                tracing::error!(link = %link.id, %error, "link not started");
            }
        }
        Ok(())
    }

    /// Switches a link on (again): also after its login or its settings changed.
    ///
    /// # Errors
    /// [`EngineError::UnknownCrm`], or the link is gone.
    pub async fn start_link(&self, id: LinkId) -> Result<(), EngineError> {
        let row = crm_links::get(self.store().read(), id).await?;
        let crm = self.crm(&row.crm).ok_or(EngineError::UnknownCrm(row.crm))?;
        let running = RunningLink::new(id, crm, self.shared.tasks.stop_token().child_token());
        let before = self.shared.links.lock().insert(id, running.clone());
        if let Some(before) = before {
            before.stop.cancel();
            before.ended().await;
        }
        let (shared, watched) = (self.shared.clone(), running);
        self.shared.tasks.spawn("link", async move {
            let _ended = watched.ended_when_dropped();
            watch::run(shared, watched).await;
        });
        self.shared.changes.announce(Change::Links);
        Ok(())
    }

    /// Switches a link off and says so. What it was doing is ended first. Its queue stays.
    ///
    /// # Errors
    /// When the state can't be stored.
    pub async fn stop_link(&self, id: LinkId) -> Result<(), EngineError> {
        let running = self.shared.links.lock().remove(&id);
        if let Some(running) = running {
            running.stop.cancel();
            running.ended().await;
        }
        let mut tx = self.store().write().await?;
        crm_links::set_state(&mut tx, id, &LinkState::off(self.clock().now()), None).await?;
        tx.commit().await?;
        self.shared.changes.announce(Change::Links);
        Ok(())
    }

    /// Do not wait for the next try: try now.
    pub fn reconnect_link(&self, id: LinkId) {
        if let Some(running) = self.shared.links.get(id) {
            running.reconnect.notify_one();
        }
    }

    /// A CRM of this build.
    pub fn crm(&self, id: &str) -> Option<&'static dyn Crm> {
        self.shared
            .crms
            .iter()
            .copied()
            .find(|crm| crm.descriptor().id.as_str() == id)
    }

    /// Every CRM of this build.
    pub fn crms(&self) -> &[&'static dyn Crm] {
        &self.shared.crms
    }

    fn ready_link(&self, id: LinkId) -> Result<Arc<dyn CrmLink>, CrmCallError> {
        let running = self.shared.links.get(id);
        running
            .and_then(|running| running.ready())
            .map(|ready| ready.link)
            .ok_or(CrmCallError::NotReady)
    }

    /// Live values of a link's settings.
    ///
    /// # Errors
    /// See [`CrmCallError`].
    pub async fn crm_choices(&self, link: LinkId, of: &str) -> Result<Vec<Choice>, CrmCallError> {
        Ok(self.ready_link(link)?.choices(of).await?)
    }

    /// What a CRM knows about a conversation.
    ///
    /// # Errors
    /// See [`CrmCallError`].
    pub async fn crm_card(&self, link: LinkId, conversation: ConversationId) -> Result<Card, CrmCallError> {
        let ready = self.ready_link(link)?;
        let known = outbox_works::conversations(self.store().read(), &[conversation]).await?;
        let row = known.get(&conversation).ok_or(StoreError::NotFound)?;
        Ok(ready.card(&works::conversation(row, &*self.shared.words)).await?)
    }

    /// Cards to write to first.
    ///
    /// # Errors
    /// See [`CrmCallError`].
    pub async fn crm_pick(&self, link: LinkId, query: &Pick) -> Result<Picks, CrmCallError> {
        Ok(self.ready_link(link)?.pick(query).await?)
    }

    /// A conversation with somebody of a CRM, bound to the card. Sends nothing.
    ///
    /// # Errors
    /// See [`CrmCallError`].
    pub async fn open_from_crm(&self, picked: &PickedFor) -> Result<ConversationId, CrmCallError> {
        let ready = self.ready_link(picked.link)?;
        let id = self.open_conversation(picked.account, &picked.target).await?;
        let known = outbox_works::conversations(self.store().read(), &[id]).await?;
        let row = known.get(&id).ok_or(StoreError::NotFound)?;
        let conversation = works::conversation(row, &*self.shared.words);
        match ready.adopt(&conversation, &picked.card).await {
            Ok(()) => Ok(id),
            Err(ApplyError::Call(error)) => Err(error.into()),
            Err(ApplyError::Held) => Err(CrmCallError::NotReady),
        }
    }

    /// The values that templates are filled in with, of a conversation; of the latest one when none is named.
    ///
    /// # Errors
    /// When the rows can't be read.
    pub async fn substitutions(
        &self,
        conversation: Option<ConversationId>,
    ) -> Result<BTreeMap<&'static str, String>, StoreError> {
        let db = self.store().read();
        let id = match conversation {
            Some(id) => Some(id),
            None => outbox_works::latest_conversation(db).await?,
        };
        let known = outbox_works::conversations(db, id.as_slice()).await?;
        let row = id.and_then(|id| known.get(&id));
        let filled = row.map(|row| works::conversation(row, &*self.shared.words).substitutions());
        Ok(filled.unwrap_or_default())
    }

    /// Sends to a CRM again what did not get there: these messages, or with none named all that failed. Answers how
    /// many.
    ///
    /// # Errors
    /// When the rows can't be changed.
    pub async fn retry_syncs(&self, link: LinkId, messages: &[MessageId]) -> Result<u64, StoreError> {
        let mut tx = self.store().write().await?;
        let opened = outbox::reopen(&mut tx, link, messages).await?;
        tx.commit().await?;
        if let Some(running) = self.shared.links.get(link) {
            running.pump.notify_one();
        }
        self.shared.changes.announce(Change::Journal);
        Ok(opened)
    }

    /// Tries to make a message of a reply once more. A reply whose message failed is retried there: answers the messages
    /// concerned.
    ///
    /// # Errors
    /// When the rows can't be changed.
    pub async fn retry_reply(&self, id: ReplyId) -> Result<Vec<MessageId>, StoreError> {
        let (link, state, parts) = crm_replies::get(self.store().read(), id).await?;
        let Some(next) = state.next(ReplyEvent::Retried) else {
            return Ok(Vec::new());
        };
        let now = self.clock().now();
        let mut tx = self.store().write().await?;
        crm_replies::step(&mut tx, id, next, None, now, now).await?;
        tx.commit().await?;
        if let Some(running) = self.shared.links.get(link) {
            running.answer.notify_one();
        }
        self.shared.changes.announce(Change::Replies);
        Ok(parts)
    }
}
