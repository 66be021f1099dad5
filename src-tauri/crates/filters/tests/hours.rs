//! Hours in every time zone, at the edges of daylight saving and at midnight, against bare arithmetic.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use domain::At;
use filters::Hours;
use jiff::{Timestamp, ToSpan, tz::TimeZone};

/// The hours of a story: by day, over midnight, from midnight, until midnight, always.
const HOURS: &[(&str, &str)] = &[
    ("09:00", "18:00"),
    ("21:30", "02:30"),
    ("00:00", "03:00"),
    ("23:00", "00:00"),
    ("07:00", "07:00"),
];

/// Minutes since local midnight and the day of the week (0 for Monday), by arithmetic alone.
fn wall(zone: &TimeZone, at: Timestamp) -> (i64, i64) {
    let local = at.as_second() + i64::from(zone.to_offset(at).seconds());
    let day = local.div_euclid(86_400);
    // 1970-01-01 was a Thursday.
    (local.rem_euclid(86_400) / 60, (day + 3).rem_euclid(7))
}

fn naive(zone: &TimeZone, at: Timestamp, from: &str, to: &str, days: &[i64]) -> bool {
    let minutes = |time: &str| {
        time.split_once(':')
            .map(|(h, m)| h.parse::<i64>().unwrap() * 60 + m.parse::<i64>().unwrap())
    };
    let (from, to) = (minutes(from).unwrap(), minutes(to).unwrap());
    let (minute, day) = wall(zone, at);
    let on = |day: i64| days.contains(&(day.rem_euclid(7) + 1));
    if from == to {
        on(day)
    } else if from < to {
        on(day) && from <= minute && minute < to
    } else {
        (minute >= from && on(day)) || (minute < to && on(day - 1))
    }
}

/// The changes of a zone's clock around now, and a midnight for zones that have none.
fn edges(zone: &TimeZone) -> Vec<Timestamp> {
    let begin: Timestamp = "2019-01-01T00:00:00Z".parse().unwrap();
    let end: Timestamp = "2028-01-01T00:00:00Z".parse().unwrap();
    let changes = zone
        .following(begin)
        .map(|change| change.timestamp())
        .take_while(|at| *at < end);
    let midnight = zone
        .to_zoned("2026-11-26T00:00:00".parse().unwrap())
        .unwrap()
        .timestamp();
    changes.take(12).chain([midnight]).collect()
}

#[test]
fn every_zone_at_every_edge() {
    let days = [1, 2, 5, 6];
    let mut seen = 0;
    for name in jiff::tz::db().available() {
        let zone = TimeZone::get(name.as_str()).unwrap();
        let hours: Vec<Hours> = HOURS
            .iter()
            .map(|(from, to)| Hours::new(name.as_str(), from, to).unwrap().on_days(&days).unwrap())
            .collect();
        for edge in edges(&zone) {
            for minutes in [-1440, -181, -61, -60, -31, -1, 0, 1, 29, 59, 60, 61, 121, 1439] {
                let at = edge.checked_add((minutes as i64).minutes()).unwrap();
                for (hours, (from, to)) in hours.iter().zip(HOURS) {
                    let covered = hours.cover(At(at.as_millisecond()));
                    assert_eq!(
                        covered,
                        naive(&zone, at, from, to, &days),
                        "{} {at} {from}–{to}",
                        name.as_str()
                    );
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 50_000, "the zones of this machine: {seen}");
}
