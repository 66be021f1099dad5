use domain::At;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::super::access::{Login, OAuth};

/// `GET /account`. <https://www.amocrm.ru/developers/content/crm_platform/account-info>
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(in super::super) struct Account {
    pub(in super::super) id: i64,
    #[serde(default)]
    pub(in super::super) name: String,
    #[serde(default)]
    pub(in super::super) current_user_id: i64,
    /// `ru`, `en`, `es`, `pt`: what managers read.
    #[serde(default)]
    pub(in super::super) language: Option<String>,
    #[serde(default)]
    pub(in super::super) currency_symbol: Option<String>,
    #[serde(default)]
    pub(in super::super) currency: Option<String>,
    /// The account's name in the chats.
    #[serde(default)]
    pub(in super::super) amojo_id: Option<String>,
    /// Where its files live.
    #[serde(default)]
    pub(in super::super) drive_url: Option<String>,
    #[serde(rename = "_embedded", default)]
    embedded: Value,
}

impl Account {
    /// Kinds of tasks: number and name.
    pub(in super::super) fn task_types(&self) -> Vec<(i64, String)> {
        let types = self.embedded.get("task_types").and_then(Value::as_array);
        let one = |kind: &Value| Some((kind.get("id")?.as_i64()?, kind.get("name")?.as_str()?.to_owned()));
        types.into_iter().flatten().filter_map(one).collect()
    }

    /// Seconds east of Greenwich, from `+03:00`.
    pub(in super::super) fn offset_secs(&self) -> i32 {
        let text = self.embedded.pointer("/datetime_settings/timezone_offset");
        let parse = |text: &str| {
            let (hours, minutes) = text.trim_start_matches(['+', '-']).split_once(':')?;
            let secs = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
            Some(if text.starts_with('-') { -secs } else { secs })
        };
        text.and_then(Value::as_str).and_then(parse).unwrap_or(0)
    }
}

/// `GET /users`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(in super::super) struct User {
    pub(in super::super) id: i64,
    #[serde(default)]
    pub(in super::super) name: String,
    #[serde(default)]
    pub(in super::super) email: Option<String>,
    #[serde(default)]
    rights: Rights,
    /// The user's name in the chats.
    #[serde(default)]
    pub(in super::super) amojo_id: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
struct Rights {
    #[serde(default)]
    is_admin: bool,
    is_active: Option<bool>,
}

impl User {
    pub(in super::super) fn is_admin(&self) -> bool {
        self.rights.is_admin
    }

    pub(in super::super) fn is_active(&self) -> bool {
        self.rights.is_active.unwrap_or(true)
    }
}

/// A field of cards. <https://www.amocrm.ru/developers/content/crm_platform/custom-fields>
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(in super::super) struct Field {
    pub(in super::super) id: i64,
    #[serde(default)]
    pub(in super::super) name: String,
    #[serde(default)]
    pub(in super::super) code: Option<String>,
    #[serde(rename = "type", default)]
    pub(in super::super) kind: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(in super::super) enums: Vec<FieldEnum>,
}

/// An option of a field.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(in super::super) struct FieldEnum {
    pub(in super::super) id: i64,
    #[serde(default)]
    pub(in super::super) value: String,
}

/// A pipeline with its stages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(in super::super) struct Pipeline {
    pub(in super::super) id: i64,
    #[serde(default)]
    pub(in super::super) name: String,
    #[serde(default)]
    pub(in super::super) is_archive: bool,
    #[serde(default)]
    pub(in super::super) is_main: bool,
    #[serde(rename = "_embedded", default)]
    embedded: Statuses,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
struct Statuses {
    #[serde(default)]
    statuses: Vec<Status>,
}

/// A stage.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(in super::super) struct Status {
    pub(in super::super) id: i64,
    #[serde(default)]
    pub(in super::super) name: String,
    #[serde(default)]
    pub(in super::super) color: Option<String>,
    /// 1 for the column of what nobody has taken (seen, not documented), 0 for the rest.
    #[serde(rename = "type", default)]
    pub(in super::super) kind: i64,
}

impl Pipeline {
    pub(in super::super) fn statuses(&self) -> &[Status] {
        &self.embedded.statuses
    }
}

/// A pair of tokens.
#[derive(Deserialize)]
pub(in super::super) struct Tokens {
    expires_in: i64,
    access_token: String,
    refresh_token: String,
}

impl Tokens {
    /// The stored login with this pair in it.
    pub(in super::super) fn into_login(self, old: &Login, oauth: &OAuth, now: At) -> Login {
        Login {
            token: self.access_token,
            oauth: Some(OAuth {
                refresh_token: self.refresh_token,
                expires_at: At::from_secs(now.secs() + self.expires_in).millis(),
                ..oauth.clone()
            }),
            ..old.clone()
        }
    }
}

/// PHP writes nothing as `null` where a list stands otherwise.
pub(super) fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(from: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}
