//! Over payloads as the vendor's documents show them.

use contracts::channel::{ConnectorEvent, SendError};
use net::Failure;

use super::{convert, errors};

#[test]
fn a_message_and_something_unknown_come_in_one_poll() {
    let updates = serde_json::from_str(include_str!("fixtures/updates.json")).unwrap();
    let batch = convert::batch(updates);
    assert_eq!(batch.cursors, [("newest", "42".to_owned())]);
    let [ConnectorEvent::Message(message), ConnectorEvent::Malformed(unknown)] = batch.events.as_slice() else {
        panic!("{:?}", batch.events)
    };
    assert_eq!(message.content.text, "Здравствуйте! Есть доставка?");
    assert_eq!(message.sender.as_ref().unwrap().name.as_deref(), Some("Анна"));
    assert!(unknown.raw.contains("chat_opened"), "what is not understood is kept");
}

#[test]
fn a_client_who_forbids_messages_is_told_apart_from_a_broken_line() {
    assert!(matches!(errors::send_error(Failure::Status { status: 403 }), SendError::Unreachable(_)));
    let broken = errors::send_error(Failure::Server { status: 502 });
    assert!(!broken.certain(), "it may have been sent");
}
