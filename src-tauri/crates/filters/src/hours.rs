//! When something is on: hours of the day in a time zone, days of the week, holidays. Daylight saving moves the
//! moments, never the hours on the wall.

use domain::{At, Reason};
use jiff::{Timestamp, ToSpan, civil, tz::TimeZone};

/// A holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holiday {
    /// The same day of every year.
    Yearly {
        /// 1..=12.
        month: i8,
        /// 1..=31.
        day: i8,
    },
    /// One day.
    Once(civil::Date),
}

/// What holidays mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DayOff {
    /// Nothing: a day like any other.
    #[default]
    AsUsual,
    /// On for the whole day.
    AllDay,
    /// Off for the whole day.
    Never,
}

/// Hours, days and holidays.
#[derive(Debug, Clone)]
pub struct Hours {
    zone: TimeZone,
    /// Minutes of the day.
    from: i32,
    to: i32,
    /// Monday first.
    days: [bool; 7],
    holidays: Vec<Holiday>,
    on_holidays: DayOff,
}

/// What can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// No such time zone.
    #[error("no time zone {0:?}")]
    Zone(String),
    /// Not a time of the day.
    #[error("not a time of the day: {0:?}")]
    Time(String),
    /// Not a day of the week.
    #[error("not a day of the week: {0}")]
    Day(i64),
    /// Not a date.
    #[error("line {line}: not a date: {typed:?}")]
    Date {
        /// As typed.
        typed: String,
        /// Its line, from 1.
        line: usize,
    },
}

impl HoursError {
    /// For people: what is wrong and what to do.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Zone(zone) => Reason::new("error.hours_zone").with("zone", zone),
            Self::Time(time) => Reason::new("error.hours_time").with("time", time),
            Self::Day(day) => Reason::new("error.hours_day").with("day", day),
            Self::Date { typed, line } => Reason::new("error.hours_date").with("date", typed).with("line", line),
        }
    }
}

impl Hours {
    /// `zone` is an IANA name, times are `HH:MM` with the end not included; equal times mean the whole day.
    ///
    /// # Errors
    /// [`HoursError`].
    pub fn new(zone: &str, from: &str, to: &str) -> Result<Self, HoursError> {
        Ok(Self {
            zone: TimeZone::get(zone).map_err(|_| HoursError::Zone(zone.to_owned()))?,
            from: minute(from)?,
            to: minute(to)?,
            days: [true; 7],
            holidays: Vec::new(),
            on_holidays: DayOff::AsUsual,
        })
    }

    /// Only on these days of the week, 1 for Monday; none means all of them.
    ///
    /// # Errors
    /// [`HoursError::Day`].
    pub fn on_days(mut self, days: &[i64]) -> Result<Self, HoursError> {
        let mut only = [false; 7];
        for day in days {
            let place = usize::try_from(day - 1).ok().and_then(|at| only.get_mut(at));
            *place.ok_or(HoursError::Day(*day))? = true;
        }
        self.days = if days.is_empty() { [true; 7] } else { only };
        Ok(self)
    }

    /// Dates, one per line: `31.12`, `31.12.2026` or `2026-12-31`.
    ///
    /// # Errors
    /// [`HoursError::Date`].
    pub fn with_holidays(mut self, typed: &str, meaning: DayOff) -> Result<Self, HoursError> {
        self.on_holidays = meaning;
        self.holidays = Vec::new();
        for (at, line) in typed.lines().enumerate() {
            for typed in line.split([',', ';', ' ']).filter(|typed| !typed.is_empty()) {
                let date = holiday(typed).ok_or_else(|| HoursError::Date {
                    typed: typed.to_owned(),
                    line: at + 1,
                })?;
                self.holidays.push(date);
            }
        }
        Ok(self)
    }

