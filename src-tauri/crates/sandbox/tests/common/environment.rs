//! The Python environment of tests. Knows nothing of the sandbox: the scenarios use it as well.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

/// `BESEDKA_PYTHON`, or an environment in the target directory (around `temporary`), made from the requirements beside
/// `scripts` when it is missing or out of date.
pub(crate) fn interpreter(scripts: &Path, temporary: &Path) -> PathBuf {
    if let Some(python) = std::env::var_os("BESEDKA_PYTHON") {
        return python.into();
    }
    let target = temporary.parent().expect("the target directory").to_owned();
    let environment = target.join("sandbox-venv");
    // Several tests start at once; one of them makes the environment.
    let lock = File::create(target.join("sandbox-venv.lock")).expect("a lock file");
    lock.lock().expect("the lock");
    let setup = Command::new("sh")
        .arg(scripts.join("setup.sh"))
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
