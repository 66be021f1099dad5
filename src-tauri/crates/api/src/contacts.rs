//! Cards of people.

use domain::Reason;
use engine::Change;
use store::inbox;

use crate::{
    app::App,
    boot, conversations,
    error::ApiError,
    wire::{AddNote, ContactRef, ContactView, Empty, IdentityView, NoteRef, NoteView, RenameContact},
};

const CONVERSATIONS_SHOWN: i64 = 50;

pub(crate) async fn get(app: &App, request: ContactRef) -> Result<ContactView, ApiError> {
    let db = app.store().read();
    let contact = store::contacts::get(db, request.contact_id).await?;
    let identities = store::contacts::identities(db, contact.id).await?;
    let notes = store::contacts::notes(db, contact.id).await?;
    let rows = inbox::list(db, &inbox::Query::with(vec![contact.id], CONVERSATIONS_SHOWN)).await?;
    let mut phones: Vec<String> = identities
        .iter()
        .filter_map(|identity| identity.phone.clone())
        .collect();
    phones.dedup();
    let network_name = Some(contact.network_name).filter(|name| !name.is_empty());
    let name = if contact.own_name.is_empty() {
        network_name.clone().unwrap_or_default()
    } else {
        contact.own_name
    };
    Ok(ContactView {
        id: contact.id,
        name,
        network_name,
        avatar_id: contact.avatar_id,
        phones,
        identities: identities
            .into_iter()
            .map(|identity| IdentityView {
                channel: identity.channel,
                username: identity.username,
                link: identity.link,
            })
            .collect(),
        city: contact.city,
        birthday: contact.birthday,
        source: contact.source.as_deref().and_then(source),
        created_at: contact.created_at,
        notes: notes
            .into_iter()
            .map(|note| NoteView {
                id: note.id,
                text: note.text,
                author: note.author,
                at: note.at,
            })
            .collect(),
        conversations: rows.into_iter().map(conversations::row).collect(),
    })
}

/// «mark / second mark», as the card shows it.
fn source(json: &str) -> Option<String> {
    let stored: serde_json::Value = serde_json::from_str(json).ok()?;
    let part = |name: &str| stored.get(name).and_then(|value| value.as_str()).map(str::to_owned);
    Some(
        [part("reference"), part("detail")]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" / "),
    )
}

pub(crate) async fn rename(app: &App, request: RenameContact) -> Result<Empty, ApiError> {
    let name = request.name.trim();
    if name.chars().count() > 120 {
        return Err(ApiError::field("name", Reason::new("error.name_long")));
    }
    let mut tx = app.store().write().await?;
    store::contacts::rename(&mut tx, request.contact_id, name).await?;
    tx.commit().await?;
    app.engine().changes().announce(Change::Contacts);
    app.engine().changes().announce(Change::Conversations(Vec::new()));
    Ok(Empty {})
}

pub(crate) async fn add_note(app: &App, request: AddNote) -> Result<Empty, ApiError> {
    let text = request.text.trim();
    if text.is_empty() || text.chars().count() > 4000 {
        return Err(ApiError::field("text", Reason::new("error.note")));
    }
    let author = boot::profile(app).await?.name;
    let mut tx = app.store().write().await?;
    let uid = app.engine().clock().uid();
    store::contacts::add_note(&mut tx, request.contact_id, uid, text, &author, app.now()).await?;
    tx.commit().await?;
    app.engine().changes().announce(Change::Contacts);
    Ok(Empty {})
}

pub(crate) async fn delete_note(app: &App, request: NoteRef) -> Result<Empty, ApiError> {
    let mut tx = app.store().write().await?;
    store::contacts::delete_note(&mut tx, request.note_id).await?;
    tx.commit().await?;
    app.engine().changes().announce(Change::Contacts);
    Ok(Empty {})
}
