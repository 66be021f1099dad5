//! Running other programs: each one is shown before it starts, and its failure names it.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::{env, io};

use anyhow::{Context, Result, bail};

use crate::paths;

/// A program about to run in the root of the checkout.
#[derive(Debug)]
pub(crate) struct Cmd {
    inner: Command,
    quiet: bool,
}

impl Cmd {
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        let mut inner = Command::new(program);
        inner.current_dir(paths::root());
        forget_our_own_build(&mut inner);
        Self { inner, quiet: false }
    }

    /// Cargo, with our tools first on PATH and one target directory for everything.
    pub(crate) fn cargo() -> Self {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut cmd = Self::new(cargo);
        cmd.inner.env("CARGO_TARGET_DIR", paths::target());
        if let Some(path) = path_with_tools() {
            cmd.inner.env("PATH", path);
        }
        // The system's libcrypto is what Linux packages give; Windows has none, so there it is built along.
        if cfg!(windows) {
            cmd.inner.env("OPENSSL_NO_VENDOR", "0");
        }
        cmd
    }

    /// npm in the frontend's folder.
    pub(crate) fn npm() -> Self {
        Self::new(if cfg!(windows) { "npm.cmd" } else { "npm" }).dir(&paths::frontend())
    }

    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.inner.arg(arg);
        self
    }

    pub(crate) fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.inner.args(args);
        self
    }

    /// Arguments written as one line; none of them may hold a space.
    pub(crate) fn words(self, line: &str) -> Self {
        self.args(line.split_whitespace())
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.inner.env(name, value);
        self
    }

    pub(crate) fn dir(mut self, dir: &Path) -> Self {
        self.inner.current_dir(dir);
        self
    }

    /// The same program started by another one, such as `xvfb-run`.
    pub(crate) fn through(self, program: &str, args: &[&str]) -> Self {
        let mut outer = Self::new(program)
            .args(args)
            .arg(self.inner.get_program())
            .args(self.inner.get_args());
        for (name, value) in self.inner.get_envs() {
            match value {
                Some(value) => outer.inner.env(name, value),
                None => outer.inner.env_remove(name),
            };
        }
        outer
    }

    /// Nothing to read: a program that asks a question must fail instead of waiting for ever.
    pub(crate) fn no_stdin(mut self) -> Self {
        self.inner.stdin(Stdio::null());
        self
    }

    /// Its stdin is written by us.
    pub(crate) fn piped_stdin(mut self) -> Self {
        self.inner.stdin(Stdio::piped());
        self
    }

    /// Its stdout is read by us.
    pub(crate) fn piped_stdout(mut self) -> Self {
        self.inner.stdout(Stdio::piped());
        self
    }

    /// Send what it prints to stderr, for commands whose own stdout is read by programs.
    pub(crate) fn chatter(mut self) -> Self {
        self.inner.stdout(io::stderr());
        self
    }

    /// Do not show the command line.
    pub(crate) fn quiet(mut self) -> Self {
        self.quiet = true;
        self
    }

    /// Runs it to its end; anything but success is an error that repeats the command line.
    pub(crate) fn run(mut self) -> Result<()> {
        self.show();
        let line = self.line();
        let status = self
            .inner
            .status()
            .with_context(|| format!("could not start: {line}"))?;
        if !status.success() {
            bail!("{status}: {line}");
        }
        Ok(())
    }

    /// Runs it and returns what it printed to stdout, whether or not it succeeded; `None` if it could not start.
    pub(crate) fn try_output(mut self) -> Option<String> {
        let output = self.inner.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
        Some(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Whether it ends well; its output is not shown.
    pub(crate) fn succeeds(mut self) -> bool {
        let quiet = self
            .inner
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        quiet.status().is_ok_and(|status| status.success())
    }

    /// Runs it to its end and returns its stdout; stderr passes through.
    pub(crate) fn output(mut self) -> Result<String> {
        self.show();
        let line = self.line();
        let output = self
            .inner
            .stderr(Stdio::inherit())
            .output()
            .with_context(|| format!("could not start: {line}"))?;
        if !output.status.success() {
            bail!("{}: {line}", output.status);
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    pub(crate) fn spawn(mut self) -> Result<Child> {
        self.show();
        let line = self.line();
        self.inner.spawn().with_context(|| format!("could not start: {line}"))
    }

    /// Becomes that program, so that signals and the exit code are its own. Returns only on failure.
    pub(crate) fn replace(mut self) -> Result<()> {
        self.show();
        let line = self.line();
        Err(replace(&mut self.inner)).with_context(|| format!("could not start: {line}"))
    }

    fn show(&self) {
        if !self.quiet {
            eprintln!("$ {}", self.line());
        }
    }

    fn line(&self) -> String {
        let program = Path::new(self.inner.get_program());
        // The full path of cargo or node says nothing; that of our own binaries does.
        let name = if program.starts_with(paths::target()) {
            program.as_os_str()
        } else {
            program.file_name().unwrap_or_default()
        };
        let words = std::iter::once(name).chain(self.inner.get_args());
        words
            .map(|word| shell_word(&word.to_string_lossy()))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_=./:@,+%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{word}'")
    }
}

/// `cargo run` describes *our* package in the environment. Build scripts that watch those variables would
/// run again each time a person and xtask take turns at building, so they are not passed on.
fn forget_our_own_build(command: &mut Command) {
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
}

fn path_with_tools() -> Option<OsString> {
    let path = env::var_os("PATH")?;
    let folders = std::iter::once(paths::tools().join("bin")).chain(env::split_paths(&path));
    env::join_paths(folders).ok()
}

#[cfg(unix)]
fn replace(command: &mut Command) -> io::Error {
    use std::os::unix::process::CommandExt;
    command.exec()
}

#[cfg(not(unix))]
fn replace(command: &mut Command) -> io::Error {
    match command.status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => error,
    }
}
