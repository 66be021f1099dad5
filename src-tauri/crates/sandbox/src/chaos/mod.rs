//! Trouble on the line, by order: what may go wrong with which calls, how often and how many times.
//!
//! ```
//! use sandbox::chaos::{Chaos, Trouble, Kind};
//! let chaos = Chaos::seeded(7);
//! // The next two sends are carried out, but their answers never arrive.
//! chaos.order(Trouble::of(Kind::LoseAnswer).on("send*").times(2));
//! ```

mod pattern;
mod server;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use utoipa::ToSchema;

pub(crate) use server::{Encrypted, Line, serve};

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// The call waits this long before it is handled.
    Delay {
        /// Milliseconds.
        ms: u64,
    },
    /// The connection closes before anything is done.
    LoseRequest,
    /// The call is carried out, then the connection closes without an answer: the half-done case.
    LoseAnswer,
    /// The call is carried out and half of the answer arrives; then the server's side of the socket closes.
    HalfAnswer,
    /// The call is carried out and the answer never comes, while the connection stays open (a dead line).
    Silence {
        /// Milliseconds until the server gives the connection up.
        ms: u64,
    },
    /// Items of a poll answer come twice.
    Duplicate,
    /// Items of a poll answer change places.
    Reorder,
    /// Too many requests.
    TooManyRequests {
        /// Seconds that the server asks to wait.
        retry_after: u64,
    },
    /// The server broke.
    ServerError {
        /// 500 to 599.
        status: u16,
    },
    /// The token is refused this time.
    ExpiredToken,
    /// A provider's page in HTML comes with status 200, as where a network is blocked; nothing is done.
    BlockPage,
}

/// A failure that the vendor words in its own way ([`crate::Wire::fail`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Too many requests.
    TooManyRequests {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// Some 5xx.
    ServerError {
        /// The status.
        status: u16,
    },
    /// The token is refused.
    ExpiredToken,
}

/// An order of trouble.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Trouble {
    /// What goes wrong.
    #[serde(flatten)]
    pub kind: Kind,
    /// Which calls: the vendor's method name with `*` for any stretch; letter case does not matter.
    #[serde(default = "everything")]
    pub on: String,
    /// How likely each time, 0 to 1.
    #[serde(default = "certainly")]
    pub probability: f64,
    /// How many times in all; without end when left out.
    #[serde(default)]
    pub times: Option<u32>,
    /// How many such calls go well before.
    #[serde(default)]
    pub after: u32,
}

fn everything() -> String {
    "*".to_owned()
}

fn certainly() -> f64 {
    1.0
}

impl Trouble {
    /// This trouble on every call, every time.
    pub fn of(kind: Kind) -> Self {
        Self {
            kind,
            on: everything(),
            probability: certainly(),
            times: None,
            after: 0,
        }
    }

    /// Only on calls that match the pattern.
    #[must_use]
    pub fn on(mut self, pattern: &str) -> Self {
        self.on = pattern.to_owned();
        self
    }

    /// Only this many times.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Only when this many such calls have gone well.
    #[must_use]
    pub fn after(mut self, calls: u32) -> Self {
        self.after = calls;
        self
    }

    /// Only this likely.
    #[must_use]
    pub fn with_probability(mut self, probability: f64) -> Self {
        self.probability = probability;
        self
    }
}

/// The trouble ordered for one vendor; clones share it.
#[derive(Clone, Debug)]
pub struct Chaos {
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    orders: Vec<Order>,
    calls: BTreeMap<String, u64>,
    rng: StdRng,
}

#[derive(Debug)]
struct Order {
    trouble: Trouble,
    met: u32,
    happened: u32,
}

/// An order and how often it came true.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Standing {
    /// The order.
    #[serde(flatten)]
    pub trouble: Trouble,
    /// How often it happened so far.
    pub happened: u32,
}

impl Chaos {
    /// No trouble yet; dice repeatable by the seed.
    pub fn seeded(seed: u64) -> Self {
        Self {
            state: Arc::new(Mutex::new(State {
                orders: Vec::new(),
                calls: BTreeMap::new(),
                rng: StdRng::seed_from_u64(seed),
            })),
        }
    }

    /// Adds an order.
    pub fn order(&self, trouble: Trouble) {
        self.lock().orders.push(Order {
            trouble,
            met: 0,
            happened: 0,
        });
    }

    /// Takes every order back.
    pub fn clear(&self) {
        self.lock().orders.clear();
    }

    /// Starts the dice anew.
    pub fn reseed(&self, seed: u64) {
        self.lock().rng = StdRng::seed_from_u64(seed);
    }

    /// All orders, spent ones included.
    pub fn standing(&self) -> Vec<Standing> {
        let told = |order: &Order| Standing {
            trouble: order.trouble.clone(),
            happened: order.happened,
        };
        self.lock().orders.iter().map(told).collect()
    }

    /// How many calls have come since the start, by the vendor's name of the method; troubled ones count too.
    pub fn calls(&self) -> BTreeMap<String, u64> {
        self.lock().calls.clone()
    }

    /// How many of them match the pattern of an order.
    pub fn calls_on(&self, pattern: &str) -> u64 {
        let state = self.lock();
        let matching = state
            .calls
            .iter()
            .filter(|(method, _)| pattern::matches(pattern, method));
        matching.map(|(_, calls)| calls).sum()
    }

    /// Repeats and reorders the items of a poll answer, as ordered for `method`.
    pub fn batch<T: Clone>(&self, method: &str, items: &mut Vec<T>) {
        if items.is_empty() {
            return;
        }
        if self.strikes(method, |kind| kind == Kind::Duplicate).is_some() {
            let twice = items.iter().flat_map(|item| [item.clone(), item.clone()]).collect();
            *items = twice;
        }
        if self.strikes(method, |kind| kind == Kind::Reorder).is_some() {
            items.reverse();
        }
    }

    /// Counts a call, and gives the troubles that strike it now. Those of poll answers are left to [`Chaos::batch`].
    pub(crate) fn roll(&self, method: &str) -> Vec<Kind> {
        let of_requests = |kind| !matches!(kind, Kind::Duplicate | Kind::Reorder);
        let mut state = self.lock();
        *state.calls.entry(method.to_owned()).or_default() += 1;
        state.roll(method, of_requests)
    }

    fn strikes(&self, method: &str, wanted: impl Fn(Kind) -> bool) -> Option<Kind> {
        self.lock().roll(method, wanted).first().copied()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn roll(&mut self, method: &str, wanted: impl Fn(Kind) -> bool) -> Vec<Kind> {
        let mut struck = Vec::new();
        for order in &mut self.orders {
            let Trouble {
                kind,
                on,
                probability,
                times,
                after,
            } = &order.trouble;
            let spent = times.is_some_and(|times| order.happened >= times);
            if spent || !wanted(*kind) || !pattern::matches(on, method) {
                continue;
            }
            order.met += 1;
            if order.met <= *after {
                continue;
            }
            if self.rng.random_bool(probability.clamp(0.0, 1.0)) {
                order.happened += 1;
                struck.push(*kind);
            }
        }
        struck
    }
}
