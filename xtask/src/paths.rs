//! Where things lie: the checkout, and the folder in the user's cache that outlives a checkout.

use std::env;
use std::path::{Path, PathBuf};

/// The root of the checkout.
pub(crate) fn root() -> PathBuf {
    // Asked at run time first: two checkouts may share one target directory and thus one binary.
    let manifest = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    manifest.parent().map_or_else(|| manifest.clone(), Path::to_path_buf)
}

/// `besedka` in the user's cache: `$XDG_CACHE_HOME` or `~/.cache`, `~/Library/Caches`, `%LOCALAPPDATA%`.
pub(crate) fn cache() -> PathBuf {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = if cfg!(windows) {
        set("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        set("HOME").map(|home| home.join("Library/Caches"))
    } else {
        set("XDG_CACHE_HOME").or_else(|| set("HOME").map(|home| home.join(".cache")))
    };
    base.map_or_else(|| root().join("target/cache"), |base| base.join("besedka"))
}

/// The target directory of every cargo call made here: outside the checkout, so that a clean checkout
/// finds the dependencies compiled.
pub(crate) fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(chosen) => root().join(chosen),
        None => cache().join("target"),
    }
}

/// A program of ours as cargo leaves it; `profile` is `debug` or `release`.
pub(crate) fn binary(profile: &str, name: &str) -> PathBuf {
    target()
        .join(profile)
        .join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// Where `cargo install` puts the tools of the trade; kept apart from the user's own `~/.cargo/bin`.
pub(crate) fn tools() -> PathBuf {
    cache().join("tools")
}

pub(crate) fn frontend() -> PathBuf {
    root().join("frontend")
}

/// The first program on PATH of one of these names.
pub(crate) fn on_path(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    let endings: &[&str] = if cfg!(windows) {
        &[".exe", ".cmd", ".bat"]
    } else {
        &[""]
    };
    names
        .iter()
        .flat_map(|name| {
            folders
                .iter()
                .flat_map(move |folder| endings.iter().map(move |end| folder.join(format!("{name}{end}"))))
        })
        .find(|candidate| candidate.is_file())
}
