//! Writing to somebody who has not written (INB-4).

use contracts::channel::WriteFirstTarget;
use domain::{Reason, text};
use store::inbox;
use url::Url;

use crate::{
    app::App,
    conversations,
    error::ApiError,
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
    Ok(Opened {
        conversation_id: app.engine().open_conversation(request.account_id, &target).await?,
    })
}

/// What a connector is to look for, when the address is one.
pub(crate) fn target(typed: &str) -> Option<WriteFirstTarget> {
    understand(typed).target
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
