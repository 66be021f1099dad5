//! What was said before the business connected.

use crate::act::Past;
use crate::people::story::{Line, Story};
use jiff::{SignedDuration, Timestamp};
use rand::RngExt;
use rand::rngs::StdRng;

/// Fewest messages of a conversation, where the network keeps history.
const FEWEST: usize = 3;
/// A story may have ended this many hours ago.
const OLDEST_END_HOURS: f64 = 13.0 * 24.0;
/// Where a network keeps no history, everything happened within the last hours it still delivers, with some to spare.
const LAST_HOURS: f64 = 20.0;

/// Past messages, oldest first, and how many lines of the talk they took.
pub(super) fn past(story: &Story, kept: bool, person: u64, now: Timestamp, rng: &mut StdRng) -> (Vec<Past>, usize) {
    let (lines, told) = if kept { whole(story, rng) } else { opening(story, rng) };
    // Squared, so that most conversations are recent.
    let ended = rng.random::<f64>().powi(2) * if kept { OLDEST_END_HOURS } else { LAST_HOURS };
    let mut at = now - minutes(ended * 60.0 + 3.0);
    let mut past = Vec::new();
    let mut later: Option<&Line> = None;
    for line in lines.iter().rev() {
        if let Some(later) = later {
            at -= pause(later.by_customer == line.by_customer, kept, rng);
            if kept {
                at = by_day(at);
            }
        }
        past.push(Past {
            at,
            by_customer: line.by_customer,
            letter: line.letter(person),
        });
        later = Some(line);
    }
    past.reverse();
    (past, told)
}

/// As far as it went: most stories are in the middle.
fn whole(story: &Story, rng: &mut StdRng) -> (Vec<Line>, usize) {
    let told = rng
        .random_range(FEWEST..=story.talk.len().max(FEWEST))
        .min(story.talk.len());
    (story.talk.iter().take(told).cloned().collect(), told)
}

/// The customer's first letters, which nobody has answered, and their asking again.
fn opening(story: &Story, rng: &mut StdRng) -> (Vec<Line>, usize) {
    let mut lines: Vec<Line> = story.talk.iter().take_while(|line| line.by_customer).cloned().collect();
    let answered = story
        .talk
        .iter()
        .skip(lines.len())
        .take_while(|line| !line.by_customer)
        .count();
    let told = lines.len() + answered;
    while lines.len() < FEWEST || rng.random_bool(0.3) && lines.len() < FEWEST + 2 {
        lines.extend(story.answer("nudge", rng));
    }
    (lines, told)
}

/// One's own next line comes soon; the other side takes its time.
fn pause(same_author: bool, kept: bool, rng: &mut StdRng) -> SignedDuration {
    let most = match (same_author, kept) {
        (true, true) => 4.0,
        (true, false) => 25.0,
        (false, true) => 240.0,
        (false, false) => 60.0,
    };
    minutes(0.3 + rng.random::<f64>() * most)
}

/// Nobody writes about furniture at night: what falls into the Moscow night was said the evening before.
fn by_day(at: Timestamp) -> Timestamp {
    let hour = (at.as_second() / 3600 + 3).rem_euclid(24);
    if hour < 8 {
        at - SignedDuration::from_hours(hour + 2)
    } else {
        at
    }
}

fn minutes(minutes: f64) -> SignedDuration {
    SignedDuration::from_secs((minutes * 60.0) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn histories_run_forward_and_end_before_now() {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let mut rng = StdRng::seed_from_u64(5);
        for number in 0..24 {
            let story = Story::chosen(number, true, &mut rng);
            let kept = number % 2 == 0;
            let (past, told) = past(&story, kept, 1, now, &mut rng);
            assert!((3..=30).contains(&past.len()) && told <= story.talk.len());
            assert!(past.is_sorted_by(|one, next| one.at < next.at) && past.iter().all(|one| one.at < now));
            let oldest = now - SignedDuration::from_hours(24);
            assert!(kept || past.iter().all(|one| one.by_customer && one.at > oldest));
        }
    }
}
