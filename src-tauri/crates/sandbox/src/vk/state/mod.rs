//! The memory of the simulated network: people, communities, tokens, files. No wire format in here.

pub(crate) mod community;
pub(crate) mod dialog;
pub(crate) mod library;
pub(crate) mod long_poll;
pub(crate) mod message;
pub(crate) mod orders;
pub(crate) mod token;
pub(crate) mod user;

use crate::throttle::Throttle;
use crate::vendor::Host;
use community::Community;
use library::Library;
use orders::Orders;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::collections::BTreeMap;
use token::{Life, Owner, Rights, Token};
use user::User;

/// The whole network.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) host: Host,
    pub(crate) users: BTreeMap<i64, User>,
    pub(crate) communities: BTreeMap<i64, Community>,
    pub(crate) tokens: BTreeMap<String, Token>,
    pub(crate) library: Library,
    /// Uploads that have an address but are not saved yet, and the codes of OAuth.
    pub(crate) tickets: BTreeMap<String, Ticket>,
    pub(crate) throttle: Throttle,
    pub(crate) orders: Orders,
    /// The community that `Vendor` speaks for, and its key.
    pub(crate) home: i64,
    pub(crate) home_token: String,
    /// Customers in order of appearance; administrators are not among them.
    pub(crate) people: Vec<i64>,
    rng: StdRng,
}

/// Something handed out once and asked back later.
#[derive(Debug, Clone)]
pub(crate) enum Ticket {
    /// An address to upload to: who asked, and for what.
    Upload { owner: i64, what: Upload },
    /// Uploaded and waiting for `*.save*`.
    Uploaded {
        owner: i64,
        what: Upload,
        file: crate::media::Media,
    },
    /// A code that `/access_token` changes into tokens.
    Code {
        client_id: String,
        redirect_uri: String,
        groups: Vec<i64>,
        rights: Rights,
        user: i64,
    },
}

/// What an upload address accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Upload {
    Photo,
    Document,
    Voice,
    Graffiti,
}

impl State {
    pub(crate) fn new(host: Host) -> Self {
        Self {
            rng: StdRng::seed_from_u64(host.seed),
            host,
            users: BTreeMap::new(),
            communities: BTreeMap::new(),
            tokens: BTreeMap::new(),
            library: Library::default(),
            tickets: BTreeMap::new(),
            throttle: Throttle::default(),
            orders: Orders::default(),
            home: 0,
            home_token: String::new(),
            people: Vec::new(),
        }
    }

    /// Seconds since 1970 by the clock of the world.
    pub(crate) fn now(&self) -> i64 {
        self.host.clock.unix()
    }

    /// An absolute address on this server; `path` without the leading slash.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.host.base_url)
    }

    /// Letters and digits that nobody guesses, the same on every run with the same seed.
    pub(crate) fn secret(&mut self, length: usize) -> String {
        const ALPHABET: &[u8; 16] = b"0123456789abcdef";
        (0..length)
            .map(|_| {
                ALPHABET
                    .get(self.rng.random_range(0..16))
                    .map_or('0', |byte| char::from(*byte))
            })
            .collect()
    }

    /// Decimal digits, for numbers that travel as text.
    pub(crate) fn digits(&mut self, length: usize) -> String {
        (0..length)
            .map(|_| char::from(self.rng.random_range(b'1'..=b'9')))
            .collect()
    }

    /// A new community key, in the form that VK gives them today.
    pub(crate) fn issue_token(&mut self, owner: Owner, rights: Rights) -> String {
        let token = format!("vk1.a.{}", self.secret(80));
        self.tokens.insert(
            token.clone(),
            Token {
                owner,
                rights,
                life: Life::Good,
            },
        );
        token
    }

    pub(crate) fn community(&mut self, id: i64) -> Option<&mut Community> {
        self.communities.get_mut(&id)
    }

    /// The community of the `Vendor` trait. It is seeded and never removed; the fallback keeps the type simple.
    pub(crate) fn home(&mut self) -> &mut Community {
        self.communities.entry(self.home).or_default()
    }

    pub(crate) fn by_screen_name(&self, name: &str) -> Option<&User> {
        self.users.values().find(|user| {
            user.screen_name == name || name.strip_prefix("id").and_then(|id| id.parse().ok()) == Some(user.id)
        })
    }
}
