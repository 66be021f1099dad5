//! Settings as they are stored, read with the value of one channel in front of the value for all.

use std::collections::BTreeMap;

use domain::AccountId;
use serde_json::Value;

/// Settings by key.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stored(BTreeMap<String, Value>);

impl Stored {
    pub(crate) fn new(settings: BTreeMap<String, Value>) -> Self {
        Self(settings)
    }

    /// The value for this channel, else that for all; nothing where neither was set.
    pub(crate) fn value(&self, key: &str, account: Option<AccountId>) -> Option<&Value> {
        let stored = self.0.get(key)?;
        let value = match stored {
            Value::Object(by_channel) => account
                .and_then(|account| by_channel.get(&account.to_string()))
                .filter(|own| !own.is_null())
                .or_else(|| by_channel.get("all"))?,
            one => one,
        };
        (!value.is_null()).then_some(value)
    }

    /// A text that is not empty.
    pub(crate) fn text(&self, key: &str, account: Option<AccountId>) -> Option<&str> {
        let text = self.value(key, account)?.as_str()?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// A switch.
    pub(crate) fn switch(&self, key: &str, default: bool) -> bool {
        self.value(key, None).and_then(Value::as_bool).unwrap_or(default)
    }

    /// A whole number.
    pub(crate) fn number(&self, key: &str, default: i64) -> i64 {
        self.value(key, None).and_then(Value::as_i64).unwrap_or(default)
    }

    /// Several texts.
    pub(crate) fn texts(&self, key: &str, account: Option<AccountId>) -> Vec<&str> {
        let list = self.value(key, account).and_then(Value::as_array);
        list.map_or_else(Vec::new, |list| list.iter().filter_map(Value::as_str).collect())
    }

    /// Fields with their templates.
    pub(crate) fn fields(&self, key: &str, account: Option<AccountId>) -> Vec<(&str, &str)> {
        let list = self.value(key, account).and_then(Value::as_array);
        list.into_iter()
            .flatten()
            .filter_map(|one| Some((one.get("field")?.as_str()?, one.get("template")?.as_str()?)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_channels_own_value_goes_before_the_one_for_all() {
        let settings = json!({ "stage": { "all": "1:2", "7": "1:3", "8": null }, "groups": false });
        let stored = Stored::new(serde_json::from_value(settings).unwrap());
        let stage = |account| stored.text("stage", account).unwrap();
        assert_eq!(stage(Some(AccountId(7))), "1:3");
        assert_eq!((stage(Some(AccountId(8))), stage(None)), ("1:2", "1:2"));
        assert!(!stored.switch("groups", true));
        assert_eq!(stored.text("responsible", None), None);
    }
}
