//! The memory of the simulated portal. No wire format in here but the values that its tables hold.

pub(crate) mod access;
pub(crate) mod disk;
pub(crate) mod events;
pub(crate) mod limits;
pub(crate) mod lines;
pub(crate) mod messenger;
pub(crate) mod orders;
pub(crate) mod portal;
pub(crate) mod pull;
pub(crate) mod sms;
pub(crate) mod talk;

use super::courier::Courier;
use super::crm::Crm;
use super::php;
use crate::ids::{ChatId, MessageId, PersonId};
use crate::news::{Happening, News};
use crate::vendor::Host;
use access::Access;
use disk::Disk;
use events::Events;
use limits::{Bucket, Operating};
use lines::Lines;
use messenger::Messenger;
use orders::Orders;
use portal::Portal;
use pull::Pull;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sms::Sms;

/// The whole portal.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) host: Host,
    /// The address under which the last client called: links in answers and events begin with it.
    pub(crate) origin: String,
    pub(crate) portal: Portal,
    pub(crate) access: Access,
    pub(crate) bucket: Bucket,
    pub(crate) operating: Operating,
    pub(crate) crm: Crm,
    pub(crate) lines: Lines,
    pub(crate) messenger: Messenger,
    pub(crate) events: Events,
    pub(crate) pull: Pull,
    pub(crate) disk: Disk,
    pub(crate) sms: Sms,
    pub(crate) orders: Orders,
    pub(crate) courier: Courier,
    rng: StdRng,
}

/// Who made a change: events tell it, and the queue leaves an app's own changes out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Actor {
    pub(crate) user: i64,
    /// The calling app, when it was one.
    pub(crate) app: Option<String>,
    /// `auth_connector` of the call.
    pub(crate) source: String,
}

impl Actor {
    /// Somebody at the portal's own screens.
    pub(crate) fn person(user: i64) -> Self {
        Self {
            user,
            ..Self::default()
        }
    }
}

impl State {
    pub(crate) fn new(host: Host, courier: Courier) -> Self {
        let origin = host.base_url.as_str().trim_end_matches('/').to_owned();
        Self {
            rng: StdRng::seed_from_u64(host.seed),
            origin,
            portal: Portal::default(),
            access: Access::default(),
            bucket: Bucket::default(),
            operating: Operating::default(),
            crm: Crm::default(),
            lines: Lines::default(),
            messenger: Messenger::default(),
            events: Events::default(),
            pull: Pull::default(),
            disk: Disk::default(),
            sms: Sms::default(),
            orders: Orders::default(),
            courier,
            host,
        }
    }

    /// Seconds since 1970 by the clock of the world.
    pub(crate) fn now(&self) -> i64 {
        self.host.clock.unix()
    }

    /// The time as the portal writes it.
    pub(crate) fn date(&self) -> String {
        php::date(self.host.clock.now())
    }

    /// An address on the portal; `path` with its leading slash.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// The portal's domain, as clients write it.
    pub(crate) fn domain(&self) -> String {
        self.origin.split_once("://").map_or("", |(_, host)| host).to_owned()
    }

    /// Letters and digits that nobody guesses, the same on every run with the same seed.
    pub(crate) fn secret(&mut self, length: usize) -> String {
        const ALPHABET: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
        (0..length)
            .filter_map(|_| ALPHABET.get(self.rng.random_range(0..36)).map(|byte| char::from(*byte)))
            .collect()
    }

    /// Tells the sandbox that a client wrote in a chat of an open line.
    pub(crate) fn tell_client_wrote(&self, chat: i64, guest: i64, message: i64) {
        self.tell(
            chat,
            Happening::CustomerWrote {
                person: PersonId::from(guest),
                message: MessageId::from(message),
            },
        );
    }

    /// Tells the sandbox that the business wrote there.
    pub(crate) fn tell_business_wrote(&self, chat: i64, message: i64) {
        let message = MessageId::from(message);
        self.tell(chat, Happening::BusinessWrote { message });
    }

    fn tell(&self, chat: i64, what: Happening) {
        self.host.news.tell(News {
            vendor: super::ID,
            chat: ChatId::from(chat),
            what,
        });
    }
}
