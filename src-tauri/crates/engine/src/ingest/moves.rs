//! A chat that has another id: one conversation before and after.

use contracts::channel::ChatRef;
use domain::RemoteId;
use store::{StoreError, Tx, moves};

use super::From;
use crate::changes::Gathered;

pub(super) async fn moved(
    tx: &mut Tx,
    from: &From,
    old: &RemoteId,
    new: &ChatRef,
    gathered: &mut Gathered,
) -> Result<(), StoreError> {
    let Some(moved) = moves::conversation(tx, from.account, old, &new.remote_id).await? else {
        return Ok(());
    };
    let contact = &new.contact.remote_id;
    moves::contact(tx, from.people, &from.channel, contact, moved.contact).await?;
    gathered.thread(moved.kept);
    gathered.contacts();
    if let Some(merged) = moved.merged {
        gathered.thread(merged);
    }
    Ok(())
}
