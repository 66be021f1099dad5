//! What is to be done in a CRM, and how it went.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use domain::{
    AccountId, At, AttachmentKind, ContactId, Content, ConversationId, ConversationKind, CrmOperation, CrmRef,
    Direction, MessageId, Reason, SyncId, Tick, Uid,
};

use super::{ApplyError, Urgency};

/// One operation of one message in the CRM.
#[derive(Debug, Clone)]
pub struct Work {
    /// For logs.
    pub id: SyncId,
    /// What to do. Match it exhaustively.
    pub operation: CrmOperation,
    /// The same for every try of the same message on the same link, different for different ones, 36 characters of
    /// `0-9a-f-`: the external id where the CRM takes one, else written where [`super::CrmLink::trace`] finds it.
    pub marker: String,
    /// When the first try whose outcome is unknown began; `None`: no try can have left anything.
    pub intended_at: Option<At>,
    /// Tries so far.
    pub attempts: u32,
    /// For [`super::Pace::turn`].
    pub urgency: Urgency,
    /// The message as it is now.
    pub message: CrmMessage,
    /// Its conversation.
    pub conversation: Arc<CrmConversation>,
    /// What the message became in the CRM: empty for [`CrmOperation::Message`], else what that one answered.
    pub refs: Vec<CrmRef>,
}

/// A message for a CRM.
#[derive(Debug, Clone)]
pub struct CrmMessage {
    /// Local id.
    pub id: MessageId,
    /// The client's, ours, or a line of the system.
    pub direction: Direction,
    /// Where it was written.
    pub origin: Origin,
    /// What it says. A line of the system stands in `content.text`, in the language of the workspace.
    pub content: Content,
    /// Its files, in order; all of them settled: local, failed, or only to be seen elsewhere.
    pub files: Vec<CrmFile>,
    /// Who of ours wrote it, or who of a group.
    pub author: Author,
    /// What it answers.
    pub quote: Option<CrmQuote>,
    /// Whose message it passes on.
    pub forwarded_from: Option<String>,
    /// When it was written.
    pub written_at: At,
    /// When it came here.
    pub stored_at: At,
    /// How far ours has come.
    pub tick: Option<Tick>,
    /// Why ours did not go, with the text for people in the language of the workspace.
    pub failure: Option<(Reason, String)>,
    /// It was written before we were connected or while we were away.
    pub catch_up: bool,
}

/// Where a message was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// By the client (or a member of the group), or by the network.
    Network,
    /// Here, by an operator.
    Here,
    /// By us, in the network's own app.
    Phone,
    /// In a CRM: another one than this, else the message would not be here.
    OtherCrm,
}

/// Who wrote a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    /// The contact of the conversation.
    Contact,
    /// A member of the group that the conversation is.
    Member {
        /// Id in the space of people of the channel.
        remote_id: String,
        /// As shown.
        name: String,
        /// In the form of `domain::text::phone`.
        phone: Option<String>,
    },
    /// One of ours, by name where it is known.
    Operator(Option<String>),
    /// Nobody.
    System,
}

/// A file of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrmFile {
    /// What it is to people.
    pub kind: AttachmentKind,
    /// A clean name, with an extension where the kind gives one.
    pub name: String,
    /// Media type.
    pub mime: String,
    /// Bytes; 0: not known.
    pub size: u64,
    /// Milliseconds, for sound and film.
    pub duration_ms: Option<i64>,
    /// Where the bytes are; `None`: they could not be had (then `reason`), or only a `link` is.
    pub path: Option<PathBuf>,
    /// Where people can see it.
    pub link: Option<String>,
    /// Why the bytes could not be had.
    pub reason: Option<Reason>,
}

/// The message that another one answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrmQuote {
    /// Its [`Work::marker`], when it is known here.
    pub marker: Option<String>,
    /// What it became in this CRM.
    pub refs: Vec<CrmRef>,
    /// Its author, as shown.
    pub author: Option<String>,
    /// The quoted words.
    pub text: String,
}

