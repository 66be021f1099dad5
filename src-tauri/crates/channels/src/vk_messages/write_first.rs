//! Finding a client to write to first (INB-4): VK lets a community write only to whom has written or allowed it.

use async_trait::async_trait;
use contracts::channel::{ChatRef, PersonRef, WriteFirst, WriteFirstError, WriteFirstTarget};
use domain::Reason;
use std::collections::BTreeSet;

use super::{
    community::Community,
    errors::{call_error, not_allowed, reason},
    wire::Resolved,
};

#[async_trait]
impl WriteFirst for Community {
    async fn find(&self, target: &WriteFirstTarget) -> Result<(ChatRef, PersonRef), WriteFirstError> {
        let person = match target {
            WriteFirstTarget::Phone(_) => return forbidden(reason("vk_messages.reason.phone_unknown")),
            WriteFirstTarget::Username(name) => self.person_called(name).await?,
            WriteFirstTarget::Id(id) => match id.parse() {
                Ok(id) => id,
                Err(_) => return forbidden(nobody(id)),
            },
        };
        let allowed = self.client().is_allowed(person).await.map_err(call_error)?;
        if !allowed.is_allowed {
            return forbidden(not_allowed(self.group()));
        }
        let names = self
            .people
            .names(self.client(), &BTreeSet::from([person]), self.now())
            .await;
        Ok((names.chat(self.group(), person), names.person(person)))
    }
}

impl Community {
    async fn person_called(&self, name: &str) -> Result<i64, WriteFirstError> {
        let name = bare(name);
        match self.client().resolve_name(name).await.map_err(call_error)? {
            Resolved::Found { kind, object_id } if kind == "user" => Ok(object_id),
            Resolved::Found { .. } => forbidden(reason("vk_messages.reason.not_a_person").with("who", name)),
            Resolved::Nobody(_) => forbidden(nobody(name)),
        }
    }
}

/// `vk.com/name`, `@name` and `name` are the same.
pub(super) fn bare(name: &str) -> &str {
    let name = name.trim().trim_start_matches("https://").trim_start_matches("http://");
    let name = [
        "m.vk.com/",
        "www.vk.com/",
        "vk.com/",
        "m.vk.ru/",
        "vk.ru/",
        "vk.me/",
        "@",
    ]
    .iter()
    .find_map(|start| name.strip_prefix(start))
    .unwrap_or(name);
    name.split(['?', '#', '/']).next().unwrap_or(name)
}

fn nobody(who: &str) -> Reason {
    reason("vk_messages.reason.nobody").with("who", who)
}

fn forbidden<T>(reason: Reason) -> Result<T, WriteFirstError> {
    Err(WriteFirstError::Forbidden(reason))
}
