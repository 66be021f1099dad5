//! `cargo xtask dev`: the interface with hot reload, the backend built and started anew when Rust changes.
//!
//! ```text
//! browser or window ──► Vite (5173) ── calls ──► besedka-web, whichever runs now
//! ```
//!
//! In the window only the page comes from Vite; its calls go through the shell as always.

mod app;
mod sources;
mod vite;

use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;

use self::app::App;
use self::sources::Sources;
use self::vite::Vite;
use crate::setup::{self, Need};
use crate::{demo, frontend};

/// How often the sources are looked at. A few hundred files take about a millisecond.
const LOOK: Duration = Duration::from_millis(700);

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// In the browser even if there is a display
    #[arg(long)]
    web: bool,
    /// What the app gets instead of --demo
    #[arg(last = true)]
    args: Vec<String>,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let web = options.web || !demo::has_display();
    let packages = if web {
        vec![Need::Build, Need::Frontend]
    } else {
        vec![Need::Build, Need::Window, Need::Frontend]
    };
    setup::ensure(&packages)?;
    frontend::some_page()?;
    let mut sources = Sources::now();
    app::build(web)?;
    let mut vite = Vite::start()?;
    let mut app = App::start(web, &options.args, &mut vite)?;
    let (asked, stop) = mpsc::channel();
    ctrlc::set_handler(move || _ = asked.send(())).context("signals cannot be caught")?;
    while let Err(RecvTimeoutError::Timeout) = stop.recv_timeout(LOOK) {
        if vite.ended() {
            bail!("Vite has ended");
        }
        if app.ended() {
            return Ok(());
        }
        if sources.changed() && app::build(web).is_ok() {
            drop(app);
            app = App::start(web, &options.args, &mut vite)?;
        }
    }
    Ok(())
}
