//! `cargo xtask new channel|crm <id>`: a folder that compiles, passes its own tests and says what comes next.

mod files;
mod register;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use clap::{Args, Subcommand};

use self::files::{CHANNEL, CRM, Template};
use crate::cmd::Cmd;
use crate::paths;

#[derive(Debug, Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A folder in `channels`, its line in the registry
    Channel {
        /// Lower-case words joined by `_`: the name of the folder and the channel's id for ever
        id: String,
    },
    /// A folder in `crm`, its line in the registry
    Crm {
        /// Lower-case words joined by `_`
        id: String,
    },
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let crates = paths::root().join("src-tauri/crates");
    let package = match &options.what {
        What::Channel { id } => channel(&crates, id)?,
        What::Crm { id } => crm(&crates, id)?,
    };
    Cmd::cargo().words("fmt -p").arg(package).run()
}

fn channel(crates: &Path, id: &str) -> Result<&'static str> {
    let source = crates.join("channels/src");
    write(&source.join(id), CHANNEL, id)?;
    register::add(&source, id, "CHANNEL")?;
    say_what_is_next(id, "channels");
    Ok("channels")
}

fn crm(crates: &Path, id: &str) -> Result<&'static str> {
    let source = crates.join("crm/src");
    write(&source.join(id), CRM, id)?;
    register::add(&source, id, "CRM")?;
    say_what_is_next(id, "crm");
    Ok("crm")
}

fn write(folder: &Path, template: Template, id: &str) -> Result<()> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let begins = id.starts_with(|c: char| c.is_ascii_lowercase());
    ensure!(
        begins && id.chars().all(plain),
        "`{id}` is no id: lower-case letters, digits and _ please"
    );
    ensure!(!folder.exists(), "{} is there already", folder.display());
    for (name, text) in template {
        put(&folder.join(name), &filled_in(text, id))?;
    }
    println!("Made {}", folder.display());
    Ok(())
}

fn put(file: &Path, text: &str) -> Result<()> {
    let folder = file.parent().context("a file lies in a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))
}

/// `max_bot` → type `MaxBot`, name `Max bot`, host `max-bot`.
fn filled_in(text: &str, id: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
            .unwrap_or_default()
    };
    let name = capital(&id.replace('_', " "));
    text.replace("__ID__", id)
        .replace("__TYPE__", &id.split('_').map(capital).collect::<String>())
        .replace("__HOST__", &id.replace('_', "-"))
        .replace("__LETTER__", &name.chars().take(1).collect::<String>())
        .replace("__NAME__", &name)
}

fn say_what_is_next(id: &str, package: &str) {
    println!("Next:");
    println!("  1. make the files true to the vendor's documents; texts in three languages and the icon with them");
    println!(
        "  2. src-tauri/crates/sandbox/src/{id}/ and one line in its registry: the simulator (one per vendor will do)"
    );
    println!("  3. cargo nextest run -p {package} && cargo xtask tidy");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_gives_all_the_names() {
        let text = filled_in("__ID__ __TYPE__ __HOST__ __LETTER__ __NAME__", "max_bot");
        assert_eq!(text, "max_bot MaxBot max-bot M Max bot");
    }

    #[test]
    fn templates_hold_no_name_that_is_not_filled_in() {
        for (name, text) in CHANNEL.iter().chain(CRM) {
            assert!(!filled_in(text, "max_bot").contains("__"), "{name}");
        }
    }
}
