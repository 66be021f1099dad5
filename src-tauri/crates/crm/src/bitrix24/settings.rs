//! The form of the advanced settings (BX-2 to BX-6), as data.

use contracts::crm::{CrmSetting, CrmSettingKind as Kind, PerChannel, Section, When};

use crate::shared::tracking;

const IN_LINES: Option<When> = Some(When {
    key: "mode",
    is: &["lines", "both"],
});
const IN_CARDS: Option<When> = Some(When {
    key: "mode",
    is: &["append", "both", "chats_append"],
});
const IN_CHATS: Option<When> = Some(When {
    key: "mode",
    is: &["chats", "chats_append"],
});
/// Chats of employees have no client among them.
const WITH_CLIENTS: Option<When> = Some(When {
    key: "mode",
    is: &["lines", "append", "both", "chats_append"],
});
const OWN_LINE: Option<When> = Some(When {
    key: "layout",
    is: &["per_channel", "comments_apart"],
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
const fn each(key: &'static str, kind: Kind, when: Option<When>) -> CrmSetting {
    CrmSetting {
        key,
        kind,
        per_channel: PerChannel::May,
        when,
    }
}

const fn section(key: &'static str, when: Option<When>, settings: &'static [CrmSetting]) -> Section {
    Section { key, when, settings }
}

const fn live(of: &'static str) -> Kind {
    Kind::Live {
        of,
        many: false,
        also: &[],
    }
}

pub(super) const SETTINGS: &[Section] = &[
    section("mode", None, MODE),
    section("lines", IN_LINES, LINES),
    section("chats", IN_CHATS, CHATS),
    section("cards", IN_CARDS, CARDS),
    section("tracking", None, tracking::SETTINGS),
];

const MODE: &[CrmSetting] = &[
    one(
        "mode",
        Kind::Choice {
            options: &["lines", "append", "both", "chats", "chats_append"],
            default: "lines",
        },
        None,
    ),
    one("groups", Kind::Switch { default: true }, None),
    one("client_data", Kind::Switch { default: true }, WITH_CLIENTS),
];

const LINES: &[CrmSetting] = &[
    one(
        "layout",
        Kind::Choice {
            options: &["per_channel", "comments_apart", "one"],
            default: "per_channel",
        },
        None,
    ),
    each("line", live("lines"), OWN_LINE),
    each(
        "comments_line",
        live("lines"),
        Some(When {
            key: "layout",
            is: &["comments_apart"],
        }),
    ),
    one(
        "one_line",
        live("lines"),
        Some(When {
            key: "layout",
            is: &["one"],
        }),
    ),
    one("signature", Kind::Switch { default: false }, None),
    one("mailing_chat", Kind::Switch { default: true }, None),
];

const CHATS: &[CrmSetting] = &[
    each(
        "chat_members",
        Kind::Live {
            of: "users",
            many: true,
            also: &[],
        },
        None,
    ),
    each(
        "chat_name",
        Kind::Template {
            default: "%NAME% · %SOURCENAME%",
        },
        None,
    ),
];

const CARDS: &[CrmSetting] = &[
    one(
        "card",
        Kind::Choice {
            options: &["lead", "deal", "contact"],
            default: "lead",
        },
        None,
    ),
    one("create", Kind::Switch { default: true }, None),
    each("stage", live("stages"), None),
    each(
        "card_name",
        Kind::Template {
            default: "%NAME% · %SOURCENAME%",
        },
        None,
    ),
    each("responsible", live("users"), None),
    each("card_fields", Kind::Fields { of: "card_fields" }, None),
    each("contact_fields", Kind::Fields { of: "contact_fields" }, None),
];
