//! Installing what is missing, and only that: a second run finds everything and takes a moment.
//! All of it speaks on stderr: stdout belongs to the program that comes afterwards.

mod installers;
mod npm;
mod packages;
pub(crate) mod python;
mod tools;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};

use crate::cmd::Cmd;
use crate::{browser, paths};

/// One kind of thing that a command may need before it can start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Need {
    /// A C compiler, pkg-config and libcrypto: every build.
    Build,
    /// WebKitGTK and the tray: building and opening the desktop window.
    Window,
    /// A screen in memory, a session bus, WebDriver: testing the window.
    WindowTest,
    /// Python with venv: third-party clients run against the simulators.
    Python,
    /// LibreOffice without its windows (some 90 MB to fetch): it opens what exports write.
    Office,
    /// `node_modules` of the frontend.
    Frontend,
    /// A Chromium for browser tests and screenshots; comes after `Frontend`, whose Playwright may fetch one.
    Chromium,
    Nextest,
    Deny,
    Machete,
    TauriDriver,
}

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// For what: all that `cargo xtask test` needs, or only what the demo needs
    #[arg(value_enum, default_value = "test")]
    purpose: Purpose,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Purpose {
    Test,
    Demo,
    /// The demo in a browser: no WebKit
    Web,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    match options.purpose {
        Purpose::Test => ensure(&crate::test::all_needs()),
        Purpose::Demo => ensure(&[Need::Build, Need::Window, Need::Frontend]),
        Purpose::Web => ensure(&[Need::Build, Need::Frontend]),
    }?;
    println!("Everything is there.");
    Ok(())
}

/// Makes sure of all these needs: system packages together (one question for a password), then the rest.
pub(crate) fn ensure(needs: &[Need]) -> Result<()> {
    let mut needs = needs.to_vec();
    needs.sort_unstable();
    needs.dedup();
    installers::install_missing(&needs)?;
    for need in needs {
        match need {
            Need::Build | Need::Window | Need::WindowTest | Need::Office => {}
            Need::Python => python::install()?,
            Need::Frontend => npm::install()?,
            Need::Chromium => chromium()?,
            Need::Nextest => tools::install(&tools::NEXTEST)?,
            Need::Deny => tools::install(&tools::DENY)?,
            Need::Machete => tools::install(&tools::MACHETE)?,
            Need::TauriDriver if cfg!(target_os = "linux") => tools::install(&tools::TAURI_DRIVER)?,
            Need::TauriDriver => {}
        }
    }
    Ok(())
}

/// Ubuntu has Chromium as a snap only, whose confinement hides the profile folders of tests; there
/// Playwright fetches its own build. Everywhere else the system's package is taken.
fn chromium() -> Result<()> {
    if browser::find().is_some() {
        return Ok(());
    }
    if cfg!(target_os = "linux") && !installers::chromium_is_packaged() {
        let cli = paths::frontend().join("node_modules/playwright-core/cli.js");
        eprintln!("Installing Chromium through Playwright (this system packages it as a snap only).");
        let cmd = Cmd::new("node")
            .arg(cli)
            .words("install --with-deps chromium")
            .chatter();
        return cmd
            .run()
            .context("could not fetch a Chromium; set BESEDKA_CHROMIUM to the one you have");
    }
    bail!("no Chromium or Chrome found: install one, or set BESEDKA_CHROMIUM to its path")
}
