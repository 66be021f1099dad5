//! Anna and what she writes, for stories about any CRM.

use std::{collections::BTreeMap, sync::Arc};

use contracts::{
    Secret, SystemClock,
    crm::{
        Applied, Author, CrmAccount, CrmConversation, CrmEvent, CrmIdentity, CrmLink, CrmMessage, CrmPerson, Inputs,
        Origin, Outcome, Polled, Reply, Urgency, Work,
    },
};
use domain::{
    AccountId, ContactId, Content, ConversationId, ConversationKind, CrmOperation, Direction, MessageId, SyncId, Uid,
};

pub(crate) fn inputs(entered: &[(&str, &str)]) -> Inputs {
    let entered = entered
        .iter()
        .map(|(key, value)| ((*key).to_owned(), Secret::new((*value).to_owned())));
    Inputs(entered.collect())
}

pub(crate) fn uid(number: u128) -> Uid {
    Uid(format!("{:08x}-0000-7000-8000-{number:012x}", number).parse().unwrap())
}

/// Anna in a network where people have pages and no numbers.
pub(crate) fn anna() -> CrmConversation {
    conversation(
        1,
        "telegram",
        "Telegram",
        person(1, "Анна", identity("telegram", "501", Some("anna"), None)),
    )
}

pub(crate) fn identity(channel: &str, id: &str, name: Option<&str>, phone: Option<&str>) -> CrmIdentity {
    CrmIdentity {
        people: channel.to_owned(),
        channel: channel.to_owned(),
        remote_id: id.to_owned(),
        username: name.map(str::to_owned),
        phone: phone.map(str::to_owned),
        link: name.map(|name| format!("https://t.me/{name}")),
    }
}

pub(crate) fn person(id: i64, name: &str, identity: CrmIdentity) -> CrmPerson {
    CrmPerson {
        id: ContactId(id),
        uid: uid(1000 + id.unsigned_abs() as u128),
        name: name.to_owned(),
        identities: vec![identity],
        city: None,
        birthday: None,
        source: None,
    }
}

pub(crate) fn conversation(id: i64, channel: &str, network: &str, contact: CrmPerson) -> CrmConversation {
    CrmConversation {
        id: ConversationId(id),
        uid: uid(id.unsigned_abs() as u128),
        account: Some(CrmAccount {
            id: AccountId(7),
            uid: uid(77),
            name: "Магазин".to_owned(),
            handle: None,
            network: network.to_owned(),
        }),
        channel: channel.to_owned(),
        kind: ConversationKind::Direct,
        title: None,
        contact,
        we_began: false,
    }
}

/// The client writes; each number is another message.
pub(crate) fn says(conversation: &CrmConversation, number: i64, text: &str) -> Work {
    let now = contracts::Clock::now(&SystemClock);
    Work {
        id: SyncId(number),
        operation: CrmOperation::Message,
        marker: uid(5000 + number.unsigned_abs() as u128).to_string(),
        intended_at: None,
        attempts: 0,
        urgency: Urgency::Live,
        message: CrmMessage {
            id: MessageId(number),
            direction: Direction::In,
            origin: Origin::Network,
            content: Content::plain(text),
            files: Vec::new(),
            author: Author::Contact,
            quote: None,
            forwarded_from: None,
            written_at: now,
            stored_at: now,
            tick: None,
            failure: None,
            catch_up: false,
        },
        conversation: Arc::new(conversation.clone()),
        refs: Vec::new(),
    }
}

/// We write.
pub(crate) fn ours(conversation: &CrmConversation, number: i64, text: &str) -> Work {
    let mut work = says(conversation, number, text);
    work.message.direction = Direction::Out;
    work.message.origin = Origin::Here;
    work.message.author = Author::Operator(Some("Ольга".to_owned()));
    work
}

/// Does one work, which has to succeed.
pub(crate) async fn does(link: &Arc<dyn CrmLink>, work: &Work) -> Vec<domain::CrmRef> {
    match one(link, work).await {
        Ok(Applied::Exported(refs)) => refs,
        other => panic!("{other:?}"),
    }
}

pub(crate) async fn one(link: &Arc<dyn CrmLink>, work: &Work) -> Outcome {
    link.apply(std::slice::from_ref(work)).await.remove(0)
}

/// The replies of a poll, and the cursors after it.
pub(crate) fn replies(polled: Polled) -> (Vec<Reply>, BTreeMap<String, String>) {
    let replies = polled.events.into_iter().map(|event| match event {
        CrmEvent::Reply(reply) => *reply,
        other => panic!("{other:?}"),
    });
    (replies.collect(), polled.cursors.into_iter().collect())
}
