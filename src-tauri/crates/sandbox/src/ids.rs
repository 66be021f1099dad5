//! Names of things across networks. Numbers of a vendor travel as text, so that the core needs none of its types.

use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

macro_rules! text_id {
    ($(#[$about:meta])* $name:ident) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as the vendor's number, where it is one.
            pub fn number(&self) -> Option<i64> {
                self.0.parse().ok()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<i64> for $name {
            fn from(number: i64) -> Self {
                Self(number.to_string())
            }
        }
    };
}

text_id! {
    /// A person of one network, by that network's own id.
    PersonId
}
text_id! {
    /// A chat of one network: private, or a group.
    ChatId
}
text_id! {
    /// Somebody who works in a CRM, by the CRM's own id.
    ManagerId
}
text_id! {
    /// A message, unique within its chat only (so it is on most networks).
    MessageId
}
