//! One connected account: contacts by our own id of the person, messages as notes with our marker.

use std::collections::{BTreeMap, HashSet};

use async_trait::async_trait;
use contracts::{
    Secret,
    crm::{
        Applied, ApplyError, Bound, BoundKey, Bucket, Card, Choice, CrmConversation, CrmError, CrmLink, Limits,
        LinkDeps, Outcome, Pick, Picks, Polled, Prepared, ReplyStatus, Trace, Work,
    },
};
use domain::{CrmEntity, CrmOperation, CrmRef, Reason};

use super::{
    client::Client,
    errors::{BUCKET, crm_error},
    mapping,
};

/// What a person's card is bound under.
const CONTACT: &str = "contact";

pub(super) struct Link {
    client: Client,
    token: Secret<String>,
    deps: LinkDeps,
}

impl Link {
    pub(super) fn new(client: Client, token: Secret<String>, deps: LinkDeps) -> Self {
        Self { client, token, deps }
    }

    /// The person's card: bound, else left by an earlier try, else made.
    async fn contact(&self, work: &Work) -> Result<CrmRef, CrmError> {
        let person = &work.conversation.contact;
        let key = BoundKey::contact(person.id, CONTACT);
        if let Some(bound) = self.deps.notebook.bound(&key).await? {
            return Ok(bound.reference);
        }
        let new = mapping::contact(person);
        let mut known = None;
        if self.deps.notebook.intend(&key).await?.is_some() {
            self.deps.pace.turn(BUCKET, work.urgency).await?;
            let found = self.client.find_contact(&self.token, &new.external_id).await;
            known = found.map_err(crm_error)?.into_iter().next();
        }
        let contact = match known {
            Some(known) => known,
            None => {
                self.deps.pace.turn(BUCKET, work.urgency).await?;
                self.client.add_contact(&self.token, &new).await.map_err(crm_error)?
            }
        };
        let reference = CrmRef::new(CrmEntity::Contact, contact.id);
        self.deps.notebook.bind(&key, Bound::to(reference.clone())).await?;
        Ok(reference)
    }

    async fn one(&self, work: &Work) -> Outcome {
        match work.operation {
            CrmOperation::Message => {}
            CrmOperation::Edit | CrmOperation::Delete | CrmOperation::Receipt => {
                return Ok(Applied::Discarded(Reason::new("__ID__.reason.notes_stay")));
            }
        }
        let contact = self.contact(work).await?;
        self.deps.pace.turn(BUCKET, work.urgency).await?;
        let note = self.client.add_note(&self.token, &mapping::note(work, &contact.id)).await;
        let note = note.map_err(crm_error)?;
        Ok(Applied::Exported(vec![CrmRef::new(CrmEntity::Note, note.id)]))
    }
}

#[async_trait]
impl CrmLink for Link {
    async fn prepare(&self) -> Result<Prepared, CrmError> {
        self.client.account(&self.token).await.map_err(crm_error)?;
        Ok(Prepared::default())
    }

    /// As the vendor's page says.
    fn limits(&self) -> Limits {
        Limits {
            buckets: vec![Bucket {
                key: BUCKET,
                per_second: 5.0,
                burst: 1,
            }],
            batch: 1,
            at_once: 4,
            poll_every: None,
            poll_beside_bell: std::time::Duration::from_secs(60),
        }
    }

    async fn apply(&self, works: &[Work]) -> Vec<Outcome> {
        let mut held = HashSet::new();
        let mut outcomes = Vec::with_capacity(works.len());
        for work in works {
            let contact = work.conversation.contact.id;
            let outcome = if held.contains(&contact) {
                Err(ApplyError::Held)
            } else {
                self.one(work).await
            };
            if outcome.is_err() {
                held.insert(contact);
            }
            outcomes.push(outcome);
        }
        outcomes
    }

    async fn trace(&self, work: &Work) -> Result<Trace, CrmError> {
        self.deps.pace.turn(BUCKET, work.urgency).await?;
        let found = self.client.find_note(&self.token, &work.marker).await.map_err(crm_error)?;
        let note = found.first().map(|note| CrmRef::new(CrmEntity::Note, note.id));
        Ok(note.map_or(Trace::Missing, |note| Trace::Found(vec![note])))
    }

    async fn poll(&self, _cursors: &BTreeMap<String, String>) -> Result<Polled, CrmError> {
        Ok(Polled::default())
    }

    async fn report(&self, _status: &ReplyStatus) -> Result<(), CrmError> {
        Ok(())
    }

    async fn choices(&self, _of: &str) -> Result<Vec<Choice>, CrmError> {
        Ok(Vec::new())
    }

    async fn card(&self, _conversation: &CrmConversation) -> Result<Card, CrmError> {
        Ok(Card::default())
    }

    async fn pick(&self, _query: &Pick) -> Result<Picks, CrmError> {
        Ok(Picks::default())
    }

    async fn adopt(&self, conversation: &CrmConversation, chosen: &CrmRef) -> Result<(), ApplyError> {
        let key = BoundKey::contact(conversation.contact.id, CONTACT);
        Ok(self.deps.notebook.bind(&key, Bound::to(chosen.clone())).await?)
    }
}
