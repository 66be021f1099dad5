//! Starting and stopping a world of vendors.

use crate::act::Refused;
use crate::chaos::{Chaos, Line, serve};
use crate::clock::Clock;
use crate::customer::Customer;
use crate::news::Newsroom;
use crate::people::People;
use crate::registry::VENDORS;
use crate::vendor::{Host, Vendor};
use serde_json::{Map, Value};
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use url::Url;

/// How a sandbox starts.
#[derive(Clone, Debug)]
pub struct Options {
    /// First port to try, vendors counting up from it; any free ports when left out (tests).
    pub port_base: Option<u16>,
    /// The time of the world.
    pub clock: Clock,
    /// Makes a run repeatable.
    pub seed: u64,
    /// Enforce the vendors' limits of calls per second.
    pub limits: bool,
    /// People who live there; nobody when left out.
    pub people: Option<People>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port_base: None,
            clock: Clock::wall(),
            seed: 1,
            limits: true,
            people: None,
        }
    }
}

/// Why a sandbox did not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// No port could be had on 127.0.0.1.
    #[error("no port could be bound on 127.0.0.1: {0}")]
    Bind(#[from] io::Error),
    /// An address could not be written as a URL.
    #[error("an address could not be written as a URL: {0}")]
    Url(#[from] url::ParseError),
}

/// A running world. Dropping it stops the servers as well, without waiting for them.
#[derive(Debug)]
pub struct Sandbox {
    world: World,
    control_url: Url,
    stop: CancellationToken,
    tasks: TaskTracker,
}

/// What is in a running sandbox; cheap to clone, shared by the control server.
#[derive(Clone, Debug)]
pub struct World {
    /// The vendors in order of the registry.
    pub vendors: Arc<Vec<Running>>,
    /// The time.
    pub clock: Clock,
    /// What happens.
    pub news: Newsroom,
}

/// One vendor that is up.
#[derive(Clone, Debug)]
pub struct Running {
    /// The simulator.
    pub vendor: Arc<dyn Vendor>,
    /// Where it listens.
    pub base_url: Url,
    /// Its line's trouble.
    pub chaos: Chaos,
}

/// The control server's port, counted from the base: far enough to leave the vendors room.
const CONTROL_OFFSET: u16 = 98;

impl Sandbox {
    /// Binds every port, starts every vendor with its seeded account, and the control server.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let (stop, tasks, news) = (CancellationToken::new(), TaskTracker::new(), Newsroom::default());
        let mut vendors = Vec::new();
        for (place, entry) in (0u16..).zip(VENDORS) {
            let (listener, base_url) = bind(options.port_base.map(|base| base.saturating_add(place))).await?;
            let chaos = Chaos::seeded(options.seed.wrapping_add(place.into()));
            let vendor = (entry.start)(Host {
                base_url: base_url.clone(),
                clock: options.clock.clone(),
                chaos: chaos.clone(),
                news: news.clone(),
                seed: options.seed,
                limits: options.limits,
            });
            let line = Line {
                routes: vendor.routes(),
                vendor: Some((vendor.clone(), chaos.clone())),
            };
            tasks.spawn(serve(listener, line, stop.clone()));
            vendors.push(Running {
                vendor,
                base_url,
                chaos,
            });
        }
        let world = World {
            vendors: Arc::new(vendors),
            clock: options.clock,
            news,
        };
        let (listener, control_url) = bind(options.port_base.map(|base| base.saturating_add(CONTROL_OFFSET))).await?;
        let line = Line {
            routes: crate::control::routes(world.clone()),
            vendor: None,
        };
        tasks.spawn(serve(listener, line, stop.clone()));
        if let Some(people) = options.people {
            tasks.spawn(crate::people::settle(&world, people, stop.clone()));
        }
        Ok(Self {
            world,
            control_url,
            stop,
            tasks,
        })
    }

    /// Stops every server, cuts open connections and waits until all of it is gone.
    pub async fn stop(self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// What is inside.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Where the control server listens.
    pub fn control_url(&self) -> &Url {
        &self.control_url
    }

    /// A vendor by its registry name.
    pub fn vendor(&self, id: &str) -> Result<&Running, Refused> {
        self.world.vendor(id)
    }

    /// A customer of a vendor by first name, user name or full name; appears anew when nobody has it.
    pub fn customer(&self, vendor: &str, name: &str) -> Result<Customer, Refused> {
        Ok(Customer::called(self.vendor(vendor)?.vendor.clone(), name))
    }

    /// Addresses and seeded credentials, flat: `{"vk": "http://…", "vk_token": "…", "control": "http://…"}`.
    pub fn directory(&self) -> Map<String, Value> {
        let mut directory = self.world.directory();
        directory.insert("control".to_owned(), bare(&self.control_url).into());
        directory
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

impl World {
    /// A vendor by its registry name.
    pub fn vendor(&self, id: &str) -> Result<&Running, Refused> {
        self.vendors
            .iter()
            .find(|running| running.vendor.id() == id)
            .ok_or(Refused::NoSuchVendor)
    }

    /// Addresses and seeded credentials of the vendors.
    pub fn directory(&self) -> Map<String, Value> {
        let mut directory = Map::new();
        for running in self.vendors.iter() {
            let id = running.vendor.id();
            directory.insert(id.to_owned(), bare(&running.base_url).into());
            for (field, value) in running.vendor.credentials() {
                directory.insert(format!("{id}_{field}"), value);
            }
        }
        directory
    }
}

/// `http://127.0.0.1:4801`, without the slash that [`Url`] puts at the end: clients append `/bot…` to it.
fn bare(url: &Url) -> &str {
    url.as_str().trim_end_matches('/')
}

async fn bind(wished: Option<u16>) -> Result<(TcpListener, Url), StartError> {
    let listener = match TcpListener::bind((Ipv4Addr::LOCALHOST, wished.unwrap_or(0))).await {
        Err(error) if wished.is_some() && error.kind() == io::ErrorKind::AddrInUse => {
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?
        }
        other => other?,
    };
    let url = Url::parse(&format!("http://{}", listener.local_addr()?))?;
    Ok((listener, url))
}
