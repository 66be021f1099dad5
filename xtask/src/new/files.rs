//! The templates: file name and text.

/// Files of one folder.
pub(super) type Template = &'static [(&'static str, &'static str)];

macro_rules! template {
    ($folder:literal: $($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../templates/", $folder, "/", $name)))),*]
    };
}

pub(super) const CHANNEL: Template = template!("channel":
    "mod.rs" "login.rs" "client.rs" "wire.rs" "receive.rs" "convert.rs" "errors.rs" "tests.rs"
    "icon.svg" "texts.ru.json" "texts.en.json" "texts.es.json" "fixtures/updates.json");

pub(super) const CRM: Template = template!("crm":
    "mod.rs" "login.rs" "client.rs" "wire.rs" "link.rs" "mapping.rs" "errors.rs" "tests.rs"
    "icon.svg" "texts.ru.json" "texts.en.json" "texts.es.json" "fixtures/account.json");
