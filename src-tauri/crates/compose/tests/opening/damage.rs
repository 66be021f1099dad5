use std::fs;

use compose::StatusKind;
use serde_json::json;

use crate::office::Office;

#[tokio::test]
async fn a_damaged_database_is_put_aside_and_said_so() {
    let office = Office::with_keyring();
    let olga = office.starts();
    olga.introduces_herself().await;
    olga.0.close().await;
    fs::write(office.database(), vec![0x5a; 200_000]).unwrap();

    let after = office.starts();
    let workspace = after.calls("boot", json!({})).await.unwrap()["workspace"].clone();
    let kept = workspace["recovered"]["damaged_file"].as_str().unwrap().to_owned();
    assert_eq!(fs::read(kept).unwrap(), vec![0x5a; 200_000]);
    assert!(!after.is_known().await, "there was no backup");
    after.0.close().await;
}

#[tokio::test]
async fn a_lost_note_about_the_key_stops_before_anything_is_touched() {
    let office = Office::with_keyring();
    let olga = office.starts();
    olga.introduces_herself().await;
    olga.0.close().await;
    let note = office.folder.path().join("key.json");
    let (kept, before) = (fs::read(&note).unwrap(), fs::read(office.database()).unwrap());
    fs::remove_file(&note).unwrap();

    let puzzled = office.starts();
    assert_eq!(
        puzzled.is_told().await,
        (StatusKind::Failed, "key.record_missing".into())
    );
    assert_eq!(fs::read(office.database()).unwrap(), before);
    fs::write(&note, kept).unwrap();
    assert_eq!(
        puzzled.calls("workspace.retry", json!({})).await.unwrap()["state"],
        "open"
    );
    assert!(puzzled.is_known().await);
    puzzled.0.close().await;
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_named() {
    let office = Office::with_keyring();
    let mut setup = office.setup();
    let file = office.folder.path().join("a file");
    fs::write(&file, "").unwrap();
    setup.paths = compose::Paths::at(file.join("below"));
    let olga = crate::office::Olga(compose::Workspace::open(setup));
    assert_eq!(olga.is_told().await, (StatusKind::Failed, "workspace.folder".into()));
    olga.0.close().await;
}
