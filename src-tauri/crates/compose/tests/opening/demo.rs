use std::{fs, time::Duration};

use compose::{Paths, Setup, Workspace, demo};
use sandbox::People;
use serde_json::{Value, json};

use crate::office::{Office, Olga};

fn a_demo(office: &Office) -> Olga {
    let people = People {
        count: 6,
        ..People::default()
    };
    let options = demo::Options { keep: false, people };
    let demo = Setup::demo(&Paths::at(office.folder.path().to_owned()), options);
    Olga(Workspace::open(Setup {
        keyring: office.setup().keyring,
        ..demo
    }))
}

async fn conversations(olga: &Olga) -> Vec<Value> {
    let page = olga
        .calls("conversations.list", json!({"filter": "all", "account_ids": []}))
        .await
        .unwrap();
    page["items"].as_array().unwrap().clone()
}

/// Until `happened` says so; the people in a demo take their time.
async fn until<F: Future<Output = bool>>(happened: impl Fn() -> F) {
    let waiting = async {
        while !happened().await {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), waiting)
        .await
        .expect("it did not happen");
}

#[tokio::test]
async fn a_demo_opens_with_people_on_every_network() {
    let office = Office::without_keyring();
    let irina = a_demo(&office);
    let boot = irina.calls("boot", json!({})).await.unwrap();
    assert_eq!(boot["workspace"]["demo"], true);
    assert_eq!(boot["onboarding"]["step"], "done");
    until(async || conversations(&irina).await.len() >= 6).await;
    let mut networks: Vec<String> = conversations(&irina)
        .await
        .iter()
        .map(|row| row["channel"].as_str().unwrap().to_owned())
        .collect();
    networks.sort();
    networks.dedup();
    assert_eq!(networks, ["telegram_bot", "vk_messages"]);
    irina.0.close().await;
}

#[tokio::test]
async fn a_demo_begins_anew_and_never_touches_the_real_thing() {
    let office = Office::with_keyring();
    let olga = office.starts();
    olga.introduces_herself().await;
    for _ in 0..2 {
        let irina = a_demo(&office);
        until(async || !conversations(&irina).await.is_empty()).await;
        irina.0.close().await;
    }
    assert!(olga.is_known().await);
    assert_eq!(conversations(&olga).await.len(), 0);
    olga.0.close().await;
}

#[tokio::test]
async fn a_demo_leaves_a_folder_alone_that_it_did_not_make() {
    let office = Office::with_keyring();
    let folder = office.folder.path().join("demo");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("wedding.jpg"), "photo").unwrap();
    let irina = a_demo(&office);
    assert_eq!(irina.is_told().await.1, "workspace.demo");
    assert!(folder.join("wedding.jpg").exists());
    irina.0.close().await;
}
