//! The file as the program reads it that most people without Excel open it with.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::json;
use tests::World;

use super::{AWKWARD, a_talk, openpyxl, orders, path, read_by_openpyxl};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn libreoffice_opens_it_and_openpyxl_reads_equal_cells() {
    let world = World::start().await;
    a_talk(&world).await;
    let columns = json!([
        "channel",
        "client",
        "content",
        "written",
        "context",
        "operator",
        "message_id"
    ]);
    let row = orders(&world.operator(), json!({ "columns": columns })).await;
    let ours = openpyxl(&path(&row)).remove(0);
    let shelf = tempfile::tempdir().unwrap();
    let saved = saved_by_libreoffice(&path(&row), shelf.path());
    let theirs = read_by_openpyxl(&saved, &["--as-written"]).remove(0);

    assert_eq!(ours["rows"].as_array().unwrap().len(), AWKWARD.len() + 3);
    assert_eq!(theirs["rows"], ours["rows"]);
    assert_eq!(theirs["formulas"], json!([]));
    // Frozen rows belong to a window, which it has none of here.
    assert_eq!(theirs["filter"], ours["filter"]);
    world.stop().await;
}

/// What LibreOffice makes of a spreadsheet that it opens and saves. A profile of its own: it shares none with a window
/// of the same program.
fn saved_by_libreoffice(file: &Path, folder: &Path) -> PathBuf {
    let converted = Command::new("soffice")
        .arg(format!(
            "-env:UserInstallation=file://{}",
            folder.join("profile").display()
        ))
        .args(["--headless", "--convert-to", "xlsx", "--outdir"])
        .args([folder, file])
        .output()
        .expect("LibreOffice is needed for this test: `cargo xtask setup` installs it");
    assert!(converted.status.success(), "{converted:?}");
    folder.join(file.file_name().unwrap())
}
