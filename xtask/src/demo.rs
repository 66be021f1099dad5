//! `cargo xtask demo`: the app on its demo workspace, from a bare checkout, in one command.

use std::env;

use anyhow::Result;
use clap::Args;

use crate::cmd::Cmd;
use crate::setup::{self, Need};
use crate::{frontend, paths};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// In the browser instead of a window of its own
    #[arg(long)]
    web: bool,
    /// Port of the web server, a free one if not given; means --web
    #[arg(long)]
    port: Option<u16>,
    /// The optimised build: slower to make, quicker to use
    #[arg(long)]
    release: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    if options.web || options.port.is_some() {
        return in_browser(options);
    }
    if !has_display() {
        println!(
            "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open.\n\
             The same app is served to a browser instead; the address with its token follows."
        );
        return in_browser(options);
    }
    in_window(options)
}

fn in_window(options: &Options) -> Result<()> {
    setup::ensure(&[Need::Build, Need::Window, Need::Frontend])?;
    frontend::build_if_older()?;
    build("besedka", "besedka", options.release)?;
    Cmd::new(paths::binary(profile(options.release), "besedka"))
        .arg("--demo")
        .replace()
}

/// The web server needs no WebKit, so none is installed and none is built.
fn in_browser(options: &Options) -> Result<()> {
    setup::ensure(&[Need::Build, Need::Frontend])?;
    frontend::build_if_older()?;
    build("compose", "besedka-web", options.release)?;
    let mut web = Cmd::new(paths::binary(profile(options.release), "besedka-web")).arg("--demo");
    if let Some(port) = options.port {
        web = web.arg("--port").arg(port.to_string());
    }
    web.replace()
}

/// A debug build shares its features, and so every compiled dependency, with the tests: `--workspace` decides them, the
/// binary alone is built. A release has none of what tests need.
pub(crate) fn build(package: &str, binary: &str, release: bool) -> Result<()> {
    let selection = if release {
        format!("build --release -p {package} --bin {binary}")
    } else {
        format!("build --workspace --bin {binary}")
    };
    Cmd::cargo().words(&selection).run()
}

fn profile(release: bool) -> &'static str {
    if release { "release" } else { "debug" }
}

/// Windows and macOS always have one as far as a program can tell.
pub(crate) fn has_display() -> bool {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
