//! Values as the server's PHP reads and writes them: numbers are text, an empty map is a list, names have no case.

use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};
use serde_json::{Map, Value};

/// A scalar as text; nothing for null, `1` and nothing for booleans.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(true) => "1".to_owned(),
        _ => String::new(),
    }
}

/// A whole number, written as one or as text.
pub(crate) fn int(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// `1`, `Y`, `true` and the like: what the vendor's flags mean by "yes".
pub(crate) fn flag(value: &Value) -> bool {
    match value {
        Value::Bool(yes) => *yes,
        Value::Null => false,
        Value::Array(_) | Value::Object(_) => true,
        _ => !matches!(text(value).to_ascii_lowercase().as_str(), "" | "0" | "n" | "false"),
    }
}

/// The values of a list, whichever way it is written: array, map with numbers, a single value.
pub(crate) fn items(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(list) => list.iter().collect(),
        Value::Object(map) => map.values().collect(),
        Value::Null => Vec::new(),
        single => vec![single],
    }
}

/// A member of a map; letter case does not matter.
pub(crate) fn field<'a>(map: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let alike = || map.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    map.get(name).or_else(|| alike().map(|(_, value)| value))
}

/// A member of whatever may be a map.
pub(crate) fn member<'a>(value: &'a Value, name: &str) -> &'a Value {
    const NOTHING: &Value = &Value::Null;
    value.as_object().and_then(|map| field(map, name)).unwrap_or(NOTHING)
}

/// A map as `json_encode` writes it: a list when it is empty or its keys count up from 0.
pub(crate) fn array(map: Map<String, Value>) -> Value {
    if is_list(map.keys().map(String::as_str)) {
        let mut numbered: Vec<(usize, Value)> = map
            .into_iter()
            .filter_map(|(key, value)| Some((key.parse().ok()?, value)))
            .collect();
        numbered.sort_by_key(|(number, _)| *number);
        return Value::Array(numbered.into_iter().map(|(_, value)| value).collect());
    }
    Value::Object(map)
}

/// The keys are 0, 1, 2… in some order, or there are none.
pub(crate) fn is_list<'a>(keys: impl Iterator<Item = &'a str>) -> bool {
    let mut numbers: Vec<usize> = Vec::new();
    for key in keys {
        match key.parse::<usize>() {
            Ok(number) if number.to_string() == key => numbers.push(number),
            _ => return false,
        }
    }
    numbers.sort_unstable();
    numbers.into_iter().enumerate().all(|(place, number)| place == number)
}

/// `2024-07-18T12:32:31+03:00`, by the clocks of Moscow.
pub(crate) fn date(at: Timestamp) -> String {
    at.to_zoned(TimeZone::fixed(offset(3)))
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

/// A time that a client wrote, in Unix seconds or as above.
pub(crate) fn moment(value: &Value) -> Option<Timestamp> {
    match int(value) {
        Some(seconds) => Timestamp::from_second(seconds).ok(),
        None => text(value).parse().ok(),
    }
}
