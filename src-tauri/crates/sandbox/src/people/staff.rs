//! Managers of the CRMs, who answer now and then: clients of the demo get words from there too.

use crate::crm::{Author, CrmChat, Deed};
use crate::ids::ChatId;
use crate::letter::Letter;
use crate::news::{Happening, News};
use crate::people::People;
use crate::world::World;
use futures::StreamExt;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::ops::Range;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;
use tokio_util::time::DelayQueue;

/// Seconds until somebody looks into the CRM.
const LOOKS_AFTER: Range<f64> = 15.0..60.0;
/// How likely they answer there: most clients are answered elsewhere.
const ANSWERS: f64 = 0.5;
/// What they say, one a line.
const WORDS: &str = include_str!("stories/managers.txt");

/// A chat that somebody will look at.
#[derive(Debug)]
struct Look {
    crm: &'static str,
    chat: ChatId,
}

/// Runs until `stop`; the same seed answers alike.
pub(crate) async fn staff(world: World, people: People, mut news: Receiver<News>, stop: CancellationToken) {
    let mut rng = StdRng::seed_from_u64(people.seed ^ 0x5747_4146);
    let mut looks = DelayQueue::new();
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            told = news.recv() => match told {
                Ok(News { vendor, chat, what: Happening::CustomerWrote { .. } }) if world.crm(vendor).is_ok() => {
                    let after = rng.random_range(LOOKS_AFTER) * people.pace;
                    looks.insert(Look { crm: vendor, chat }, Duration::from_secs_f64(after));
                }
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            },
            Some(due) = looks.next(), if !looks.is_empty() => look(&world, &due.into_inner(), &mut rng),
        }
    }
}

/// Takes the lead and answers, unless somebody has answered already.
fn look(world: &World, look: &Look, rng: &mut StdRng) {
    let (willing, word, who) = (rng.random_bool(ANSWERS), rng.random::<u32>(), rng.random::<u32>());
    let Ok(running) = world.crm(look.crm) else { return };
    let crm = &running.vendor;
    let chat = crm.chats().into_iter().find(|chat| chat.id == look.chat);
    let managers = crm.managers();
    let (Some(chat), Some(manager)) = (chat.filter(waits), chosen(&managers, who)) else {
        return;
    };
    if !willing {
        return;
    }
    let waiting = crm
        .cards()
        .into_iter()
        .find(|card| card.unsorted && chat.card.as_ref() == Some(&card.id));
    if let Some(card) = waiting {
        done(crm.manager_does(&manager.id, Deed::Accept { card: card.id }));
    }
    let lines: Vec<&str> = WORDS.lines().collect();
    let letter = Letter::saying(chosen(&lines, word).copied().unwrap_or_default());
    done(crm.manager_does(&manager.id, Deed::Answer { chat: chat.id, letter }));
}

fn waits(chat: &CrmChat) -> bool {
    let last = chat.messages.last().map(|message| &message.author);
    matches!(last, Some(Author::Client { .. }))
}

fn chosen<T>(all: &[T], number: u32) -> Option<&T> {
    let place = usize::try_from(number).unwrap_or(0).checked_rem(all.len())?;
    all.get(place)
}

fn done<T>(outcome: Result<T, crate::Refused>) {
    if let Err(refused) = outcome {
        tracing::debug!(%refused, "a manager could not do what they wanted");
    }
}
