//! The stored settings, in the words of the code.

use std::{collections::BTreeMap, time::Duration};

use contracts::crm::CrmConversation;
use domain::{AccountId, substitution};
use serde_json::Value;

use super::settings::WEBHOOK_PORT;
use crate::shared::{Stored, Tracking};

/// See the accessors.
#[derive(Debug, Clone)]
pub(super) struct Options(Stored);

/// Where messages go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Notes in leads.
    Append,
    /// The chats of the CRM.
    Chats,
}

/// Where new leads stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Wherever amoCRM puts them.
    Default,
    /// Among those that nobody has taken.
    Unsorted,
    /// Here.
    At {
        /// Pipeline.
        pipeline: i64,
        /// Stage in it.
        status: i64,
    },
}

/// How managers are told (AMO-7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notify {
    /// Not at all.
    Nothing,
    /// By amoCRM's own notifications of chats.
    Notifications,
    /// One open task in the lead.
    TaskPerLead,
    /// A task for each message.
    TaskPerMessage,
}

impl Options {
    pub(super) fn new(settings: BTreeMap<String, Value>) -> Self {
        Self(Stored::new(settings))
    }

    pub(super) fn mode(&self) -> Mode {
        match self.0.text("mode", None) {
            Some("chats") => Mode::Chats,
            _ => Mode::Append,
        }
    }

    pub(super) fn chat_title(&self) -> &str {
        self.0.text("chat_title", None).unwrap_or("Besedka")
    }

    /// Files of chats go to the drive of the account, and their links into the chat.
    pub(super) fn chat_files_by_drive(&self) -> bool {
        self.0.text("chat_files", None) != Some("note")
    }

    pub(super) fn groups(&self) -> bool {
        self.0.switch("groups", true)
    }

    pub(super) fn short_links(&self) -> bool {
        self.0.switch("short_links", false)
    }

    /// Where webhooks are heard, on loopback; `None`: nowhere.
    pub(super) fn webhook_port(&self) -> Option<u16> {
        let port = self.0.number("webhook_port", WEBHOOK_PORT);
        self.0
            .switch("webhook", false)
            .then(|| u16::try_from(port).ok())
            .flatten()
    }

    pub(super) fn stage(&self, account: Option<AccountId>) -> Stage {
        match self.0.text("stage", account) {
            None => Stage::Default,
            Some("unsorted") => Stage::Unsorted,
            Some(text) => two(text).map_or(Stage::Default, |(pipeline, status)| Stage::At { pipeline, status }),
        }
    }

    /// A contact is made at once for what nobody has taken. Exclusive with [`Options::split_comments`].
    pub(super) fn unsorted_contact(&self) -> bool {
        self.0.switch("unsorted_contact", false)
    }

    /// Comments have a lead and a contact of their own (AMO-9).
    pub(super) fn split_comments(&self) -> bool {
        self.0.switch("split_comments", false) && !self.unsorted_contact()
    }

    /// Pipeline and stage of leads that are open; none chosen: all that are neither won nor lost.
    pub(super) fn open_stages(&self) -> Vec<(i64, i64)> {
        self.0.texts("open_stages", None).into_iter().filter_map(two).collect()
    }

    pub(super) fn reuses_closed(&self) -> bool {
        self.0.text("closed_lead", None) == Some("reuse")
    }

    pub(super) fn lead_name(&self, conversation: &CrmConversation) -> String {
        let template = self.0.text("lead_name", account(conversation));
        let name = fill(template.unwrap_or("%NAME% · %SOURCENAME%"), conversation);
        if name.is_empty() {
            conversation.contact.name.clone()
        } else {
            name
        }
    }

    /// A user, or nobody chosen: the one who connected the account.
    pub(super) fn responsible(&self, account: Option<AccountId>) -> Option<i64> {
        self.0.text("responsible", account)?.parse().ok()
    }

    /// Tags with their substitutions done; `of` is `lead_tags` or `contact_tags`.
    pub(super) fn tags(&self, of: &str, conversation: &CrmConversation) -> Vec<String> {
        let tags = self.0.texts(of, account(conversation)).into_iter();
        tags.map(|tag| fill(tag, conversation))
            .filter(|tag| !tag.is_empty())
            .collect()
    }

    /// Fields with what is to stand in them; `of` is `lead_fields` or `contact_fields`.
    pub(super) fn fields(&self, of: &str, conversation: &CrmConversation) -> Vec<(i64, String)> {
        let fields = self.0.fields(of, account(conversation)).into_iter();
        fields
            .filter_map(|(field, template)| Some((field.parse().ok()?, fill(template, conversation))))
            .filter(|(_, text)| !text.is_empty())
            .collect()
    }

    /// The field that the user chose for ids of this channel; `None`: one of our own.
    pub(super) fn identity_field(&self, account: Option<AccountId>) -> Option<i64> {
        self.0.text("identity_field", account)?.parse().ok()
    }

    pub(super) fn notify(&self) -> Notify {
        match self.0.text("notify", None) {
            Some("nothing") => Notify::Nothing,
            Some("task_per_lead") => Notify::TaskPerLead,
            Some("task_per_message") => Notify::TaskPerMessage,
            _ => Notify::Notifications,
        }
    }

    pub(super) fn task_text(&self, conversation: &CrmConversation) -> Option<String> {
        let text = fill(self.0.text("task_text", None)?, conversation);
        (!text.is_empty()).then_some(text)
    }

    pub(super) fn task_time(&self) -> Duration {
        let minutes = self.0.number("task_minutes", 5).clamp(1, 7 * 24 * 60);
        Duration::from_secs(u64::try_from(minutes).unwrap_or(5) * 60)
    }

    pub(super) fn task_user(&self) -> Option<i64> {
        self.0.text("task_user", None)?.parse().ok()
    }

    pub(super) fn tracking(&self) -> Tracking<'_> {
        Tracking(&self.0)
    }
}

/// Whose settings count for a conversation.
pub(super) fn account(conversation: &CrmConversation) -> Option<AccountId> {
    conversation.account.as_ref().map(|account| account.id)
}

fn fill(template: &str, conversation: &CrmConversation) -> String {
    substitution::fill(template, &conversation.substitutions())
        .trim()
        .to_owned()
}

fn two(text: &str) -> Option<(i64, i64)> {
    let (pipeline, status) = text.split_once(':')?;
    Some((pipeline.parse().ok()?, status.parse().ok()?))
}
