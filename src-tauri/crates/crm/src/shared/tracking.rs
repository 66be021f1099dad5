//! Where a client came from (AMO-13, BX-6): the site puts the visitor's number into the greeting with which the client
//! opens the messenger; the first message brings it here, and it goes into a field of the lead.
//!
//! ```text
//!   site: snippet reads the visitor's number ─► link «write to us» with the greeting, {u_code} filled in
//!   client sends it ─► code_in(greeting, message) ─► lead field `yandex` | `google` | `roistat`
//! ```

use contracts::crm::{Choice, CrmSetting, CrmSettingKind as Kind, PerChannel, When};

use super::Stored;

const TRACKED: Option<When> = Some(When {
    key: "tracking",
    is: &["yandex", "google", "roistat"],
});

const fn one(key: &'static str, kind: Kind, when: Option<When>) -> CrmSetting {
    CrmSetting {
        key,
        kind,
        per_channel: PerChannel::No,
        when,
    }
}

/// The part of the form that is about it.
pub(crate) const SETTINGS: &[CrmSetting] = &[
    one(
        "tracking",
        Kind::Choice {
            options: &["off", "yandex", "google", "roistat"],
            default: "off",
        },
        None,
    ),
    one(
        "tracking_greeting",
        Kind::LongText {
            default: "ID: {u_code}",
            must_hold: Some("{u_code}"),
        },
        TRACKED,
    ),
    one("tracking_phone", Kind::Text { default: "" }, TRACKED),
    one(
        "tracking_counter",
        Kind::Text { default: "" },
        Some(When {
            key: "tracking",
            is: &["yandex"],
        }),
    ),
];

/// The settings, as they are stored.
pub(crate) struct Tracking<'a>(pub(crate) &'a Stored);

impl Tracking<'_> {
    /// Whose numbers are tracked, if any.
    pub(crate) fn system(&self) -> Option<System> {
        System::parse(self.0.text("tracking", None)?)
    }

    fn greeting(&self) -> &str {
        self.0.text("tracking_greeting", None).unwrap_or("ID: {u_code}")
    }

    /// The number that a message brings, and whose it is.
    pub(crate) fn code_in(&self, message: &str) -> Option<(System, String)> {
        Some((self.system()?, code_in(self.greeting(), message)?))
    }

    /// What the owner puts on the site; nothing while tracking is off.
    pub(crate) fn snippet(&self) -> Vec<Choice> {
        let text = |key: &str| self.0.text(key, None).unwrap_or_default();
        let choice = |system: System| Choice {
            value: snippet(
                system,
                self.greeting(),
                text("tracking_phone"),
                text("tracking_counter"),
            ),
            label: system.field().to_owned(),
            group: None,
            colour: None,
        };
        self.system().map(choice).into_iter().collect()
    }
}

/// Whose numbers they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum System {
    /// Yandex Metrika.
    Yandex,
    /// Google Analytics.
    Google,
    /// Roistat.
    Roistat,
}

/// Where the number stands in a greeting.
const CODE: &str = "{u_code}";
/// Numbers of visitors are shorter; a longer run is no number.
const LONGEST: usize = 64;

impl System {
    pub(crate) fn parse(word: &str) -> Option<Self> {
        match word {
            "yandex" => Some(Self::Yandex),
            "google" => Some(Self::Google),
            "roistat" => Some(Self::Roistat),
            _ => None,
        }
    }

    /// The lead's field: found by this name, made where there is none.
    pub(crate) fn field(self) -> &'static str {
        match self {
            Self::Yandex => "yandex",
            Self::Google => "google",
            Self::Roistat => "roistat",
        }
    }

    /// The JavaScript expression of the visitor's number. Metrika answers by a call, the others keep it in a cookie.
    fn visitor(self) -> &'static str {
        match self {
            Self::Yandex => "cookie('_ym_uid')",
            Self::Google => "cookie('_ga').split('.').slice(-2).join('.')",
            Self::Roistat => "cookie('roistat_visit')",
        }
    }
}

/// The number in a message that begins as the greeting does. Spaces and letter case may differ: clients edit.
pub(crate) fn code_in(greeting: &str, message: &str) -> Option<String> {
    let (before, _after) = greeting.split_once(CODE)?;
    let before = squeezed(before);
    let message = squeezed(message);
    if before.is_empty() {
        return None;
    }
    let at = message.to_lowercase().find(&before.to_lowercase())?;
    // Lower case may change lengths in some alphabets; then the place is looked for as written.
    let from = message
        .get(at + before.len()..)
        .or_else(|| message.split_once(before.as_str()).map(|(_, rest)| rest))?;
    let code: String = from
        .trim_start()
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
        .collect();
    let code = code.trim_matches(['.', '-', '_']).to_owned();
    let is_code = !code.is_empty() && code.len() <= LONGEST && code.contains(|c: char| c.is_ascii_digit());
    is_code.then_some(code)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the owner of a site puts on its pages. Every link to the messenger opens with the greeting then.
pub(crate) fn snippet(system: System, greeting: &str, phone: &str, counter: &str) -> String {
    let phone: String = phone.chars().filter(char::is_ascii_digit).collect();
    let counter: String = counter.chars().filter(char::is_ascii_digit).collect();
    // JSON strings are JavaScript strings; `</` would end the script.
    let text = |value: &str| serde_json::Value::from(value).to_string().replace("</", "<\\/");
    let asked = match (system, counter.is_empty()) {
        (System::Yandex, false) => {
            format!("if (window.ym) {{ ym({counter}, 'getClientID', fill); }} else {{ fill(visitor()); }}")
        }
        _ => "fill(visitor());".to_owned(),
    };
    include_str!("snippet.html")
        .replace("__GREETING__", &text(greeting))
        .replace("__PHONE__", &text(&phone))
        .replace("__VISITOR__", system.visitor())
        .replace("__ASK__", &asked)
}
