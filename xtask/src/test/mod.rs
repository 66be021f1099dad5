//! `cargo xtask test`: every check, one after the other, stopping at the first that fails.

mod advisories;
mod run;
pub(crate) use run::XVFB;
mod steps;

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::Args;

use self::steps::{STEPS, Step};
use crate::setup::{self, Need};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Only these steps, by name: --only clippy,nextest
    #[arg(long, value_delimiter = ',', value_name = "STEP")]
    only: Vec<String>,
    /// All but these steps
    #[arg(long, value_delimiter = ',', value_name = "STEP", conflicts_with = "only")]
    skip: Vec<String>,
    /// Print the steps and what each checks
    #[arg(long)]
    list: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    if options.list {
        for step in STEPS {
            println!("{:<10} {}", step.name, step.what);
        }
        return Ok(());
    }
    let chosen = choose(&options.only, &options.skip)?;
    setup::ensure(&needs(&chosen))?;
    go_through(&chosen)
}

/// What the whole of `cargo xtask test` needs.
pub(crate) fn all_needs() -> Vec<Need> {
    needs(&STEPS.iter().collect::<Vec<_>>())
}

fn needs(steps: &[&Step]) -> Vec<Need> {
    steps.iter().flat_map(|step| step.needs.iter().copied()).collect()
}

fn choose(only: &[String], skip: &[String]) -> Result<Vec<&'static Step>> {
    for name in only.iter().chain(skip) {
        if !STEPS.iter().any(|step| step.name == name) {
            bail!("no step is named {name}; `cargo xtask test --list` shows them all");
        }
    }
    let wanted = |step: &&Step| {
        let named = |list: &[String]| list.iter().any(|name| name == step.name);
        if only.is_empty() { !named(skip) } else { named(only) }
    };
    Ok(STEPS.iter().filter(wanted).collect())
}

fn go_through(steps: &[&Step]) -> Result<()> {
    let mut times: Vec<(&str, Duration)> = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        println!("\n=== {}/{} {}: {}", number + 1, steps.len(), step.name, step.what);
        let started = Instant::now();
        if let Err(error) = (step.check)() {
            print_times(&times);
            println!(
                "\nStep {} failed after {}: {error:#}",
                step.name,
                seconds(started.elapsed())
            );
            println!("Run it alone: cargo xtask test --only {}", step.name);
            println!(
                "{} passed, 1 failed, {} not run",
                times.len(),
                steps.len() - times.len() - 1
            );
            bail!("step {} failed", step.name);
        }
        times.push((step.name, started.elapsed()));
        println!("=== {} passed in {}", step.name, seconds(started.elapsed()));
    }
    print_times(&times);
    println!("{} passed, 0 failed{}", times.len(), left_out(steps));
    Ok(())
}

/// A green line must not hide what was not looked at, whoever left it out.
fn left_out(run: &[&Step]) -> String {
    let others = STEPS.iter().filter(|step| run.iter().all(|one| one.name != step.name));
    let names: Vec<&str> = others.map(|step| step.name).collect();
    if names.is_empty() {
        String::new()
    } else {
        format!("; not run: {}", names.join(" "))
    }
}

fn print_times(times: &[(&str, Duration)]) {
    println!();
    for (name, time) in times {
        println!("{name:<10} {:>8}", seconds(*time));
    }
    println!(
        "{:<10} {:>8}",
        "together",
        seconds(times.iter().map(|(_, time)| *time).sum())
    );
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(steps: &[&Step]) -> Vec<&'static str> {
        steps.iter().map(|step| step.name).collect()
    }

    #[test]
    fn only_picks_steps_in_the_order_of_the_table() {
        let chosen = choose(&["clippy".into(), "fmt".into()], &[]).unwrap();
        assert_eq!(names(&chosen), ["fmt", "clippy"]);
    }

    #[test]
    fn skip_leaves_steps_out() {
        let chosen = choose(&[], &["window".into()]).unwrap();
        assert_eq!(chosen.len(), STEPS.len() - 1);
    }

    #[test]
    fn the_last_line_names_what_was_not_run() {
        let all: Vec<&Step> = STEPS.iter().collect();
        assert_eq!(left_out(&all), "");
        assert!(left_out(&choose(&[], &["ui".into()]).unwrap()).contains("ui"));
    }

    #[test]
    fn a_misspelt_step_is_an_error_not_an_empty_run() {
        let error = choose(&["clipy".into()], &[]).unwrap_err();
        assert!(error.to_string().contains("clipy"));
    }

    #[test]
    fn formatting_alone_needs_nothing_installed() {
        assert!(needs(&choose(&["fmt".into()], &[]).unwrap()).is_empty());
    }
}
