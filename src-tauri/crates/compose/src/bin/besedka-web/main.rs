//! The app for a browser on the same machine: for machines without a display, and for tests that drive a browser.
//!
//! ```text
//!   $ besedka-web --demo
//!   http://127.0.0.1:40123/?token=…
//! ```
//!
//! The address is the first and only line on stdout; everything else goes to stderr. Must not: listen elsewhere.

mod options;
mod pages;
mod pair;

use std::{
    io::{self, Write},
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Context, Result, bail};
use clap::Parser;
use compose::{StatusKind, Workspace, logging};
use options::Options;
use pages::BuiltIn;
use pair::Pair;
use web::{FolderPages, Pages};

fn main() -> ExitCode {
    match run(Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "besedka-web: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn run(options: Options) -> Result<()> {
    let stop = stop_signal()?;
    let setup = options.setup()?;
    setup.paths.make()?;
    let _logging = logging::start(&setup.paths.logs, options.log)?;
    let entered = setup.passphrase.is_some();
    let workspace = Workspace::open(setup);
    say_if_closed(&workspace, entered).await?;
    let pages: Arc<dyn Pages> = match &options.dist {
        Some(folder) => Arc::new(FolderPages(folder.clone())),
        None => Arc::new(BuiltIn),
    };
    let pair = Pair::new(options, pages);
    let server = pair.serve(workspace.clone()).await?;
    writeln!(io::stdout(), "{}", server.url()).and_then(|()| io::stdout().flush())?;
    stop.await;
    server.stop().await;
    pair.stop().await;
    workspace.close().await;
    Ok(())
}

/// A locked workspace is unlocked in the page, unless somebody meant to do it here; a failed one ends the program.
async fn say_if_closed(workspace: &Workspace, entered: bool) -> Result<()> {
    let status = workspace.status().await;
    match status.state {
        StatusKind::Open => Ok(()),
        StatusKind::Locked if !entered => {
            let _ = writeln!(
                io::stderr(),
                "No keyring here keeps the key of the database: the page asks for a passphrase \
                 (or give it with --passphrase-stdin or BESEDKA_PASSPHRASE)."
            );
            Ok(())
        }
        _ => bail!(
            workspace
                .last_error()
                .unwrap_or_else(|| "the workspace did not open".to_owned())
        ),
    }
}

/// Resolves when the system or a person at the keyboard asks the program to end.
fn stop_signal() -> Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        .context("signals can't be received")?;
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
    })
}
