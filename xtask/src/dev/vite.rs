//! The interface's development server. It ends with the value that holds it.

use std::io::Write;
use std::process::{Child, ChildStdin};

use anyhow::{Context, Result};

use crate::cmd::Cmd;
use crate::paths;

#[derive(Debug)]
pub(super) struct Vite {
    process: Child,
    /// Where it hears of backends; its end is Vite's end, even if we are killed.
    backends: ChildStdin,
}

impl Vite {
    pub(super) fn start() -> Result<Self> {
        let script = paths::root().join("xtask/src/dev/vite.mjs");
        let mut process = Cmd::new("node")
            .arg(script)
            .arg(paths::frontend())
            .piped_stdin()
            .spawn()?;
        let backends = process.stdin.take().context("Vite has no stdin")?;
        Ok(Self { process, backends })
    }

    /// From now on calls go to the backend at this address, which has the token in it.
    pub(super) fn serve(&mut self, address: &str) -> Result<()> {
        writeln!(self.backends, "{address}").context("Vite has ended")
    }

    pub(super) fn ended(&mut self) -> bool {
        !matches!(self.process.try_wait(), Ok(None))
    }
}

impl Drop for Vite {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
