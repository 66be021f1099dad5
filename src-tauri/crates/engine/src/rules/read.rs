use std::{collections::BTreeMap, time::Duration};

use contracts::channel::{FieldError, SettingKind};
use domain::Reason;
use filters::{DayOff, Filter, Hours, HoursError, Limits, Spintax, WordMode};
use serde_json::Value;

use super::form::{RuleField, SECTIONS};

/// Everything that is set for an account, ready for use.
#[derive(Debug, Clone, Default)]
pub struct ChannelRules {
    /// Of the stored values; 0: defaults.
    pub revision: i64,
    /// What is filtered.
    pub filter: Filter,
    /// Our own messages are held until the client answers (CH-9).
    pub hold_mailings: bool,
    /// What is answered by itself, and when.
    pub auto_reply: Option<AutoReply>,
    /// The network is told that everything was read (CH-8).
    pub mark_read: bool,
}

/// What is answered by itself (CH-7).
#[derive(Debug, Clone)]
pub struct AutoReply {
    /// What.
    pub text: Spintax,
    /// When.
    pub hours: Hours,
    /// How often.
    pub limits: Limits,
}

impl ChannelRules {
    /// Reads values by key; what is missing has its default.
    ///
    /// # Errors
    /// Every field to correct, by its key.
    pub fn read(values: &BTreeMap<String, Value>, revision: i64) -> Result<Self, Vec<FieldError>> {
        let mut form = Form::check(values);
        let filter = form.filter();
        let auto_reply = form.auto_reply();
        if !form.problems.is_empty() {
            return Err(form.problems);
        }
        Ok(Self {
            revision,
            filter: filter.unwrap_or_default(),
            hold_mailings: form.on("filter.mailings"),
            auto_reply: auto_reply.filter(|_| form.on("auto_reply.on")),
            mark_read: form.on("reading.mark"),
        })
    }
}

/// Values with their defaults, and what is wrong with them.
struct Form {
    values: BTreeMap<&'static str, Value>,
    problems: Vec<FieldError>,
}

impl Form {
    fn check(chosen: &BTreeMap<String, Value>) -> Self {
        let (mut values, mut problems) = (BTreeMap::new(), Vec::new());
        for RuleField { field, .. } in SECTIONS.iter().flat_map(|section| section.fields) {
            let value = chosen
                .get(field.key)
                .cloned()
                .unwrap_or_else(|| field.kind.default_value());
            if field.kind.fits(&value) {
                values.insert(field.key, value);
            } else {
                problems.push(problem(field.key, out_of_range(field.kind)));
            }
        }
        Self { values, problems }
    }

    fn text(&self, key: &str) -> &str {
        self.values.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    fn on(&self, key: &str) -> bool {
        self.values.get(key).and_then(Value::as_bool).unwrap_or_default()
    }

    fn number(&self, key: &str) -> u32 {
        let number = self.values.get(key).and_then(Value::as_u64);
        number.and_then(|number| u32::try_from(number).ok()).unwrap_or_default()
    }

    fn days(&self) -> Vec<i64> {
        let days = self.values.get("auto_reply.days").and_then(Value::as_array);
        days.into_iter().flatten().filter_map(Value::as_i64).collect()
    }

    fn filter(&mut self) -> Option<Filter> {
        let mode = match self.text("filter.mode") {
            "only" => WordMode::OnlyMatching,
            "except" => WordMode::AllButMatching,
            _ => WordMode::All,
        };
        let (list, words) = (self.text("filter.black_list"), self.text("filter.words"));
        match Filter::parse(list, words, mode, self.on("filter.emoji")) {
            Ok(filter) => Some(filter),
            Err(errors) => {
                let list = errors
                    .black_list
                    .iter()
                    .map(|error| problem("filter.black_list", error.reason()));
                let words = errors.words.iter().map(|error| problem("filter.words", error.reason()));
                let none = errors
                    .nothing_passes
                    .then(|| problem("filter.words", Reason::new("error.rules_missing")));
                let found: Vec<FieldError> = list.chain(words).chain(none).collect();
                self.problems.extend(found);
                None
            }
        }
    }

    fn auto_reply(&mut self) -> Option<AutoReply> {
        let text = Spintax::parse(self.text("auto_reply.text")).map_err(|error| error.reason());
        let text = match text {
            Ok(_) if self.on("auto_reply.on") && self.text("auto_reply.text").trim().is_empty() => {
                Err(Reason::new("error.auto_reply_text"))
            }
            text => text,
        };
        let text = text.map_err(|reason| self.problems.push(problem("auto_reply.text", reason)));
        let hours = self.hours();
        let minutes = self.number("auto_reply.window");
        let limits = Limits {
            answers: self.number("auto_reply.limit"),
            within: Duration::from_secs(u64::from(minutes) * 60),
        };
        Some(AutoReply {
            text: text.ok()?,
            hours: hours?,
            limits,
        })
    }

    fn hours(&mut self) -> Option<Hours> {
        let meaning = match self.text("auto_reply.on_holidays") {
            "all_day" => DayOff::AllDay,
            "never" => DayOff::Never,
            _ => DayOff::AsUsual,
        };
        let (zone, from, to) = ("auto_reply.zone", "auto_reply.from", "auto_reply.to");
        let made = Hours::new(self.text(zone), self.text(from), self.text(to))
            .and_then(|hours| hours.on_days(&self.days()))
            .and_then(|hours| hours.with_holidays(self.text("auto_reply.holidays"), meaning));
        made.map_err(|error| {
            let key = match &error {
                HoursError::Zone(_) => zone,
                HoursError::Time(time) if time == self.text(from) => from,
                HoursError::Time(_) => to,
                HoursError::Day(_) => "auto_reply.days",
                HoursError::Date { .. } => "auto_reply.holidays",
            };
            self.problems.push(problem(key, error.reason()));
        })
        .ok()
    }
}

fn out_of_range(kind: SettingKind) -> Reason {
    match kind {
        SettingKind::Number { min, max, .. } => Reason::new("error.setting_range").with("min", min).with("max", max),
        _ => Reason::new("error.setting_value"),
    }
}

fn problem(field: &str, reason: Reason) -> FieldError {
    FieldError {
        field: field.to_owned(),
        reason,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(values: Value) -> Result<ChannelRules, Vec<(String, String)>> {
        let values = serde_json::from_value(values).unwrap();
        let told = |error: FieldError| (error.field, error.reason.key.into_owned());
        ChannelRules::read(&values, 1).map_err(|errors| errors.into_iter().map(told).collect())
    }

    #[test]
    fn nothing_set_filters_and_answers_nothing() {
        let rules = read(json!({})).unwrap();
        assert!(rules.filter.passes_all() && rules.auto_reply.is_none() && !rules.mark_read && !rules.hold_mailings);
    }

    #[test]
    fn every_problem_stands_at_its_field() {
        let wrong = json!({
            "filter.mode": "only", "filter.black_list": "Анна Иванова", "auto_reply.on": true, "auto_reply.from": "25:00",
            "auto_reply.limit": 0,
        });
        let told = read(wrong).unwrap_err();
        let told: Vec<(&str, &str)> = told.iter().map(|(field, key)| (field.as_str(), key.as_str())).collect();
        assert_eq!(
            told,
            [
                ("auto_reply.limit", "error.setting_range"),
                ("filter.black_list", "error.black_list_name"),
                ("filter.words", "error.rules_missing"),
                ("auto_reply.text", "error.auto_reply_text"),
                ("auto_reply.from", "error.hours_time"),
            ]
        );
    }
}
