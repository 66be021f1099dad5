//! The simulators alone, for third-party clients and for looking around.

use clap::Parser;
use sandbox::{Options, People, Sandbox, StartError};
use serde_json::Value;
use std::io::{self, Write};
use thiserror::Error;

#[derive(Debug, Parser)]
#[command(about = "Local simulators of every remote service; the first line on stdout is a JSON directory")]
struct Arguments {
    /// First port; vendors count up from it, and a taken port is replaced by a free one. 0 takes any free ports.
    #[arg(long, default_value_t = 4801)]
    port_base: u16,
    /// Makes a run repeatable.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Let people live there, who write by themselves and answer.
    #[arg(long)]
    people: bool,
    /// Do not enforce the vendors' limits of calls per second.
    #[arg(long)]
    no_limits: bool,
}

#[derive(Debug, Error)]
enum Failed {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("stdout: {0}")]
    Output(#[from] io::Error),
}

#[tokio::main]
async fn main() -> Result<(), Failed> {
    let arguments = Arguments::parse();
    let sandbox = Sandbox::start(Options {
        port_base: Some(arguments.port_base).filter(|port| *port != 0),
        seed: arguments.seed,
        limits: !arguments.no_limits,
        people: arguments.people.then(|| People {
            seed: arguments.seed,
            ..People::default()
        }),
        ..Options::default()
    })
    .await?;
    writeln!(io::stdout(), "{}", Value::Object(sandbox.directory()))?;
    io::stdout().flush()?;
    stopped().await?;
    sandbox.stop().await;
    Ok(())
}

/// Ctrl-C, or the system asking to end.
async fn stopped() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            pressed = tokio::signal::ctrl_c() => pressed,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
