//! Opening a conversation with somebody who has not written.

use contracts::channel::{CallError, Certainty, ChatRef, PersonRef, WriteFirstError, WriteFirstTarget};
use domain::{AccountId, ConversationId, Reason};
use store::{ConversationKey, PersonFacts, StoreError};

use crate::{changes::Change, engine::Engine};

/// Why there is no conversation. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// This build does not know the network.
    #[error("unknown channel")]
    UnknownChannel,
    /// On this network one can only answer.
    #[error("only answers")]
    OnlyAnswers,
    /// The network forbids it, or there is no such person.
    #[error("not allowed: {0}")]
    Forbidden(Reason),
    /// The call failed.
    #[error(transparent)]
    Call(#[from] CallError),
}

impl Engine {
    /// The conversation of an account with this person, made when there is none. Sends nothing.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub async fn open_conversation(
        &self,
        account: AccountId,
        target: &WriteFirstTarget,
    ) -> Result<ConversationId, OpenError> {
        let row = store::accounts::get(self.store().read(), account).await?;
        let channel = self.channel(&row.channel).ok_or(OpenError::UnknownChannel)?;
        let offline = || CallError::Network {
            reason: Reason::new("reason.offline"),
            certainty: Certainty::NotDone,
        };
        let connector = self.connector(account).ok_or_else(offline)?;
        let ability = connector.write_first().ok_or(OpenError::OnlyAnswers)?;
        let (chat, person) = ability.find(target).await.map_err(|error| match error {
            WriteFirstError::Forbidden(reason) => OpenError::Forbidden(reason),
            WriteFirstError::Call(error) => OpenError::Call(error),
        })?;
        let descriptor = channel.descriptor();
        let (people, id) = (descriptor.people, descriptor.id.to_string());
        Ok(self.remember_conversation(account, people, id, chat, person).await?)
    }

    async fn remember_conversation(
        &self,
        account_id: AccountId,
        people: &str,
        channel: String,
        chat: ChatRef,
        person: PersonRef,
    ) -> Result<ConversationId, StoreError> {
        let (clock, now) = (self.clock(), self.clock().now());
        let facts = PersonFacts {
            uid: clock.uid(),
            people: people.to_owned(),
            remote_id: person.remote_id,
            channel: channel.clone(),
            name: person.name,
            username: person.username,
            phone: person.phone,
            link: person.link,
            city: person.city,
            birthday: person.birthday,
        };
        let mut tx = self.store().write().await?;
        let people = store::contacts::upsert(&mut tx, &[facts], now).await?;
        let key = ConversationKey {
            uid: clock.uid(),
            account_id,
            channel,
            remote_id: chat.remote_id,
            kind: chat.kind,
            title: chat.title,
            contact_id: people.first().copied().ok_or(StoreError::NotFound)?,
        };
        let heads = store::conversations::upsert(&mut tx, &[key], now).await?;
        let head = heads.first().ok_or(StoreError::NotFound)?;
        // It stands on top until something is written, not at the end of the list.
        let mut flow = head.flow.clone();
        flow.moved_at = flow.moved_at.max(now);
        store::conversations::save_flows(&mut tx, [(head.id, &flow)]).await?;
        tx.commit().await?;
        self.changes().announce(Change::Conversations(vec![head.id]));
        Ok(head.id)
    }
}
