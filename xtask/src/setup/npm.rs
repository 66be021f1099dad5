//! `npm ci` for the frontend, only when its lock file differs from the one installed last.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::cmd::Cmd;
use crate::paths;

/// The oldest Node that the frontend's tools run on.
const NODE: u32 = 20;

pub(super) fn install() -> Result<()> {
    node_is_new_enough()?;
    let folder = paths::frontend();
    let lock = fs::read(folder.join("package-lock.json")).context("frontend/package-lock.json is missing")?;
    // Inside node_modules, so that whoever deletes that folder deletes the stamp with it.
    let stamp = folder.join("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    eprintln!("Installing the frontend's packages (npm ci).");
    Cmd::npm().words("ci --no-audit --no-fund").no_stdin().chatter().run()?;
    fs::write(&stamp, lock).context("npm ci made no node_modules")
}

fn node_is_new_enough() -> Result<()> {
    let version = Cmd::new("node").arg("--version").try_output().unwrap_or_default();
    match major(&version) {
        Some(found) if found >= NODE => Ok(()),
        Some(_) => bail!("Node {NODE} or newer is needed, this is {}", version.trim()),
        None => bail!("Node.js is not on PATH: install version {NODE} or newer (https://nodejs.org)"),
    }
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_version_of_node_is_read_from_what_it_prints() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major(""), None);
    }
}
