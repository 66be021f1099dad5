//! The program itself, called as its page calls it, on a machine without a keyring.

use std::{path::Path, process::Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

struct Program {
    process: Child,
    page: Page,
}

impl Program {
    async fn start(folder: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_besedka-web"))
            .arg("--data-dir")
            .arg(folder)
            // No session bus, so no keyring, whatever this machine has.
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
            .env_remove("BESEDKA_PASSPHRASE")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut said = BufReader::new(process.stdout.take().unwrap()).lines();
        let address = said.next_line().await.unwrap().expect("no address");
        Self {
            process,
            page: Page::at(&address),
        }
    }
}

/// A page at an address, token and all.
struct Page {
    base: String,
    token: String,
    browser: reqwest::Client,
}

impl Page {
    fn at(address: &str) -> Self {
        let (base, token) = address.split_once("/?token=").unwrap();
        // Whoever comes first installs it; no call here uses TLS.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self {
            base: base.to_owned(),
            token: token.to_owned(),
            browser: reqwest::Client::builder().no_proxy().build().unwrap(),
        }
    }

    /// The answer, or the refusal: JSON both.
    async fn calls(&self, name: &str, payload: Value) -> Value {
        let call = self.browser.post(format!("{}/rpc/{name}", self.base));
        let answer = call.bearer_auth(&self.token).json(&payload).send().await.unwrap();
        answer.json().await.unwrap()
    }

    async fn unlocks(&self, passphrase: &str) -> Value {
        self.calls("workspace.unlock", json!({"passphrase": passphrase})).await
    }

    async fn follows_the_way_to_the_other(&self) -> Self {
        let other = self.calls("workspace.other", json!({})).await;
        Self::at(other["url"].as_str().unwrap())
    }
}

#[tokio::test]
async fn without_a_keyring_a_passphrase_opens_and_a_wrong_one_is_named_at_its_field() {
    let folder = TempDir::new().unwrap();
    let mut monday = Program::start(folder.path()).await;
    let status = monday.page.calls("workspace.status", json!({})).await;
    assert_eq!(
        (&status["state"], &status["first_time"]),
        (&json!("locked"), &json!(true))
    );
    assert_eq!(status["reason"]["key"], "key.no_keyring");
    assert_eq!(monday.page.calls("boot", json!({})).await["code"], "locked");
    assert_eq!(
        monday.page.unlocks("мало").await["reason"]["key"],
        "key.passphrase_short"
    );
    assert_eq!(monday.page.unlocks("семь синих китов").await["state"], "open");
    monday.process.kill().await.unwrap();

    let tuesday = Program::start(folder.path()).await;
    let status = tuesday.page.calls("workspace.status", json!({})).await;
    assert_eq!(
        (&status["state"], &status["first_time"]),
        (&json!("locked"), &json!(false))
    );
    let refused = tuesday.page.unlocks("семь серых китов").await;
    assert_eq!(
        (&refused["field"], &refused["reason"]["key"]),
        (&json!("passphrase"), &json!("key.wrong_passphrase"))
    );
    assert_eq!(tuesday.page.unlocks("семь синих китов").await["state"], "open");
    assert_eq!(
        tuesday.page.calls("boot", json!({})).await["workspace"]["passphrase"],
        true
    );
}

#[tokio::test]
async fn the_demo_opens_beside_and_leads_back() {
    let folder = TempDir::new().unwrap();
    let program = Program::start(folder.path()).await;
    program.page.unlocks("семь синих китов").await;

    let demo = program.page.follows_the_way_to_the_other().await;
    let boot = demo.calls("boot", json!({})).await;
    assert_eq!(boot["workspace"]["demo"], true);
    let own = program.page.calls("boot", json!({})).await;
    assert_eq!(
        (&own["workspace"]["demo"], &own["profile"]["name"]),
        (&json!(false), &json!(""))
    );
    assert_ne!(own["workspace"]["folder"], boot["workspace"]["folder"]);

    let again = program.page.follows_the_way_to_the_other().await;
    assert_eq!(again.base, demo.base);
    let back = demo.follows_the_way_to_the_other().await;
    assert_eq!((&back.base, &back.token), (&program.page.base, &program.page.token));
}
