use domain::ChannelId;
use serde::Serialize;
use serde_json::Value;

use super::{Capabilities, LoginFlow};

/// A network's static side as data: the connect wizard, the composer and the marks are drawn from it.
#[derive(Debug, Clone, Serialize)]
pub struct Descriptor {
    /// The name of its folder.
    pub id: ChannelId,
    /// The people of all channels with the same word share one space of ids: the same id is the same person.
    pub people: &'static str,
    /// How its mark looks.
    pub mark: Mark,
    /// What it can carry.
    pub capabilities: Capabilities,
    /// The ways to log in, the usual one first.
    pub logins: &'static [LoginFlow],
    /// Base addresses that can be replaced (APP-9).
    pub endpoints: &'static [Endpoint],
    /// Its own settings.
    pub settings: &'static [SettingField],
    /// Its texts. Keys: `name`, `note`, `help`, `login.<flow>…`, `reason.<…>`, `setting.<key>`, `endpoint.<key>`;
    /// a [`domain::Reason`] refers to them as `<id>.<key>`.
    #[serde(skip)]
    pub texts: Texts,
}

/// A letter in a coloured round (no copied logos).
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Mark {
    /// One letter.
    pub letter: &'static str,
    /// `#rrggbb`, white letter on it readable.
    pub colour: &'static str,
    /// The round as an SVG document.
    #[serde(skip)]
    pub icon: &'static str,
}

/// The texts of a channel: flat JSON objects, the same keys in each.
#[derive(Debug, Clone, Copy)]
pub struct Texts {
    /// Russian.
    pub ru: &'static str,
    /// English.
    pub en: &'static str,
    /// Spanish.
    pub es: &'static str,
}

/// A base address that can be replaced.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Endpoint {
    /// Its name.
    pub key: &'static str,
    /// The network's own.
    pub default: &'static str,
}

/// One setting of a channel.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct SettingField {
    /// Its name in the stored settings.
    pub key: &'static str,
    /// Its form.
    pub kind: SettingKind,
}

/// The form of a setting.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SettingKind {
    /// On or off.
    Switch {
        /// When nothing is stored.
        default: bool,
    },
    /// A line of text.
    Text,
    /// Several lines of text.
    Lines,
    /// One of several.
    Choice {
        /// What there is to choose from; texts are `<key>.<option>`.
        options: &'static [&'static str],
        /// When nothing is stored.
        default: &'static str,
    },
    /// A time of the day, `HH:MM`.
    Time {
        /// When nothing is stored.
        default: &'static str,
    },
    /// A time zone by its IANA name.
    TimeZone {
        /// When nothing is stored.
        default: &'static str,
    },
    /// Days of the week, 1 for Monday; none are all.
    Days,
    /// A whole number.
    Number {
        /// Smallest.
        min: i64,
        /// Largest.
        max: i64,
        /// When nothing is stored.
        default: i64,
    },
}

impl SettingKind {
    /// What holds when nothing is stored.
    pub fn default_value(self) -> Value {
        match self {
            Self::Switch { default } => default.into(),
            Self::Number { default, .. } => default.into(),
            Self::Choice { default, .. } | Self::Time { default } | Self::TimeZone { default } => default.into(),
            Self::Text | Self::Lines => "".into(),
            Self::Days => Value::Array(Vec::new()),
        }
    }

    /// Whether a value has this form.
    pub fn fits(self, value: &Value) -> bool {
        match self {
            Self::Switch { .. } => value.is_boolean(),
            Self::Text | Self::Lines | Self::Time { .. } | Self::TimeZone { .. } => value.is_string(),
            Self::Number { min, max, .. } => value.as_i64().is_some_and(|n| (min..=max).contains(&n)),
            Self::Choice { options, .. } => value.as_str().is_some_and(|chosen| options.contains(&chosen)),
            Self::Days => {
                let day = |day: &Value| day.as_i64().is_some_and(|day| (1..=7).contains(&day));
                value.as_array().is_some_and(|days| days.iter().all(day))
            }
        }
    }
}
