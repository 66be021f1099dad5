//! Third-party clients in Python, run against the program as their users run them.

use super::environment;
use crate::common::binary::Program;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs `tests/python/<script>` with the directory of a fresh sandbox as its argument; its output is shown when it fails.
pub fn run(script: &str, program: &Program) {
    let output = Command::new(interpreter())
        .arg(scripts().join(script))
        .arg(serde_json::Value::Object(program.directory.clone()).to_string())
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .expect("Python runs");
    let (said, complained) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{script} failed\n{said}\n{complained}");
}

/// The interpreter with the clients of `python/requirements.txt`.
pub fn interpreter() -> PathBuf {
    environment::interpreter(&scripts(), Path::new(env!("CARGO_TARGET_TMPDIR")))
}

pub fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python")
}
