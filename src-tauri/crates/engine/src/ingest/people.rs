//! People as events name them, into contacts.

use contracts::{Clock, channel::PersonRef};
use domain::ContactId;
use store::{PersonFacts, StoreError, Tx};

use super::From;

/// Finds or makes each; answers in the same order. The same person several times is one.
pub(super) async fn upsert(
    tx: &mut Tx,
    clock: &dyn Clock,
    from: &From,
    people: &[&PersonRef],
) -> Result<Vec<ContactId>, StoreError> {
    let facts: Vec<PersonFacts> = people.iter().map(|person| facts(clock, from, person)).collect();
    store::contacts::upsert(tx, &facts, clock.now()).await
}

fn facts(clock: &dyn Clock, from: &From, person: &PersonRef) -> PersonFacts {
    let told = |text: &Option<String>| text.as_ref().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
    PersonFacts {
        uid: clock.uid(),
        people: from.people.to_owned(),
        remote_id: person.remote_id.clone(),
        channel: from.channel.clone(),
        name: told(&person.name),
        username: told(&person.username),
        phone: told(&person.phone),
        link: told(&person.link),
        city: told(&person.city),
        birthday: told(&person.birthday),
    }
}
