//! `batch`: up to 50 methods in one call, later ones with results of earlier ones.
//!
//! <https://apidocs.bitrix24.com/settings/how-to-call-rest-api/batch.html>

use super::{ApiError, Caller, Params, Reply, run, time};
use crate::bitrix24::php;
use crate::bitrix24::state::State;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::{Map, Value};

/// Commands that fit in.
const MOST: usize = 50;

/// What cannot be called inside.
const NOT_INSIDE: [&str; 3] = ["batch", "disk.folder.uploadfile", "disk.storage.uploadfile"];

/// A PHP array as JSON: in the order in which it was filled, and as a list when the keys count up.
#[derive(Debug, Default)]
struct Named(Vec<(String, Value)>);

impl Serialize for Named {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if php::is_list(self.0.iter().map(|(name, _)| name.as_str())) {
            let mut list = serializer.serialize_seq(Some(self.0.len()))?;
            self.0.iter().try_for_each(|(_, value)| list.serialize_element(value))?;
            return list.end();
        }
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        self.0
            .iter()
            .try_for_each(|(name, value)| map.serialize_entry(name, value))?;
        map.end()
    }
}

#[derive(Debug, Default, serde::Serialize)]
struct Results {
    result: Named,
    result_error: Named,
    result_total: Named,
    result_next: Named,
    result_time: Named,
}

#[derive(serde::Serialize)]
struct Body {
    result: Results,
    time: Value,
}

/// The whole body of the answer; a batch as such never fails.
pub(crate) fn answer(state: &mut State, params: &Params, caller: &Caller) -> String {
    let halt = params.flag("halt");
    let mut results = Results::default();
    let mut known = Map::new();
    for (place, (name, command)) in params.commands.iter().enumerate() {
        let answer = match place < MOST {
            true => one(state, command, &known, caller),
            false => Err(ApiError::bad(
                "ERROR_BATCH_LENGTH_EXCEEDED",
                "Max batch length exceeded",
            )),
        };
        match answer {
            Ok((method, reply)) => {
                known.insert(name.clone(), reply.result.clone());
                let time = time(state, caller, &method);
                results.keep(name, reply, time);
            }
            Err(error) => {
                results.result_error.0.push((name.clone(), error.body()));
                if halt {
                    break;
                }
            }
        }
    }
    let time = time(state, caller, "batch");
    serde_json::to_string(&Body { result: results, time }).unwrap_or_default()
}

impl Results {
    fn keep(&mut self, name: &str, reply: Reply, time: Value) {
        let name = || name.to_owned();
        self.result.0.push((name(), reply.result));
        if let Some(total) = reply.total {
            self.result_total.0.push((name(), total.into()));
        }
        if let Some(next) = reply.next {
            self.result_next.0.push((name(), next.into()));
        }
        self.result_time.0.push((name(), time));
    }
}

fn one(
    state: &mut State,
    command: &str,
    known: &Map<String, Value>,
    caller: &Caller,
) -> Result<(String, Reply), ApiError> {
    let (method, query) = command.split_once('?').unwrap_or((command, ""));
    let method = method.trim().trim_end_matches(".json").to_ascii_lowercase();
    if NOT_INSIDE.contains(&method.as_str()) {
        let told = "Method is not allowed for batch usage";
        return Err(ApiError::new(405, "ERROR_BATCH_METHOD_NOT_ALLOWED", told));
    }
    let mut params = Params::form(query.as_bytes());
    for value in params.tree_mut().values_mut() {
        substitute(value, known);
    }
    let reply = run(state, &method, &params, caller)?;
    Ok((method, reply))
}

/// Puts earlier results in place of `$result[a][b]`.
fn substitute(value: &mut Value, known: &Map<String, Value>) {
    match value {
        Value::Object(map) => map.values_mut().for_each(|inner| substitute(inner, known)),
        Value::Array(list) => list.iter_mut().for_each(|inner| substitute(inner, known)),
        Value::String(text) if text.contains(MARK) => *value = replaced(text, known),
        _ => {}
    }
}

const MARK: &str = "$result[";

fn replaced(text: &str, known: &Map<String, Value>) -> Value {
    let mut whole = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(MARK) {
        let after = format!("[{after}");
        let (path, left) = path(&after);
        let found = found(known, &path);
        if before.is_empty() && whole.is_empty() && left.is_empty() {
            return found;
        }
        whole.push_str(before);
        whole.push_str(&php::text(&found));
        rest = text.get(text.len() - left.len()..).unwrap_or_default();
    }
    whole.push_str(rest);
    Value::String(whole)
}

/// `[a][0][ID] and more` → a, 0, ID; ` and more`.
fn path(text: &str) -> (Vec<String>, &str) {
    let (mut path, mut rest) = (Vec::new(), text);
    while let Some((name, left)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        path.push(name.to_owned());
        rest = left;
    }
    (path, rest)
}

fn found(known: &Map<String, Value>, path: &[String]) -> Value {
    let mut steps = path.iter();
    let mut value = steps
        .next()
        .and_then(|name| known.get(name))
        .cloned()
        .unwrap_or(Value::Null);
    for step in steps {
        value = match &value {
            Value::Array(list) => step.parse::<usize>().ok().and_then(|place| list.get(place)).cloned(),
            Value::Object(map) => map.get(step).cloned(),
            _ => None,
        }
        .unwrap_or(Value::Null);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn earlier_results_are_found_by_their_path() {
        let known = json!({"a": [{"ID": "5"}], "b": {"items": [7]}})
            .as_object()
            .cloned()
            .unwrap();
        assert_eq!(replaced("$result[a][0][ID]", &known), json!("5"));
        assert_eq!(replaced("$result[b][items][0]", &known), json!(7));
        assert_eq!(replaced("№ $result[a][0][ID] и $result[c]!", &known), json!("№ 5 и !"));
    }

    #[test]
    fn numbered_results_are_a_list_and_named_ones_keep_their_order() {
        let named = |names: &[&str]| Named(names.iter().map(|name| ((*name).to_owned(), json!(name))).collect());
        assert_eq!(serde_json::to_string(&named(&["0", "1"])).unwrap(), r#"["0","1"]"#);
        assert_eq!(
            serde_json::to_string(&named(&["z", "a"])).unwrap(),
            r#"{"z":"z","a":"a"}"#
        );
        assert_eq!(serde_json::to_string(&named(&[])).unwrap(), "[]");
    }
}
