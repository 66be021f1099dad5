//! A desk with the program on it: a home folder of its own, the window, a second start.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde_json::json;
use tempfile::TempDir;
use thirtyfour::{Capabilities, WebDriver};

use crate::{Network, PATIENCE, Page, Processes, driver::Driver, screen::Screen};

/// What the display server calls the program's windows.
const CLASS: &str = "besedka";

/// A person's desk. The program ends with it.
pub struct Desk {
    page: Page,
    driver: Driver,
    home: TempDir,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk")
            .field("home", &self.home.path())
            .finish_non_exhaustive()
    }
}

impl Desk {
    /// Starts the program with these arguments and waits for its page.
    ///
    /// # Errors
    /// When it does not come up; the driver's log is in the error's text.
    pub async fn with(arguments: &[&str]) -> Result<Self> {
        // Whoever comes first installs it; nothing here uses TLS.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let home = TempDir::new()?;
        let driver = Driver::start(&home).await?;
        let mut wanted = Capabilities::new();
        wanted.set("browserName", "wry")?;
        wanted.set("tauri:options", json!({"application": program(), "args": arguments}))?;
        let begun = WebDriver::new(&driver.url, wanted).await;
        let browser = begun.with_context(|| {
            let log = std::fs::read_to_string(home.path().join("driver.log")).unwrap_or_default();
            format!("the window did not open: {log}")
        })?;
        Ok(Self {
            page: Page::new(browser),
            driver,
            home,
        })
    }

    /// What is in the window.
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// The network of the demo in it.
    ///
    /// # Errors
    /// When there is no demo.
    pub fn network(&self) -> Result<Network> {
        Network::below(self.home.path())
    }

    /// The program's processes, the web view's included.
    ///
    /// # Errors
    /// When it does not run.
    pub fn processes(&self) -> Result<Processes> {
        Processes::below(self.driver.id(), &program())
    }

    /// Closes the window as its cross does.
    ///
    /// # Errors
    /// When there is no window to close.
    pub async fn closes_the_window(&self) -> Result<()> {
        self.sees_the_window().await?;
        let screen = Screen::look()?;
        let window = screen.window(CLASS)?.context("no window")?;
        screen.press_cross(window)?;
        self.until("the window is gone", || !self.window_is_shown()).await
    }

    /// Starts the program again, with the same arguments as the first.
    ///
    /// # Errors
    /// When it can't be started or does not end.
    pub async fn starts_again(&self, arguments: &[&str]) -> Result<ExitStatus> {
        let mut second = Command::new(program())
            .args(arguments)
            .envs(home_variables(self.home.path()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        for _ in 0..PATIENCE.as_millis() / 100 {
            if let Some(status) = second.try_wait()? {
                return Ok(status);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        second.kill()?;
        bail!("the second start did not end");
    }

    /// Waits until the window is on the screen.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn sees_the_window(&self) -> Result<()> {
        self.until("the window is shown", || self.window_is_shown()).await
    }

    /// Whether a window of the program is on the screen now.
    pub fn window_is_shown(&self) -> bool {
        Screen::look()
            .and_then(|screen| screen.window(CLASS))
            .is_ok_and(|found| found.is_some())
    }

    /// Ends the program as the system does when a person logs out; how long it took.
    ///
    /// # Errors
    /// When it does not end.
    pub async fn logs_out(&self) -> Result<Duration> {
        let begun = Instant::now();
        let program = self.processes()?.first()?;
        ask_to_end(program);
        self.until("the program ended", || !exists(program)).await?;
        Ok(begun.elapsed())
    }

    /// The whole screen as a picture, for a look at it.
    ///
    /// # Errors
    /// Without ImageMagick.
    pub fn takes_a_picture(&self, to: &str) -> Result<()> {
        let done = Command::new("import")
            .args(["-window", "root", to])
            .stdin(Stdio::null())
            .status()?;
        anyhow::ensure!(done.success(), "import: {done}");
        Ok(())
    }

    async fn until(&self, what: &str, happened: impl Fn() -> bool) -> Result<()> {
        for _ in 0..PATIENCE.as_millis() / 100 {
            if happened() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        bail!("waited in vain: {what}");
    }
}

impl Drop for Desk {
    /// Left running, the program would take the next test's start for a second one of its own.
    #[expect(
        clippy::disallowed_methods,
        reason = "nothing else runs on this thread at the end of a test"
    )]
    fn drop(&mut self) {
        if let Ok(program) = self.processes().and_then(|all| all.first()) {
            ask_to_end(program);
            let begun = Instant::now();
            while exists(program) && begun.elapsed() < PATIENCE {
                std::thread::sleep(Duration::from_millis(50));
            }
        }
    }
}

pub(crate) fn ask_to_end(process: u32) {
    // It may be gone already; whoever asked looks for itself.
    let _ = Command::new("kill").args(["-TERM", &process.to_string()]).status();
}

/// Still doing something; what ended and was not collected yet does not count.
fn exists(process: u32) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    status
        .lines()
        .any(|line| line.starts_with("State:") && !line.contains('Z'))
}

/// The program: `$BESEDKA_APP`, else the one that was built beside this test.
fn program() -> PathBuf {
    env::var_os("BESEDKA_APP").map_or_else(
        || {
            let test = env::current_exe().unwrap_or_default();
            let built = test.ancestors().nth(2).map(|folder| folder.join("besedka"));
            built.unwrap_or_else(|| "besedka".into())
        },
        PathBuf::from,
    )
}

/// A home of its own, so that no test meets another or the person at this machine.
pub(crate) fn home_variables(home: &Path) -> Vec<(&'static str, OsString)> {
    let at = |name: &str| home.join(name).into_os_string();
    vec![
        ("HOME", home.as_os_str().to_owned()),
        ("XDG_DATA_HOME", at("data")),
        ("XDG_CONFIG_HOME", at("config")),
        ("XDG_CACHE_HOME", at("cache")),
    ]
}
