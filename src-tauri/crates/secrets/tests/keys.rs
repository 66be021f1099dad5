//! Olga's data folder, with and without a keyring.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "stories fail by panicking"
)]

use std::{fs, path::Path};

use contracts::{Secret, SecretError, SecretStore, testkit::MemorySecrets};
use domain::Reason;
use secrets::{Choice, Cost, Found, KeptBy, KeyError, RecordError, choose};
use tempfile::TempDir;

/// One guess in a millisecond; what is tested is the same.
const CHEAP: Cost = Cost {
    memory_kib: 32,
    passes: 1,
    lanes: 1,
};

struct Olga {
    folder: TempDir,
    keyring: MemorySecrets,
    has_database: bool,
}

impl Olga {
    fn with(keyring: MemorySecrets) -> Self {
        Self {
            folder: TempDir::new().unwrap(),
            keyring,
            has_database: false,
        }
    }

    fn without_keyring() -> Self {
        Self::with(MemorySecrets::refusing(SecretError::Unavailable(Reason::new(
            "key.no_keyring",
        ))))
    }

    fn starts(&self, passphrase: Option<&str>) -> Result<Choice, KeyError> {
        let passphrase = passphrase.map(|text| Secret::new(text.to_owned()));
        choose(
            self.folder.path(),
            self.has_database,
            &self.keyring,
            passphrase.as_ref(),
            CHEAP,
        )
    }

    fn key(&self, passphrase: Option<&str>) -> Found {
        match self.starts(passphrase) {
            Ok(Choice::Found(found)) => found,
            other => panic!("no key: {other:?}"),
        }
    }
}

fn everything_in(folder: &Path) -> String {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files.map(|file| fs::read_to_string(file).unwrap()).collect()
}

#[test]
fn the_keyring_keeps_the_key_and_the_folder_only_its_name() {
    let mut olga = Olga::with(MemorySecrets::with_key([7; 32]));
    assert_eq!(olga.key(None).kept_by, KeptBy::Keyring);
    olga.has_database = true;
    assert_eq!(olga.key(None).key, Secret::new([7; 32]));
    assert!(!everything_in(olga.folder.path()).contains("0707"));
}

#[test]
fn without_a_keyring_a_passphrase_is_asked_and_opens_again() {
    let mut olga = Olga::without_keyring();
    assert!(matches!(olga.starts(None), Ok(Choice::Ask { first_time: true, .. })));
    let made = olga.key(Some("семь синих китов"));
    olga.has_database = true;
    assert!(matches!(olga.starts(None), Ok(Choice::Ask { first_time: false, .. })));
    let again = olga.key(Some("семь синих китов"));
    assert_eq!((again.key, again.kept_by), (made.key, KeptBy::Passphrase));
    assert!(!everything_in(olga.folder.path()).contains("китов"));
}

#[test]
fn a_wrong_passphrase_is_told_apart_and_changes_nothing() {
    let olga = Olga::without_keyring();
    let made = olga.key(Some("семь синих китов"));
    let wrong = olga.starts(Some("семь серых китов"));
    assert!(matches!(wrong, Err(KeyError::Secret(SecretError::WrongPassphrase))));
    assert_eq!(olga.key(Some("семь синих китов")).key, made.key);
}

#[test]
fn two_folders_with_one_passphrase_have_two_keys() {
    let (home, work) = (Olga::without_keyring(), Olga::without_keyring());
    assert_ne!(
        home.key(Some("семь синих китов")).key,
        work.key(Some("семь синих китов")).key
    );
}

#[test]
fn a_passphrase_that_is_no_passphrase_is_refused_before_anything_is_written() {
    let olga = Olga::without_keyring();
    assert!(matches!(olga.starts(Some("киты")), Err(KeyError::TooShort)));
    assert_eq!(everything_in(olga.folder.path()), "");
}

#[test]
fn a_keyring_that_lost_the_key_is_not_taken_for_a_damaged_database() {
    let mut olga = Olga::with(MemorySecrets::with_key([7; 32]));
    olga.key(None);
    olga.has_database = true;
    olga.keyring = MemorySecrets::with_key([8; 32]);
    assert!(matches!(
        olga.starts(None),
        Err(KeyError::Secret(SecretError::Damaged(_)))
    ));
}

#[test]
fn a_database_without_its_note_gets_no_new_key() {
    let mut olga = Olga::with(MemorySecrets::with_key([7; 32]));
    olga.has_database = true;
    assert!(matches!(
        olga.starts(None),
        Err(KeyError::Record(RecordError::Missing(_)))
    ));
    fs::write(olga.folder.path().join("key.json"), "{\"kept_by\":\"keyr").unwrap();
    assert!(matches!(
        olga.starts(None),
        Err(KeyError::Record(RecordError::Damaged(_)))
    ));
}

#[test]
fn a_changed_note_never_gives_another_key() {
    let olga = Olga::without_keyring();
    olga.key(Some("семь синих китов"));
    let note = olga.folder.path().join("key.json");
    let changed = fs::read_to_string(&note)
        .unwrap()
        .replace("\"passes\": 1", "\"passes\": 2");
    fs::write(&note, changed).unwrap();
    let opened = olga.starts(Some("семь синих китов"));
    assert!(matches!(opened, Err(KeyError::Secret(SecretError::WrongPassphrase))));
}

/// Whatever this machine has: no bus, a bus without a keyring, or a keyring. None of them may hang or panic.
#[test]
fn the_systems_keyring_answers_or_says_that_it_is_not_there() {
    let keyring = secrets::SystemKeyring::new(secrets::Kind::Test);
    match keyring.database_key("a test that cleans up") {
        Ok(key) => {
            assert_eq!(keyring.database_key("a test that cleans up"), Ok(key));
            keyring.forget("a test that cleans up").unwrap();
        }
        Err(error) => assert!(matches!(error, SecretError::Unavailable(_) | SecretError::Denied(_))),
    }
}
