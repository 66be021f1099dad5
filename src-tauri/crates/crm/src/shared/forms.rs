//! Forms of logins.

use contracts::{
    channel::{Field, FieldKind},
    crm::LoginStep,
};

/// A field to fill in.
pub(crate) fn field(key: &str, kind: FieldKind) -> Field {
    Field {
        key: key.to_owned(),
        kind,
        value: None,
        optional: false,
    }
}

/// A field that may stay empty.
pub(crate) fn optional(key: &str, kind: FieldKind) -> Field {
    Field {
        optional: true,
        ..field(key, kind)
    }
}

/// A form with a text above it.
pub(crate) fn form(text: &'static str, fields: Vec<Field>) -> LoginStep {
    form_with(text, [], fields)
}

/// The same, with values for what the text leaves open.
pub(crate) fn form_with<const N: usize>(
    text: &'static str,
    params: [(&str, String); N],
    fields: Vec<Field>,
) -> LoginStep {
    LoginStep::Input {
        text,
        params: params.map(|(key, value)| (key.to_owned(), value)).into(),
        fields,
    }
}
