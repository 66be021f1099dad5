//! Our people as the service's contacts, pure.

use contracts::channel::PersonRef;

use super::wire::NewContact;

/// A person who wrote, as a contact to add. Without a name the user name or the phone number has to do.
pub fn contact(person: &PersonRef) -> NewContact {
    let named = [&person.name, &person.username, &person.phone];
    NewContact {
        name: named.into_iter().flatten().next().cloned().unwrap_or_else(|| person.remote_id.clone()),
        phone: person.phone.clone(),
    }
}
