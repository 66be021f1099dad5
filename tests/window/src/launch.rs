//! A program started without a driver, as a person starts it: how long until it has drawn itself, what it takes.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{PATIENCE, Processes, desk, screen::Screen};

/// How often the screen is looked at: often enough for figures around a second, seldom enough not to be felt.
const LOOK: Duration = Duration::from_millis(30);
/// A picture that stays for so long is the final one.
const STILL: Duration = Duration::from_millis(1500);

/// A running program with a window.
#[derive(Debug)]
pub struct Launched {
    process: Child,
    begun: Instant,
}

impl Launched {
    /// Starts `program` in a home folder of its own.
    ///
    /// # Errors
    /// When it can't be started.
    pub fn start(program: &Path, arguments: &[&str], home: &Path) -> Result<Self> {
        let begun = Instant::now();
        let process = Command::new(program)
            .args(arguments)
            .envs(desk::home_variables(home))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| program.display().to_string())?;
        Ok(Self { process, begun })
    }

    /// From the start until the left part of the window of this class (a list of conversations is there) shows what
    /// it goes on showing.
    ///
    /// # Errors
    /// When no window comes, or it never comes to rest.
    pub async fn painted(&self, class: &str) -> Result<Duration> {
        let screen = Screen::look()?;
        let (mut picture, mut since) = (0, Duration::ZERO);
        while self.begun.elapsed() < PATIENCE {
            tokio::time::sleep(LOOK).await;
            // The window may not be there yet, or be drawn at this moment.
            let Ok(Some(window)) = screen.window(class) else {
                continue;
            };
            let Ok(pixels) = screen.left_part(window) else {
                continue;
            };
            let (seen, now) = (hash(&pixels), self.begun.elapsed());
            if seen != picture {
                (picture, since) = (seen, now);
            } else if now - since > STILL && !is_blank(&pixels) {
                return Ok(since);
            }
        }
        bail!("{class} never came to rest on the screen");
    }

    /// Its processes, the web view's included.
    ///
    /// # Errors
    /// When it has ended.
    pub fn processes(&self) -> Result<Processes> {
        Processes::from(self.process.id())
    }

    /// Ends it politely and waits.
    ///
    /// # Errors
    /// When it does not end.
    pub async fn ends(mut self) -> Result<()> {
        desk::ask_to_end(self.process.id());
        for _ in 0..PATIENCE.as_millis() / 50 {
            if self.process.try_wait()?.is_some() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.process.kill()?;
        bail!("the program did not end when asked");
    }
}

fn hash(pixels: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    pixels.hash(&mut hasher);
    hasher.finish()
}

/// One colour only.
fn is_blank(pixels: &[u8]) -> bool {
    pixels
        .first_chunk::<4>()
        .is_none_or(|first| pixels.chunks_exact(4).all(|pixel| pixel == first))
}