    /// Whether the moment lies within.
    pub fn cover(&self, at: At) -> bool {
        let Ok(moment) = Timestamp::from_millisecond(at.millis()) else {
            return false;
        };
        let local = self.zone.to_datetime(moment);
        let minute = i32::from(local.hour()) * 60 + i32::from(local.minute());
        let day = local.date();
        if self.is_holiday(day) && self.on_holidays != DayOff::AsUsual {
            return self.on_holidays == DayOff::AllDay;
        }
        if self.from == self.to {
            return self.is_on(day);
        }
        if self.from < self.to {
            return self.is_on(day) && (self.from..self.to).contains(&minute);
        }
        // Over midnight: the small hours belong to the day on which they began.
        let before = day.saturating_sub(1.day());
        (minute >= self.from && self.is_on(day)) || (minute < self.to && self.is_on(before))
    }

    fn is_on(&self, day: civil::Date) -> bool {
        let place = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
        let never = self.on_holidays == DayOff::Never && self.is_holiday(day);
        self.days.get(place).copied().unwrap_or(true) && !never
    }

    fn is_holiday(&self, date: civil::Date) -> bool {
        self.holidays.iter().any(|holiday| match *holiday {
            Holiday::Yearly { month, day } => (date.month(), date.day()) == (month, day),
            Holiday::Once(once) => date == once,
        })
    }
}

fn minute(typed: &str) -> Result<i32, HoursError> {
    let wrong = || HoursError::Time(typed.to_owned());
    let (hour, minute) = typed.trim().split_once(':').ok_or_else(wrong)?;
    let number = |part: &str, below: i32| {
        let value = part.parse::<i32>().ok().filter(|value| (0..below).contains(value));
        value
            .filter(|_| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
            .ok_or_else(wrong)
    };
    Ok(number(hour, 24)? * 60 + number(minute, 60)?)
}

fn holiday(typed: &str) -> Option<Holiday> {
    if let Ok(date) = typed.parse::<civil::Date>() {
        return Some(Holiday::Once(date));
    }
    let mut parts = typed.split('.').map(str::parse::<i16>);
    let (day, month) = (parts.next()?.ok()?, parts.next()?.ok()?);
    let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
    match (parts.next(), parts.next()) {
        // Leap years have every day.
        (None, None) => civil::Date::new(2024, month, day)
            .ok()
            .map(|_| Holiday::Yearly { month, day }),
        (Some(Ok(year)), None) => civil::Date::new(year, month, day).ok().map(Holiday::Once),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(moment: &str) -> At {
        At(moment.parse::<Timestamp>().unwrap().as_millisecond())
    }

    #[test]
    fn the_night_of_friday_ends_on_saturday_morning() {
        let night = Hours::new("Europe/Moscow", "21:00", "10:00")
            .unwrap()
            .on_days(&[5])
            .unwrap();
        assert!(night.cover(at("2026-11-27T18:00:00Z")), "Friday 21:00");
        assert!(night.cover(at("2026-11-28T06:59:59Z")), "Saturday 09:59");
        assert!(!night.cover(at("2026-11-28T07:00:00Z")), "Saturday 10:00");
        assert!(
            !night.cover(at("2026-11-27T06:00:00Z")),
            "Friday morning is Thursday's night"
        );
    }

    #[test]
    fn holidays_are_on_or_off_as_a_whole() {
        let day = || Hours::new("Europe/Moscow", "10:00", "19:00").unwrap();
        let noon = at("2026-01-01T09:00:00Z");
        let midnight = at("2026-01-01T00:30:00Z");
        let always = day().with_holidays("01.01\n31.12.2026", DayOff::AllDay).unwrap();
        let never = day().with_holidays("01.01", DayOff::Never).unwrap();
        assert!(always.cover(noon) && always.cover(midnight));
        assert!(!never.cover(noon));
    }

    #[test]
    fn what_is_no_time_is_said() {
        assert_eq!(
            Hours::new("Mars/Olympus", "1:00", "2:00").unwrap_err(),
            HoursError::Zone("Mars/Olympus".into())
        );
        assert_eq!(
            Hours::new("UTC", "24:00", "2:00").unwrap_err(),
            HoursError::Time("24:00".into())
        );
        let wrong = Hours::new("UTC", "1:00", "2:00")
            .unwrap()
            .with_holidays("01.01\n30.02", DayOff::AllDay);
        assert_eq!(
            wrong.unwrap_err(),
            HoursError::Date {
                typed: "30.02".into(),
                line: 2
            }
        );
    }
}
