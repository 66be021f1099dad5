//! Cargo tools, pinned, built from source once into the user's cache.
//!
//! Built from source because the registry is the one place every network lets through.

use std::fs;

use anyhow::{Context, Result};

use crate::cmd::Cmd;
use crate::paths;

/// A tool on crates.io.
#[derive(Debug)]
pub(crate) struct Tool {
    name: &'static str,
    version: &'static str,
    /// A copy on PATH is taken instead if it is of the same series and at least this patch level.
    at_least: &'static str,
    /// How to ask it for its version.
    ask: &'static [&'static str],
    /// What to leave out of the build.
    flags: &'static [&'static str],
}

pub(crate) const NEXTEST: Tool = Tool {
    name: "cargo-nextest",
    version: "0.9.151",
    at_least: "0.9.140",
    ask: &["nextest", "--version"],
    // Without the self-updater, which brings an HTTP client along.
    flags: &["--no-default-features", "--features", "default-no-update"],
};
pub(crate) const DENY: Tool = Tool {
    name: "cargo-deny",
    version: "0.20.2",
    at_least: "0.20.0",
    ask: &["--version"],
    flags: &[],
};
pub(crate) const MACHETE: Tool = Tool {
    name: "cargo-machete",
    version: "0.9.2",
    at_least: "0.9.0",
    ask: &["--version"],
    flags: &[],
};
/// 2.x on purpose: 3.0 is an alpha for Tauri 3.
pub(crate) const TAURI_DRIVER: Tool = Tool {
    name: "tauri-driver",
    version: "2.1.0",
    at_least: "2.1.0",
    ask: &[],
    flags: &[],
};

pub(crate) fn install(tool: &Tool) -> Result<()> {
    if ours(tool) || on_path(tool) {
        return Ok(());
    }
    eprintln!(
        "Building {} {} (once; it stays in {}).",
        tool.name,
        tool.version,
        paths::tools().display()
    );
    Cmd::cargo()
        .words("install --quiet --locked --force --version")
        .arg(tool.version)
        .arg("--root")
        .arg(paths::tools())
        .args(tool.flags)
        .arg(tool.name)
        // A third less to wait for than with their own release settings, and no slower to the eye.
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        // One build folder for all tools: they share many dependencies.
        .env("CARGO_TARGET_DIR", paths::tools().join("build"))
        .no_stdin()
        .chatter()
        .run()
        .with_context(|| format!("{} could not be built", tool.name))?;
    clean_up();
    Ok(())
}

/// The folder of intermediate files is worth its space only while tools are being built.
fn clean_up() {
    let all = [&NEXTEST, &DENY, &MACHETE, &TAURI_DRIVER];
    if all.iter().all(|tool| ours(tool) || on_path(tool)) {
        // Failing to delete costs disk space, nothing else.
        let _ = fs::remove_dir_all(paths::tools().join("build"));
    }
}

/// Whether `cargo install` noted this very version in our folder.
fn ours(tool: &Tool) -> bool {
    let noted = fs::read_to_string(paths::tools().join(".crates.toml")).unwrap_or_default();
    noted.contains(&format!("\"{} {} (", tool.name, tool.version))
}

fn on_path(tool: &Tool) -> bool {
    // Without a way to ask for the version a copy on PATH cannot be trusted to be the right one.
    if tool.ask.is_empty() || paths::on_path(&[tool.name]).is_none() {
        return false;
    }
    let answer = Cmd::new(tool.name).args(tool.ask).try_output().unwrap_or_default();
    new_enough(&answer, tool.at_least)
}

/// `answer` is what `--version` printed, with or without the tool's name before the number.
fn new_enough(answer: &str, at_least: &str) -> bool {
    let found = answer.split_whitespace().find_map(parts);
    match (found, parts(at_least)) {
        (Some([a, b, patch]), Some([c, d, least])) => (a, b) == (c, d) && patch >= least,
        _ => false,
    }
}

fn parts(version: &str) -> Option<[u32; 3]> {
    let numbers: Option<Vec<u32>> = version.split('.').map(|part| part.parse().ok()).collect();
    numbers?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::new_enough;

    #[test]
    fn a_tool_of_the_same_series_will_do() {
        assert!(new_enough(
            "cargo-nextest 0.9.143 (60fa45f63 2026-08-04)\nrelease: 0.9.143",
            "0.9.140"
        ));
        assert!(new_enough("0.9.2", "0.9.0"), "cargo-machete prints the bare number");
        assert!(!new_enough("cargo-nextest 0.9.99", "0.9.140"));
        assert!(!new_enough("cargo-deny 0.19.4", "0.20.0"));
        assert!(!new_enough("", "0.20.0"));
    }
}
