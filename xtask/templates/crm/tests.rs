//! Over payloads as the vendor's documents show them.

use contracts::channel::PersonRef;
use domain::Retry;
use net::Failure;

use super::{errors::CrmError, mapping, wire::Account};

#[test]
fn the_account_is_read() {
    let account: Account = serde_json::from_str(include_str!("fixtures/account.json")).unwrap();
    assert_eq!((account.id, account.name.as_str()), (42, "Кофейня «Зерно»"));
}

#[test]
fn anna_without_a_name_goes_by_her_number() {
    let anna = PersonRef {
        remote_id: "100".to_owned(),
        phone: Some("+79990000000".to_owned()),
        ..PersonRef::default()
    };
    let contact = mapping::contact(&anna);
    assert_eq!(serde_json::to_value(contact).unwrap()["name"], "+79990000000");
}

#[test]
fn a_revoked_token_is_told_apart_from_a_broken_line() {
    let revoked = CrmError::from(Failure::Status { status: 401 });
    assert!(matches!(revoked, CrmError::LoggedOut(_)) && revoked.retry() == Retry::Never);
    let broken = CrmError::from(Failure::Server { status: 502 });
    assert!(!broken.certain(), "it may have been done");
}
