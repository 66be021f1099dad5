//! One connected account of the CRM that is a folder.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use async_trait::async_trait;
use domain::{At, ContactId, Content, CrmEntity, CrmOperation, CrmRef, Reason, RemoteId, Uid};
use serde_json::{Value, json};

use super::{
    FakeCrm,
    crm::{State, Trouble},
};
use crate::{
    channel::Certainty,
    crm::{
        Applied, ApplyError, Bound, BoundKey, Card, CardContact, CardLead, Choice, CrmConversation, CrmError, CrmEvent,
        CrmLink, CrmPerson, Fate, Limits, LinkDeps, Outcome, Pick, Picked, Picks, Polled, Prepared, Reply, ReplyStatus,
        ReplyTarget, Trace, Urgency, Work,
    },
};

/// The link's word for a person's card.
const CONTACT: &str = "contact";

pub(super) struct FakeLink {
    state: Arc<State>,
    deps: LinkDeps,
}

impl FakeLink {
    pub(super) fn new(state: Arc<State>, deps: LinkDeps) -> Self {
        Self { state, deps }
    }

    /// One remote call that changes something.
    async fn does(&self, line: &Value, urgency: Urgency) -> Result<(), CrmError> {
        self.deps.pace.turn(FakeCrm::BUCKET, urgency).await?;
        self.state.admit()?;
        match self.state.next_trouble() {
            Some(Trouble::NotDone) => return Err(broken(Certainty::NotDone)),
            Some(Trouble::TooFast(wait)) => {
                return Err(CrmError::TooFast {
                    bucket: FakeCrm::BUCKET,
                    wait,
                });
            }
            Some(Trouble::Refused) => return Err(CrmError::Refused(Reason::new("fake.reason.refused"))),
            Some(Trouble::AnswerLost) => {
                self.state.append("done", line);
                return Err(broken(Certainty::Unknown));
            }
            None => self.state.append("done", line),
        }
        Ok(())
    }

    /// The person's card: bound, else found by what an earlier try left, else made.
    async fn contact(&self, person: &CrmPerson, urgency: Urgency) -> Result<CrmRef, CrmError> {
        let key = BoundKey::contact(person.id, CONTACT);
        if let Some(bound) = self.deps.notebook.bound(&key).await? {
            return Ok(bound.reference);
        }
        let reference = CrmRef::new(CrmEntity::Contact, person.uid);
        let tried_before = self.deps.notebook.intend(&key).await?.is_some();
        if !(tried_before && self.is_there("contact", "uid", &person.uid.to_string())) {
            let line = json!({ "what": "contact", "uid": person.uid.to_string(), "name": person.name });
            self.does(&line, urgency).await?;
        }
        self.deps.notebook.bind(&key, Bound::to(reference.clone())).await?;
        Ok(reference)
    }

    fn is_there(&self, what: &str, field: &str, value: &str) -> bool {
        let is = |line: &Value| line.get("what") == Some(&json!(what)) && line.get(field) == Some(&json!(value));
        self.state.read("done").iter().any(is)
    }

    async fn one(&self, work: &Work) -> Outcome {
        self.contact(&work.conversation.contact, work.urgency).await?;
        let what = word(work.operation);
        let files: Vec<_> = work.message.files.iter().map(|file| &file.name).collect();
        let line = json!({
            "what": what,
            "marker": work.marker,
            "chat": work.conversation.uid.to_string(),
            "contact": work.conversation.contact.name,
            "text": work.message.content.text,
            "tick": work.message.tick,
            "files": files,
        });
        self.does(&line, work.urgency).await?;
        Ok(Applied::Exported(vec![CrmRef::new(CrmEntity::Message, &work.marker)]))
    }
}

fn word(operation: CrmOperation) -> &'static str {
    match operation {
        CrmOperation::Message => "message",
        CrmOperation::Edit => "edit",
        CrmOperation::Delete => "delete",
        CrmOperation::Receipt => "receipt",
    }
}

fn broken(certainty: Certainty) -> CrmError {
    CrmError::Network {
        reason: Reason::new("reason.connection_lost"),
        certainty,
    }
}

#[async_trait]
impl CrmLink for FakeLink {
    async fn prepare(&self) -> Result<Prepared, CrmError> {
        self.state.admit()?;
        Ok(Prepared::default())
    }

    fn limits(&self) -> Limits {
        self.state.control().limits.clone()
    }

