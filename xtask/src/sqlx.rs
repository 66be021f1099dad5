//! `cargo xtask sqlx`: what the compiler knows of the database, written anew from the migrations.
//!
//! ```text
//! migrations/*.sql ─► an empty plain database ─► compile `store` against it ─► .sqlx/*.json
//!                                              └► its schema ─► schema.sql
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, process};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::cmd::Cmd;
use crate::paths;
use crate::setup::{self, Need};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Change nothing; fail if what is committed differs
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    setup::ensure(&[Need::Build])?;
    if options.check { check() } else { write() }
}

/// What is committed under the store's folder: file name relative to it, and its text.
type Files = BTreeMap<PathBuf, String>;

fn write() -> Result<()> {
    let fresh = make(true)?;
    println!(
        "{} queries checked; {} is up to date",
        fresh.len() - 1,
        store().join("schema.sql").display()
    );
    Ok(())
}

pub(crate) fn check() -> Result<()> {
    let fresh = make(false)?;
    let committed = committed()?;
    let names: BTreeSet<&PathBuf> = fresh.keys().chain(committed.keys()).collect();
    let differs = |name: &&&PathBuf| fresh.get(**name) != committed.get(**name);
    let differing: Vec<String> = names
        .iter()
        .filter(differs)
        .map(|name| name.display().to_string())
        .collect();
    if !differing.is_empty() {
        bail!(
            "not what the migrations and queries give: {}. Run `cargo xtask sqlx` and commit",
            differing.join(" ")
        );
    }
    println!("{} queries checked", fresh.len() - 1);
    Ok(())
}

fn store() -> PathBuf {
    paths::root().join("src-tauri/crates/store")
}

/// Empty, of this process alone, in the cache.
fn fresh_folder() -> Result<PathBuf> {
    let folder = paths::cache().join(format!("sqlx-{}", process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join(".sqlx")).context("the cache cannot be written to")?;
    Ok(folder)
}

/// The files as they ought to be; with `keep` they are put where they belong as well.
fn make(keep: bool) -> Result<Files> {
    let folder = fresh_folder()?;
    let files = make_in(&folder, keep);
    let _ = fs::remove_dir_all(folder);
    files
}

fn make_in(folder: &Path, keep: bool) -> Result<Files> {
    let schema = apply_migrations(&folder.join("empty.db"))?;
    compile_against(folder)?;
    let mut files = read_queries(&folder.join(".sqlx"))?;
    if keep {
        replace_queries(&files)?;
        fs::write(store().join("schema.sql"), &schema).context("schema.sql cannot be written")?;
    }
    files.insert("schema.sql".into(), schema);
    Ok(files)
}

/// Returns the schema that the migrations end in. Not the store's own work: the store does not compile while a
/// query of its own is unknown.
fn apply_migrations(database: &Path) -> Result<String> {
    // The migrations are compiled in; cargo does not notice a file that is new.
    touch(&paths::root().join("src-tauri/crates/schema/src/lib.rs"))?;
    let program = Cmd::cargo().words("run --quiet -p schema --").arg(database);
    program
        .output()
        .context("the migrations do not apply to an empty database")
}

fn compile_against(folder: &Path) -> Result<()> {
    // The macros run only when the crate is compiled, and cargo sees no reason to compile it.
    touch(&store().join("src/lib.rs"))?;
    Cmd::cargo()
        .words("check -p store --all-targets --all-features")
        .env("SQLX_OFFLINE", "false")
        .env("DATABASE_URL", format!("sqlite:{}", folder.join("empty.db").display()))
        .env("SQLX_OFFLINE_DIR", folder.join(".sqlx"))
        .run()
        .context("a query of the store does not fit the migrations")
}

fn touch(file: &Path) -> Result<()> {
    let handle = fs::File::options()
        .append(true)
        .open(file)
        .with_context(|| format!("no {}", file.display()))?;
    #[allow(clippy::disallowed_methods, reason = "the time of a file, not of the product")]
    let now = std::time::SystemTime::now();
    handle
        .set_modified(now)
        .with_context(|| format!("the time of {} cannot be set", file.display()))
}

fn read_queries(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for path in entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
    {
        let text = fs::read_to_string(&path).with_context(|| format!("unreadable: {}", path.display()))?;
        files.insert(Path::new(".sqlx").join(path.file_name().unwrap_or_default()), text);
    }
    Ok(files)
}

fn committed() -> Result<Files> {
    let mut files = read_queries(&store().join(".sqlx"))?;
    let schema = store().join("schema.sql");
    files.insert("schema.sql".into(), fs::read_to_string(schema).unwrap_or_default());
    Ok(files)
}

/// Writes only what changed, so that cargo compiles only what changed, and deletes what no query asks for.
fn replace_queries(fresh: &Files) -> Result<()> {
    let folder = store().join(".sqlx");
    fs::create_dir_all(&folder).context("store/.sqlx cannot be made")?;
    let old = read_queries(&folder)?;
    for (name, text) in fresh.iter().filter(|(name, text)| old.get(*name) != Some(*text)) {
        fs::write(store().join(name), text).with_context(|| format!("{} cannot be written", name.display()))?;
    }
    for name in old.keys().filter(|name| !fresh.contains_key(*name)) {
        fs::remove_file(store().join(name)).with_context(|| format!("{} cannot be deleted", name.display()))?;
    }
    Ok(())
}
