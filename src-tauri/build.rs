//! Makes the page that the window embeds exist, and declares the shell's own commands, so that a capability has to
//! name each one that the page may call.

use std::{fs, io, path::Path};

use tauri_build::{AppManifest, Attributes};

/// Every command of `src/bridge.rs`, `src/files.rs` and `src/pictures.rs`.
const COMMANDS: &[&str] = &[
    "rpc",
    "upload",
    "open_attachment",
    "save_attachment",
    "open_export",
    "show_export",
    "save_picture",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    some_page()?;
    let attributes = Attributes::new().app_manifest(AppManifest::new().commands(COMMANDS));
    tauri_build::try_build(attributes)?;
    Ok(())
}

/// A clean checkout has no built interface, and the shell does not compile without a page to embed. Whoever builds it
/// to look at it has built the interface before (`cargo xtask demo` does).
fn some_page() -> io::Result<()> {
    let folder = Path::new("../frontend/dist");
    let page = folder.join("index.html");
    if page.exists() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    fs::write(
        page,
        "<!doctype html><title>Besedka</title><p>Run <code>npm run build</code> in frontend/.</p>\n",
    )
}
