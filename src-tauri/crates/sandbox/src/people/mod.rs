//! The living demo: people with stories of orders, who write, wait, read, answer and change their minds.
//!
//! ```text
//!   cast.rs ──┐                        ┌─► Vendor::act (write, type, read, edit, react)
//!   story.rs ─┴─► history.rs ─► mind.rs ── live.rs ◄── News («the business wrote»)
//! ```
//!
//! Managers of the CRMs (`staff.rs`) answer there now and then.
//!
//! It knows the networks by the [`crate::Vendor`] trait only, the CRMs by [`crate::Crm`], so another network gets its people for free.

mod cast;
mod history;
mod live;

mod mind;
mod neighbours;
mod staff;
mod story;
mod topics;

use crate::world::World;
use cast::CAST;
use live::Life;
use mind::Mind;
use neighbours::Neighbours;
use rand::SeedableRng;
use rand::rngs::StdRng;
pub(crate) use staff::staff;
use tokio_util::sync::CancellationToken;

/// How lively the demo is.
#[derive(Clone, Copy, Debug)]
pub struct People {
    /// How many have written before the start; they are spread evenly over the networks.
    pub count: usize,
    /// Messages that come of nothing the operator did, per minute, all people together.
    pub per_minute: f64,
    /// Makes everybody slower (above 1) or faster (below 1); 1 is how people are.
    pub pace: f64,
    /// Makes a run repeatable as far as the operator's part is.
    pub seed: u64,
}

impl Default for People {
    fn default() -> Self {
        Self {
            count: 48,
            per_minute: 4.0,
            pace: 1.0,
            seed: 1,
        }
    }
}

/// Puts the people and their past into the networks and gives their life from now on; it ends with `stop`.
pub(crate) fn settle(world: &World, people: People, stop: CancellationToken) -> impl Future<Output = ()> + use<> {
    let mut rng = StdRng::seed_from_u64(people.seed);
    let listener = world.news.listen();
    let minds: Vec<Mind> = (0..people.count.min(CAST.len()))
        .filter_map(|number| Mind::with_past(world, number, &mut rng))
        .collect();
    let groups = Neighbours::everywhere(world, &mut rng);
    live::live(Life::new(world.clone(), people, minds, groups, rng), listener, stop)
}
