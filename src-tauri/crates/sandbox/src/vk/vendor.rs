//! VK as one network among others: the `Vendor` trait.

use super::posting::{self, Author};
use super::state::State;
use super::state::dialog::Consent;
use super::state::token::{Life, Owner, Rights};
use super::state::user::{Page, Sex, User};
use super::{ID, Shared, customer, letter, phone};
use super::{api::ApiError, long_poll, media, method, oauth, switches};
use crate::act::{Abilities, AccountChange, Act, Past, Refused};
use crate::chaos::Failure;
use crate::ids::{ChatId, MessageId, PersonId};
use crate::letter::Letter;
use crate::media::Media;
use crate::person::{Chat, ChatKind, NewPerson, Person};
use crate::phone::{PhoneChat, Sent};
use crate::vendor::{Vendor, Wire};
use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// The simulated network.
#[derive(Debug)]
pub(super) struct Vk(Shared);

/// First id of a customer, and the distance to the next one.
const FIRST_PERSON: i64 = 310_000_019;
const STEP: i64 = 1_417;

impl Vk {
    pub(super) fn new(shared: Shared) -> Self {
        Self(shared)
    }

    fn with<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        look(&mut self.0.lock())
    }
}

impl Wire for Vk {
    fn id(&self) -> &'static str {
        ID
    }

    fn routes(&self) -> Router {
        let routes = method::routes().merge(long_poll::routes()).merge(media::routes());
        routes.merge(oauth::routes()).with_state(self.0.clone())
    }

    fn method(&self, path: &str, _query: Option<&str>) -> String {
        let mut steps = path.trim_matches('/').split('/');
        match (steps.next().unwrap_or_default(), steps.next()) {
            ("method", Some(name)) => name.to_owned(),
            ("lp", _) => long_poll::METHOD.to_owned(),
            ("files", _) => "file".to_owned(),
            (first, _) => first.to_owned(),
        }
    }

    /// VK says everything with status 200 but its own collapse.
    fn fail(&self, failure: Failure) -> Response {
        let error = match failure {
            Failure::TooManyRequests { .. } => ApiError::of(6),
            Failure::ExpiredToken => ApiError::with(5, "access_token has expired."),
            Failure::ServerError { status } => {
                let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
                return (
                    status,
                    [(header::CONTENT_TYPE, "text/html")],
                    format!("<h1>{status}</h1>"),
                )
                    .into_response();
            }
        };
        axum::Json(error.envelope(&[])).into_response()
    }

    fn credentials(&self) -> Map<String, Value> {
        self.with(|state| {
            let mut found = Map::new();
            found.insert("token".to_owned(), json!(state.home_token));
            found.insert("group_id".to_owned(), json!(state.home));
            found
        })
    }

    fn change(&self, change: AccountChange) -> Result<(), Refused> {
        self.with(|state| {
            match change {
                AccountChange::ExpireToken => live(state, Life::Expired),
                AccountChange::RestoreToken => live(state, Life::Good),
                AccountChange::RenewToken => {
                    live(state, Life::Revoked);
                    state.home_token = state.issue_token(Owner::Community(state.home), Rights::COMMUNITY);
                }
                AccountChange::Ban => state.home().banned = true,
                AccountChange::Unban => state.home().banned = false,
            }
            // A long poll outlives neither its token nor its community: its key dies, and the next call tells why.
            state.home().long_poll.rotate_key();
        });
        Ok(())
    }

    fn special(&self, what: &str, arguments: &Value) -> Result<Value, Refused> {
        self.with(|state| switches::turn(state, what, arguments))
    }
}

impl Vendor for Vk {
    fn abilities(&self) -> Abilities {
        Abilities {
            reads: true,
            typing: true,
            reactions: true,
            edits: true,
            deletions: false,
            history: true,
            groups: false,
            idempotent_sends: true,
        }
    }

    fn people(&self) -> Vec<Person> {
        self.with(|state| {
            state
                .people
                .clone()
                .into_iter()
                .filter_map(|id| person(state, id))
                .collect()
        })
    }

    fn add_person(&self, new: NewPerson) -> Person {
        self.with(|state| {
            let id = state.people.last().map_or(FIRST_PERSON, |last| last + STEP);
            let user = page(state, id, &new);
            state.users.insert(id, user);
            state.people.push(id);
            let consent = if new.stranger { Consent::Never } else { Consent::Given };
            state.home().dialog(id).consent = consent;
            let (id, chat) = (PersonId::from(id), ChatId::from(id));
            let NewPerson {
                first_name,
                last_name,
                username,
                phone,
                stranger,
                ..
            } = new;
            Person {
                id,
                chat,
                first_name,
                last_name,
                username,
                phone,
                closed: stranger,
            }
        })
    }

    fn chats(&self) -> Vec<Chat> {
        let people = self.people();
        let chat = |one: Person| Chat {
            title: one.name(),
            id: one.chat,
            kind: ChatKind::Private,
            members: vec![one.id],
        };
        people.into_iter().map(chat).collect()
    }

    /// Chats of several people exist on VK, but not in this simulator.
    fn add_group(&self, _title: &str, _members: &[PersonId]) -> Result<Chat, Refused> {
        Err(Refused::NotOnThisNetwork)
    }

