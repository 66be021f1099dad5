//! What each step runs.
//!
//! Everything that compiles the workspace says `--workspace`, and what tests it `--all-targets` too: one
//! selection of packages means one set of features, and nothing is compiled twice for the sake of a flag.

use anyhow::{Context, Result, ensure};

use super::advisories;
use crate::cmd::Cmd;
use crate::setup::python;
use crate::{browser, frontend, paths};

pub(super) fn fmt() -> Result<()> {
    // File names only: the fix is one command, and nobody reads the differences.
    Cmd::cargo()
        .words("fmt --all -- --check -l")
        .run()
        .context("not formatted: run `cargo fmt --all`")
}

pub(super) fn machete() -> Result<()> {
    Cmd::cargo().words("machete --skip-target-dir").run()
}

pub(super) fn deny() -> Result<()> {
    Cmd::cargo()
        .words("deny --log-level error check licenses bans sources")
        .run()?;
    if advisories::can_be_fetched() {
        return Cmd::cargo().words("deny --log-level error check advisories").run();
    }
    println!(
        "advisories not checked: {} cannot be reached from here",
        advisories::HOST
    );
    Ok(())
}

pub(super) fn lint() -> Result<()> {
    Cmd::npm().words("run lint").no_stdin().run()
}

pub(super) fn types() -> Result<()> {
    Cmd::npm().words("run types").no_stdin().run()
}

pub(super) fn vitest() -> Result<()> {
    Cmd::npm().words("test -- --run").no_stdin().run()
}

pub(super) fn clippy() -> Result<()> {
    frontend::some_page()?;
    Cmd::cargo()
        .words("clippy --workspace --all-targets -- -D warnings")
        .run()
}

pub(super) fn doc() -> Result<()> {
    frontend::some_page()?;
    Cmd::cargo()
        .words("doc --workspace --no-deps")
        .env("RUSTDOCFLAGS", "-D warnings")
        .run()
}

pub(super) fn sqlx() -> Result<()> {
    crate::sqlx::check()
}

pub(super) fn nextest() -> Result<()> {
    frontend::some_page()?;
    tests_of("not package(window)")
        .env("BESEDKA_PYTHON", python::interpreter())
        .run()
}

/// Part of `nextest` already; by name here, so that drift is reported as drift.
pub(super) fn schema() -> Result<()> {
    frontend::some_page()?;
    tests_of("package(api) & test(schema)").run()
}

pub(super) fn doctest() -> Result<()> {
    frontend::some_page()?;
    Cmd::cargo().words("test --workspace --doc").run()
}

pub(super) fn ui() -> Result<()> {
    let runner = paths::root().join("tests/ui/run.mjs");
    ensure!(
        runner.exists(),
        "there are no browser tests: tests/ui/run.mjs is missing"
    );
    build_everything()?;
    let mut npm = Cmd::npm()
        .words("run test:ui")
        .env("BESEDKA_WEB", paths::binary("debug", "besedka-web"))
        .env("BESEDKA_PYTHON", python::interpreter())
        .no_stdin();
    if let Some(chromium) = browser::find() {
        npm = npm.env("BESEDKA_CHROMIUM", chromium);
    }
    npm.run()
}

/// Under Xvfb with a session bus of its own, one window at a time: windows fight for the focus.
pub(super) fn window() -> Result<()> {
    let package = paths::root().join("tests/window/Cargo.toml");
    ensure!(
        package.exists(),
        "there are no window tests: the package tests/window is missing"
    );
    ensure!(
        paths::on_path(&["WebKitWebDriver"]).is_some(),
        "WebKitWebDriver is not on PATH"
    );
    build_everything()?;
    let driver = paths::tools().join("bin/tauri-driver");
    let tests = tests_of("package(window)")
        .words("--test-threads 1")
        .through("xvfb-run", &XVFB);
    tests
        .env("BESEDKA_APP", paths::binary("debug", "besedka"))
        .env("BESEDKA_PYTHON", python::interpreter())
        .env("TAURI_DRIVER", driver)
        .run()
}

/// A screen of the size that the pictures are drawn for, and a bus without the user's own services.
pub(crate) const XVFB: [&str; 5] = ["-a", "-s", "-screen 0 1280x900x24", "dbus-run-session", "--"];

fn tests_of(which: &str) -> Cmd {
    Cmd::cargo()
        .words("nextest run --workspace --all-targets -E")
        .arg(which)
        .no_stdin()
}

/// The programs that browser and window tests start. The same selection as the tests: nothing new to compile.
fn build_everything() -> Result<()> {
    frontend::build_if_older()?;
    Cmd::cargo().words("build --workspace --all-targets").run()
}
