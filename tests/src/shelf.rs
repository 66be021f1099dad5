use domain::{
    AccountId, At, ContactId, Content, ConversationId, ConversationKind, Direction, MessageId, PreviewKind, RemoteId,
    Tick, Uid,
};
use store::{ConversationKey, NewAccount, NewMessage, PersonFacts, Store};

use crate::Place;

/// A workspace without an engine, filled by hand: for what needs messages of any time and no network.
#[derive(Debug)]
pub struct Shelf {
    /// The open workspace.
    pub store: Store,
    /// Where it lies.
    pub place: Place,
    number: i64,
}

/// Where a message was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Put {
    /// The message.
    pub id: MessageId,
    /// Its conversation.
    pub conversation_id: ConversationId,
    /// Its person.
    pub contact_id: ContactId,
    /// Whose it is.
    pub direction: Direction,
}

/// What is put there.
#[derive(Debug, Clone)]
pub struct Words<'a> {
    /// Through which account.
    pub account: AccountId,
    /// With whom.
    pub person: &'a str,
    /// In which of their conversations.
    pub thread: u64,
    /// Whose words.
    pub direction: Direction,
    /// Who of ours wrote them.
    pub author: Option<&'a str>,
    /// When.
    pub at: At,
    /// What.
    pub content: Content,
}

impl Shelf {
    /// An empty one.
    pub async fn open() -> Self {
        let place = Place::default();
        Self {
            store: Store::open(&place.options()).await.unwrap(),
            place,
            number: 0,
        }
    }

    /// A uid that no other has.
    pub fn uid(&mut self) -> Uid {
        self.number += 1;
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&self.number.to_be_bytes());
        Uid::from_parts(At(self.number), bytes)
    }

    /// One more account.
    pub async fn connects(&mut self, name: &str) -> AccountId {
        let uid = self.uid();
        let new = NewAccount {
            uid,
            channel: "test".to_owned(),
            name: name.to_owned(),
            handle: None,
            remote_id: RemoteId::new(self.number),
            secret: String::new(),
            settings: [].into(),
            endpoints: [].into(),
            proxy: None,
        };
        let mut tx = self.store.write().await.unwrap();
        let id = store::accounts::upsert(&mut tx, &new, At(0)).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// A message of any time; the person and the conversation appear when they are new.
    pub async fn put(&mut self, words: Words<'_>) -> Put {
        let (uid, person_uid, conversation_uid) = (self.uid(), self.uid(), self.uid());
        let mut tx = self.store.write().await.unwrap();
        let facts = person(person_uid, words.person);
        let contact_id = store::contacts::upsert(&mut tx, &[facts], At(0)).await.unwrap()[0];
        let key = ConversationKey {
            uid: conversation_uid,
            account_id: words.account,
            channel: "test".to_owned(),
            remote_id: RemoteId::new(format!("{}-{}", words.person, words.thread)),
            kind: ConversationKind::Direct,
            title: None,
            contact_id,
        };
        let conversation_id = store::conversations::upsert(&mut tx, &[key], At(0)).await.unwrap()[0].id;
        let message = message(uid, conversation_id, &words);
        let id = store::messages::insert(&mut tx, &[message], At(0)).await.unwrap()[0].id;
        tx.commit().await.unwrap();
        Put {
            id,
            conversation_id,
            contact_id,
            direction: words.direction,
        }
    }
}

fn person(uid: Uid, name: &str) -> PersonFacts {
    PersonFacts {
        uid,
        people: "test".to_owned(),
        remote_id: name.to_owned(),
        channel: "test".to_owned(),
        name: Some(name.to_owned()),
        username: None,
        phone: Some("+79000000023".to_owned()),
        link: None,
        city: None,
        birthday: None,
    }
}

/// A message as the network would have told of it.
pub fn message(uid: Uid, conversation_id: ConversationId, words: &Words<'_>) -> NewMessage {
    NewMessage {
        uid,
        conversation_id,
        remote_id: Some(RemoteId::new(uid)),
        client_key: None,
        direction: words.direction,
        author_id: None,
        author_name: words.author.map(str::to_owned),
        sent_at: words.at,
        content: words.content.clone(),
        system: None,
        preview: PreviewKind::Text,
        reply_to: None,
        reply_author: None,
        reply_text: None,
        forwarded_from: None,
        album: None,
        edited_at: None,
        tick: (words.direction == Direction::Out).then_some(Tick::Sent),
        automatic: false,
        catch_up: false,
        raw: None,
    }
}
