//! Finding a Chromium on this machine: tests use the system's, none is downloaded when one is there.

use std::env;
use std::path::PathBuf;

use crate::cmd::Cmd;
use crate::paths;

const NAMES: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
];

/// Where macOS and Windows keep it; neither puts it on PATH.
const ELSEWHERE: &[&str] = &[
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
];

/// `$BESEDKA_CHROMIUM`, else the first known name on PATH, else the usual places of macOS and Windows, else Playwright's.
pub(crate) fn find() -> Option<PathBuf> {
    env::var_os("BESEDKA_CHROMIUM")
        .map(PathBuf::from)
        .or_else(|| paths::on_path(NAMES))
        .or_else(|| ELSEWHERE.iter().map(PathBuf::from).find(|path| path.is_file()))
        .or_else(fetched_by_playwright)
}

/// The build that Playwright has fetched where no package was to be had.
fn fetched_by_playwright() -> Option<PathBuf> {
    let ask = "console.log(require('playwright-core').chromium.executablePath())";
    let answer = Cmd::new("node")
        .dir(&paths::frontend())
        .arg("-e")
        .arg(ask)
        .try_output()?;
    let path = PathBuf::from(answer.trim());
    path.is_file().then_some(path)
}
