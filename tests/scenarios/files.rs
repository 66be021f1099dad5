//! Files stay as long as something belongs to them, and no longer.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use contracts::{Clock, SystemClock};
use domain::At;
use sandbox::{FileKind, Letter};
use serde_json::json;
use store::{NewUpload, Store};
use tests::{NETWORKS, Place, World, eventually};

async fn until_gone(file: &Path) {
    eventually(&format!("{} is gone", file.display()), || async {
        (!file.exists()).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_deleted_with_its_history_takes_its_files_along() {
    let world = World::start().await;
    let olga = world.operator();
    let mut files = Vec::new();
    for network in NETWORKS {
        let photo = Letter::file(FileKind::Photo, sandbox::samples::photo()).captioned(network.vendor);
        world.customer(network.vendor, "Анна").sends(photo).unwrap();
        let talk = olga.sees(network.vendor).await;
        let local = |message: &serde_json::Value| message["files"][0]["state"] == "local";
        let message = olga.waits_for(talk, "the photo", local).await;
        let id = message["files"][0]["id"].as_i64().unwrap();
        files.push(world.app.media(id).await.unwrap().path);
    }
    let upload = olga.uploads("смета.pdf", b"%PDF-1.4").await;
    let account = olga.sees_line(NETWORKS[0].channel, "online").await["id"].clone();
    let deletion = json!({ "account_ids": [account], "with_history": true });
    olga.does("accounts.delete", deletion).await;

    until_gone(&files[0]).await;
    assert!(files[1].exists(), "the other channel keeps its files");
    let talk = olga.sees(NETWORKS[1].vendor).await;
    let sent = olga.sends(talk, json!({ "text": "Смета", "uploads": [upload] })).await;
    olga.sees_tick(talk, sent, "sent").await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_left_behind_goes_at_the_next_start_and_nothing_else() {
    let mut world = World::start().await;
    let olga = world.operator();
    let photo = Letter::file(FileKind::Photo, sandbox::samples::photo()).captioned("Вот чертёж");
    world.customer(NETWORKS[0].vendor, "Игорь").sends(photo).unwrap();
    let talk = olga.sees("Вот чертёж").await;
    let message = olga
        .waits_for(talk, "the photo", |message| message["files"][0]["state"] == "local")
        .await;
    let named = world
        .app
        .media(message["files"][0]["id"].as_i64().unwrap())
        .await
        .unwrap()
        .path;
    world.app.stop().await;

    let old = hours_ago(3);
    let left = left_behind(&world.place, "01990000-0000-7000-8000-0000000000ab", old);
    let half = left_behind(&world.place, "01990000-0000-7000-8000-0000000000cd.part", old);
    let theirs = left_behind(&world.place, "wedding.jpg", old);
    let fresh = left_behind(&world.place, "01990000-0000-7000-8000-0000000000ef", hours_ago(0));
    File::options()
        .append(true)
        .open(&named)
        .unwrap()
        .set_modified(old)
        .unwrap();
    let chosen = chosen_long_ago(&world.place, "01990000-0000-7000-8000-000000000012").await;

    world.restart().await;
    for file in [&left, &half, &chosen] {
        until_gone(file).await;
    }
    for file in [&named, &theirs, &fresh] {
        assert!(file.exists(), "{}", file.display());
    }
    world.stop().await;
}

fn hours_ago(hours: u64) -> SystemTime {
    let now = u64::try_from(SystemClock.now().millis()).unwrap();
    UNIX_EPOCH + Duration::from_millis(now) - Duration::from_secs(hours * 3600)
}

/// A file in the media folder that no row names.
fn left_behind(place: &Place, name: &str, changed: SystemTime) -> PathBuf {
    let whole = name.trim_end_matches(".part");
    let shelf = place.file().with_file_name("media").join(&whole[whole.len() - 2..]);
    fs::create_dir_all(&shelf).unwrap();
    let path = shelf.join(name);
    fs::write(&path, "bytes").unwrap();
    File::options()
        .append(true)
        .open(&path)
        .unwrap()
        .set_modified(changed)
        .unwrap();
    path
}

/// A file that somebody chose and never sent, though it was touched just now.
async fn chosen_long_ago(place: &Place, name: &str) -> PathBuf {
    let file = left_behind(place, name, hours_ago(0));
    let store = Store::open(&place.options()).await.unwrap();
    let upload = NewUpload {
        path: format!("{}/{name}", &name[name.len() - 2..]),
        name: "смета.pdf".to_owned(),
        mime: "application/pdf".to_owned(),
        size: 5,
        kind: domain::AttachmentKind::Document,
    };
    let mut tx = store.write().await.unwrap();
    store::attachments::insert_upload(&mut tx, &upload, At(0))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    store.close().await;
    file
}
