//! What each type of note must hold. <https://www.amocrm.ru/developers/content/crm_platform/events-and-notes>

use super::page::text;
use super::problem::Fault;
use serde_json::Value;

/// Type and the parameters without which it is refused.
const TYPES: &[(&str, &[&str])] = &[
    ("common", &["text"]),
    ("call_in", &["duration", "source", "phone"]),
    ("call_out", &["duration", "source", "phone"]),
    ("service_message", &["service", "text"]),
    ("extended_service_message", &["service", "text"]),
    ("message_cashier", &["status", "text"]),
    ("geolocation", &["text", "address", "longitude", "latitude"]),
    ("sms_in", &["text", "phone"]),
    ("sms_out", &["text", "phone"]),
    ("attachment", &["file_uuid", "file_name", "version_uuid"]),
    ("invoice_paid", &["service", "text"]),
];

/// Checks type and parameters of a note.
pub(super) fn check(item: &Value) -> Result<(), Vec<Fault>> {
    let Some(kind) = text(item, "note_type") else {
        return Err(vec![Fault::missing("note_type")]);
    };
    let Some((_, needed)) = TYPES.iter().find(|(name, _)| *name == kind) else {
        return Err(vec![Fault::choice("note_type")]);
    };
    let Some(params) = item.get("params").filter(|params| params.is_object()) else {
        return Err(vec![Fault::missing("params")]);
    };
    let faults: Vec<Fault> = needed
        .iter()
        .filter(|name| params.get(**name).is_none_or(Value::is_null))
        .map(|name| Fault::missing(&format!("params.{name}")))
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}
