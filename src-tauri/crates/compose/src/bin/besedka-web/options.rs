use std::{
    env,
    io::{self, BufRead},
    path::PathBuf,
};

use anyhow::{Context, Result};
use clap::Parser;
use compose::{Paths, PathsError, Setup, demo};
use contracts::Secret;

/// Gives the passphrase where nobody sits in front of the machine.
const PASSPHRASE_VARIABLE: &str = "BESEDKA_PASSPHRASE";

#[derive(Debug, Clone, Parser)]
#[command(
    name = "besedka-web",
    version,
    about = "Besedka in the browser, on this machine only"
)]
pub(crate) struct Options {
    /// Simulated networks with people on them, instead of real ones
    #[arg(long)]
    pub(crate) demo: bool,
    /// Go on with the demo of last time instead of a new one
    #[arg(long, requires = "demo")]
    pub(crate) keep: bool,
    /// Where the data lies; else $BESEDKA_DATA, else the system's place for it
    #[arg(long, value_name = "FOLDER")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Port on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    pub(crate) port: u16,
    /// Read the passphrase from the first line of stdin
    #[arg(long)]
    pub(crate) passphrase_stdin: bool,
    /// Serve the interface from this folder instead of the built-in one
    #[arg(long, value_name = "FOLDER")]
    pub(crate) dist: Option<PathBuf>,
    /// Tell on stderr what goes on, besides the log file
    #[arg(long)]
    pub(crate) log: bool,
}

impl Options {
    pub(crate) fn setup(&self) -> Result<Setup> {
        let mut setup = self.workspace(self.demo)?;
        setup.passphrase = self.passphrase()?;
        Ok(setup)
    }

    /// The demo beside a person's own workspace; beside a demo the person's own. A passphrase is asked for in its page.
    pub(crate) fn other(&self) -> Result<Setup, PathsError> {
        self.workspace(!self.demo)
    }

    fn workspace(&self, demo: bool) -> Result<Setup, PathsError> {
        let paths = Paths::choose(self.data_dir.clone())?;
        Ok(if demo {
            Setup::demo(&paths, self.demo_options())
        } else {
            Setup::new(paths)
        })
    }

    fn demo_options(&self) -> demo::Options {
        demo::Options {
            keep: self.keep,
            ..demo::Options::default()
        }
    }

    fn passphrase(&self) -> Result<Option<Secret<String>>> {
        if self.passphrase_stdin {
            let mut line = String::new();
            io::stdin()
                .lock()
                .read_line(&mut line)
                .context("no passphrase on stdin")?;
            return Ok(Some(Secret::new(line.trim_end_matches(['\r', '\n']).to_owned())));
        }
        let given = env::var(PASSPHRASE_VARIABLE).ok().filter(|text| !text.is_empty());
        Ok(given.map(Secret::new))
    }
}