    fn act(&self, who: &PersonId, chat: Option<&ChatId>, act: Act) -> Result<Vec<MessageId>, Refused> {
        self.with(|state| {
            let peer = known(state, who)?;
            if chat.is_some_and(|chat| chat.number() != Some(peer)) {
                return Err(Refused::NoSuchChat);
            }
            customer::act(state, peer, act)
        })
    }

    fn remember(&self, who: &PersonId, past: Vec<Past>) -> Result<Vec<MessageId>, Refused> {
        self.with(|state| {
            let peer = known(state, who)?;
            past.into_iter().map(|one| remember_one(state, peer, one)).collect()
        })
    }

    fn business_writes(&self, chat: &ChatId, letter: Letter) -> Result<Vec<MessageId>, Refused> {
        self.with(|state| {
            let peer = chat
                .number()
                .filter(|id| state.people.contains(id))
                .ok_or(Refused::NoSuchChat)?;
            if state.home().dialog(peer).refusal().is_some() {
                return Err(Refused::Blocked);
            }
            let group = state.home;
            let mut draft = letter::draft(state, group, peer, -group, &letter)?;
            draft.admin_author_id = admin(state);
            let message = posting::post(state, group, peer, Author::Admin, draft).ok_or(Refused::NoSuchChat)?;
            Ok(vec![MessageId::from(message.cmid)])
        })
    }

    fn phone(&self, who: &PersonId) -> Result<Vec<PhoneChat>, Refused> {
        self.with(|state| {
            let (peer, now) = (known(state, who)?, state.now());
            state.home().dialog(peer);
            let community = &*state.home();
            Ok(community
                .dialogs
                .get(&peer)
                .map(|dialog| phone::chat(community, dialog, now))
                .into_iter()
                .collect())
        })
    }

    fn sent(&self) -> Vec<Sent> {
        self.with(|state| state.home().sent.clone())
    }
}

fn live(state: &mut State, life: Life) {
    let key = state.home_token.clone();
    if let Some(token) = state.tokens.get_mut(&key) {
        token.life = life;
    }
}

fn known(state: &State, who: &PersonId) -> Result<i64, Refused> {
    who.number()
        .filter(|id| state.people.contains(id))
        .ok_or(Refused::NoSuchPerson)
}

fn admin(state: &mut State) -> Option<i64> {
    state.home().admins.first().copied()
}

/// History that both sides have seen: an answer means that the question was read, and the other way round.
fn remember_one(state: &mut State, peer: i64, past: Past) -> Result<MessageId, Refused> {
    let group = state.home;
    let (author, writer) = if past.by_customer {
        (Author::Person, peer)
    } else {
        (Author::Admin, -group)
    };
    let mut draft = letter::draft(state, group, peer, writer, &past.letter)?;
    draft.at = Some(past.at.as_second());
    draft.admin_author_id = if past.by_customer { None } else { admin(state) };
    let message = posting::place(state, group, peer, author, draft).ok_or(Refused::NoSuchChat)?;
    let dialog = state.home().dialog(peer);
    if past.by_customer {
        dialog.out_read = message.id
    } else {
        dialog.in_read = message.id
    }
    Ok(MessageId::from(message.cmid))
}

fn person(state: &mut State, id: i64) -> Option<Person> {
    let closed = state.home().dialog(id).refusal().is_some();
    let user = state.users.get(&id)?;
    Some(Person {
        id: PersonId::from(id),
        chat: ChatId::from(id),
        first_name: user.first_name.clone(),
        last_name: user.last_name.clone(),
        username: (user.screen_name != format!("id{id}")).then(|| user.screen_name.clone()),
        phone: user.mobile_phone.clone(),
        closed,
    })
}

/// The page of somebody new.
fn page(state: &mut State, id: i64, new: &NewPerson) -> User {
    let avatar = new.avatar.as_ref().map(|bytes| {
        let key = state.secret(24);
        state
            .library
            .put_file(key.clone(), Media::new("photo.jpg", bytes.clone()));
        key
    });
    User {
        id,
        first_name: new.first_name.clone(),
        last_name: new.last_name.clone(),
        sex: guessed_sex(&new.first_name),
        screen_name: new.username.clone().unwrap_or_else(|| format!("id{id}")),
        bdate: new.birthday.clone(),
        city: new.city.as_ref().map(|title| (city_id(title), title.clone())),
        mobile_phone: new.phone.clone(),
        status: new.about.clone().unwrap_or_default(),
        avatar,
        page: Page::Open,
        last_seen: state.now(),
    }
}

/// Russian first names show it by their ending, a few men's names apart.
fn guessed_sex(first_name: &str) -> Sex {
    const MEN: [&str; 6] = ["Илья", "Никита", "Кузьма", "Лука", "Фома", "Савва"];
    match first_name.chars().last() {
        None => Sex::Unknown,
        Some('а' | 'я') if !MEN.contains(&first_name) => Sex::Female,
        Some(_) => Sex::Male,
    }
}

/// VK's own numbers of the two capitals; the other cities get a stable number of their own.
fn city_id(title: &str) -> i64 {
    match title {
        "Москва" => 1,
        "Санкт-Петербург" => 2,
        _ => 100 + title.bytes().fold(0, |sum, byte| (sum * 31 + i64::from(byte)) % 9_000),
    }
}
