//! What is in a running sandbox: networks, CRMs, the time, the news.

use crate::act::Refused;
use crate::chaos::Chaos;
use crate::clock::Clock;
use crate::crm::Crm;
use crate::news::Newsroom;
use crate::vendor::{Vendor, Wire};
use serde_json::{Map, Value};
use std::sync::Arc;
use url::Url;

/// What is in a running sandbox; cheap to clone, shared by the control server.
#[derive(Clone, Debug)]
pub struct World {
    /// The networks in order of the registry.
    pub vendors: Arc<Vec<Running>>,
    /// The CRMs in order of the registry.
    pub crms: Arc<Vec<Running<dyn Crm>>>,
    /// The time.
    pub clock: Clock,
    /// What happens.
    pub news: Newsroom,
}

/// One vendor that is up.
#[derive(Debug)]
pub struct Running<V: ?Sized = dyn Vendor> {
    /// The simulator.
    pub vendor: Arc<V>,
    /// Where it listens, for plain HTTP and for TLS alike.
    pub base_url: Url,
    /// Its line's trouble.
    pub chaos: Chaos,
}

impl<V: ?Sized> Clone for Running<V> {
    fn clone(&self) -> Self {
        Self {
            vendor: self.vendor.clone(),
            base_url: self.base_url.clone(),
            chaos: self.chaos.clone(),
        }
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

    /// A CRM by its registry name.
    pub fn crm(&self, id: &str) -> Result<&Running<dyn Crm>, Refused> {
        self.crms
            .iter()
            .find(|running| running.vendor.id() == id)
            .ok_or(Refused::NoSuchVendor)
    }

    /// What any service of that name, network or CRM, has in common with the others.
    pub fn service(&self, id: &str) -> Result<Running<dyn Wire>, Refused> {
        self.services()
            .find(|running| running.vendor.id() == id)
            .ok_or(Refused::NoSuchVendor)
    }

    fn services(&self) -> impl Iterator<Item = Running<dyn Wire>> {
        let networks = self.vendors.iter().cloned().map(|one| Running {
            vendor: one.vendor as Arc<dyn Wire>,
            base_url: one.base_url,
            chaos: one.chaos,
        });
        let crms = self.crms.iter().cloned().map(|one| Running {
            vendor: one.vendor as Arc<dyn Wire>,
            base_url: one.base_url,
            chaos: one.chaos,
        });
        networks.chain(crms)
    }

    /// Addresses and seeded credentials of the vendors.
    pub fn directory(&self) -> Map<String, Value> {
        let mut directory = Map::new();
        for running in self.services() {
            let id = running.vendor.id();
            directory.insert(id.to_owned(), bare(&running.base_url).into());
            for (field, value) in running.vendor.credentials() {
                directory.insert(format!("{id}_{field}"), value);
            }
        }
        for running in self.crms.iter() {
            directory.extend(running.vendor.beside());
        }
        directory
    }
}

/// `http://127.0.0.1:4801`, without the slash that [`Url`] puts at the end: clients append `/bot…` to it.
pub(crate) fn bare(url: &Url) -> &str {
    url.as_str().trim_end_matches('/')
}
