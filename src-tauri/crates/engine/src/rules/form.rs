use contracts::channel::{SettingField, SettingKind};

/// Settings that stand together.
#[derive(Debug, Clone, Copy)]
pub struct RuleSection {
    /// Its name; texts are `setting.<key>.title` and `setting.<key>.help`.
    pub key: &'static str,
    /// Its settings.
    pub fields: &'static [RuleField],
}

/// One setting. Texts are `setting.<key>.title`, `….help`, and `….warning` where it warns.
#[derive(Debug, Clone, Copy)]
pub struct RuleField {
    /// Name and form.
    pub field: SettingField,
    /// It means something only while this switch is on.
    pub needs: Option<&'static str>,
    /// Networks may ban for it: a warning stands beside it.
    pub warns: bool,
    /// Only for channels that can tell their network what was read.
    pub marks_read: bool,
}

const fn setting(key: &'static str, kind: SettingKind) -> RuleField {
    RuleField {
        field: SettingField { key, kind },
        needs: None,
        warns: false,
        marks_read: false,
    }
}

const fn answering(key: &'static str, kind: SettingKind) -> RuleField {
    RuleField {
        needs: Some("auto_reply.on"),
        ..setting(key, kind)
    }
}

/// What every channel has (CH-4…CH-9), whatever its network.
pub const SECTIONS: &[RuleSection] = &[
    RuleSection {
        key: "filter",
        fields: &[
            setting(
                "filter.mode",
                SettingKind::Choice {
                    options: &["all", "only", "except"],
                    default: "all",
                },
            ),
            setting("filter.words", SettingKind::Lines),
            setting("filter.emoji", SettingKind::Switch { default: true }),
            setting("filter.black_list", SettingKind::Lines),
            setting("filter.mailings", SettingKind::Switch { default: false }),
        ],
    },
    RuleSection {
        key: "auto_reply",
        fields: &[
            setting("auto_reply.on", SettingKind::Switch { default: false }),
            RuleField {
                warns: true,
                ..answering("auto_reply.text", SettingKind::Lines)
            },
            answering("auto_reply.from", SettingKind::Time { default: "00:00" }),
            answering("auto_reply.to", SettingKind::Time { default: "00:00" }),
            answering(
                "auto_reply.zone",
                SettingKind::TimeZone {
                    default: "Europe/Moscow",
                },
            ),
            answering("auto_reply.days", SettingKind::Days),
            answering("auto_reply.holidays", SettingKind::Lines),
            answering(
                "auto_reply.on_holidays",
                SettingKind::Choice {
                    options: &["as_usual", "all_day", "never"],
                    default: "as_usual",
                },
            ),
            answering(
                "auto_reply.limit",
                SettingKind::Number {
                    min: 1,
                    max: 50,
                    default: 5,
                },
            ),
            answering(
                "auto_reply.window",
                SettingKind::Number {
                    min: 1,
                    max: 1440,
                    default: 60,
                },
            ),
        ],
    },
    RuleSection {
        key: "reading",
        fields: &[RuleField {
            marks_read: true,
            ..setting("reading.mark", SettingKind::Switch { default: false })
        }],
    },
];
