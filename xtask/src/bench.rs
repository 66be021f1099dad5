//! `cargo xtask bench`: the release build measured against the goals.

use anyhow::Result;
use clap::Args;

use crate::cmd::Cmd;
use crate::setup::{self, Need};
use crate::test::XVFB;
use crate::{demo, frontend, paths};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// NAME… of the benches (all if none is named), `--json` for a line per figure
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "NAME|--json")]
    args: Vec<String>,
}

/// Some figures are the window's: the app is built as people get it, apart from the bench, whose own build has
/// failpoints in it. The window gets a screen and a session bus of this run's own.
pub(crate) fn run(options: &Options) -> Result<()> {
    setup::ensure(&[Need::Build, Need::Window, Need::WindowTest, Need::Frontend])?;
    frontend::build_if_older()?;
    demo::build("besedka", "besedka", true)?;
    Cmd::cargo().words("build --release -p besedka --example bare").run()?;
    demo::build("tests", "bench", true)?;
    demo::build("tests", "victim", true)?;
    let home = paths::root().join("target/bench-home");
    std::fs::create_dir_all(&home)?;
    let bench = Cmd::new(paths::binary("release", "bench")).args(&options.args);
    let bench = if cfg!(target_os = "linux") {
        bench.through("xvfb-run", &XVFB)
    } else {
        bench
    };
    bench
        .env("HOME", &home)
        .env("BESEDKA_APP", paths::binary("release", "besedka"))
        .env("BESEDKA_BARE", paths::binary("release/examples", "bare"))
        .replace()
}
