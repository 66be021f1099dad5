//! The project's own commands. `cargo xtask demo` opens the application on its demo workspace and
//! `cargo xtask test` runs every check; both install what the machine lacks and say what they install.
//!
//! ```text
//! cargo xtask ── demo · dev · sandbox · bench · screenshots      run things
//!             ├─ test ── fmt, tidy, clippy, …, window            check things, one step per line of `test --list`
//!             └─ sqlx · new channel|crm                          write things that are committed
//! ```
//!
//! It must not depend on any crate of the product: it has to build when they do not.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line program: its output is the product"
)]

mod bench;
mod browser;
mod cmd;
mod demo;
mod dev;
mod frontend;
mod new;
mod paths;
mod sandbox;
mod screenshots;
mod setup;
mod sqlx;
mod test;
mod tidy;
mod walk;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "The project's own commands",
    version
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Install what is missing, build, and open the app on the demo workspace
    Demo(demo::Options),
    /// Install what is missing and run the checks, from formatting to a real browser and window
    Test(test::Options),
    /// Check the rules of the house: sizes, crate graph, invariants, texts
    Tidy,
    /// Run the app with hot reload of the interface and restart on a change in Rust
    Dev(dev::Options),
    /// Run the simulators alone; the first line on stdout is JSON: service -> base address
    Sandbox(sandbox::Options),
    /// Measure speed and memory of the release build against the goals
    Bench(bench::Options),
    /// Photograph every screen, light and dark, Russian and English
    Screenshots(screenshots::Options),
    /// Write `store/.sqlx` and `store/schema.sql` anew from the migrations
    Sqlx(sqlx::Options),
    /// Begin a new channel or CRM from a template
    New(new::Options),
    /// Install what the other commands need, and nothing else
    Setup(setup::Options),
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Demo(options) => demo::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Tidy => tidy::run(),
        Command::Dev(options) => dev::run(&options),
        Command::Sandbox(options) => sandbox::run(&options),
        Command::Bench(options) => bench::run(&options),
        Command::Screenshots(options) => screenshots::run(&options),
        Command::Sqlx(options) => sqlx::run(&options),
        Command::New(options) => new::run(&options),
        Command::Setup(options) => setup::run(&options),
    }
}
