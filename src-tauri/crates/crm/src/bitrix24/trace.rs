//! After an unknown outcome: is it there? Messages of lines are found by our name of them, comments by their mark.

use contracts::crm::{Trace, Work};
use domain::{CrmEntity, CrmOperation, CrmRef};
use serde_json::json;

use super::{
    cards::{card_key, word},
    errors::{ApiError, reason},
    history::{CLOCKS_DIFFER, message_ref},
    layout::{number, rows, text},
    link::BxLink,
};
use crate::shared::note_mark;

/// Pages of comments at most, of 50 each.
const PAGES: usize = 8;

impl BxLink {
    /// See [`contracts::crm::CrmLink::trace`].
    pub(super) async fn find_trace(&self, work: &Work) -> Result<Trace, ApiError> {
        if work.operation != CrmOperation::Message {
            // The same words, the same end once more: nothing is doubled by it.
            return Ok(Trace::Repeatable);
        }
        if self.options.chats() {
            // What is there already is looked at before anything is said again.
            return Ok(Trace::Repeatable);
        }
        let mut found = Vec::new();
        if self.options.lines() {
            let door = self.door(&work.conversation, work.urgency).await?;
            match self.already_said(work, &door).await? {
                None => return Ok(Trace::Unknown(reason("bitrix24.reason.line_not_seen"))),
                Some(there) if there.contains(&work.marker) => found.push(message_ref(&door, &work.marker)),
                Some(_) => return Ok(Trace::Missing),
            }
        }
        if self.options.comments() {
            match self.find_comment(work).await? {
                Some(refs) => found.extend(refs),
                None => return Ok(Trace::Missing),
            }
        }
        Ok(Trace::Found(found))
    }

    /// The comment of a message, where it was written. Without a card there is none.
    pub(super) async fn find_comment(&self, work: &Work) -> Result<Option<Vec<CrmRef>>, ApiError> {
        let key = card_key(self.options.card(), &work.conversation);
        let Some(bound) = self.deps.notebook.bound(&key).await? else {
            return Ok(None);
        };
        let card = bound.reference;
        let since = work.intended_at.unwrap_or(work.message.stored_at).secs() - CLOCKS_DIFFER;
        let since = jiff::Timestamp::from_second(since)
            .map(|since| since.to_string())
            .unwrap_or_default();
        let mark = note_mark(work);
        let mut start = 0;
        for _ in 0..PAGES {
            let params = json!({
                "filter": { "ENTITY_ID": card.id, "ENTITY_TYPE": word(card.entity), ">=CREATED": since },
                "order": { "ID": "DESC" },
                "select": ["ID", "COMMENT"],
                "start": start,
            });
            let told = match self.client.ask("crm.timeline.comment.list", params, work.urgency).await {
                Ok(told) => told,
                Err(error) if error.gone() => return Ok(None),
                Err(error) => return Err(error),
            };
            let rows = rows(&told.result);
            let ours = rows.iter().find(|row| {
                let words = text(row, "COMMENT").unwrap_or_default();
                words.trim_end().ends_with(&mark)
            });
            if let Some(id) = ours.and_then(|row| number(row, "ID")) {
                return Ok(Some(vec![card, CrmRef::new(CrmEntity::Note, id)]));
            }
            match told.next {
                Some(next) => start = next,
                None => break,
            }
        }
        Ok(None)
    }
}
