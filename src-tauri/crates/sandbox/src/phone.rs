//! What the customer's phone shows: the truth that tests compare the app with.

use crate::ids::{ChatId, MessageId, PersonId};
use crate::letter::{Part, Text};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// One chat as a customer sees it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PhoneChat {
    /// Which.
    pub chat: ChatId,
    /// Its title on the phone.
    pub title: String,
    /// The business is typing (or was within the vendor's time for it).
    pub business_types: bool,
    /// The business has read up to this message, where the network tells people.
    pub business_read: Option<MessageId>,
    /// Everything in it, oldest first, deleted ones left out.
    pub messages: Vec<PhoneMessage>,
}

impl PhoneChat {
    /// What the business wrote, oldest first.
    pub fn received(&self) -> impl Iterator<Item = &PhoneMessage> {
        self.messages.iter().filter(|message| message.author.is_none())
    }
}

/// One message on the phone.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PhoneMessage {
    /// Its id in the chat.
    pub id: MessageId,
    /// Who wrote it; none is the business.
    pub author: Option<PersonId>,
    /// When, by the network's clock.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Text or caption.
    #[serde(flatten)]
    pub text: Text,
    /// Files and other parts.
    pub parts: Vec<Part>,
    /// Which message it answers.
    pub reply_to: Option<MessageId>,
    /// The quoted words.
    pub quote: Option<String>,
    /// Was changed after sending.
    pub edited: bool,
    /// Reactions on it.
    pub reactions: Vec<Reaction>,
    /// Words on the buttons under it.
    pub buttons: Vec<String>,
    /// How many messages of this author in this chat say exactly the same: 2 shows a doubled send.
    pub copies: usize,
}

/// A reaction on a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Reaction {
    /// Whose; none is the business.
    pub by: Option<PersonId>,
    /// Which.
    pub emoji: String,
}

/// Fills [`PhoneMessage::copies`] of a chat.
pub fn count_copies(messages: &mut [PhoneMessage]) {
    // By words first: comparing parts means comparing whole files.
    let mut alike: HashMap<(Option<&PersonId>, &str), Vec<&PhoneMessage>> = HashMap::new();
    for message in messages.iter() {
        alike
            .entry((message.author.as_ref(), message.text.text.as_str()))
            .or_default()
            .push(message);
    }
    let count = |one: &PhoneMessage| {
        let candidates = alike
            .get(&(one.author.as_ref(), one.text.text.as_str()))
            .map_or(&[][..], Vec::as_slice);
        candidates.iter().filter(|other| one.parts == other.parts).count()
    };
    let counts: Vec<usize> = messages.iter().map(count).collect();
    for (message, copies) in messages.iter_mut().zip(counts) {
        message.copies = copies;
    }
}

/// One send that the network accepted from the business, in order of acceptance.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Sent {
    /// The vendor's method.
    pub method: String,
    /// Where to.
    pub chat: ChatId,
    /// The message that came of it.
    pub message: MessageId,
    /// Text or caption.
    pub text: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}