    async fn apply(&self, works: &[Work]) -> Vec<Outcome> {
        let mut held: HashSet<ContactId> = HashSet::new();
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
        self.deps.pace.turn(FakeCrm::BUCKET, work.urgency).await?;
        self.state.admit()?;
        Ok(if self.is_there(word(work.operation), "marker", &work.marker) {
            Trace::Found(vec![CrmRef::new(CrmEntity::Message, &work.marker)])
        } else {
            Trace::Missing
        })
    }

    async fn poll(&self, cursors: &BTreeMap<String, String>) -> Result<Polled, CrmError> {
        self.deps.pace.turn(FakeCrm::BUCKET, Urgency::Reply).await?;
        self.state.admit()?;
        let seen: usize = cursors
            .get("replies")
            .and_then(|cursor| cursor.parse().ok())
            .unwrap_or(0);
        let all = self.state.read("replies");
        let events = all.iter().skip(seen).filter_map(reply).collect();
        Ok(Polled {
            events,
            cursors: vec![("replies".to_owned(), all.len().to_string())],
            more: false,
            confirm: (all.len() > seen).then(|| json!({ "up_to": all.len() })),
        })
    }

    async fn confirm(&self, confirm: &Value) -> Result<(), CrmError> {
        self.state.append("confirmed", confirm);
        Ok(())
    }

    async fn report(&self, status: &ReplyStatus) -> Result<(), CrmError> {
        self.deps.pace.turn(FakeCrm::BUCKET, Urgency::Reply).await?;
        self.state.admit()?;
        let fate = match &status.fate {
            Fate::Sent(_) => "sent",
            Fate::Delivered(_) => "delivered",
            Fate::Read(_) => "read",
            Fate::Failed(..) => "failed",
        };
        self.state
            .append("reported", &json!({ "reply": status.reply.as_str(), "fate": fate }));
        Ok(())
    }

    async fn choices(&self, of: &str) -> Result<Vec<Choice>, CrmError> {
        self.state.admit()?;
        let stage = |value: &str, label: &str| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            group: Some("Sales".to_owned()),
            colour: None,
        };
        Ok(if of == "stages" {
            vec![stage("1", "New"), stage("2", "In work")]
        } else {
            Vec::new()
        })
    }

    async fn card(&self, conversation: &CrmConversation) -> Result<Card, CrmError> {
        self.state.admit()?;
        let key = BoundKey::contact(conversation.contact.id, CONTACT);
        let Some(bound) = self.deps.notebook.bound(&key).await? else {
            return Ok(Card::default());
        };
        Ok(Card {
            leads: vec![CardLead {
                reference: CrmRef::new(CrmEntity::Lead, &bound.reference.id),
                title: conversation.contact.name.clone(),
                stage: Some("New".to_owned()),
                colour: None,
                responsible: Some("Olga".to_owned()),
                responsible_email: None,
                budget: None,
                closed: false,
                page: None,
            }],
            contact: Some(CardContact {
                reference: bound.reference,
                name: conversation.contact.name.clone(),
                page: None,
                company: None,
            }),
        })
    }

    async fn pick(&self, query: &Pick) -> Result<Picks, CrmError> {
        self.state.admit()?;
        let text = |line: &Value, field: &str| line.get(field)?.as_str().map(str::to_owned);
        let contacts = self.state.read("done").into_iter();
        let found = contacts
            .filter(|line| line.get("what") == Some(&json!("contact")))
            .filter_map(|line| {
                let title = text(&line, "name").filter(|name| name.contains(&query.text))?;
                Some(Picked {
                    reference: CrmRef::new(CrmEntity::Contact, text(&line, "uid")?),
                    title,
                    note: None,
                    phones: Vec::new(),
                    links: Vec::new(),
                    page: None,
                })
            });
        Ok(Picks {
            found: found.collect(),
            next: None,
        })
    }

    async fn adopt(&self, conversation: &CrmConversation, chosen: &CrmRef) -> Result<(), ApplyError> {
        let key = BoundKey::contact(conversation.contact.id, CONTACT);
        Ok(self.deps.notebook.bind(&key, Bound::to(chosen.clone())).await?)
    }
}

/// A line of the managers' file as an event.
fn reply(line: &Value) -> Option<CrmEvent> {
    let text = |field: &str| line.get(field)?.as_str();
    let uid = text("chat")?.parse().ok()?;
    Some(CrmEvent::Reply(Box::new(Reply {
        remote_id: RemoteId::new(text("id")?),
        target: ReplyTarget::Conversation(Uid(uid)),
        author: Some("Olga".to_owned()),
        automatic: false,
        mailing: line.get("mailing").is_some(),
        content: Content::plain(text("text")?),
        files: Vec::new(),
        answers: None,
        written_at: At(0),
        data: line.clone(),
    })))
}
