//! The parameters of a call: query, form with nested names (`fields[PHONE][0][VALUE]`) and JSON body, in one tree.
//!
//! <https://apidocs.bitrix24.com/settings/how-to-call-rest-api/general-principles.html>, `…/data-encoding.html`

use crate::bitrix24::php;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// Everything that came with a call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Params {
    tree: Map<String, Value>,
    /// `cmd` of a batch in the order in which it was written: later commands use results of earlier ones.
    pub(crate) commands: Vec<(String, String)>,
}

impl Params {
    /// From an encoded query or form.
    pub(crate) fn form(encoded: &[u8]) -> Self {
        Self::pairs(url::form_urlencoded::parse(encoded).into_owned().collect())
    }

    /// From names and values.
    pub(crate) fn pairs(pairs: Vec<(String, String)>) -> Self {
        let mut params = Self::default();
        for (name, value) in pairs {
            let path = steps(&name);
            if let [first, key] = path.as_slice()
                && first == "cmd"
            {
                let key = if key.is_empty() {
                    params.commands.len().to_string()
                } else {
                    key.clone()
                };
                params.commands.push((key, value.clone()));
            }
            insert(&mut params.tree, &path, value);
        }
        params.tree = params
            .tree
            .into_iter()
            .map(|(name, value)| (name, listed(value)))
            .collect();
        params
    }

    /// From a JSON body; what is no object is nothing.
    pub(crate) fn json(body: &[u8]) -> Self {
        let tree = serde_json::from_slice(body).unwrap_or_default();
        let commands = serde_json::from_slice::<Batch>(body)
            .map(|batch| batch.cmd.0)
            .unwrap_or_default();
        Self { tree, commands }
    }

    /// Adds what `other` has; it wins.
    pub(crate) fn merge(&mut self, other: Self) {
        self.tree.extend(other.tree);
        self.commands.extend(other.commands);
    }

    /// The whole tree, for what walks through it.
    pub(crate) fn tree_mut(&mut self) -> &mut Map<String, Value> {
        &mut self.tree
    }

    pub(crate) fn get(&self, name: &str) -> &Value {
        const NOTHING: &Value = &Value::Null;
        php::field(&self.tree, name).unwrap_or(NOTHING)
    }

    /// Text; an empty one counts as absent.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        Some(php::text(self.get(name))).filter(|text| !text.is_empty())
    }

    pub(crate) fn int(&self, name: &str) -> Option<i64> {
        php::int(self.get(name))
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        php::flag(self.get(name))
    }

    /// A map; an empty PHP array, which is written as a list, is an empty one.
    pub(crate) fn map(&self, name: &str) -> Option<Map<String, Value>> {
        match self.get(name) {
            Value::Object(map) => Some(map.clone()),
            Value::Array(list) if list.is_empty() => Some(Map::new()),
            _ => None,
        }
    }

    pub(crate) fn list(&self, name: &str) -> Vec<&Value> {
        php::items(self.get(name))
    }
}

/// `fields[PHONE][0][VALUE]` → fields, PHONE, 0, VALUE.
fn steps(name: &str) -> Vec<String> {
    let (first, rest) = name.split_once('[').unwrap_or((name, ""));
    let mut path = vec![first.to_owned()];
    if !rest.is_empty() {
        path.extend(rest.trim_end_matches(']').split("][").map(str::to_owned));
    }
    path
}

fn insert(tree: &mut Map<String, Value>, path: &[String], value: String) {
    let Some((first, rest)) = path.split_first() else {
        return;
    };
    let key = if first.is_empty() {
        tree.len().to_string()
    } else {
        first.clone()
    };
    if rest.is_empty() {
        tree.insert(key, Value::String(value));
        return;
    }
    let branch = tree.entry(key).or_insert_with(|| Value::Object(Map::new()));
    if !branch.is_object() {
        *branch = Value::Object(Map::new());
    }
    if let Value::Object(inner) = branch {
        insert(inner, rest, value);
    }
}

/// Maps whose keys count up from 0 become lists, all the way down.
fn listed(value: Value) -> Value {
    match value {
        Value::Object(map) => php::array(map.into_iter().map(|(name, value)| (name, listed(value))).collect()),
        other => other,
    }
}

#[derive(Deserialize)]
struct Batch {
    #[serde(default)]
    cmd: Commands,
}

#[derive(Default)]
struct Commands(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Commands {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(InOrder)
    }
}

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Commands;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("commands by name, or a list of them")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Commands, A::Error> {
        let mut commands = Vec::new();
        while let Some((name, command)) = map.next_entry::<String, Value>()? {
            commands.push((name, written(&command)));
        }
        Ok(Commands(commands))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Commands, A::Error> {
        let mut commands = Vec::new();
        while let Some(command) = list.next_element::<Value>()? {
            commands.push((commands.len().to_string(), written(&command)));
        }
        Ok(Commands(commands))
    }
}

/// A command is text; what else there is will not be found as a method.
fn written(command: &Value) -> String {
    php::text(command)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn nested_names_become_a_tree() {
        let params =
            Params::form(b"fields[TITLE]=A&fields[PHONE][0][VALUE]=%2B7&fields[PHONE][1][VALUE]=8&id[]=1&id[]=2");
        assert_eq!(
            params.get("FIELDS"),
            &json!({"TITLE": "A", "PHONE": [{"VALUE": "+7"}, {"VALUE": "8"}]})
        );
        assert_eq!(params.get("id"), &json!(["1", "2"]));
    }

    #[test]
    fn commands_keep_their_order() {
        let form = Params::form(b"cmd[z]=a.b%3Fid%3D1&cmd[a]=c");
        assert_eq!(
            form.commands,
            [("z".into(), "a.b?id=1".into()), ("a".into(), "c".into())]
        );
        let json = Params::json(br#"{"cmd": {"z": "a.b?id=1", "a": "c"}}"#);
        assert_eq!(json.commands, form.commands);
    }
}
