//! State → the vendor's JSON, object by object (core.telegram.org/bots/api, available types).

pub(crate) mod chat;
pub(crate) mod file;
pub(crate) mod message;

use serde_json::Value;

/// Adds a field to an object when there is something to add.
pub(crate) fn put(object: &mut Value, field: &str, value: Option<Value>) {
    if let (Some(object), Some(value)) = (object.as_object_mut(), value) {
        object.insert(field.to_owned(), value);
    }
}
