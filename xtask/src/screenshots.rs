//! `cargo xtask screenshots`: every screen × light and dark × Russian and English, from the demo workspace.

use std::fs;

use anyhow::{Context, Result};
use clap::Args;

use crate::cmd::Cmd;
use crate::setup::{self, Need};
use crate::{browser, demo, frontend, paths};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// What the script takes: names of screens, sizes
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    setup::ensure(&[Need::Build, Need::Frontend, Need::Chromium])?;
    frontend::build_if_older()?;
    demo::build("compose", "besedka-web", false)?;
    let folder = paths::root().join("target/screenshots");
    fs::create_dir_all(&folder).context("target/screenshots cannot be made")?;
    let mut script = Cmd::new("node")
        .arg(paths::root().join("tests/ui/screenshots.mjs"))
        .args(&options.args)
        .env("BESEDKA_WEB", paths::binary("debug", "besedka-web"))
        .env("BESEDKA_SCREENSHOTS", &folder);
    if let Some(chromium) = browser::find() {
        script = script.env("BESEDKA_CHROMIUM", chromium);
    }
    script.run()?;
    println!("The pictures are in {}", folder.display());
    Ok(())
}
