//! What a manager can do in a CRM, and what an administrator can do to a connected program.

use crate::crm::{CardId, CardKind, Closing};
use crate::ids::{ChatId, ManagerId, MessageId};
use crate::letter::Letter;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One thing a manager does. What a CRM has no place for is [`crate::Refused::NotOnThisNetwork`].
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "deed", rename_all = "snake_case")]
pub enum Deed {
    /// Answers in a chat; several files make several messages.
    Answer {
        /// Where.
        chat: ChatId,
        /// What.
        letter: Letter,
    },
    /// Changes an answer of theirs.
    EditAnswer {
        /// Where.
        chat: ChatId,
        /// Which.
        message: MessageId,
        /// The new words.
        text: String,
    },
    /// Deletes an answer of theirs.
    DeleteAnswer {
        /// Where.
        chat: ChatId,
        /// Which.
        message: MessageId,
    },
    /// Puts a reaction on a message, or takes it away.
    React {
        /// Where.
        chat: ChatId,
        /// On which.
        message: MessageId,
        /// The reaction; none takes it away.
        emoji: Option<String>,
    },
    /// Types in a chat.
    Type {
        /// Where.
        chat: ChatId,
    },
    /// Writes first, from the client's card.
    WriteFirst {
        /// The contact (or lead).
        card: CardId,
        /// What.
        letter: Letter,
    },
    /// Closes a conversation; the next message opens it again, or a new one.
    CloseChat {
        /// Which.
        chat: ChatId,
    },
    /// Makes a new card.
    Create {
        /// Of which kind.
        kind: CardKind,
        /// Its name.
        title: String,
        /// Phone, for contacts and companies.
        #[serde(default)]
        phone: Option<String>,
    },
    /// Moves a lead or deal into another column.
    Move {
        /// Which.
        card: CardId,
        /// The column.
        stage: String,
        /// The board; the present one when left out.
        #[serde(default)]
        pipeline: Option<String>,
    },
    /// Ends a lead or deal.
    Close {
        /// Which.
        card: CardId,
        /// How.
        how: Closing,
    },
    /// Renames a card.
    Rename {
        /// Which.
        card: CardId,
        /// The new name.
        title: String,
    },
    /// Fills a field, or empties it.
    Fill {
        /// Whose.
        card: CardId,
        /// The field's id, or its name.
        field: String,
        /// What stands in it from now on; none empties it.
        value: Option<String>,
    },
    /// Gives a card to somebody.
    Assign {
        /// Which.
        card: CardId,
        /// To whom.
        to: ManagerId,
    },
    /// Puts one card into another of its kind; the first one is gone.
    Merge {
        /// The one that goes.
        card: CardId,
        /// The one that stays.
        into: CardId,
    },
    /// Deletes a card.
    Delete {
        /// Which.
        card: CardId,
    },
    /// Accepts something unsorted as a real card.
    Accept {
        /// Which.
        card: CardId,
    },
    /// Declines something unsorted.
    Decline {
        /// Which.
        card: CardId,
    },
    /// Writes a note into the feed of a card.
    Note {
        /// Which.
        card: CardId,
        /// The words.
        text: String,
    },
    /// Finishes a task.
    Finish {
        /// Which.
        task: String,
    },
    /// Deletes a field from all cards of a kind.
    DeleteField {
        /// Of which cards.
        of: CardKind,
        /// The field's id, or its name.
        field: String,
    },
    /// Takes a permission away from the connected program.
    BlockScope {
        /// The vendor's word for it.
        scope: String,
    },
    /// Gives it back.
    AllowScope {
        /// The vendor's word for it.
        scope: String,
    },
    /// Makes somebody an administrator, or no longer.
    Promote {
        /// Whom.
        manager: ManagerId,
        /// Administrator from now on.
        administrator: bool,
    },
}
