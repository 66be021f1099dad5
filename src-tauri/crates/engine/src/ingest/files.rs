//! Files and pictures that events name: remembered here, fetched by the fetch task.

use contracts::{
    Clock,
    channel::{PersonRef, RemoteFile},
};
use domain::{ContactId, MessageId, text};
use store::{NewAttachment, StoreError, Tx};

use super::From;

pub(super) fn attachment(
    clock: &dyn Clock,
    from: &From,
    file: &RemoteFile,
    message_id: Option<MessageId>,
    contact_id: Option<ContactId>,
    position: usize,
) -> NewAttachment {
    NewAttachment {
        uid: clock.uid(),
        account_id: from.account,
        message_id,
        contact_id,
        position,
        kind: file.kind,
        name: file.name.as_deref().map(text::file_name).unwrap_or_default(),
        mime: file.mime.clone(),
        size: file.size,
        width: file.width,
        height: file.height,
        duration_ms: file.duration_ms,
        waveform: file.waveform.clone(),
        state: file.state,
        reason: file.reason.clone(),
        link: file.link.clone(),
        fetch: file.fetch.clone(),
        path: None,
    }
}

/// Remembers new pictures of people. With a picture a card counts as asked for.
pub(super) async fn avatars(
    tx: &mut Tx,
    clock: &dyn Clock,
    from: &From,
    people: &[(Option<ContactId>, &PersonRef)],
) -> Result<(), StoreError> {
    for (contact, person) in people {
        let (Some(contact), Some(file)) = (*contact, &person.avatar) else {
            continue;
        };
        let key = file.key.as_deref().unwrap_or("picture");
        let picture = attachment(clock, from, file, None, Some(contact), 0);
        if store::attachments::new_avatar(tx, contact, key, &picture).await? {
            store::contacts::profile_asked(tx, contact, clock.now()).await?;
        }
    }
    Ok(())
}
