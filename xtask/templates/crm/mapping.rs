//! Our people and messages as the service's contacts and notes, pure.

use contracts::crm::{CrmPerson, Work};

use super::wire::{NewContact, NewNote};

/// A person who wrote, as a contact to add.
pub(super) fn contact(person: &CrmPerson) -> NewContact {
    NewContact {
        external_id: person.uid.to_string(),
        name: person.name.clone(),
        phone: person.identities.iter().find_map(|identity| identity.phone.clone()),
    }
}

/// A message as a note.
pub(super) fn note(work: &Work, contact_id: &str) -> NewNote {
    NewNote {
        external_id: work.marker.clone(),
        contact_id: contact_id.to_owned(),
        text: work.message.content.text.clone(),
    }
}
