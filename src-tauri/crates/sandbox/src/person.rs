//! The people of the simulated networks.

use crate::ids::{ChatId, PersonId};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is known when somebody new appears on a network. Vendors keep what they have a place for.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct NewPerson {
    /// First name, or whatever people put there (a nick, a company, an emoji).
    pub first_name: String,
    /// Last name, often empty.
    pub last_name: String,
    /// Public user name without `@`.
    pub username: Option<String>,
    /// Phone with country code, `+79991234567`.
    pub phone: Option<String>,
    /// City, where the network shows one.
    pub city: Option<String>,
    /// Birthday as the networks write it: `D.M` or `D.M.YYYY`.
    pub birthday: Option<String>,
    /// Words under the name in the profile.
    pub about: Option<String>,
    /// Encoded picture (PNG or JPEG) of the profile. Not read from JSON: the control API draws one.
    #[serde(skip)]
    #[schema(ignore)]
    pub avatar: Option<Bytes>,
    /// Has never contacted the business: it cannot write to them first.
    pub stranger: bool,
}

impl NewPerson {
    /// A person of whom the name alone is known.
    pub fn named(first_name: &str, last_name: &str) -> Self {
        Self {
            first_name: first_name.to_owned(),
            last_name: last_name.to_owned(),
            ..Self::default()
        }
    }
}

/// A person of a network as everybody sees them.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Person {
    /// The network's id of the person.
    pub id: PersonId,
    /// The private chat with the business.
    pub chat: ChatId,
    /// First name.
    pub first_name: String,
    /// Last name, may be empty.
    pub last_name: String,
    /// Public user name without `@`.
    pub username: Option<String>,
    /// Phone, whether or not the network tells it to the business.
    pub phone: Option<String>,
    /// The business cannot write to this person (never started, or blocked it).
    pub closed: bool,
}

impl Person {
    /// First and last name in one line.
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name).trim().to_owned()
    }
}

/// What kind of room a chat is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChatKind {
    /// One person and the business.
    Private,
    /// Several people and the business.
    Group,
    /// One-way: the owner posts, others read.
    Broadcast,
}

/// A chat that the business takes part in.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Chat {
    /// The network's id of the chat.
    pub id: ChatId,
    /// Private or group.
    pub kind: ChatKind,
    /// Title of a group; the person's name otherwise.
    pub title: String,
    /// Who is in it, without the business.
    pub members: Vec<PersonId>,
}
