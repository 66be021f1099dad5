//! Messages as comments in the timelines of cards (BX-2): those without files of many clients go out in one call.
//! <https://apidocs.bitrix24.com/api-reference/crm/timeline/comments/crm-timeline-comment-add.html>

use base64::{Engine, engine::general_purpose::STANDARD};
use contracts::crm::{Applied, ApplyError, CrmError, Outcome, Urgency, Work};
use domain::{CrmEntity, CrmOperation, CrmRef, Tick};
use serde_json::{Value, json};

use super::{
    bb,
    cards::{Known, word},
    client::Told,
    errors::{ApiError, nothing_came, reason},
    files::bytes_of,
    layout::whole,
    link::BxLink,
    places::Places,
};
use crate::shared::note;

/// A comment ready to be written.
struct Ready {
    at: usize,
    card: CrmRef,
    call: Value,
}

/// What one work came to before anything was written.
enum Prepared {
    Write { card: CrmRef, call: Value },
    Done(Applied),
}

impl BxLink {
    /// Works of different contacts, each answered in its place.
    pub(super) async fn to_cards(&self, works: &[&Work]) -> Vec<Outcome> {
        let mut outcomes = Places::of(works.len());
        let mut ready = Vec::new();
        let known = match self.known_cards(works).await {
            Ok(known) => known,
            Err(error) => {
                let error = CrmError::from(error);
                return works.iter().map(|_| Err(error.clone().into())).collect();
            }
        };
        for (at, work) in works.iter().enumerate() {
            match self.ready_comment(work, &known).await {
                Ok(Prepared::Write { card, call }) => ready.push(Ready { at, card, call }),
                Ok(Prepared::Done(applied)) => outcomes.put(at, Ok(applied)),
                Err(error) => outcomes.put(at, Err(error.into())),
            }
        }
        // Files are no text for the line of a batch: such a comment is a call of its own.
        let (heavy, light): (Vec<Ready>, Vec<Ready>) = ready
            .into_iter()
            .partition(|one| one.call.pointer("/fields/FILES").is_some());
        let urgency = works.iter().map(|work| work.urgency).min().unwrap_or(Urgency::History);
        for one in heavy {
            let told = self.client.does(ADD, one.call.clone(), urgency).await;
            outcomes.put(one.at, written(&one, told).map_err(ApplyError::from));
        }
        self.write_together(&light, urgency, &mut outcomes).await;
        outcomes.outcomes()
    }

    async fn write_together(&self, ready: &[Ready], urgency: Urgency, outcomes: &mut Places) {
        if ready.is_empty() {
            return;
        }
        let calls: Vec<(&str, Value)> = ready.iter().map(|one| (ADD, one.call.clone())).collect();
        match self.client.batch(&calls, urgency).await {
            Ok(told) => {
                for (one, told) in ready.iter().zip(told) {
                    let told = told.map(|Told { result, .. }| result);
                    outcomes.put(one.at, written(one, told).map_err(ApplyError::from));
                }
            }
            Err(error) => outcomes.put_all(ready.iter().map(|one| one.at), error),
        }
    }

    async fn ready_comment(&self, work: &Work, known: &Known) -> Result<Prepared, ApiError> {
        match work.operation {
            CrmOperation::Message => self.new_comment(work, known).await,
            CrmOperation::Edit | CrmOperation::Delete => self.rewrite(work).await.map(Prepared::Done),
            CrmOperation::Receipt if work.message.tick == Some(Tick::Error) => {
                self.rewrite(work).await.map(Prepared::Done)
            }
            CrmOperation::Receipt => Ok(Prepared::Done(Applied::Discarded(reason("bitrix24.reason.no_ticks")))),
        }
    }

    async fn new_comment(&self, work: &Work, known: &Known) -> Result<Prepared, ApiError> {
        // Of two places the first one may have been reached by an earlier try, and this one too.
        let tried = self.options.twice() && work.intended_at.is_some();
        if tried && let Some(refs) = self.find_comment(work).await? {
            return Ok(Prepared::Done(Applied::Exported(refs)));
        }
        let Some(card) = self.target(&work.conversation, known, work.urgency).await? else {
            return Ok(Prepared::Done(Applied::Discarded(reason("bitrix24.reason.no_card"))));
        };
        self.track_card(work, &card).await?;
        let mut kept = Vec::new();
        let mut files = Vec::new();
        for (at, file) in work
            .message
            .files
            .iter()
            .enumerate()
            .filter(|(_, file)| file.path.is_some())
        {
            match bytes_of(file).await {
                Ok(bytes) => {
                    kept.push(at);
                    files.push(json!([file.name, STANDARD.encode(bytes)]));
                }
                Err(error) if error.about_this_only() => {}
                Err(error) => return Err(error),
            }
        }
        let mut fields = json!({
            "ENTITY_ID": card.id,
            "ENTITY_TYPE": word(card.entity),
            "COMMENT": self.comment_text(work, &kept).await?,
        });
        if let Some(fields) = fields.as_object_mut().filter(|_| !files.is_empty()) {
            fields.insert("FILES".to_owned(), files.into());
        }
        Ok(Prepared::Write {
            card,
            call: json!({ "fields": fields }),
        })
    }

    async fn comment_text(&self, work: &Work, kept: &[usize]) -> Result<String, ApiError> {
        let layout = self.layout(work.urgency).await?;
        let text = note(work, self.deps.clock.now(), layout.offset_secs, kept, &[]);
        Ok(bb::literal(&text))
    }

    /// The comment of a message anew, as the message is now. What a client has taken back stays, and says so.
    async fn rewrite(&self, work: &Work) -> Result<Applied, ApiError> {
        let gone = || Applied::Discarded(reason("bitrix24.reason.no_comment"));
        let Some(comment) = work.refs.iter().find(|one| one.entity == CrmEntity::Note) else {
            return Ok(gone());
        };
        let files = work.message.files.iter().enumerate();
        let kept: Vec<usize> = files
            .filter(|(_, file)| file.path.is_some())
            .map(|(at, _)| at)
            .collect();
        let text = self.comment_text(work, &kept).await?;
        let params = json!({ "id": comment.id, "fields": { "COMMENT": text } });
        match self
            .client
            .does("crm.timeline.comment.update", params, work.urgency)
            .await
        {
            Ok(_) => Ok(Applied::Exported(work.refs.clone())),
            Err(error) if error.gone() => Ok(gone()),
            Err(error) => Err(error),
        }
    }
}

const ADD: &str = "crm.timeline.comment.add";

fn written(one: &Ready, told: Result<Value, ApiError>) -> Result<Applied, ApiError> {
    let id = whole(&told?).ok_or_else(nothing_came)?;
    Ok(Applied::Exported(vec![
        one.card.clone(),
        CrmRef::new(CrmEntity::Note, id),
    ]))
}
