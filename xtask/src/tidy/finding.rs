//! One thing that is not as it should be.

use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Printed, does not fail.
    Warning,
    Error,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) level: Level,
    /// The rule's short name, as `.ci/tidy-allow.txt` refers to it.
    pub(super) rule: &'static str,
    /// Relative to the checkout, with `/`.
    pub(super) file: String,
    /// From 1; 0 when it is about the whole file.
    pub(super) line: usize,
    pub(super) what: String,
    pub(super) fix: String,
}

impl Finding {
    pub(super) fn error(
        rule: &'static str,
        at: (&str, usize),
        what: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        let (file, line) = at;
        Self {
            level: Level::Error,
            rule,
            file: file.to_owned(),
            line,
            what: what.into(),
            fix: fix.into(),
        }
    }

    pub(super) fn warning(
        rule: &'static str,
        at: (&str, usize),
        what: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Self {
            level: Level::Warning,
            ..Self::error(rule, at, what, fix)
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            level,
            rule,
            file,
            line,
            what,
            fix,
        } = self;
        let level = if *level == Level::Error { "error" } else { "warning" };
        let place = if *line == 0 {
            file.clone()
        } else {
            format!("{file}:{line}")
        };
        write!(f, "{place}: {level} [{rule}] {what}\n    fix: {fix}")
    }
}
