//! Access tokens and what they allow. <https://dev.vk.com/reference/access-rights>

/// One key of the application interface.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) owner: Owner,
    pub(crate) rights: Rights,
    pub(crate) life: Life,
}

/// On whose behalf it speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A community, by its positive id.
    Community(i64),
    User(i64),
}

/// Whether it is accepted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Life {
    #[default]
    Good,
    /// Error 5 until it is restored.
    Expired,
    /// Error 5 for good: the owner deleted the key.
    Revoked,
}

/// The bit mask of rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rights(pub(crate) i64);

impl Rights {
    pub(crate) const NONE: Rights = Rights(0);
    pub(crate) const STORIES: Rights = Rights(1);
    pub(crate) const PHOTOS: Rights = Rights(1 << 2);
    pub(crate) const APP_WIDGET: Rights = Rights(1 << 6);
    pub(crate) const MESSAGES: Rights = Rights(1 << 12);
    pub(crate) const WALL: Rights = Rights(1 << 13);
    pub(crate) const DOCS: Rights = Rights(1 << 17);
    pub(crate) const MANAGE: Rights = Rights(1 << 18);
    /// Everything that a community can grant.
    pub(crate) const COMMUNITY: Rights = Rights(
        Self::STORIES.0
            | Self::PHOTOS.0
            | Self::APP_WIDGET.0
            | Self::MESSAGES.0
            | Self::WALL.0
            | Self::DOCS.0
            | Self::MANAGE.0,
    );

    /// The rights by name, as `groups.getTokenPermissions` and `scope` write them.
    pub(crate) const NAMED: [(&'static str, Rights); 7] = [
        ("stories", Self::STORIES),
        ("photos", Self::PHOTOS),
        ("app_widget", Self::APP_WIDGET),
        ("messages", Self::MESSAGES),
        ("wall", Self::WALL),
        ("docs", Self::DOCS),
        ("manage", Self::MANAGE),
    ];

    pub(crate) fn contain(self, other: Rights) -> bool {
        self.0 & other.0 == other.0
    }

    /// Reads a `scope`: a bit mask, or names joined by commas or spaces. Unknown names are passed over, as VK does.
    pub(crate) fn from_scope(scope: &str) -> Rights {
        if let Ok(mask) = scope.trim().parse::<i64>() {
            return Rights(mask & Self::COMMUNITY.0);
        }
        let asked = scope.split([',', ' ', '+']).map(str::trim);
        Rights(asked.filter_map(Self::named).fold(0, |mask, right| mask | right.0))
    }

    fn named(name: &str) -> Option<Rights> {
        Self::NAMED
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, right)| *right)
    }
}
