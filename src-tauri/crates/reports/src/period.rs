use domain::At;
use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// Every offset of today's zones is a multiple of it.
pub(crate) const QUARTER_MS: i64 = 900_000;
/// Ten years: longer ones are a slip of the keyboard, and would be drawn as a black bar.
const LONGEST_DAYS: i64 = 3660;

/// Days, first and last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

/// Why days make no period; the field to correct.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// There is no such day.
    #[error("{field} is no day of the calendar")]
    NoDay {
        /// `first_day` or `last_day`.
        field: &'static str,
    },
    /// The last day lies before the first one.
    #[error("the last day lies before the first one")]
    Backwards,
    /// Longer than ten years.
    #[error("longer than ten years")]
    TooLong,
}

impl Period {
    /// From days as `2026-11-01`.
    ///
    /// # Errors
    /// [`PeriodError`].
    pub fn parse(first: &str, last: &str) -> Result<Self, PeriodError> {
        let day = |field, text: &str| text.trim().parse::<Date>().map_err(|_| PeriodError::NoDay { field });
        let period = Self {
            first: day("first_day", first)?,
            last: day("last_day", last)?,
        };
        if period.last < period.first {
            Err(PeriodError::Backwards)
        } else if period.length() > LONGEST_DAYS {
            Err(PeriodError::TooLong)
        } else {
            Ok(period)
        }
    }

    /// How many days.
    pub fn length(self) -> i64 {
        day_number(self.last) - day_number(self.first) + 1
    }

    /// The days of it, in order.
    pub fn days(self) -> impl Iterator<Item = Date> {
        self.first
            .series(Span::new().days(1))
            .take_while(move |day| *day <= self.last)
    }

    /// The days of the same number just before it.
    #[must_use]
    pub fn before(self) -> Self {
        let back = Span::new().days(self.length());
        Self {
            first: self.first.saturating_sub(back),
            last: self.last.saturating_sub(back),
        }
    }

    /// When it begins in a zone, and when the day after it does.
    pub fn moments(self, zone: &TimeZone) -> (At, At) {
        let after = self.last.saturating_add(Span::new().days(1));
        (begin_of(self.first, zone), begin_of(after, zone))
    }

    /// The same in quarters of an hour since the epoch.
    pub(crate) fn quarters(self, zone: &TimeZone) -> (i64, i64) {
        let (from, to) = self.moments(zone);
        (from.0.div_euclid(QUARTER_MS), to.0.div_euclid(QUARTER_MS))
    }
}

/// When a day begins: not always at midnight, where the clocks are changed then.
pub(crate) fn begin_of(day: Date, zone: &TimeZone) -> At {
    let begin = zone.to_ambiguous_zoned(day.at(0, 0, 0, 0)).compatible();
    begin.map_or(At(i64::MAX), |zoned| At(zoned.timestamp().as_millisecond()))
}

/// Days since 1970-01-01.
pub(crate) fn day_number(day: Date) -> i64 {
    let since_epoch = day.duration_since(Date::constant(1970, 1, 1));
    since_epoch.as_hours().div_euclid(24)
}

/// The moment on the clocks of a zone; nonsense far outside of time is the epoch.
pub(crate) fn local(at: At, zone: &TimeZone) -> jiff::civil::DateTime {
    zone.to_datetime(Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_days_are_included_and_the_same_day_twice_is_one() {
        let november = Period::parse("2026-11-01", "2026-11-30").unwrap();
        assert_eq!((november.length(), november.days().count()), (30, 30));
        assert_eq!(november.before(), Period::parse("2026-10-02", "2026-10-31").unwrap());
        let (from, to) = Period::parse("2026-11-01", "2026-11-01")
            .unwrap()
            .moments(&TimeZone::UTC);
        assert_eq!(to.0 - from.0, 86_400_000);
    }

    #[test]
    fn impossible_days_name_the_field() {
        assert_eq!(
            Period::parse("2026-02-30", "2026-03-01"),
            Err(PeriodError::NoDay { field: "first_day" })
        );
        assert_eq!(
            Period::parse("2026-02-01", "завтра"),
            Err(PeriodError::NoDay { field: "last_day" })
        );
        assert_eq!(Period::parse("2026-03-02", "2026-03-01"), Err(PeriodError::Backwards));
        assert_eq!(Period::parse("0201-01-01", "2026-03-01"), Err(PeriodError::TooLong));
    }

    #[test]
    fn a_day_begins_on_a_quarter_of_an_hour_in_every_zone_of_today() {
        let mut seen = 0;
        for name in jiff::tz::db().available() {
            let zone = TimeZone::get(name.as_str()).unwrap();
            for day in ["2026-01-15", "2026-03-29", "2026-07-15", "2026-10-25"] {
                let at = begin_of(day.parse().unwrap(), &zone);
                assert_eq!(at.0 % QUARTER_MS, 0, "{} {day}", name.as_str());
                seen += 1;
            }
        }
        assert!(seen > 400, "{seen}");
    }

    #[test]
    fn a_day_without_midnight_begins_when_the_clocks_go_on() {
        // In Beirut the clocks go from 24:00 to 01:00 on 2026-03-29.
        let zone = TimeZone::get("Asia/Beirut").unwrap();
        let begin = local(begin_of("2026-03-29".parse().unwrap(), &zone), &zone);
        assert_eq!(begin.to_string(), "2026-03-29T01:00:00");
    }
}
