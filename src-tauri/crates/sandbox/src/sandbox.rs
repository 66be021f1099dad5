//! Starting and stopping a world of vendors.

use crate::act::Refused;
use crate::chaos::{Chaos, Line, serve};
use crate::clock::Clock;
use crate::crm::Crm;
use crate::customer::Customer;
use crate::news::Newsroom;
use crate::people::People;
use crate::registry::{CRMS, VENDORS};
use crate::tls::{Authority, TlsError};
use crate::vendor::{Host, Wire};
use crate::world::{Running, World, bare};
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
    /// The throw-away certificate authority could not be made.
    #[error(transparent)]
    Tls(#[from] TlsError),
}

/// A running world. Dropping it stops the servers as well, without waiting for them.
#[derive(Debug)]
pub struct Sandbox {
    world: World,
    control_url: Url,
    authority: Authority,
    stop: CancellationToken,
    tasks: TaskTracker,
}

/// The first CRM's port, counted from the base: new networks do not move it.
const CRM_OFFSET: u16 = 50;

/// The control server's port, counted from the base: far enough to leave the vendors room.
const CONTROL_OFFSET: u16 = 98;

impl Sandbox {
    /// Binds every port, starts every vendor with its seeded account, and the control server.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let start = Starting {
            authority: Authority::new()?,
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
            news: Newsroom::default(),
            options,
        };
        let (mut vendors, mut crms) = (Vec::new(), Vec::new());
        for (place, entry) in (0..).zip(VENDORS) {
            vendors.push(start.up(place, entry.start, |vendor| vendor).await?);
        }
        for (place, entry) in (CRM_OFFSET..).zip(CRMS) {
            crms.push(start.up(place, entry.start, |crm| crm).await?);
        }
        let Starting {
            authority,
            stop,
            tasks,
            news,
            options,
        } = start;
        let world = World {
            vendors: Arc::new(vendors),
            crms: Arc::new(crms),
            clock: options.clock,
            news,
        };
        let (listener, control_url) = bind(options.port_base.map(|base| base.saturating_add(CONTROL_OFFSET))).await?;
        let line = Line {
            routes: crate::control::routes(world.clone()),
            vendor: None,
        };
        tasks.spawn(serve(listener, line, authority.acceptor(), stop.clone()));
        if let Some(people) = options.people {
            let news = world.news.listen();
            tasks.spawn(crate::people::staff(world.clone(), people, news, stop.clone()));
            tasks.spawn(crate::people::settle(&world, people, stop.clone()));
        }
        Ok(Self {
            world,
            control_url,
            authority,
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

    /// A CRM by its registry name.
    pub fn crm(&self, id: &str) -> Result<&Running<dyn Crm>, Refused> {
        self.world.crm(id)
    }

    /// The certificate of the authority that signs for every address of this world, as PEM.
    pub fn tls_ca(&self) -> &str {
        self.authority.pem()
    }

    /// A customer of a vendor by first name, user name or full name; appears anew when nobody has it.
    pub fn customer(&self, vendor: &str, name: &str) -> Result<Customer, Refused> {
        Ok(Customer::called(self.vendor(vendor)?.vendor.clone(), name))
    }

    /// Addresses and seeded credentials, flat: `{"vk": "http://…", "vk_token": "…", "control": "http://…"}`. Every address
    /// answers to `https://` as well; `tls_ca` is the file with the certificate of its authority.
    pub fn directory(&self) -> Map<String, Value> {
        let mut directory = self.world.directory();
        directory.insert("tls_ca".to_owned(), self.authority.file().to_string_lossy().into());
        directory.insert("control".to_owned(), bare(&self.control_url).into());
        directory
    }
}

/// What every server is started with.
struct Starting {
    authority: Authority,
    stop: CancellationToken,
    tasks: TaskTracker,
    news: Newsroom,
    options: Options,
}

impl Starting {
    /// Binds the port, makes the vendor and serves it; `wire` shows its common side.
    async fn up<V: ?Sized>(
        &self,
        place: u16,
        make: fn(Host) -> Arc<V>,
        wire: fn(Arc<V>) -> Arc<dyn Wire>,
    ) -> Result<Running<V>, StartError> {
        let options = &self.options;
        let (listener, base_url) = bind(options.port_base.map(|base| base.saturating_add(place))).await?;
        let chaos = Chaos::seeded(options.seed.wrapping_add(place.into()));
        let vendor = make(Host {
            base_url: base_url.clone(),
            clock: options.clock.clone(),
            chaos: chaos.clone(),
            news: self.news.clone(),
            seed: options.seed,
            limits: options.limits,
        });
        let common = wire(vendor.clone());
        let line = Line {
            routes: common.routes(),
            vendor: Some((common, chaos.clone())),
        };
        self.tasks
            .spawn(serve(listener, line, self.authority.acceptor(), self.stop.clone()));
        Ok(Running {
            vendor,
            base_url,
            chaos,
        })
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop.cancel();
    }
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
