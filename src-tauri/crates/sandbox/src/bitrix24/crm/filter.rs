//! Filters and orders of lists. <https://apidocs.bitrix24.com/api-reference/crm/universal/crm-item-list.html>

use crate::bitrix24::php;
use serde_json::{Map, Value};
use std::cmp::Ordering;

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Test {
    Is,
    Above,
    AtLeast,
    Below,
    AtMost,
    Among,
    Contains,
    Like,
}

/// Longer prefixes first.
static PREFIXES: &[(&str, bool, Test)] = &[
    ("!=%", true, Test::Like),
    ("!%=", true, Test::Like),
    ("!@", true, Test::Among),
    ("!%", true, Test::Contains),
    ("!=", true, Test::Is),
    (">=", false, Test::AtLeast),
    ("<=", false, Test::AtMost),
    ("=%", false, Test::Like),
    ("%=", false, Test::Like),
    ("!", true, Test::Is),
    (">", false, Test::Above),
    ("<", false, Test::Below),
    ("@", false, Test::Among),
    ("%", false, Test::Contains),
    ("=", false, Test::Is),
];

/// Whether something with these values passes; all conditions hold, or any of them with `logic: OR`.
pub(crate) fn passes(filter: &Map<String, Value>, value_of: &dyn Fn(&str) -> Value) -> bool {
    let any = php::field(filter, "logic").is_some_and(|logic| php::text(logic).eq_ignore_ascii_case("or"));
    let mut conditions = filter.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("logic"));
    let holds = |(name, wanted): (&String, &Value)| match wanted {
        Value::Object(inner) if name.parse::<usize>().is_ok() => passes(inner, value_of),
        _ => condition(name, wanted, value_of),
    };
    if any {
        conditions.any(holds)
    } else {
        conditions.all(holds)
    }
}

/// Filters that are written as a list of maps (an empty one is any empty PHP array).
pub(crate) fn of_value(value: &Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map.clone(),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .map(|(place, value)| (place.to_string(), value.clone()))
            .collect(),
        _ => Map::new(),
    }
}

fn condition(name: &str, wanted: &Value, value_of: &dyn Fn(&str) -> Value) -> bool {
    let found = PREFIXES
        .iter()
        .find_map(|(prefix, not, test)| Some((name.strip_prefix(prefix)?, *not, *test)));
    let (name, not, test) = found.unwrap_or((name, false, Test::Is));
    let value = value_of(name);
    let values = match &value {
        Value::Array(list) => list
            .iter()
            .map(|one| match one {
                Value::Object(_) => php::text(php::member(one, "VALUE")),
                single => php::text(single),
            })
            .collect(),
        single => vec![php::text(single)],
    };
    let wanted: Vec<String> = match wanted {
        Value::Null => vec![String::new()],
        Value::Bool(yes) => vec![if *yes { "Y" } else { "N" }.to_owned()],
        other => php::items(other).into_iter().map(php::text).collect(),
    };
    let holds = values
        .iter()
        .any(|value| wanted.iter().any(|wanted| holds(test, value, wanted)));
    // Nothing at all equals an empty value.
    let empty = values.is_empty() && test == Test::Is && wanted.iter().all(String::is_empty);
    (holds || empty) != not
}

fn holds(test: Test, value: &str, wanted: &str) -> bool {
    let (low, sought) = (value.to_lowercase(), wanted.to_lowercase());
    match test {
        Test::Is | Test::Among => low == sought || is_equal_number(value, wanted),
        Test::Above => compare(value, wanted) == Ordering::Greater,
        Test::AtLeast => compare(value, wanted) != Ordering::Less,
        Test::Below => compare(value, wanted) == Ordering::Less,
        Test::AtMost => compare(value, wanted) != Ordering::Greater,
        Test::Contains => low.contains(&sought),
        Test::Like => match (sought.strip_prefix('%'), sought.strip_suffix('%')) {
            (Some(_), Some(_)) => low.contains(sought.trim_matches('%')),
            (Some(end), None) => low.ends_with(end),
            (None, Some(start)) => low.starts_with(start),
            (None, None) => low == sought,
        },
    }
}

fn is_equal_number(value: &str, wanted: &str) -> bool {
    matches!((value.parse::<f64>(), wanted.parse::<f64>()), (Ok(one), Ok(other)) if (one - other).abs() < f64::EPSILON)
}

/// Numbers as numbers, times as times, the rest as text.
pub(crate) fn compare(one: &str, other: &str) -> Ordering {
    if let (Ok(one), Ok(other)) = (one.parse::<f64>(), other.parse::<f64>()) {
        return one.total_cmp(&other);
    }
    if let (Ok(one), Ok(other)) = (one.parse::<jiff::Timestamp>(), other.parse::<jiff::Timestamp>()) {
        return one.cmp(&other);
    }
    one.to_lowercase().cmp(&other.to_lowercase())
}

/// Sorts by the names of `order`, first name first.
pub(crate) fn sort<T>(rows: &mut [T], order: &Map<String, Value>, value_of: impl Fn(&T, &str) -> Value) {
    rows.sort_by(|one, other| {
        for (name, way) in order {
            let found = compare(&php::text(&value_of(one, name)), &php::text(&value_of(other, name)));
            let found = if php::text(way).eq_ignore_ascii_case("desc") {
                found.reverse()
            } else {
                found
            };
            if found != Ordering::Equal {
                return found;
            }
        }
        Ordering::Equal
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(filter: Value) -> bool {
        let card = json!({"ID": "12", "TITLE": "Стол дубовый", "PHONE": [{"VALUE": "+79120000001"}], "NOTE": null});
        passes(&of_value(&filter), &|name| php::member(&card, name).clone())
    }

    #[test]
    fn conditions_are_met_as_documented() {
        assert!(check(json!({">ID": 9, "<ID": "100"})));
        assert!(check(json!({"%TITLE": "дуб", "!%TITLE": "сосн"})));
        assert!(check(json!({"=%TITLE": "стол%", "PHONE": "+79120000001"})));
        assert!(check(json!({"@ID": [1, 12], "!@ID": [3]})));
        assert!(check(json!({"NOTE": "", "!TITLE": ""})));
        assert!(!check(json!({"ID": 13})));
    }

    #[test]
    fn any_of_several_is_enough_with_or() {
        assert!(check(json!({"logic": "OR", "0": {"ID": 1}, "1": {"ID": 12}})));
        assert!(check(
            json!([{"logic": "OR", "0": {"ID": 1}, "1": {"ID": 12}}, {"TITLE": "Стол дубовый"}])
        ));
        assert!(!check(json!({"logic": "OR", "0": {"ID": 1}, "1": {"ID": 2}})));
    }
}
