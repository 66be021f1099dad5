//! `cargo xtask sandbox`: the simulators alone, for a third-party client or for looking at them.

use anyhow::Result;
use clap::Args;

use crate::cmd::Cmd;
use crate::setup::{self, Need};
use crate::{demo, paths};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// What the simulators' own program takes; `-- --help` shows it
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

/// Stdout belongs to the simulators from its first line on: everything said before goes to stderr.
pub(crate) fn run(options: &Options) -> Result<()> {
    setup::ensure(&[Need::Build])?;
    demo::build("sandbox", "sandbox", false)?;
    Cmd::new(paths::binary("debug", "sandbox"))
        .args(&options.args)
        .replace()
}
