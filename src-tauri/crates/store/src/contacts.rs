//! People and what networks call them.

use std::collections::HashMap;

use domain::{At, ContactId, Uid};
use serde::Serialize;
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::{
    StoreError,
    error::to_json,
    search::{self, IndexedPerson},
};

/// What a network tells about a person. `None` is not told, and replaces nothing.
#[derive(Debug, Clone, Serialize)]
pub struct PersonFacts {
    /// For a person not known yet.
    #[serde(skip)]
    pub uid: Uid,
    /// Space of ids.
    pub people: String,
    /// Id in that space.
    pub remote_id: String,
    /// Through which channel.
    pub channel: String,
    /// Name as the network shows it.
    pub name: Option<String>,
    /// Without `@`.
    pub username: Option<String>,
    /// `+` and digits.
    pub phone: Option<String>,
    /// Address of the page.
    pub link: Option<String>,
    /// City.
    pub city: Option<String>,
    /// As the network prints it.
    pub birthday: Option<String>,
}

/// A person.
#[derive(Debug, Clone)]
pub struct Contact {
    /// Local id.
    pub id: ContactId,
    /// As the network has it.
    pub network_name: String,
    /// Given here; wins when not empty.
    pub own_name: String,
    /// City.
    pub city: Option<String>,
    /// As the network prints it.
    pub birthday: Option<String>,
    /// JSON {reference, detail}.
    pub source: Option<String>,
    /// The network's key of the picture last asked for.
    pub avatar_key: Option<String>,
    /// The picture, once fetched.
    pub avatar_id: Option<i64>,
    /// When the card was last asked from the network.
    pub profile_at: Option<At>,
    /// When we first saw the person.
    pub created_at: At,
}

/// What a network calls a person.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Space of ids.
    pub people: String,
    /// Id in that space.
    pub remote_id: String,
    /// Through which channel it was first seen.
    pub channel: String,
    /// Without `@`.
    pub username: Option<String>,
    /// `+` and digits.
    pub phone: Option<String>,
    /// Address of the page.
    pub link: Option<String>,
}

/// A note about a person.
#[derive(Debug, Clone)]
pub struct Note {
    /// Local id.
    pub id: i64,
    /// What it says.
    pub text: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub at: At,
}

/// Finds or makes each person, and brings what is known up to date. Answers in the same order. The same person twice
/// in `people` is one.
///
/// # Errors
/// What the database says.
pub async fn upsert(tx: &mut SqliteConnection, people: &[PersonFacts], now: At) -> Result<Vec<ContactId>, StoreError> {
    let list = to_json("people", people)?;
    let mut known = find(tx, &list).await?;
    let mut fresh: Vec<&PersonFacts> = Vec::new();
    for person in people {
        let key = (person.people.clone(), person.remote_id.clone());
        if let std::collections::hash_map::Entry::Vacant(place) = known.entry(key) {
            place.insert(ContactId(0));
            fresh.push(person);
        }
    }
    if !fresh.is_empty() {
        insert(tx, &fresh, now).await?;
        known = find(tx, &list).await?;
    }
    update(tx, &list).await?;
    people
        .iter()
        .map(|person| {
            known
                .get(&(person.people.clone(), person.remote_id.clone()))
                .copied()
                .ok_or(StoreError::NotFound)
        })
        .collect()
}

async fn find(tx: &mut SqliteConnection, list: &str) -> Result<HashMap<(String, String), ContactId>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT i.people, i.remote_id, i.contact_id
           FROM json_each($1) AS p CROSS JOIN identities AS i
             ON i.people = p.value ->> 'people' AND i.remote_id = p.value ->> 'remote_id'"#,
        list
    )
    .fetch_all(tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ((row.people, row.remote_id), ContactId(row.contact_id)))
        .collect())
}

