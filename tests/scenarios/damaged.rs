//! A database that is damaged, foreign or newer.

use std::fs;

use store::{OpenOptions, Recovery, Store, StoreError};
use tests::{Place, World};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_file_is_kept_and_the_newest_backup_takes_its_place() {
    let world = World::start().await;
    world.customer("vk", "Анна").writes("Это есть в копии").unwrap();
    world.operator().sees("есть в копии").await;
    world.app.engine().store().backup().await.unwrap();
    let place = {
        let World { app, place, .. } = world;
        app.stop().await;
        place
    };

    let mut bytes = fs::read(place.file()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 9000].fill(0x5a);
    fs::write(place.file(), &bytes).unwrap();
    let error = Store::open(&place.options()).await.unwrap_err();
    assert!(error.is_damage(), "{error}");
    let (store, recovery) = Recovery::run(&place.options(), 1).await.unwrap();
    assert_eq!(
        fs::read(&recovery.damaged).unwrap(),
        bytes,
        "the damaged file is kept as it was"
    );
    assert!(recovery.backup.is_some());
    assert_eq!(store::messages::count(store.read()).await.unwrap(), 1);
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_key_opens_nothing_and_moves_nothing() {
    let place = Place::default();
    let store = Store::open(&place.options()).await.unwrap();
    store.backup().await.unwrap();
    store.close().await;
    let before = fs::read(place.file()).unwrap();
    assert!(!before.windows(6).any(|window| window == b"SQLite"), "encrypted");
    let foreign = OpenOptions {
        key: [9; 32],
        ..place.options()
    };
    assert!(matches!(Store::open(&foreign).await, Err(StoreError::Unreadable)));
    assert!(
        matches!(Recovery::run(&foreign, 2).await, Err(StoreError::Unreadable)),
        "a copy that does not open says: the key"
    );
    assert_eq!(fs::read(place.file()).unwrap(), before, "everything is put back");
    Store::open(&place.options()).await.unwrap().close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_of_a_newer_program_is_read_only_where_that_program_says_so() {
    let place = Place::default();
    let store = Store::open(&place.options()).await.unwrap();
    store::testkit::pretend_newer(&store, 901, 1).await.unwrap();
    store.close().await;
    Store::open(&place.options())
        .await
        .expect("version 901 says: readable since 1")
        .close()
        .await;
    let store = Store::open(&place.options()).await.unwrap();
    store::testkit::pretend_newer(&store, 902, 902).await.unwrap();
    store.close().await;
    let refused = Store::open(&place.options()).await.unwrap_err();
    assert!(matches!(refused, StoreError::TooNew { needs: 902, .. }), "{refused}");
}
