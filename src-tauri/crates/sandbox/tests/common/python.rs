//! Third-party clients in Python, run against the program as their users run them.

use crate::common::binary::Program;
use std::fs::File;
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

/// `BESEDKA_PYTHON`, or an environment in the target directory, made when it is missing or out of date.
pub fn interpreter() -> PathBuf {
    if let Some(python) = std::env::var_os("BESEDKA_PYTHON") {
        return python.into();
    }
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("the target directory")
        .to_owned();
    let environment = target.join("sandbox-venv");
    // Several tests start at once; one of them makes the environment.
    let lock = File::create(target.join("sandbox-venv.lock")).expect("a lock file");
    lock.lock().expect("the lock");
    let setup = Command::new("sh")
        .arg(scripts().join("setup.sh"))
        .arg(&environment)
        .output()
        .expect("sh runs");
    let complained = String::from_utf8_lossy(&setup.stderr);
    assert!(
        setup.status.success(),
        "Python 3 with venv and pip is needed for these tests:\n{complained}"
    );
    environment.join("bin/python")
}

pub fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python")
}
