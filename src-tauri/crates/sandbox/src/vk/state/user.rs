//! A person with a page on VK, as far as a community sees it.

/// What a page shows. Dates are as VK writes them: `D.M` or `D.M.YYYY`.
#[derive(Debug, Clone, Default)]
pub(crate) struct User {
    pub(crate) id: i64,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) sex: Sex,
    /// The address of the page, `vk.com/<screen_name>`.
    pub(crate) screen_name: String,
    pub(crate) bdate: Option<String>,
    /// Id and title of the city.
    pub(crate) city: Option<(i64, String)>,
    /// Shown only to those who may see contacts; empty on most pages.
    pub(crate) mobile_phone: Option<String>,
    pub(crate) status: String,
    /// Key of the picture among the files; a page without one shows VK's camera.
    pub(crate) avatar: Option<String>,
    pub(crate) page: Page,
    /// When the person was last there, seconds since 1970.
    pub(crate) last_seen: i64,
}

/// VK's `sex`: 0 unknown, 1 female, 2 male.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Sex {
    #[default]
    Unknown,
    Female,
    Male,
}

impl Sex {
    pub(crate) fn code(self) -> i64 {
        match self {
            Sex::Unknown => 0,
            Sex::Female => 1,
            Sex::Male => 2,
        }
    }
}

/// What became of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Page {
    #[default]
    Open,
    /// Visible to friends only: a community gets the name and the picture.
    Closed,
    Deleted,
    Banned,
}

impl Page {
    /// VK's `deactivated`, present only on dead pages.
    pub(crate) fn deactivated(self) -> Option<&'static str> {
        match self {
            Page::Open | Page::Closed => None,
            Page::Deleted => Some("deleted"),
            Page::Banned => Some("banned"),
        }
    }
}