async fn insert(tx: &mut SqliteConnection, fresh: &[&PersonFacts], now: At) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(fresh.len());
    for person in fresh {
        rows.push(serde_json::json!({ "uid": person.uid.0.simple().to_string(), "name": person.name }));
    }
    let rows = to_json("people", &rows)?;
    let made = sqlx::query!(
        r#"INSERT INTO contacts (uid, network_name, created_at)
         SELECT unhex(value ->> 'uid'), coalesce(value ->> 'name', ''), $2 FROM json_each($1) WHERE true
         RETURNING id AS "id!", uid"#,
        rows,
        now.0
    )
    .fetch_all(&mut *tx)
    .await?;
    let ids: HashMap<Vec<u8>, i64> = made.into_iter().map(|row| (row.uid, row.id)).collect();
    let mut identities = Vec::with_capacity(fresh.len());
    let mut indexed = Vec::with_capacity(fresh.len());
    for person in fresh {
        let id = *ids.get(&person.uid.bytes()).ok_or(StoreError::NotFound)?;
        identities.push(serde_json::json!([
            person.people,
            person.remote_id,
            id,
            person.channel,
            person.username,
            person.phone,
            person.link
        ]));
        indexed.push(IndexedPerson::new(id, &[&person.name, &person.username, &person.phone]));
    }
    let identities = to_json("identities", &identities)?;
    sqlx::query!(
        "INSERT INTO identities (people, remote_id, contact_id, channel, username, phone, link)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
         FROM json_each($1) WHERE true",
        identities
    )
    .execute(&mut *tx)
    .await?;
    search::index_people(tx, &indexed).await
}

/// Writes only what differs, so that a thousand messages of a known person cost one look.
async fn update(tx: &mut SqliteConnection, list: &str) -> Result<(), StoreError> {
    let changed = sqlx::query!(
        r#"UPDATE identities SET
             username = coalesce(p.value ->> 'username', username),
             phone = coalesce(p.value ->> 'phone', phone),
             link = coalesce(p.value ->> 'link', link)
           FROM json_each($1) AS p
           WHERE identities.people = p.value ->> 'people' AND identities.remote_id = p.value ->> 'remote_id'
             AND (coalesce(p.value ->> 'username', username, '') <> coalesce(username, '')
               OR coalesce(p.value ->> 'phone', phone, '') <> coalesce(phone, '')
               OR coalesce(p.value ->> 'link', link, '') <> coalesce(link, ''))
           RETURNING contact_id"#,
        list
    )
    .fetch_all(&mut *tx)
    .await?;
    let renamed = sqlx::query!(
        r#"UPDATE contacts SET
             network_name = coalesce(p.name, network_name),
             city = coalesce(contacts.city, p.city),
             birthday = coalesce(contacts.birthday, p.birthday)
           FROM (SELECT i.contact_id, j.value ->> 'name' AS name, j.value ->> 'city' AS city, j.value ->> 'birthday' AS birthday
                 FROM json_each($1) AS j CROSS JOIN identities AS i
                   ON i.people = j.value ->> 'people' AND i.remote_id = j.value ->> 'remote_id') AS p
           WHERE contacts.id = p.contact_id
             AND (coalesce(p.name, network_name) <> network_name
               OR (contacts.city IS NULL AND p.city IS NOT NULL)
               OR (contacts.birthday IS NULL AND p.birthday IS NOT NULL))
           RETURNING id AS "id!""#,
        list
    )
    .fetch_all(&mut *tx)
    .await?;
    let mut ids: Vec<i64> = changed
        .into_iter()
        .map(|row| row.contact_id)
        .chain(renamed.into_iter().map(|row| row.id))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        reindex(tx, ContactId(id)).await?;
    }
    Ok(())
}

/// Brings the search for people up to date after a change of names.
async fn reindex(tx: &mut SqliteConnection, id: ContactId) -> Result<(), StoreError> {
    let contact = get(&mut *tx, id).await?;
    let mut names = vec![Some(contact.network_name), Some(contact.own_name)];
    for identity in identities(&mut *tx, id).await? {
        names.extend([identity.username, identity.phone]);
    }
    let names: Vec<&Option<String>> = names.iter().collect();
    search::index_people(tx, &[IndexedPerson::new(id.0, &names)]).await
}

/// One person.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: impl SqliteExecutor<'_>, id: ContactId) -> Result<Contact, StoreError> {
    let row = sqlx::query!(
        "SELECT id, network_name, own_name, city, birthday, source, avatar_key, avatar_id, profile_at, created_at
         FROM contacts WHERE id = $1",
        id.0
    )
    .fetch_optional(db)
    .await?
    .ok_or(StoreError::NotFound)?;
    Ok(Contact {
        id,
        network_name: row.network_name,
        own_name: row.own_name,
        city: row.city,
        birthday: row.birthday,
        source: row.source,
        avatar_key: row.avatar_key,
        avatar_id: row.avatar_id,
        profile_at: row.profile_at.map(At),
        created_at: At(row.created_at),
    })
}

