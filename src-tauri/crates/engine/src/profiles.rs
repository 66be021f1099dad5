//! Cards of people whom the network names by number only, or whose picture is not known yet.

use contracts::channel::{Connector, PersonRef};
use domain::ContactId;
use store::StoreError;

use crate::{
    account::Running,
    changes::Gathered,
    engine::Shared,
    ingest::{From, apply},
};

/// Cards asked for in one go.
const AT_ONCE: i64 = 10;

/// Asks for some cards; whether there was anything to do.
pub(crate) async fn round(shared: &Shared, running: &Running, connector: &dyn Connector) -> Result<bool, StoreError> {
    let Some(profiles) = connector.profiles() else {
        return Ok(false);
    };
    let from = From::account(running);
    let missing = store::contacts::without_profile(shared.store.read(), running.id, from.people, AT_ONCE).await?;
    for (contact, remote_id) in &missing {
        let remote = domain::RemoteId(remote_id.clone());
        let card = tokio::select! {
            () = running.stop.cancelled() => return Ok(false),
            card = profiles.profile(&remote) => card,
        };
        let mut person = PersonRef {
            remote_id: remote_id.clone(),
            ..PersonRef::default()
        };
        match card {
            Ok(card) => {
                person.name = card.name;
                person.username = card.username;
                person.phone = card.phone;
                person.link = card.link;
                person.city = card.city;
                person.birthday = card.birthday;
                person.avatar = card.avatar;
            }
            // The line itself is ill: ask when it is well. A refusal about this person is an answer.
            Err(error) if error.retry() != domain::Retry::Never => return Ok(false),
            Err(error) => tracing::debug!(%contact, %error, "no card"),
        }
        remember(shared, &from, *contact, person).await?;
    }
    Ok(!missing.is_empty())
}

async fn remember(shared: &Shared, from: &From, contact: ContactId, person: PersonRef) -> Result<(), StoreError> {
    let mut gathered = Gathered::default();
    let mut tx = shared.store.write().await?;
    let batch = contracts::channel::Batch {
        events: vec![contracts::channel::ConnectorEvent::ContactChanged(person)],
        cursors: Vec::new(),
    };
    apply(&mut tx, &*shared.clock, &shared.rules, from, &batch, &mut gathered).await?;
    store::contacts::profile_asked(&mut tx, contact, shared.clock.now()).await?;
    tx.commit().await?;
    gathered.announce(&shared.changes);
    Ok(())
}
