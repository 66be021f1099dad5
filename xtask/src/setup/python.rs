//! Third-party clients that run unchanged against the simulators, in a virtual environment of their own.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::cmd::Cmd;
use crate::paths;

/// The interpreter that knows those clients; tests find it in `BESEDKA_PYTHON`.
pub(crate) fn interpreter() -> PathBuf {
    environment().join("bin/python")
}

fn environment() -> PathBuf {
    paths::cache().join("python")
}

/// The script beside the tests says what is installed; it does nothing when that is there.
pub(super) fn install() -> Result<()> {
    if cfg!(windows) {
        // The simulators speak the same wire everywhere; their clients are run where a shell is.
        return Ok(());
    }
    let scripts = paths::root().join("src-tauri/crates/sandbox/tests/python");
    let wanted = fs::read(scripts.join("requirements.txt")).context("the list of Python clients is missing")?;
    if fs::read(environment().join("requirements.installed")).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    eprintln!(
        "Installing third-party clients for the simulators' tests (Python, {}).",
        environment().display()
    );
    let script = Cmd::new("sh")
        .arg(scripts.join("setup.sh"))
        .arg(environment())
        .no_stdin()
        .chatter();
    script.run().context("the Python clients could not be installed")
}
