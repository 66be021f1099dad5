//! Olga's machine.

use std::{path::PathBuf, sync::Arc};

use compose::{Paths, Setup, StatusKind, Workspace};
use contracts::{SecretError, testkit::MemorySecrets};
use domain::Reason;
use secrets::Cost;
use serde_json::{Value, json};
use tempfile::TempDir;
use web::{Backend, Refusal};

pub(crate) struct Office {
    pub(crate) folder: TempDir,
    keyring: Option<[u8; 32]>,
}

impl Office {
    pub(crate) fn with_keyring() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
            keyring: Some([7; 32]),
        }
    }

    pub(crate) fn without_keyring() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
            keyring: None,
        }
    }

    pub(crate) fn setup(&self) -> Setup {
        let keyring = match self.keyring {
            Some(key) => MemorySecrets::with_key(key),
            None => MemorySecrets::refusing(SecretError::Unavailable(Reason::new("key.no_keyring"))),
        };
        Setup {
            keyring: Arc::new(keyring),
            // One guess in a millisecond; what is tested is the same.
            cost: Cost {
                memory_kib: 32,
                passes: 1,
                lanes: 1,
            },
            ..Setup::new(Paths::at(self.folder.path().to_owned()))
        }
    }

    pub(crate) fn starts(&self) -> Olga {
        Olga(Workspace::open(self.setup()))
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("besedka.db")
    }
}

/// Olga in front of her workspace.
pub(crate) struct Olga(pub(crate) Workspace);

impl Olga {
    pub(crate) async fn calls(&self, name: &str, payload: Value) -> Result<Value, Refusal> {
        self.0.call(name, payload).await
    }

    /// What the page shows instead of the inbox, by the key of its text.
    pub(crate) async fn is_told(&self) -> (StatusKind, String) {
        let status = self.0.status().await;
        (
            status.state,
            status.reason.map(|reason| reason.key.into_owned()).unwrap_or_default(),
        )
    }

    pub(crate) async fn unlocks(&self, passphrase: &str) -> Result<Value, Refusal> {
        self.calls("workspace.unlock", json!({"passphrase": passphrase})).await
    }

    pub(crate) async fn introduces_herself(&self) {
        let profile = json!({
            "name": "Ольга", "email": "", "phone": "", "language": "ru", "time_zone": "Europe/Moscow", "alert_email": "",
        });
        self.calls("profile.save", profile).await.unwrap();
    }

    pub(crate) async fn is_known(&self) -> bool {
        self.calls("boot", json!({})).await.unwrap()["profile"]["name"] == "Ольга"
    }
}

/// The field that a refusal names, and the key of its text.
pub(crate) fn at_field(refusal: Result<Value, Refusal>) -> (String, String) {
    match refusal {
        Err(Refusal::Api(error)) => (error.field.unwrap_or_default(), error.reason.key.into_owned()),
        other => panic!("no refusal at a field: {other:?}"),
    }
}
