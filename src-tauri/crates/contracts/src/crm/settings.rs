//! Settings as data: the form of the advanced settings is drawn from it, live choices included.

use serde::Serialize;

/// Settings that belong together; texts are `section.<key>` and `section.<key>.hint`.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Section {
    /// Its name.
    pub key: &'static str,
    /// Shown only where this holds.
    pub when: Option<When>,
    /// Its settings.
    pub settings: &'static [CrmSetting],
}

/// One setting; texts are `setting.<key>` and `setting.<key>.hint`.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct CrmSetting {
    /// Its name in the stored settings.
    pub key: &'static str,
    /// Its form.
    #[serde(flatten)]
    pub kind: CrmSettingKind,
    /// One value for all, or also one per channel.
    pub per_channel: PerChannel,
    /// Shown only where this holds.
    pub when: Option<When>,
}

/// Whether a setting has a value per channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PerChannel {
    /// One value. Stored as it is.
    No,
    /// One value for all, and others for single channels. Stored as `{"all": value, "<account id>": value, …}`.
    May,
}

/// A condition on another setting of the same form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct When {
    /// Which setting.
    pub key: &'static str,
    /// One of these values, as text (`true` and `false` for switches).
    pub is: &'static [&'static str],
}

/// The form of a setting, and how its value is stored (JSON).
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CrmSettingKind {
    /// On or off: a boolean.
    Switch {
        /// When nothing is stored.
        default: bool,
    },
    /// A line of text: a string.
    Text {
        /// When nothing is stored.
        default: &'static str,
    },
    /// Several lines: a string.
    LongText {
        /// When nothing is stored.
        default: &'static str,
        /// What the text has to hold.
        must_hold: Option<&'static str>,
    },
    /// A text with the substitutions of [`domain::substitution`], previewed live: a string.
    Template {
        /// When nothing is stored.
        default: &'static str,
    },
    /// Tags with substitutions: an array of strings.
    Tags,
    /// A whole number.
    Number {
        /// Smallest.
        min: i64,
        /// Largest.
        max: i64,
        /// When nothing is stored.
        default: i64,
    },
    /// One of fixed options, texts `setting.<key>.<option>`: a string.
    Choice {
        /// The options.
        options: &'static [&'static str],
        /// When nothing is stored.
        default: &'static str,
    },
    /// One or several of what the CRM has: a string, or an array of strings when `many`. Nothing stored: the CRM's own
    /// default.
    Live {
        /// What [`super::CrmLink::choices`] is asked for: `stages`, `users`, `lead_fields`, `lines` …
        of: &'static str,
        /// Several.
        many: bool,
        /// Fixed options in front of the live ones, texts `setting.<key>.<option>` (`unsorted`, `connecting_user`,
        /// `create`).
        also: &'static [&'static str],
    },
    /// Fields of the CRM, each with a template: `[{"field": "<id>", "template": "…"}, …]`.
    Fields {
        /// What [`super::CrmLink::choices`] is asked for.
        of: &'static str,
    },
}

/// A live option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What is stored.
    pub value: String,
    /// As the CRM calls it.
    pub label: String,
    /// Options with the same word stand together (the stages of a pipeline).
    pub group: Option<String>,
    /// `#rrggbb`, where the CRM has one.
    pub colour: Option<String>,
}
