//! After an unknown outcome: is it there? Notes are found by their mark, messages of chats by our name of them.

use contracts::crm::{CrmError, Trace, Work};
use domain::{CrmEntity, CrmOperation, CrmRef};

use super::{
    chat_message::{self, Part},
    contacts::CLOCKS_DIFFER,
    errors::ApiError,
    link::AmoLink,
    options::Mode,
    wire::{Note, Page},
};
use crate::shared::note_mark;

/// Pages of a history at most: 1000 messages of one chat since the try began.
const PAGES: usize = 20;
/// Pages of notes at most, of 250 each.
const NOTE_PAGES: usize = 8;

impl AmoLink {
    /// See [`contracts::crm::CrmLink::trace`].
    pub(super) async fn find_trace(&self, work: &Work) -> Result<Trace, CrmError> {
        if work.operation != CrmOperation::Message {
            // The same text, the same status once more: nothing is doubled by it.
            return Ok(Trace::Repeatable);
        }
        match self.options.mode() {
            Mode::Append => Ok(self.note_of(work).await?),
            Mode::Chats => Ok(self.messages_of(work).await?),
        }
    }

    /// The note goes out when lead and contact are bound: without a lead there is none.
    async fn note_of(&self, work: &Work) -> Result<Trace, ApiError> {
        let Some(lead) = self.bound_lead(&work.conversation).await? else {
            return Ok(Trace::Missing);
        };
        let since = work.intended_at.map_or(0, |at| at.secs() - CLOCKS_DIFFER);
        let mark = note_mark(work);
        for page in 1..=NOTE_PAGES {
            let query = [
                ("filter[note_type][]", "common".to_owned()),
                ("filter[updated_at][from]", since.to_string()),
                ("page", page.to_string()),
                ("limit", "250".to_owned()),
            ];
            let page: Option<Page> = match self
                .client
                .get(&format!("leads/{lead}/notes"), &query, work.urgency)
                .await
            {
                Ok(page) => page,
                Err(error) if error.gone() => None,
                Err(error) => return Err(error),
            };
            let Some(page) = page else { break };
            let notes: Vec<Note> = page.of("notes");
            if let Some(note) = notes
                .iter()
                .find(|note| note.text().lines().last() == Some(mark.as_str()))
            {
                let refs = vec![
                    CrmRef::new(CrmEntity::Lead, lead),
                    CrmRef::new(CrmEntity::Note, note.id),
                ];
                return Ok(Trace::Found(refs));
            }
            if !page.goes_on() {
                break;
            }
        }
        Ok(Trace::Missing)
    }

    async fn messages_of(&self, work: &Work) -> Result<Trace, ApiError> {
        let Some(chat) = self.bound_chat(&work.conversation).await? else {
            return Ok(Trace::Missing);
        };
        // Links are not needed to know how many parts there are, only that there is one.
        let any = || Some("https://".to_owned());
        let by_drive = self.options.chat_files_by_drive();
        let files: Vec<_> = work
            .message
            .files
            .iter()
            .map(|file| (file, (by_drive || file.path.is_none()).then(any).flatten()))
            .collect();
        let parts = chat_message::parts(work, &files);
        let there = self.already_there(work, &chat, &parts).await?;
        if there.len() < parts.len() {
            // What is there already is passed over when the work is done again.
            return Ok(Trace::Missing);
        }
        let mut refs = vec![CrmRef::new(CrmEntity::Chat, chat)];
        refs.extend(there.iter().map(|(_, id)| CrmRef::new(CrmEntity::Message, id)));
        Ok(Trace::Found(refs))
    }

    /// Which parts an earlier try has brought there: our name and the service's.
    pub(super) async fn already_there(
        &self,
        work: &Work,
        chat: &str,
        parts: &[Part],
    ) -> Result<Vec<(String, String)>, ApiError> {
        let (amojo, scope) = self.amojo().await?;
        let mut found: Vec<(String, String)> = Vec::new();
        for page in 0..PAGES {
            let messages = match amojo.history(&self.client, &scope, chat, page, work.urgency).await {
                Ok(messages) => messages,
                // The chat holds nothing yet.
                Err(error) if error.gone() => break,
                Err(error) => return Err(error),
            };
            for message in &messages {
                let ours = parts.iter().find(|part| part.msgid == message.message.client_id);
                let new = ours.filter(|part| !found.iter().any(|(msgid, _)| *msgid == part.msgid));
                found.extend(new.map(|part| (part.msgid.clone(), message.message.id.clone())));
            }
            if found.len() == parts.len() || messages.is_empty() {
                break;
            }
        }
        Ok(found)
    }
}
