//! Append mode (AMO-3): a message is a note in the open lead of the contact. Notes of many contacts go out in one call.
//! <https://www.amocrm.ru/developers/content/crm_platform/events-and-notes>

use std::collections::HashSet;

use contracts::crm::{Applied, ApplyError, CrmError, Outcome, Urgency, Work};
use domain::{ContactId, ConversationKind, CrmEntity, CrmOperation, CrmRef, Tick};
use serde_json::{Value, json};

use super::{
    drive::Kept,
    errors::{ApiError, Problem, reason},
    leads::Known,
    link::{AmoLink, nothing_came},
    mapping::{self, Attached},
    wire::{Made, Page},
};

/// «No more than 250 entities, 50 recommended»; a message with its files stays together.
const NOTES: usize = 100;

/// A message ready to be written: its lead, and its notes, the text first.
struct Ready {
    /// Which of the works.
    at: usize,
    contact: ContactId,
    lead: i64,
    notes: Vec<Value>,
}

/// What one work came to before anything was written.
enum Prepared {
    Notes { lead: i64, notes: Vec<Value> },
    Done(Applied),
}

impl AmoLink {
    /// See [`contracts::crm::CrmLink::apply`].
    pub(super) async fn append(&self, works: &[Work]) -> Vec<Outcome> {
        let urgency = works.iter().map(|work| work.urgency).min().unwrap_or(Urgency::History);
        let conversations = works.iter().map(|work| &*work.conversation);
        let mut known = match self.known_leads(conversations, urgency).await {
            Ok(known) => known,
            Err(error) => {
                let error = CrmError::from(error);
                return works.iter().map(|_| Err(error.clone().into())).collect();
            }
        };
        let mut outcomes: Vec<Option<Outcome>> = works.iter().map(|_| None).collect();
        let mut held = HashSet::new();
        let mut ready = Vec::new();
        for (at, work) in works.iter().enumerate() {
            let contact = work.conversation.contact.id;
            let outcome = if held.contains(&contact) {
                Err(ApplyError::Held)
            } else {
                match self.prepared(work, at, &mut known).await {
                    Ok(Prepared::Notes { lead, notes }) => {
                        ready.push(Ready {
                            at,
                            contact,
                            lead,
                            notes,
                        });
                        continue;
                    }
                    Ok(Prepared::Done(applied)) => Ok(applied),
                    Err(error) => Err(error.into()),
                }
            };
            if outcome.is_err() {
                held.insert(contact);
            }
            put(&mut outcomes, at, outcome);
        }
        self.write(ready, &mut outcomes, urgency).await;
        let unanswered = || Err(CrmError::from(nothing_came()).into());
        outcomes
            .into_iter()
            .map(|outcome| outcome.unwrap_or_else(unanswered))
            .collect()
    }

    /// Everything of one work but its notes.
    async fn prepared(&self, work: &Work, at: usize, known: &mut Known) -> Result<Prepared, ApiError> {
        match work.operation {
            CrmOperation::Message => self.message(work, at, known).await,
            CrmOperation::Edit | CrmOperation::Delete => self.rewrite(work).await.map(Prepared::Done),
            CrmOperation::Receipt if work.message.tick == Some(Tick::Error) => {
                self.rewrite(work).await.map(Prepared::Done)
            }
            CrmOperation::Receipt => Ok(Prepared::Done(Applied::Discarded(reason("amocrm.reason.no_ticks")))),
        }
    }

    async fn message(&self, work: &Work, at: usize, known: &mut Known) -> Result<Prepared, ApiError> {
        if work.conversation.kind == ConversationKind::Group && !self.options.groups() {
            return Ok(Prepared::Done(Applied::Discarded(reason("amocrm.reason.groups_off"))));
        }
        let lead = self.target(&work.conversation, known, work.urgency).await?;
        self.track(work, lead).await?;
        self.remind(work, lead).await?;
        let attached = self.attached(work, lead).await?;
        let text = self.note_text(work, &attached).await?;
        let request = |part: usize| format!("{at}.{part}");
        let mut notes = vec![json!({
            "entity_id": lead,
            "note_type": "common",
            "params": { "text": text },
            "request_id": request(0),
        })];
        for (number, (_, kept)) in attached.kept.iter().enumerate() {
            let mut note = attachment(lead, kept);
            if let Some(note) = note.as_object_mut() {
                note.insert("request_id".to_owned(), request(number + 1).into());
            }
            notes.push(note);
        }
        Ok(Prepared::Notes { lead, notes })
    }

