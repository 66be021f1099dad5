//! The table of steps: quick ones first, then what compiles, then what opens windows.

use anyhow::Result;

use super::run;
use crate::setup::Need;
use crate::setup::Need::{
    Build, Chromium, Deny, Frontend, Machete, Nextest, Office, Python, TauriDriver, Window, WindowTest,
};

/// One line of `cargo xtask test --list`.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) what: &'static str,
    pub(super) needs: &'static [Need],
    pub(super) check: fn() -> Result<()>,
}

const fn step(name: &'static str, what: &'static str, needs: &'static [Need], check: fn() -> Result<()>) -> Step {
    Step {
        name,
        what,
        needs,
        check,
    }
}

/// What compiling the whole workspace needs.
const WORKSPACE: &[Need] = &[Build, Window];

#[rustfmt::skip]
pub(super) const STEPS: &[Step] = &[
    step("fmt",     "Rust is formatted",                                    &[],                       run::fmt),
    step("tidy",    "sizes, crate graph, invariants, texts",                &[],                       crate::tidy::run),
    step("machete", "no dependency is declared and unused",                 &[Machete],                run::machete),
    step("deny",    "licences, bans, sources, advisories",                  &[Deny],                   run::deny),
    step("lint",    "eslint over the frontend",                             &[Frontend],               run::lint),
    step("types",   "TypeScript, strict",                                   &[Frontend],               run::types),
    step("vitest",  "unit tests of the frontend",                           &[Frontend],               run::vitest),
    step("build",   "the frontend builds",                                  &[Frontend],               crate::frontend::build),
    step("clippy",  "lints over the workspace, warnings are errors",        WORKSPACE,                 run::clippy),
    step("doc",     "documentation, warnings are errors",                   WORKSPACE,                 run::doc),
    step("sqlx",    "checked queries and schema.sql fit the migrations",    &[Build],                  run::sqlx),
    step("nextest", "tests of the workspace",                               &[Build, Window, Python, Office, Nextest], run::nextest),
    step("schema",  "the TypeScript schema is what the router says",        &[Build, Window, Nextest], run::schema),
    step("doctest", "examples in the documentation",                        WORKSPACE,                 run::doctest),
    step("ui",      "browser tests against besedka-web with the demo",      &[Build, Window, Python, Frontend, Chromium], run::ui),
    #[cfg(target_os = "linux")] // macOS has no WebDriver for its web view
    step("window",  "the real window through WebDriver",                    &[Build, Window, WindowTest, Python, Frontend, Nextest, TauriDriver], run::window),
];
