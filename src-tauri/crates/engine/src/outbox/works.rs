//! Rows as the works that a CRM is given.

use std::{collections::HashMap, path::Path, sync::Arc};

use contracts::{
    Words,
    crm::{
        Author, CrmAccount, CrmConversation, CrmFile, CrmIdentity, CrmMessage, CrmPerson, CrmQuote, Origin, Urgency,
        Work,
    },
};
use domain::{AttachmentKind, Content, ConversationId, ConversationKind, Direction, FetchState, MessageId, Reason};
use store::{
    Attachment, SyncMessage, SyncPerson, SyncRow,
    outbox_works::{SyncConversation, SyncQuote},
};

/// The works of these rows, in their order; rows whose message is gone are left out.
pub(crate) fn of(rows: &[SyncRow], messages: Vec<SyncMessage>, media: &Path, words: &dyn Words) -> Vec<Work> {
    let mut conversations: HashMap<ConversationId, Arc<CrmConversation>> = HashMap::new();
    let messages: HashMap<MessageId, SyncMessage> = messages.into_iter().map(|one| (one.id, one)).collect();
    let works = rows.iter().filter_map(|row| {
        let message = messages.get(&row.message_id)?;
        let conversation = conversations
            .entry(message.conversation.id)
            .or_insert_with(|| Arc::new(conversation(&message.conversation, words)))
            .clone();
        Some(Work {
            id: row.id,
            operation: row.operation,
            marker: message.uid.to_string(),
            intended_at: row.intended_at,
            attempts: row.attempts,
            urgency: if row.history { Urgency::History } else { Urgency::Live },
            message: self::message(message, media, words),
            conversation,
            refs: message.refs.clone(),
        })
    });
    works.collect()
}

/// A conversation for a CRM.
pub(crate) fn conversation(of: &SyncConversation, words: &dyn Words) -> CrmConversation {
    let network = words.text(&Reason {
        key: format!("{}.name", of.channel).into(),
        params: std::collections::BTreeMap::new(),
    });
    CrmConversation {
        id: of.id,
        uid: of.uid,
        account: of.account.clone().map(|(id, uid, name, handle)| CrmAccount {
            id,
            uid,
            name,
            handle,
            network,
        }),
        channel: of.channel.clone(),
        kind: of.kind,
        title: of.title.clone(),
        contact: person(&of.contact, &of.channel),
        we_began: of.we_began,
    }
}

/// A person; the ids of the network in question first.
fn person(of: &SyncPerson, channel: &str) -> CrmPerson {
    let mut identities: Vec<CrmIdentity> = of
        .identities
        .iter()
        .map(|identity| CrmIdentity {
            people: identity.people.clone(),
            channel: identity.channel.clone(),
            remote_id: identity.remote_id.clone(),
            username: identity.username.clone(),
            phone: identity.phone.clone(),
            link: identity.link.clone(),
        })
        .collect();
    identities.sort_by_key(|identity| identity.channel != channel);
    CrmPerson {
        id: of.id,
        uid: of.uid,
        name: shown_name(of),
        identities,
        city: of.city.clone(),
        birthday: of.birthday.clone(),
        source: of.source.as_deref().and_then(source),
    }
}

/// The name, else the user name, else the number, else the network's id.
fn shown_name(of: &SyncPerson) -> String {
    let ids = &of.identities;
    let known = [
        Some(of.name.trim().to_owned()),
        ids.iter().find_map(|one| one.username.clone()),
        ids.iter().find_map(|one| one.phone.clone()),
        ids.first().map(|one| one.remote_id.clone()),
    ];
    known
        .into_iter()
        .flatten()
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| of.uid.to_string())
}

fn source(json: &str) -> Option<(String, Option<String>)> {
    let value: serde_json::Value = serde_json::from_str(json).ok()?;
    let text = |name: &str| value.get(name)?.as_str().map(str::to_owned);
    Some((text("reference")?, text("detail")))
}

fn message(of: &SyncMessage, media: &Path, words: &dyn Words) -> CrmMessage {
    let content = match &of.system {
        Some(line) => Content::plain(words.text(line)),
        None => of.content.clone(),
    };
    CrmMessage {
        id: of.id,
        direction: of.direction,
        origin: origin(of),
        content,
        files: of.files.iter().map(|one| file(one, media)).collect(),
        author: author(of),
        quote: of.quote.as_ref().map(quote),
        forwarded_from: of.forwarded_from.clone(),
        written_at: of.written_at,
        stored_at: of.stored_at,
        tick: of.tick,
        failure: of.failure.clone().map(|reason| {
            let text = words.text(&reason);
            (reason, text)
        }),
        catch_up: of.catch_up,
    }
}

fn origin(of: &SyncMessage) -> Origin {
    match of.direction {
        Direction::In | Direction::System => Origin::Network,
        Direction::Out if of.from_crm => Origin::OtherCrm,
        Direction::Out if of.ours => Origin::Here,
        Direction::Out => Origin::Phone,
    }
}

fn author(of: &SyncMessage) -> Author {
    match (of.direction, &of.member) {
        (Direction::System, _) => Author::System,
        (Direction::Out, _) => Author::Operator(of.author_name.clone()),
        (Direction::In, Some(member))
            if of.conversation.kind == ConversationKind::Group && member.id != of.conversation.contact.id =>
        {
            Author::Member {
                remote_id: member
                    .identities
                    .first()
                    .map(|one| one.remote_id.clone())
                    .unwrap_or_default(),
                name: shown_name(member),
                phone: member.identities.iter().find_map(|one| one.phone.clone()),
            }
        }
        (Direction::In, _) => Author::Contact,
    }
}

fn quote(of: &SyncQuote) -> CrmQuote {
    CrmQuote {
        marker: of.uid.map(|uid| uid.to_string()),
        refs: of.refs.clone(),
        author: of.author.clone(),
        text: of.text.clone(),
    }
}

fn file(of: &Attachment, media: &Path) -> CrmFile {
    let local = of.path.as_ref().filter(|_| of.state == FetchState::Local);
    CrmFile {
        kind: of.kind,
        name: if of.name.is_empty() {
            generic_name(of)
        } else {
            of.name.clone()
        },
        mime: of.mime.clone().unwrap_or_else(|| "application/octet-stream".to_owned()),
        size: u64::try_from(of.size.unwrap_or(0)).unwrap_or(0),
        duration_ms: of.duration_ms,
        path: local.map(|path| media.join(path)),
        link: of.link.clone(),
        reason: of.reason.clone(),
    }
}

/// Networks send photos and voice without names; a CRM wants one, with an extension by which it knows the kind.
fn generic_name(of: &Attachment) -> String {
    let (word, usual) = match of.kind {
        AttachmentKind::Image => ("photo", "jpg"),
        AttachmentKind::Video | AttachmentKind::VideoNote => ("video", "mp4"),
        AttachmentKind::Animation => ("animation", "mp4"),
        AttachmentKind::Audio => ("audio", "mp3"),
        AttachmentKind::Voice => ("voice", "ogg"),
        AttachmentKind::Sticker => ("sticker", "webp"),
        AttachmentKind::Document => ("file", "bin"),
    };
    let told = of.mime.as_deref().and_then(|mime| {
        let (_, kind) = mime.split_once('/')?;
        let plain = kind.chars().all(|c| c.is_ascii_alphanumeric());
        (plain && kind.len() <= 4).then_some(kind)
    });
    let extension = match told {
        Some("jpeg") => "jpg",
        Some("mpeg") => "mp3",
        Some(told) => told,
        None => usual,
    };
    format!("{word}-{}.{extension}", of.id)
}
