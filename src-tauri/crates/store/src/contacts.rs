//! People and what networks call them.

use std::collections::HashMap;

use domain::{At, ContactId, Uid};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::{
    StoreError,
    error::to_json,
    search::{self, IndexedPerson},
};

/// What a network tells about a person. `None` is not told, and replaces nothing.
#[derive(Debug, Clone)]
pub struct PersonFacts {
    /// For a person not known yet.
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

/// What is stored of a person that an event may tell anew.
#[derive(Debug)]
struct Known {
    id: ContactId,
    name: String,
    city: Option<String>,
    birthday: Option<String>,
    username: Option<String>,
    phone: Option<String>,
    link: Option<String>,
}

impl Known {
    /// Whether the network tells something new of what it calls the person.
    fn called_otherwise(&self, told: &PersonFacts) -> bool {
        news(told.username.as_ref(), self.username.as_ref())
            || news(told.phone.as_ref(), self.phone.as_ref())
            || news(told.link.as_ref(), self.link.as_ref())
    }

    /// Whether the card changes. What people filled in themselves is never replaced (VK-4).
    fn card_changes(&self, told: &PersonFacts) -> bool {
        news(told.name.as_ref(), Some(&self.name))
            || (self.city.is_none() && told.city.is_some())
            || (self.birthday.is_none() && told.birthday.is_some())
    }
}

fn news(told: Option<&String>, stored: Option<&String>) -> bool {
    told.is_some() && told != stored
}

/// Space of ids, id in it.
type PersonKey = (String, String);

/// Finds or makes each person, and brings what is known up to date. Answers in the same order. The same person twice
/// in `people` is one.
///
/// # Errors
/// What the database says.
pub async fn upsert(tx: &mut SqliteConnection, people: &[PersonFacts], now: At) -> Result<Vec<ContactId>, StoreError> {
    let known = find(tx, people).await?;
    let mut ids: HashMap<PersonKey, ContactId> = HashMap::with_capacity(people.len());
    let mut fresh: Vec<&PersonFacts> = Vec::new();
    for person in people {
        let key = (person.people.clone(), person.remote_id.clone());
        match known.get(&key) {
            Some(stored) => {
                update(tx, stored, person).await?;
                ids.insert(key, stored.id);
            }
            None if ids.insert(key, ContactId(0)).is_none() => fresh.push(person),
            None => {}
        }
    }
    if !fresh.is_empty() {
        ids.extend(insert(tx, &fresh, now).await?);
    }
    people
        .iter()
        .map(|person| {
            ids.get(&(person.people.clone(), person.remote_id.clone()))
                .copied()
                .ok_or(StoreError::NotFound)
        })
        .collect()
}

/// One look for all of them, with what they are compared to: a thousand messages of known people cost no second one.
async fn find(tx: &mut SqliteConnection, people: &[PersonFacts]) -> Result<HashMap<PersonKey, Known>, StoreError> {
    let keys: Vec<_> = people
        .iter()
        .map(|person| (&person.people, &person.remote_id))
        .collect();
    let list = to_json("people", &keys)?;
    let rows = sqlx::query!(
        r#"SELECT i.people, i.remote_id, i.contact_id, i.username, i.phone, i.link, c.network_name, c.city, c.birthday
           FROM json_each($1) AS p CROSS JOIN identities AS i
             ON i.people = p.value ->> 0 AND i.remote_id = p.value ->> 1
             CROSS JOIN contacts AS c ON c.id = i.contact_id"#,
        list
    )
    .fetch_all(tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let known = Known {
                id: ContactId(row.contact_id),
                name: row.network_name,
                city: row.city,
                birthday: row.birthday,
                username: row.username,
                phone: row.phone,
                link: row.link,
            };
            ((row.people, row.remote_id), known)
        })
        .collect())
}

async fn insert(
    tx: &mut SqliteConnection,
    fresh: &[&PersonFacts],
    now: At,
) -> Result<HashMap<PersonKey, ContactId>, StoreError> {
    let rows: Vec<_> = fresh
        .iter()
        .map(|person| {
            (
                person.uid.0.simple().to_string(),
                &person.name,
                &person.city,
                &person.birthday,
            )
        })
        .collect();
    let rows = to_json("people", &rows)?;
    let made = sqlx::query!(
        r#"INSERT INTO contacts (uid, network_name, city, birthday, created_at)
         SELECT unhex(value ->> 0), coalesce(value ->> 1, ''), value ->> 2, value ->> 3, $2 FROM json_each($1) WHERE true
         RETURNING id AS "id!", uid"#,
        rows,
        now.0
    )
    .fetch_all(&mut *tx)
    .await?;
    let made: HashMap<Vec<u8>, i64> = made.into_iter().map(|row| (row.uid, row.id)).collect();
    let mut ids = HashMap::with_capacity(fresh.len());
    let mut identities = Vec::with_capacity(fresh.len());
    let mut indexed = Vec::with_capacity(fresh.len());
    for person in fresh {
        let id = *made.get(&person.uid.bytes()).ok_or(StoreError::NotFound)?;
        ids.insert((person.people.clone(), person.remote_id.clone()), ContactId(id));
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
    search::index_people(tx, &indexed).await?;
    Ok(ids)
}

/// Writes what differs; mostly nothing does.
async fn update(tx: &mut SqliteConnection, stored: &Known, told: &PersonFacts) -> Result<(), StoreError> {
    let (called, card) = (stored.called_otherwise(told), stored.card_changes(told));
    if called {
        sqlx::query!(
            "UPDATE identities SET username = coalesce($3, username), phone = coalesce($4, phone), link = coalesce($5, link)
             WHERE people = $1 AND remote_id = $2",
            told.people,
            told.remote_id,
            told.username,
            told.phone,
            told.link
        )
        .execute(&mut *tx)
        .await?;
    }
    if card {
        sqlx::query!(
            "UPDATE contacts SET network_name = coalesce($2, network_name), city = coalesce(city, $3),
               birthday = coalesce(birthday, $4)
             WHERE id = $1",
            stored.id.0,
            told.name,
            told.city,
            told.birthday
        )
        .execute(&mut *tx)
        .await?;
    }
    if called || card {
        reindex(tx, stored.id).await
    } else {
        Ok(())
    }
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
