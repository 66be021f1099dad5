//! The backend under development: the window, or the web server. It ends with the value that holds it.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout};
use std::thread;

use anyhow::{Context, Result};

use super::vite::Vite;
use crate::cmd::Cmd;
use crate::{demo, paths};

/// Makes the shell load its page from Vite instead of the one built in.
const PAGE_FROM_VITE: &str = r#"{"build": {"devUrl": "http://127.0.0.1:5173"}}"#;

#[derive(Debug)]
pub(super) struct App {
    process: Child,
}

pub(super) fn build(web: bool) -> Result<()> {
    if web {
        return demo::build("compose", "besedka-web", false);
    }
    Cmd::cargo()
        .words("build -p besedka --bin besedka")
        .env("TAURI_CONFIG", PAGE_FROM_VITE)
        .run()
}

impl App {
    pub(super) fn start(web: bool, args: &[String], vite: &mut Vite) -> Result<Self> {
        let program = Cmd::new(paths::binary("debug", if web { "besedka-web" } else { "besedka" }));
        let program = if args.is_empty() {
            program.arg("--demo")
        } else {
            program.args(args)
        };
        if !web {
            return Ok(Self {
                process: program.spawn()?,
            });
        }
        let mut process = program.piped_stdout().spawn()?;
        let said = process.stdout.take().context("besedka-web has no stdout")?;
        let app = Self { process };
        vite.serve(&address(said)?)?;
        Ok(app)
    }

    pub(super) fn ended(&mut self) -> bool {
        !matches!(self.process.try_wait(), Ok(None))
    }
}

impl Drop for App {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Reads what the server prints until its address comes; the rest is passed through in the background.
fn address(said: ChildStdout) -> Result<String> {
    let mut lines = BufReader::new(said).lines();
    let found = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let word = line
            .split_whitespace()
            .find(|word| word.starts_with("http://127.0.0.1:"))
            .map(str::to_owned);
        if word.is_none() {
            println!("{line}");
        }
        word
    });
    thread::spawn(move || lines.map_while(Result::ok).for_each(|line| println!("{line}")));
    found.context("besedka-web ended without printing its address")
}
