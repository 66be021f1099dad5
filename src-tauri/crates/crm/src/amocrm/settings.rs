//! The form of the advanced settings (AMO-2 to AMO-14), as data.

use contracts::crm::{CrmSetting, CrmSettingKind as Kind, PerChannel, Section, When};

use crate::shared::tracking;

const CHATS: Option<When> = Some(When {
    key: "mode",
    is: &["chats"],
});
const TASKS: Option<When> = Some(When {
    key: "notify",
    is: &["task_per_lead", "task_per_message"],
});

/// One value for all channels.
const fn one(key: &'static str, kind: Kind, when: Option<When>) -> CrmSetting {
    CrmSetting {
        key,
        kind,
        per_channel: PerChannel::No,
        when,
    }
}

/// Also a value for single channels.
const fn each(key: &'static str, kind: Kind) -> CrmSetting {
    CrmSetting {
        key,
        kind,
        per_channel: PerChannel::May,
        when: None,
    }
}

const fn section(key: &'static str, settings: &'static [CrmSetting]) -> Section {
    Section {
        key,
        when: None,
        settings,
    }
}

/// A port that no service is known for.
pub(super) const WEBHOOK_PORT: i64 = 4977;

pub(super) const SETTINGS: &[Section] = &[
    section("mode", MODE),
    section("leads", LEADS),
    section("cards", CARDS),
    section("notify", NOTIFY),
    section("tracking", tracking::SETTINGS),
];

const MODE: &[CrmSetting] = &[
    one(
        "mode",
        Kind::Choice {
            options: &["append", "chats"],
            default: "append",
        },
        None,
    ),
    one("chat_title", Kind::Text { default: "Besedka" }, CHATS),
    one(
        "chat_files",
        Kind::Choice {
            options: &["drive", "note"],
            default: "drive",
        },
        CHATS,
    ),
    one("webhook", Kind::Switch { default: false }, CHATS),
    one(
        "webhook_port",
        Kind::Number {
            min: 1024,
            max: 65535,
            default: WEBHOOK_PORT,
        },
        Some(When {
            key: "webhook",
            is: &["true"],
        }),
    ),
    one("groups", Kind::Switch { default: true }, None),
    one("short_links", Kind::Switch { default: false }, None),
];

const LEADS: &[CrmSetting] = &[
    each(
        "stage",
        Kind::Live {
            of: "stages",
            many: false,
            also: &["unsorted"],
        },
    ),
    one(
        "unsorted_contact",
        Kind::Switch { default: false },
        Some(When {
            key: "split_comments",
            is: &["false"],
        }),
    ),
    one(
        "split_comments",
        Kind::Switch { default: false },
        Some(When {
            key: "unsorted_contact",
            is: &["false"],
        }),
    ),
    one(
        "open_stages",
        Kind::Live {
            of: "stages",
            many: true,
            also: &[],
        },
        None,
    ),
    one(
        "closed_lead",
        Kind::Choice {
            options: &["new", "reuse"],
            default: "new",
        },
        None,
    ),
    each(
        "lead_name",
        Kind::Template {
            default: "%NAME% · %SOURCENAME%",
        },
    ),
];

const CARDS: &[CrmSetting] = &[
    each(
        "responsible",
        Kind::Live {
            of: "users",
            many: false,
            also: &["connecting_user"],
        },
    ),
    each("lead_tags", Kind::Tags),
    each("lead_fields", Kind::Fields { of: "lead_fields" }),
    each("contact_tags", Kind::Tags),
    each("contact_fields", Kind::Fields { of: "contact_fields" }),
    each(
        "identity_field",
        Kind::Live {
            of: "identity_fields",
            many: false,
            also: &["create"],
        },
    ),
];

const NOTIFY: &[CrmSetting] = &[
    one(
        "notify",
        Kind::Choice {
            options: &["nothing", "notifications", "task_per_lead", "task_per_message"],
            default: "notifications",
        },
        None,
    ),
    one("task_text", Kind::Template { default: "" }, TASKS),
    one(
        "task_minutes",
        Kind::Number {
            min: 1,
            max: 7 * 24 * 60,
            default: 5,
        },
        TASKS,
    ),
    one(
        "task_user",
        Kind::Live {
            of: "users",
            many: false,
            also: &["responsible"],
        },
        TASKS,
    ),
];
