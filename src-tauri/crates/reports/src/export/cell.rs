use std::borrow::Cow;

use jiff::civil::DateTime;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text.
    Text(Cow<'a, str>),
    /// Text that leads somewhere.
    Link {
        /// What it says.
        text: Cow<'a, str>,
        /// Where it leads.
        url: Cow<'a, str>,
    },
    /// A moment on the clocks of the person who ordered the file.
    Moment(DateTime),
    /// A number.
    Number(f64),
}

impl<'a> Cell<'a> {
    /// Text; nothing where there is none.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// Text that may be missing.
    pub fn maybe(text: Option<&'a str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    /// A whole number.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a file's numbers are floats; nobody has 2^53 messages"
    )]
    pub fn count(number: i64) -> Self {
        Self::Number(number as f64)
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }
}

/// Whether a spreadsheet would take the text for a formula: OWASP, «CSV Injection»
/// (<https://owasp.org/www-community/attacks/CSV_Injection>), with the full-width forms that Excel reads alike.
pub(super) fn looks_like_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}