    async fn note_text(&self, work: &Work, attached: &Attached) -> Result<String, ApiError> {
        let layout = self.layout(work.urgency).await?;
        let now = self.deps.clock.now();
        Ok(mapping::note(work, now, layout.account.offset_secs(), attached))
    }

    /// The files of a message on the drive. One that the drive does not take stays a line of the note: without its
    /// files a message still says something.
    async fn attached(&self, work: &Work, lead: i64) -> Result<Attached, ApiError> {
        let layout = self.layout(work.urgency).await?;
        let mut kept = Vec::new();
        for (at, file) in work.message.files.iter().enumerate() {
            let (Some(path), Some(drive)) = (&file.path, &layout.account.drive_url) else {
                continue;
            };
            match self.client.keep_file(drive, file, path, work.urgency).await {
                Ok(one) => kept.push((at, one)),
                Err(error) if error.about_this_only() => {
                    tracing::warn!(link = %self.id, %error, "the drive takes no file");
                }
                Err(error) => return Err(error),
            }
        }
        let short = self.shortened(work, lead).await?;
        Ok(Attached { kept, short })
    }

    /// Short addresses (AMO-14). <https://www.amocrm.ru/developers/content/crm_platform/short-links>
    async fn shortened(&self, work: &Work, lead: i64) -> Result<Vec<(String, String)>, ApiError> {
        let files = work.message.files.iter().filter(|file| file.path.is_none());
        let long: Vec<&String> = files.filter_map(|file| file.link.as_ref()).collect();
        if !self.options.short_links() || long.is_empty() {
            return Ok(Vec::new());
        }
        let asked: Vec<Value> = long
            .iter()
            .map(|url| json!({ "url": url, "metadata": { "entity_type": "leads", "entity_id": lead } }))
            .collect();
        let made = match self.client.post::<Page>("short_links", &asked, work.urgency).await {
            Ok(made) => made,
            // A long address does as well.
            Err(ApiError::Problem(_)) => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let made: Vec<Value> = made.map(|page| page.of("short_links")).unwrap_or_default();
        let short = made
            .iter()
            .filter_map(|one| one.get("url")?.as_str().map(str::to_owned));
        Ok(long.into_iter().cloned().zip(short).collect())
    }

    /// Writes all notes; answers into `outcomes`.
    async fn write(&self, ready: Vec<Ready>, outcomes: &mut [Option<Outcome>], urgency: Urgency) {
        let mut queue = ready.into_iter().peekable();
        while queue.peek().is_some() {
            let mut call = Vec::new();
            let mut notes = 0;
            while let Some(next) = queue.next_if(|next| call.is_empty() || notes + next.notes.len() <= NOTES) {
                notes += next.notes.len();
                call.push(next);
            }
            self.write_call(call, outcomes, urgency).await;
        }
    }

    /// One call. A refusal names the notes that are wrong and does none of them: the others go in a second call.
    async fn write_call(&self, call: Vec<Ready>, outcomes: &mut [Option<Outcome>], urgency: Urgency) {
        match self.post_notes(&call, urgency).await {
            Ok(made) => answer_all(&call, &made, outcomes),
            Err(ApiError::Problem(problem)) if call.len() > 1 && names_some(&call, &problem) => {
                let mut left = Vec::new();
                let mut held = HashSet::new();
                for one in call {
                    let outcome = match refusal(&one, &problem) {
                        Some(refused) => Err(refused.into()),
                        None if held.contains(&one.contact) => Err(ApplyError::Held),
                        None => {
                            left.push(one);
                            continue;
                        }
                    };
                    held.insert(one.contact);
                    put(outcomes, one.at, outcome);
                }
                match self.post_notes(&left, urgency).await {
                    Ok(made) => answer_all(&left, &made, outcomes),
                    Err(error) => fail_all(&left, error.into(), outcomes),
                }
            }
            Err(error) => fail_all(&call, error.into(), outcomes),
        }
    }

    async fn post_notes(&self, call: &[Ready], urgency: Urgency) -> Result<Vec<Made>, ApiError> {
        let notes: Vec<&Value> = call.iter().flat_map(|one| &one.notes).collect();
        if notes.is_empty() {
            return Ok(Vec::new());
        }
        let made: Option<Page> = self.client.post("leads/notes", &notes, urgency).await?;
        Ok(made.map(|page| page.of("notes")).unwrap_or_default())
    }

    /// The note of a message anew, as the message is now. Notes can't be deleted: the text says so.
    async fn rewrite(&self, work: &Work) -> Result<Applied, ApiError> {
        let id = |entity| {
            work.refs
                .iter()
                .find(|one| one.entity == entity)
                .map(|one| one.id.clone())
        };
        let (Some(lead), Some(note)) = (id(CrmEntity::Lead), id(CrmEntity::Note)) else {
            return Ok(Applied::Discarded(reason("amocrm.reason.no_note")));
        };
        let files = work.message.files.iter().enumerate();
        let kept = files
            .filter(|(_, file)| file.path.is_some())
            .map(|(at, _)| (at, Kept::default()));
        let attached = Attached {
            kept: kept.collect(),
            ..Attached::default()
        };
        let text = self.note_text(work, &attached).await?;
        let body = json!({ "note_type": "common", "params": { "text": text } });
        let path = format!("leads/{lead}/notes/{note}");
        match self.client.patch::<Value>(&path, &body, work.urgency).await {
            Ok(_) => Ok(Applied::Exported(work.refs.clone())),
            // The note or its lead was deleted by a manager: there is nothing to change.
            Err(error) if error.gone() => Ok(Applied::Discarded(reason("amocrm.reason.no_note"))),
            Err(error) => Err(error),
        }
    }
}

/// A note that shows a file of the drive.
pub(super) fn attachment(lead: i64, kept: &Kept) -> Value {
    json!({
        "entity_id": lead,
        "note_type": "attachment",
        "params": { "file_uuid": kept.uuid, "version_uuid": kept.version, "file_name": kept.name },
    })
}

fn put(outcomes: &mut [Option<Outcome>], at: usize, outcome: Outcome) {
    if let Some(place) = outcomes.get_mut(at) {
        *place = Some(outcome);
    }
}

fn answer_all(call: &[Ready], made: &[Made], outcomes: &mut [Option<Outcome>]) {
    for one in call {
        let ids = (0..one.notes.len()).filter_map(|part| {
            let request = format!("{}.{part}", one.at);
            made.iter().find(|made| made.is(&request)).map(|made| made.id)
        });
        let mut refs = vec![CrmRef::new(CrmEntity::Lead, one.lead)];
        refs.extend(ids.map(|id| CrmRef::new(CrmEntity::Note, id)));
        put(outcomes, one.at, Ok(Applied::Exported(refs)));
    }
}

/// Nobody was done: the first of each contact says why, the later ones wait behind it.
fn fail_all(call: &[Ready], error: CrmError, outcomes: &mut [Option<Outcome>]) {
    let mut held = HashSet::new();
    for one in call {
        // A call whose outcome is unknown may have written all of them.
        let behind = !held.insert(one.contact) && error.certain();
        let outcome = if behind {
            Err(ApplyError::Held)
        } else {
            Err(error.clone().into())
        };
        put(outcomes, one.at, outcome);
    }
}

fn names_some(call: &[Ready], problem: &Problem) -> bool {
    problem.status == 400 && call.iter().any(|one| refusal(one, problem).is_some())
}

fn refusal(one: &Ready, problem: &Problem) -> Option<CrmError> {
    let mut parts = (0..one.notes.len()).map(|part| format!("{}.{part}", one.at));
    let named = parts.find(|request| problem.invalid.iter().any(|(id, _)| id == request))?;
    Some(CrmError::Refused(problem.reason(Some(&named))))
}
