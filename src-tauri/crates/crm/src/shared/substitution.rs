//! `%NAME%` and its like in templates of names, tags and fields (AMO-6).

use contracts::crm::CrmConversation;

/// The template with what is known of the conversation; what is not known becomes nothing.
pub(crate) fn fill(template: &str, conversation: &CrmConversation) -> String {
    if !template.contains('%') {
        return template.trim().to_owned();
    }
    let person = &conversation.contact;
    let identity = person.identities.first();
    let account = conversation.account.as_ref();
    let username = identity.and_then(|one| one.username.clone()).unwrap_or_default();
    let phone = identity.and_then(|one| one.phone.clone());
    let remote = || identity.map(|one| one.remote_id.clone()).unwrap_or_default();
    let link = identity.and_then(|one| one.link.as_deref());
    let host = link.and_then(|link| link.split_once("://")?.1.split('/').next());
    let values = [
        ("%DOMAIN%", host.unwrap_or(&conversation.channel).to_owned()),
        ("%IDENTITY%", phone.unwrap_or_else(remote)),
        ("%NAME%", person.name.clone()),
        ("%USERNAME%", username),
        (
            "%SOURCENAME%",
            account.map_or_else(|| conversation.channel.clone(), |one| one.network.clone()),
        ),
        ("%SOURCE%", conversation.channel.clone()),
        ("%CHANNEL%", account.map(|one| one.name.clone()).unwrap_or_default()),
    ];
    // One pass: a name that looks like a substitution is only a name.
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find('%') {
        let (before, from) = rest.split_at(at);
        filled.push_str(before);
        let known = values.iter().find(|(key, _)| from.starts_with(key));
        let taken = match known {
            Some((key, value)) => {
                filled.push_str(value);
                key.len()
            }
            None => {
                filled.push('%');
                1
            }
        };
        rest = from.get(taken..).unwrap_or_default();
    }
    filled.push_str(rest);
    filled.trim().to_owned()
}
