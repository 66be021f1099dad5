//! How people, communities and chats are called: what converting needs to know about the world.

use std::collections::HashMap;

use contracts::channel::{ChatRef, PersonRef, Profile, RemoteFile};
use domain::{AttachmentKind, ConversationKind, FetchState, RemoteId, text};

use super::{
    media::Fetch,
    wire::{FIRST_CHAT, User},
};

/// Pages by id, chat titles by peer. What is missing is not known (yet), and nothing waits for it.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    pub(super) people: HashMap<i64, User>,
    /// Names of communities by their positive id.
    pub(super) groups: HashMap<i64, String>,
    /// Titles of chats by `peer_id`.
    pub(super) chats: HashMap<i64, String>,
}

impl Names {
    /// The name of a person, or of a community (negative id).
    pub(super) fn name(&self, id: i64) -> Option<String> {
        if id < 0 {
            return self.groups.get(&-id).cloned();
        }
        full_name(self.people.get(&id)?)
    }

    /// The name, or at least the address of the page.
    pub(super) fn name_or_address(&self, id: i64) -> String {
        self.name(id).unwrap_or_else(|| page(id))
    }

    /// The card of whoever has this id.
    pub(super) fn person(&self, id: i64) -> PersonRef {
        let profile = self.people.get(&id).map(profile).unwrap_or_default();
        PersonRef {
            remote_id: id.to_string(),
            name: self.name(id),
            username: profile.username,
            phone: profile.phone,
            avatar: profile.avatar,
            link: profile.link.or_else(|| Some(format!("https://{}", page(id)))),
            city: profile.city,
            birthday: profile.birthday,
        }
    }

    /// The chat of community `group` with this peer.
    pub(super) fn chat(&self, group: i64, peer: i64) -> ChatRef {
        let remote_id = RemoteId::new(peer);
        if peer <= FIRST_CHAT {
            return ChatRef {
                remote_id,
                kind: ConversationKind::Direct,
                title: None,
                contact: self.person(peer),
            };
        }
        let title = self.chats.get(&peer).cloned();
        ChatRef {
            remote_id,
            kind: ConversationKind::Group,
            title: title.clone(),
            contact: PersonRef {
                // Numbers of chats begin anew in each community, while people are the same everywhere.
                remote_id: format!("chat{group}_{}", peer.saturating_sub(FIRST_CHAT)),
                name: title,
                ..PersonRef::default()
            },
        }
    }
}

/// What VK tells about a person, as the app keeps it.
pub(super) fn profile(user: &User) -> Profile {
    // Everybody has `id1` as a screen name until they choose one.
    let own_name = user
        .screen_name
        .clone()
        .filter(|name| *name != format!("id{}", user.id));
    let address = own_name.clone().unwrap_or_else(|| format!("id{}", user.id));
    Profile {
        name: full_name(user),
        username: own_name,
        phone: user.mobile_phone.as_deref().and_then(text::phone),
        link: Some(format!("https://vk.com/{address}")),
        city: user
            .city
            .as_ref()
            .map(|city| city.title.clone())
            .filter(|title| !title.is_empty()),
        birthday: user.bdate.clone().filter(|date| !date.is_empty()),
        avatar: user
            .photo_200
            .as_deref()
            .filter(|_| user.has_photo)
            .map(|url| avatar(user.id, url)),
    }
}

fn full_name(user: &User) -> Option<String> {
    let name = format!("{} {}", user.first_name, user.last_name);
    let name = name.trim();
    // A deleted page is called DELETED: no name at all, and never better than the one that is known.
    let told = !name.is_empty() && user.deactivated.as_deref() != Some("deleted");
    told.then(|| name.to_owned())
}

fn page(id: i64) -> String {
    if id < 0 {
        format!("vk.com/club{}", id.unsigned_abs())
    } else {
        format!("vk.com/id{id}")
    }
}

/// The address carries a signature that changes; its path is the picture itself.
fn avatar(person: i64, url: &str) -> RemoteFile {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    RemoteFile {
        kind: AttachmentKind::Image,
        name: None,
        mime: Some("image/jpeg".to_owned()),
        size: None,
        width: Some(200),
        height: Some(200),
        duration_ms: None,
        waveform: None,
        state: FetchState::Remote,
        reason: None,
        link: None,
        key: Some(format!("avatar:{path}")),
        fetch: Fetch::avatar(person, url).to_value(),
    }
}
