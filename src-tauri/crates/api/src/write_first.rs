//! Writing to somebody who has not written (INB-4).

use contracts::channel::{CallError, Certainty, WriteFirstError, WriteFirstTarget};
use domain::{Reason, text};
use store::{ConversationKey, PersonFacts, inbox};
use url::Url;

use crate::{
    app::App,
    conversations,
    error::{ApiError, Code},
    wire::{OpenWriteFirst, Opened, ResolveWriteFirst, WriteFirstAccount, WriteFirstOptions},
};

const KNOWN_SHOWN: i64 = 8;

/// What somebody typed, understood.
struct Address {
    /// `phone`, `username`, `link` or `unknown`.
    form: &'static str,
    /// Clean.
    text: String,
    /// For the connector.
    target: Option<WriteFirstTarget>,
    /// Host of a link: only channels that name it can take it.
    host: Option<String>,
}

pub(crate) async fn resolve(app: &App, request: ResolveWriteFirst) -> Result<WriteFirstOptions, ApiError> {
    let address = understand(&request.text);
    let db = app.store().read();
    let people = store::search::people(db, &address.text, KNOWN_SHOWN).await?;
    let known = if people.is_empty() {
        Vec::new()
    } else {
        let rows = inbox::list(db, &inbox::Query::with(people, KNOWN_SHOWN)).await?;
        rows.into_iter().map(conversations::row).collect()
    };
    let accounts = store::accounts::list(db).await?;
    let accounts = accounts
        .into_iter()
        .filter_map(|account| {
            let channel = app.engine().channel(&account.channel)?;
            let refused = refusal(
                &channel.descriptor().capabilities,
                &address,
                app.engine().connector(account.id).is_some(),
            );
            Some(WriteFirstAccount {
                account_id: account.id,
                channel: account.channel,
                name: account.name,
                refused,
            })
        })
        .collect();
    Ok(WriteFirstOptions {
        understood: address.form.to_owned(),
        address: address.text,
        known,
        accounts,
    })
}

/// Why an account can't reach the address, as far as that is known without asking the network.
fn refusal(capabilities: &contracts::channel::Capabilities, address: &Address, online: bool) -> Option<Reason> {
    let forms = capabilities.write_first;
    if forms.is_empty() {
        return Some(Reason::new("write_first.only_answers"));
    }
    let fits = match (&address.host, address.form) {
        (Some(host), _) => forms.iter().any(|form| form == host),
        (None, form) => forms.contains(&form),
    };
    if !fits {
        return Some(Reason::new("write_first.wrong_form"));
    }
    (!online).then(|| Reason::new("reason.offline"))
}

pub(crate) async fn open(app: &App, request: OpenWriteFirst) -> Result<Opened, ApiError> {
    let address = understand(&request.text);
    let target = address
        .target
        .ok_or_else(|| ApiError::field("text", Reason::new("error.address")))?;
    let account = store::accounts::get(app.store().read(), request.account_id).await?;
    let channel = app
        .engine()
        .channel(&account.channel)
        .ok_or_else(|| ApiError::of(Code::NotFound, "error.unknown_channel"))?;
    let offline = CallError::Network {
        reason: Reason::new("reason.offline"),
        certainty: Certainty::NotDone,
    };
    let connector = app.engine().connector(account.id).ok_or(offline)?;
    let ability = connector
        .write_first()
        .ok_or_else(|| ApiError::of(Code::Refused, "write_first.only_answers"))?;
    let (chat, person) = ability.find(&target).await.map_err(|error| match error {
        WriteFirstError::Forbidden(reason) => ApiError::with(Code::Refused, reason),
        WriteFirstError::Call(error) => error.into(),
    })?;
    let clock = app.engine().clock();
    let descriptor = channel.descriptor();
    let facts = PersonFacts {
        uid: clock.uid(),
        people: descriptor.people.to_owned(),
        remote_id: person.remote_id,
        channel: descriptor.id.to_string(),
        name: person.name,
        username: person.username,
        phone: person.phone,
        link: person.link,
        city: person.city,
        birthday: person.birthday,
    };
    let mut tx = app.store().write().await?;
    let people = store::contacts::upsert(&mut tx, &[facts], app.now()).await?;
    let contact_id = people.first().copied().ok_or(store::StoreError::NotFound)?;
    let key = ConversationKey {
        uid: clock.uid(),
        account_id: account.id,
        channel: descriptor.id.to_string(),
        remote_id: chat.remote_id,
        kind: chat.kind,
        title: chat.title,
        contact_id,
    };
    let heads = store::conversations::upsert(&mut tx, &[key], app.now()).await?;
    let head = heads.first().ok_or(store::StoreError::NotFound)?;
    // It stands on top until something is written, not at the end of the list.
    let mut flow = head.flow.clone();
    flow.moved_at = flow.moved_at.max(app.now());
    store::conversations::save_flows(&mut tx, [(head.id, &flow)]).await?;
    tx.commit().await?;
    app.engine()
        .changes()
        .announce(engine::Change::Conversations(vec![head.id]));
    Ok(Opened {
        conversation_id: head.id,
    })
}

/// A phone number, `@name`, a link or a bare name.
fn understand(typed: &str) -> Address {
    let typed = typed.trim();
    let of = |form, text: String, target, host| Address {
        form,
        text,
        target,
        host,
    };
    if let Some(phone) = text::phone(typed) {
        return of("phone", phone.clone(), Some(WriteFirstTarget::Phone(phone)), None);
    }
    let with_scheme = if typed.contains("://") {
        typed.to_owned()
    } else {
        format!("https://{typed}")
    };
    if typed.contains('.')
        && typed.contains('/')
        && let Ok(url) = Url::parse(&with_scheme)
        && let Some(host) = url.host_str()
    {
        let host = host.trim_start_matches("www.").trim_start_matches("m.").to_owned();
        let name = url
            .path()
            .trim_matches('/')
            .split('/')
            .next()
            .unwrap_or_default()
            .to_owned();
        let target = match text::phone(&name).filter(|_| name.starts_with('+')) {
            Some(phone) => WriteFirstTarget::Phone(phone),
            None => WriteFirstTarget::Username(name.trim_start_matches('@').to_owned()),
        };
        return of(
            "link",
            format!("{host}/{name}"),
            Some(target).filter(|_| !name.is_empty()),
            Some(host),
        );
    }
    let name = typed.trim_start_matches('@');
    let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_.".contains(c));
    if plain {
        return of(
            "username",
            name.to_owned(),
            Some(WriteFirstTarget::Username(name.to_owned())),
            None,
        );
    }
    of("unknown", typed.to_owned(), None, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_an_address_is_understood() {
        let form = |typed| (understand(typed).form, understand(typed).text);
        assert_eq!(form("8 900 000-00-23"), ("phone", "+79000000023".to_owned()));
        assert_eq!(form("@anna_k"), ("username", "anna_k".to_owned()));
        assert_eq!(
            form("https://example.com/anna?x=1"),
            ("link", "example.com/anna".to_owned())
        );
        assert_eq!(form("example.com/anna"), ("link", "example.com/anna".to_owned()));
        assert_eq!(form("Анна Котова").0, "unknown");
    }
}
