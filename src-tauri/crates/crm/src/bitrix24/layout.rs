//! How the portal is furnished: employees, columns, fields. Read when the link is prepared and kept in memory; what has
//! changed meanwhile shows itself by a refusal, and it is read anew.

use std::sync::Arc;

use contracts::crm::{CrmError, Urgency};
use domain::CrmEntity;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{client::Told, errors::ApiError, link::BxLink};

/// The portal's furniture.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    /// In whose name we work.
    pub(super) me: i64,
    pub(super) users: Vec<User>,
    pub(super) stages: Vec<Stage>,
    /// Boards of deals: number and name.
    pub(super) boards: Vec<(i64, String)>,
    /// Seconds east of Greenwich, as the portal counts its days.
    pub(super) offset_secs: i32,
}

/// An employee.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct User {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) email: Option<String>,
    pub(super) active: bool,
}

/// A column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Stage {
    /// `STATUS` for leads, `DEAL_STAGE` and `DEAL_STAGE_7` for deals.
    #[serde(rename = "ENTITY_ID", default)]
    pub(super) of: String,
    #[serde(rename = "STATUS_ID", default)]
    pub(super) id: String,
    #[serde(rename = "NAME", default)]
    pub(super) name: String,
    #[serde(rename = "COLOR", default)]
    pub(super) colour: Option<String>,
}

impl Stage {
    pub(super) fn kind(&self) -> Option<CrmEntity> {
        match self.of.as_str() {
            "STATUS" => Some(CrmEntity::Lead),
            of if of.starts_with("DEAL_STAGE") => Some(CrmEntity::Deal),
            _ => None,
        }
    }

    /// The board of a deal's column; the first one has no number in its name.
    pub(super) fn board(&self) -> i64 {
        let number = self.of.rsplit('_').next();
        number.and_then(|number| number.parse().ok()).unwrap_or(0)
    }

    /// `#rrggbb`.
    pub(super) fn shade(&self) -> Option<String> {
        self.colour
            .clone()
            .filter(|colour| colour.len() == 7 && colour.starts_with('#'))
    }
}

impl BxLink {
    /// The furniture, read when there is none yet.
    pub(super) async fn layout(&self, urgency: Urgency) -> Result<Arc<Layout>, ApiError> {
        if let Some(layout) = self.state.layout.read().await.clone() {
            return Ok(layout);
        }
        self.look_around(urgency).await
    }

    /// Reads the furniture anew: one call.
    pub(super) async fn look_around(&self, urgency: Urgency) -> Result<Arc<Layout>, ApiError> {
        let told = self
            .client
            .batch(
                &[
                    ("profile", json!({})),
                    ("user.get", json!({ "ACTIVE": "Y", "sort": "ID", "order": "ASC" })),
                    ("crm.status.list", json!({ "order": { "SORT": "ASC" } })),
                    ("crm.category.list", json!({ "entityTypeId": 2 })),
                ],
                urgency,
            )
            .await?;
        let mut told = told.into_iter();
        let mut next = || told.next().unwrap_or(Ok(Told::default()));
        let (me, users) = (next()?, next()?);
        // A webhook may be without the cards of the CRM; then they are not asked for either.
        let (stages, boards) = (next(), next());
        let mut people = rows(&users.result);
        let mut page = users.next;
        while let Some(start) = page {
            let more = self
                .client
                .ask("user.get", json!({ "ACTIVE": "Y", "start": start }), urgency)
                .await?;
            people.extend(rows(&more.result));
            page = more.next.filter(|next| *next > start);
        }
        let layout = Arc::new(Layout {
            me: number(&me.result, "ID").ok_or_else(super::errors::nothing_came)?,
            offset_secs: offset(&me.time.date_start),
            users: people.iter().filter_map(user).collect(),
            stages: listed(stages)?
                .into_iter()
                .filter_map(|row| serde_json::from_value(row).ok())
                .collect(),
            boards: match boards {
                Ok(told) => told.result.get("categories").map(rows).unwrap_or_default(),
                Err(ApiError::Problem(_)) => Vec::new(),
                Err(error) => return Err(error),
            }
            .iter()
            .filter_map(|row| Some((number(row, "id")?, text(row, "name")?)))
            .collect(),
        });
        *self.state.layout.write().await = Some(layout.clone());
        Ok(layout)
    }
}

fn listed(told: Result<Told, ApiError>) -> Result<Vec<Value>, ApiError> {
    match told {
        Ok(told) => Ok(rows(&told.result)),
        Err(ApiError::Problem(_) | ApiError::Crm(CrmError::NoRights(_))) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// The zone of a moment as the portal writes it; Greenwich where it is none.
fn offset(moment: &str) -> i32 {
    let told = moment.get(moment.len().saturating_sub(6)..).unwrap_or_default();
    let Some((hours, minutes)) = told.split_once(':') else {
        return 0;
    };
    let (Ok(hours), Ok(minutes)) = (hours.parse::<i32>(), minutes.parse::<i32>()) else {
        return 0;
    };
    hours * 3600 + minutes * 60 * if hours < 0 { -1 } else { 1 }
}

fn user(row: &Value) -> Option<User> {
    let part = |key: &str| text(row, key).unwrap_or_default();
    let name = format!("{} {}", part("NAME"), part("LAST_NAME")).trim().to_owned();
    let email = text(row, "EMAIL").filter(|email| !email.is_empty());
    Some(User {
        id: number(row, "ID")?,
        name: if name.is_empty() {
            email.clone().unwrap_or_default()
        } else {
            name
        },
        email,
        active: row
            .get("ACTIVE")
            .is_none_or(|active| active != &json!(false) && active != "N"),
    })
}

/// A list, which comes as a map when PHP's keys have gaps.
pub(super) fn rows(value: &Value) -> Vec<Value> {
    match value {
        Value::Array(list) => list.clone(),
        Value::Object(map) => map.values().cloned().collect(),
        _ => Vec::new(),
    }
}

/// A number, which comes as a text as often as not.
pub(super) fn number(row: &Value, key: &str) -> Option<i64> {
    whole(row.get(key)?)
}

/// The same of a value.
pub(super) fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// A text; numbers as they are written.
pub(super) fn text(row: &Value, key: &str) -> Option<String> {
    match row.get(key)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

impl Layout {
    pub(super) fn user(&self, id: i64) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// The employee whom people call so, else the one in whose name we work.
    pub(super) fn user_named(&self, name: Option<&str>) -> i64 {
        let folded = name.map(domain::text::fold);
        let same = |user: &&User| Some(domain::text::fold(&user.name)) == folded;
        self.users.iter().find(same).map_or(self.me, |user| user.id)
    }

    pub(super) fn stage(&self, kind: CrmEntity, id: &str) -> Option<&Stage> {
        self.stages
            .iter()
            .find(|stage| stage.kind() == Some(kind) && stage.id == id)
    }

    pub(super) fn board(&self, number: i64) -> Option<&str> {
        let found = self.boards.iter().find(|(id, _)| *id == number);
        found.map(|(_, name)| name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_stands_at_the_end_of_a_moment() {
        assert_eq!(offset("2026-03-17T17:32:50+03:00"), 3 * 3600);
        assert_eq!(offset("2026-03-17T17:32:50-03:30"), -(3 * 3600 + 30 * 60));
        assert_eq!(offset(""), 0);
    }
}