/// What networks call a person.
///
/// # Errors
/// What the database says.
pub async fn identities(db: impl SqliteExecutor<'_>, id: ContactId) -> Result<Vec<Identity>, StoreError> {
    Ok(sqlx::query_as!(
        Identity,
        "SELECT people, remote_id, channel, username, phone, link FROM identities WHERE contact_id = $1 ORDER BY id",
        id.0
    )
    .fetch_all(db)
    .await?)
}

/// What networks call several people.
///
/// # Errors
/// What the database says.
pub async fn identities_of(
    db: impl SqliteExecutor<'_>,
    ids: &[ContactId],
) -> Result<HashMap<ContactId, Vec<Identity>>, StoreError> {
    let list = to_json("contacts", ids)?;
    let rows = sqlx::query!(
        "SELECT contact_id, people, remote_id, channel, username, phone, link FROM identities
         WHERE contact_id IN (SELECT value FROM json_each($1)) ORDER BY id",
        list
    )
    .fetch_all(db)
    .await?;
    let mut people: HashMap<ContactId, Vec<Identity>> = HashMap::new();
    for row in rows {
        people.entry(ContactId(row.contact_id)).or_default().push(Identity {
            people: row.people,
            remote_id: row.remote_id,
            channel: row.channel,
            username: row.username,
            phone: row.phone,
            link: row.link,
        });
    }
    Ok(people)
}

/// Gives a person a name of our own; empty: the network's again.
///
/// # Errors
/// What the database says.
pub async fn rename(tx: &mut SqliteConnection, id: ContactId, name: &str) -> Result<(), StoreError> {
    sqlx::query!("UPDATE contacts SET own_name = $2 WHERE id = $1", id.0, name)
        .execute(&mut *tx)
        .await?;
    reindex(tx, id).await
}

/// Remembers how a person came, if nothing was remembered yet.
///
/// # Errors
/// What the database says.
pub async fn set_source(tx: &mut SqliteConnection, id: ContactId, source: &str) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE contacts SET source = $2 WHERE id = $1 AND source IS NULL",
        id.0,
        source
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The card was asked from the network at `now`.
///
/// # Errors
/// What the database says.
pub async fn profile_asked(tx: &mut SqliteConnection, id: ContactId, now: At) -> Result<(), StoreError> {
    sqlx::query!("UPDATE contacts SET profile_at = $2 WHERE id = $1", id.0, now.0)
        .execute(tx)
        .await?;
    Ok(())
}

/// People whose card was never asked from the network and who wrote through `account`, the newest first.
///
/// # Errors
/// What the database says.
pub async fn without_profile(
    db: impl SqliteExecutor<'_>,
    account: domain::AccountId,
    people: &str,
    limit: i64,
) -> Result<Vec<(ContactId, String)>, StoreError> {
    let rows = sqlx::query!(
        "SELECT c.id, i.remote_id FROM contacts AS c JOIN identities AS i ON i.contact_id = c.id AND i.people = $2
         WHERE c.profile_at IS NULL
           AND EXISTS (SELECT 1 FROM conversations AS v WHERE v.contact_id = c.id AND v.account_id = $1 AND v.kind = 0)
         ORDER BY c.id DESC LIMIT $3",
        account.0,
        people,
        limit
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (ContactId(row.id), row.remote_id)).collect())
}

/// Notes about a person, newest first.
///
/// # Errors
/// What the database says.
pub async fn notes(db: impl SqliteExecutor<'_>, id: ContactId) -> Result<Vec<Note>, StoreError> {
    let rows = sqlx::query!(
        "SELECT id, text, author, at FROM notes WHERE contact_id = $1 ORDER BY id DESC",
        id.0
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Note {
            id: row.id,
            text: row.text,
            author: row.author,
            at: At(row.at),
        })
        .collect())
}

/// Writes a note.
///
/// # Errors
/// What the database says.
pub async fn add_note(
    tx: &mut SqliteConnection,
    id: ContactId,
    uid: Uid,
    text: &str,
    author: &str,
    now: At,
) -> Result<(), StoreError> {
    let uid = uid.bytes();
    sqlx::query!(
        "INSERT INTO notes (uid, contact_id, text, author, at) VALUES ($1, $2, $3, $4, $5)",
        uid,
        id.0,
        text,
        author,
        now.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes a note away.
///
/// # Errors
/// What the database says.
pub async fn delete_note(tx: &mut SqliteConnection, note: i64) -> Result<(), StoreError> {
    sqlx::query!("DELETE FROM notes WHERE id = $1", note)
        .execute(tx)
        .await?;
    Ok(())
}
