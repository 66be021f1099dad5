//! A customer in the words of a story: `anna.writes("Здравствуйте")`, `anna.sees()`.

use crate::act::{Act, Refused};
use crate::ids::{ChatId, MessageId};
use crate::letter::Letter;
use crate::person::{NewPerson, Person};
use crate::phone::{PhoneChat, PhoneMessage};
use crate::vendor::Vendor;
use std::sync::Arc;

/// A person of one network with the chat they look at (the private one at first).
#[derive(Clone, Debug)]
pub struct Customer {
    vendor: Arc<dyn Vendor>,
    /// Who it is.
    pub person: Person,
    /// Where they write.
    pub chat: ChatId,
}

impl Customer {
    /// The person of that name, who appears when nobody has it.
    pub fn called(vendor: Arc<dyn Vendor>, name: &str) -> Self {
        let known = vendor.people().into_iter().find(|person| {
            person.first_name == name || person.name() == name || person.username.as_deref() == Some(name)
        });
        let person = known.unwrap_or_else(|| {
            let (first, last) = name.split_once(' ').unwrap_or((name, ""));
            vendor.add_person(NewPerson::named(first, last))
        });
        let chat = person.chat.clone();
        Self { vendor, person, chat }
    }

    /// The same person looking at another chat.
    #[must_use]
    pub fn within(&self, chat: &ChatId) -> Self {
        Self {
            chat: chat.clone(),
            ..self.clone()
        }
    }

    /// Writes plain text.
    pub fn writes(&self, text: &str) -> Result<MessageId, Refused> {
        self.sends(Letter::saying(text))
    }

    /// Sends a letter; gives its first message.
    pub fn sends(&self, letter: Letter) -> Result<MessageId, Refused> {
        self.does(Act::Write(letter))?
            .into_iter()
            .next()
            .ok_or(Refused::Malformed)
    }

    /// Does anything.
    pub fn does(&self, act: Act) -> Result<Vec<MessageId>, Refused> {
        self.vendor.act(&self.person.id, Some(&self.chat), act)
    }

    /// The chat on the phone.
    pub fn phone(&self) -> Option<PhoneChat> {
        self.vendor
            .phone(&self.person.id)
            .ok()?
            .into_iter()
            .find(|chat| chat.chat == self.chat)
    }

    /// What the business wrote into the chat, oldest first.
    pub fn received(&self) -> Vec<PhoneMessage> {
        self.phone()
            .map(|chat| chat.received().cloned().collect())
            .unwrap_or_default()
    }

    /// The texts of what the business wrote, oldest first.
    pub fn sees(&self) -> Vec<String> {
        self.received().into_iter().map(|message| message.text.text).collect()
    }
}
