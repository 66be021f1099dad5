//! The built interface, `frontend/dist`: the window embeds it and the web server serves it.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::cmd::Cmd;
use crate::{paths, walk};

pub(crate) fn build() -> Result<()> {
    Cmd::npm().words("run build").no_stdin().chatter().run()
}

/// Builds unless `dist` is newer than every source.
pub(crate) fn build_if_older() -> Result<()> {
    let folder = paths::frontend();
    let built = changed(&folder.join("dist/index.html")).filter(|_| folder.join("dist/assets").exists());
    let newest = walk::files(&folder).iter().filter_map(|file| changed(file)).max();
    if built.is_some() && built >= newest {
        Ok(())
    } else {
        build()
    }
}

/// The window's crate does not compile without a page to embed. Checks that never show one make do with this.
pub(crate) fn some_page() -> Result<()> {
    let page = paths::frontend().join("dist/index.html");
    if page.exists() {
        return Ok(());
    }
    let folder = paths::frontend().join("dist");
    fs::create_dir_all(&folder).context("frontend/dist cannot be made")?;
    fs::write(
        &page,
        "<!doctype html><title>Besedka</title><p>Run <code>npm run build</code> in frontend/.</p>\n",
    )
    .context("frontend/dist/index.html cannot be written")
}

fn changed(file: &Path) -> Option<SystemTime> {
    file.metadata().ok()?.modified().ok()
}
