//! Over payloads as the vendor's documents show them.

use contracts::crm::{CrmError, CrmPerson};
use domain::{At, ContactId, Retry, Uid};
use net::Failure;

use super::{errors::crm_error, mapping, wire::Account};

#[test]
fn the_account_is_read() {
    let account: Account = serde_json::from_str(include_str!("fixtures/account.json")).unwrap();
    assert_eq!((account.id, account.name.as_str()), (42, "Кофейня «Зерно»"));
}

#[test]
fn anna_is_known_by_our_id_of_her() {
    let anna = CrmPerson {
        id: ContactId(1),
        uid: Uid::from_parts(At(0), [7; 10]),
        name: "Анна".to_owned(),
        identities: Vec::new(),
        city: None,
        birthday: None,
        source: None,
    };
    let contact = serde_json::to_value(mapping::contact(&anna)).unwrap();
    assert_eq!(contact["external_id"], anna.uid.to_string());
}

#[test]
fn a_revoked_token_is_told_apart_from_a_broken_line() {
    let revoked = crm_error(Failure::Status { status: 401 });
    assert!(matches!(revoked, CrmError::LoggedOut(_)) && revoked.retry() == Retry::Never && revoked.fatal());
    assert!(!crm_error(Failure::Server { status: 502 }).certain(), "it may have been done");
}
