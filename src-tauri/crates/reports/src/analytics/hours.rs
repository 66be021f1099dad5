use domain::At;
use jiff::{
    Span,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

use crate::period::local;

const DAY_MINUTES: u16 = 24 * 60;

/// When people are at work: a client who writes at night waits from the morning on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// Whether waiting counts within these hours only.
    pub respected: bool,
    /// Begin, minutes since midnight.
    pub from: u16,
    /// End, minutes since midnight; not later than the begin: on the next day.
    pub to: u16,
    /// Monday to Sunday.
    pub days: [bool; 7],
}

impl Default for Hours {
    /// Waiting is waiting, unless somebody says otherwise.
    fn default() -> Self {
        Self {
            respected: false,
            from: 9 * 60,
            to: 18 * 60,
            days: [true, true, true, true, true, false, false],
        }
    }
}

/// Why hours are none; the field to correct.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// A time beyond the day.
    #[error("{0} is no time of a day")]
    NoTime(&'static str),
    /// Nobody works at all: everybody would wait for ever.
    #[error("no working day")]
    NoDay,
}

impl Hours {
    /// Whether they can be worked.
    ///
    /// # Errors
    /// [`HoursError`].
    pub fn check(&self) -> Result<(), HoursError> {
        if self.from >= DAY_MINUTES {
            Err(HoursError::NoTime("from"))
        } else if self.to > DAY_MINUTES {
            Err(HoursError::NoTime("to"))
        } else if !self.days.contains(&true) {
            Err(HoursError::NoDay)
        } else {
            Ok(())
        }
    }

    /// How much of the time between two moments was at work, in milliseconds. Hours are those on the clocks of the
    /// zone: on the day when they are changed a shift is an hour longer or shorter.
    pub fn between(&self, from: At, to: At, zone: &TimeZone) -> i64 {
        if !self.respected {
            return (to.0 - from.0).max(0);
        }
        // A shift that began yesterday may still go on.
        let first = local(from, zone).date().saturating_sub(Span::new().days(1));
        let last = local(to, zone).date();
        let days = first.series(Span::new().days(1)).take_while(|day| *day <= last);
        days.filter(|day| self.is_worked(day.weekday()))
            .map(|day| {
                let (begin, end) = self.shift(day, zone);
                (end.min(to.0) - begin.max(from.0)).max(0)
            })
            .sum()
    }

    fn is_worked(&self, day: Weekday) -> bool {
        let at = usize::try_from(day.to_monday_zero_offset()).unwrap_or(0);
        self.days.get(at).copied().unwrap_or(false)
    }

    fn shift(&self, day: Date, zone: &TimeZone) -> (i64, i64) {
        let end_day = if self.to > self.from {
            day
        } else {
            day.saturating_add(Span::new().days(1))
        };
        (moment(day, self.from, zone), moment(end_day, self.to, zone))
    }
}

/// A time of a day; one that the clocks skip is when they go on.
fn moment(day: Date, minutes: u16, zone: &TimeZone) -> i64 {
    let (day, minutes) = if minutes >= DAY_MINUTES {
        (day.saturating_add(Span::new().days(1)), 0)
    } else {
        (day, minutes)
    };
    let (hour, minute) = (minutes / 60, minutes % 60);
    let at = day.at(i8::try_from(hour).unwrap_or(0), i8::try_from(minute).unwrap_or(0), 0, 0);
    let zoned = zone.to_ambiguous_zoned(at).compatible();
    zoned.map_or(i64::MAX, |zoned| zoned.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    fn office() -> Hours {
        Hours {
            respected: true,
            ..Hours::default()
        }
    }

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    fn at(text: &str, zone: &TimeZone) -> At {
        let when: jiff::civil::DateTime = text.parse().unwrap();
        At(zone.to_timestamp(when).unwrap().as_millisecond())
    }

    fn minutes(hours: &Hours, from: &str, to: &str, name: &str) -> i64 {
        let zone = zone(name);
        hours.between(at(from, &zone), at(to, &zone), &zone) / MINUTE
    }

    #[test]
    fn anna_who_writes_at_night_waits_from_the_morning_on() {
        for (from, to, waited) in [
            ("2026-11-02T10:00", "2026-11-02T10:30", 30),
            // Monday night to Tuesday morning
            ("2026-11-02T23:00", "2026-11-03T09:20", 20),
            // Friday 17:50 to Monday 09:10
            ("2026-11-06T17:50", "2026-11-09T09:10", 20),
            ("2026-11-07T12:00", "2026-11-07T13:00", 0),
            // a whole week
            ("2026-11-02T00:00", "2026-11-09T00:00", 5 * 9 * 60),
        ] {
            assert_eq!(minutes(&office(), from, to, "Europe/Moscow"), waited, "{from} {to}");
        }
        let always = Hours::default();
        assert_eq!(
            minutes(&always, "2026-11-02T23:00", "2026-11-03T09:20", "Europe/Moscow"),
            620
        );
    }

    #[test]
    fn a_shift_over_midnight_belongs_to_the_day_on_which_it_begins() {
        let night = Hours {
            from: 22 * 60,
            to: 6 * 60,
            ..office()
        };
        // Friday's shift ends on Saturday at six.
        assert_eq!(
            minutes(&night, "2026-11-06T23:00", "2026-11-07T12:00", "Europe/Moscow"),
            7 * 60
        );
        // Sunday has none.
        assert_eq!(
            minutes(&night, "2026-11-08T23:00", "2026-11-09T21:00", "Europe/Moscow"),
            0
        );
        let around = Hours {
            from: 0,
            to: 0,
            days: [true; 7],
            ..office()
        };
        assert_eq!(
            minutes(&around, "2026-11-02T00:00", "2026-11-04T00:00", "Europe/Moscow"),
            2 * 24 * 60
        );
    }

    #[test]
    fn a_shift_is_as_long_as_the_clocks_say_when_they_are_changed() {
        let night = Hours {
            from: 0,
            to: 8 * 60,
            days: [true; 7],
            ..office()
        };
        assert_eq!(
            minutes(&night, "2026-03-29T00:00", "2026-03-29T12:00", "Europe/Berlin"),
            7 * 60
        );
        assert_eq!(
            minutes(&night, "2026-10-25T00:00", "2026-10-25T12:00", "Europe/Berlin"),
            9 * 60
        );
    }

    #[test]
    fn hours_that_nobody_can_work_are_refused_by_field() {
        assert_eq!(
            Hours { from: 1440, ..office() }.check(),
            Err(HoursError::NoTime("from"))
        );
        assert_eq!(Hours { to: 1441, ..office() }.check(), Err(HoursError::NoTime("to")));
        assert_eq!(
            Hours {
                days: [false; 7],
                ..office()
            }
            .check(),
            Err(HoursError::NoDay)
        );
        assert_eq!(Hours { to: 1440, ..office() }.check(), Ok(()));
    }
}
