//! The stored settings, in the words of the code.

use std::collections::BTreeMap;

use contracts::crm::CrmConversation;
use domain::{AccountId, CrmEntity, substitution};
use serde_json::Value;

use crate::shared::{Stored, Tracking};

/// See the accessors.
#[derive(Debug, Clone)]
pub(super) struct Options(Stored);

/// Which conversations share an open line (BX-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    /// A line for each channel.
    PerChannel,
    /// The same, and one more for its comments.
    CommentsApart,
    /// One for all.
    One,
}

impl Options {
    pub(super) fn new(settings: BTreeMap<String, Value>) -> Self {
        Self(Stored::new(settings))
    }

    fn mode(&self) -> &str {
        self.0.text("mode", None).unwrap_or("lines")
    }

    /// Messages go into open lines.
    pub(super) fn lines(&self) -> bool {
        !matches!(self.mode(), "append" | "chats" | "chats_append")
    }

    /// Messages go into chats of employees.
    pub(super) fn chats(&self) -> bool {
        matches!(self.mode(), "chats" | "chats_append")
    }

    /// Messages go into cards as comments.
    pub(super) fn comments(&self) -> bool {
        matches!(self.mode(), "append" | "both" | "chats_append")
    }

    /// Into two places each: a message may have reached one of them.
    pub(super) fn twice(&self) -> bool {
        self.comments() && (self.lines() || self.chats())
    }

    pub(super) fn groups(&self) -> bool {
        self.0.switch("groups", true)
    }

    pub(super) fn layout(&self) -> Lines {
        match self.0.text("layout", None) {
            Some("one") => Lines::One,
            Some("comments_apart") => Lines::CommentsApart,
            _ => Lines::PerChannel,
        }
    }

    /// The line that was chosen; `None`: one of our own.
    pub(super) fn line(&self, account: Option<AccountId>, comments: bool) -> Option<i64> {
        let key = match (self.layout(), comments) {
            (Lines::One, _) => "one_line",
            (Lines::CommentsApart, true) => "comments_line",
            _ => "line",
        };
        self.0.text(key, account)?.parse().ok()
    }

    /// Clients see who answers: the portal puts the name in front.
    pub(super) fn signature(&self) -> bool {
        self.0.switch("signature", false)
    }

    /// Numbers of clients are told to the line, and filled into cards that have none.
    pub(super) fn client_data(&self) -> bool {
        self.0.switch("client_data", true)
    }

    /// What we write first shows at once, and not only when the client answers (BX-5).
    pub(super) fn mailing_chat(&self) -> bool {
        self.0.switch("mailing_chat", true)
    }

    /// Of which kind the cards are in which comments stand.
    pub(super) fn card(&self) -> CrmEntity {
        match self.0.text("card", None) {
            Some("deal") => CrmEntity::Deal,
            Some("contact") => CrmEntity::Contact,
            _ => CrmEntity::Lead,
        }
    }

    /// A card is made where none is found.
    pub(super) fn creates(&self) -> bool {
        self.0.switch("create", true)
    }

    /// Who reads along.
    pub(super) fn chat_members(&self, account: Option<AccountId>) -> Vec<i64> {
        let members = self.0.texts("chat_members", account);
        members.into_iter().filter_map(|id| id.parse().ok()).collect()
    }

    pub(super) fn chat_name(&self, conversation: &CrmConversation) -> String {
        self.named("chat_name", conversation)
    }

    pub(super) fn card_name(&self, conversation: &CrmConversation) -> String {
        self.named("card_name", conversation)
    }

    fn named(&self, key: &str, conversation: &CrmConversation) -> String {
        let template = self.0.text(key, account(conversation));
        let name = fill(template.unwrap_or("%NAME% · %SOURCENAME%"), conversation);
        if name.is_empty() {
            conversation.contact.name.clone()
        } else {
            name
        }
    }

    /// Column of new leads (`lead:NEW`) and of new deals (`deal:C2:NEW`), where it is of that kind.
    pub(super) fn stage(&self, kind: CrmEntity, account: Option<AccountId>) -> Option<&str> {
        let (of, stage) = self.0.text("stage", account)?.split_once(':')?;
        (of == kind.as_str()).then_some(stage)
    }

    pub(super) fn responsible(&self, account: Option<AccountId>) -> Option<i64> {
        self.0.text("responsible", account)?.parse().ok()
    }

    /// Fields with what is to stand in them; `of` is `card_fields` or `contact_fields`.
    pub(super) fn fields(&self, of: &str, conversation: &CrmConversation) -> Vec<(String, String)> {
        let fields = self.0.fields(of, account(conversation)).into_iter();
        fields
            .map(|(field, template)| (field.to_owned(), fill(template, conversation)))
            .filter(|(_, text)| !text.is_empty())
            .collect()
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
    let filled = substitution::fill(template, &conversation.substitutions());
    filled.trim().to_owned()
}