/// A conversation for a CRM.
#[derive(Debug, Clone)]
pub struct CrmConversation {
    /// Local id, for [`super::BoundKey`].
    pub id: ConversationId,
    /// The same on every machine: the external id of the chat.
    pub uid: Uid,
    /// Through which account it goes; `None`: that account was deleted.
    pub account: Option<CrmAccount>,
    /// Which network: the id of its channel. Channels with the same word are of one type (AMO-4).
    pub channel: String,
    /// Private, group, or comments.
    pub kind: ConversationKind,
    /// Own title of a group; of comments the post.
    pub title: Option<String>,
    /// The client, or the group as one.
    pub contact: CrmPerson,
    /// Our own first message of it comes before any of the client's (write first, a mailing).
    pub we_began: bool,
}

impl CrmConversation {
    /// The values of [`domain::substitution`]. `%DOMAIN%` and `%SOURCE%` are the id of the network, `%IDENTITY%` is the
    /// number, else the page, else the user name, else the id of the person there.
    pub fn substitutions(&self) -> BTreeMap<&'static str, String> {
        let account = self.account.as_ref();
        let of_account = |field: fn(&CrmAccount) -> &String| account.map(field).cloned().unwrap_or_default();
        let id = self.contact.identities.first();
        let username = id.and_then(|id| id.username.clone());
        let known = id.and_then(|id| id.phone.clone().or(id.link.clone()).or(id.username.clone()));
        let identity = known.or(id.map(|id| id.remote_id.clone()));
        BTreeMap::from([
            ("DOMAIN", self.channel.clone()),
            ("SOURCE", self.channel.clone()),
            ("SOURCENAME", of_account(|account| &account.network)),
            ("CHANNEL", of_account(|account| &account.name)),
            ("NAME", self.contact.name.clone()),
            ("USERNAME", username.unwrap_or_default()),
            ("IDENTITY", identity.unwrap_or_default()),
        ])
    }
}

/// An account of a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrmAccount {
    /// Local id; settings «per channel» are keyed by its decimal form.
    pub id: AccountId,
    /// The same on every machine.
    pub uid: Uid,
    /// As people call it (`%CHANNEL%`).
    pub name: String,
    /// `@name` or the address of its page.
    pub handle: Option<String>,
    /// What the network is called, in the language of the workspace (`%SOURCENAME%`).
    pub network: String,
}

/// A client.
#[derive(Debug, Clone)]
pub struct CrmPerson {
    /// Local id, for [`super::BoundKey`].
    pub id: ContactId,
    /// The same on every machine: the external id of the person.
    pub uid: Uid,
    /// As shown here; never empty.
    pub name: String,
    /// All the ids of the person, that of this conversation first.
    pub identities: Vec<CrmIdentity>,
    /// City.
    pub city: Option<String>,
    /// `D.M` or `D.M.YYYY`.
    pub birthday: Option<String>,
    /// The mark by which the person came, and its detail (VK-5, AMO-13).
    pub source: Option<(String, Option<String>)>,
}

/// What a network calls a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrmIdentity {
    /// Space of ids: shared by the channels of one network.
    pub people: String,
    /// Channel through which it was first seen.
    pub channel: String,
    /// Id in that space.
    pub remote_id: String,
    /// Without `@`.
    pub username: Option<String>,
    /// `+` and digits.
    pub phone: Option<String>,
    /// Address of the page.
    pub link: Option<String>,
}

/// How one work went.
pub type Outcome = Result<Applied, ApplyError>;

/// A work needs nothing more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Applied {
    /// The CRM has it, as these things: what edits, deletions, quotes and receipts refer to later.
    Exported(Vec<CrmRef>),
    /// There is nothing to do: it is there already, or the CRM cannot take it.
    Discarded(Reason),
}

/// What is found of a work whose outcome is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trace {
    /// It is there.
    Found(Vec<CrmRef>),
    /// It is certainly not there: do it.
    Missing,
    /// It can't be seen, and the CRM recognises the marker of a repetition: doing it again is harmless.
    Repeatable,
    /// It can't be seen, and doing it again might double it: a person decides, with this reason.
    Unknown(Reason),
}
