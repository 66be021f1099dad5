//! Which open line a conversation goes through, and our connector on it (BX-3).
//! <https://apidocs.bitrix24.com/api-reference/imopenlines/imconnector/index.html>

use contracts::crm::{Bound, BoundKey, CrmConversation, CrmError, Urgency};
use domain::{ConversationKind, CrmEntity, CrmRef, LinkAction};
use serde_json::{Value, json};

use super::{
    errors::{ApiError, Problem, nothing_came, reason},
    layout::{number, rows, text, whole},
    link::BxLink,
    options::{Lines, account},
};

/// What our connectors are called; no dots, small letters.
const PREFIX: &str = "besedka_";

/// A line with our connector on it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Door {
    pub(super) connector: String,
    pub(super) line: i64,
}

/// Whether a connector is one of ours.
pub(super) fn is_ours(connector: &str) -> bool {
    connector.starts_with(PREFIX)
}

fn connector_of(conversation: &CrmConversation) -> String {
    format!("{PREFIX}{}", conversation.channel.to_lowercase())
}

fn no_line() -> ApiError {
    CrmError::Stuck {
        reason: reason("bitrix24.reason.no_line"),
        action: LinkAction::FixSettings,
    }
    .into()
}

impl BxLink {
    /// The line of a conversation with our connector on it; makes both where they are missing.
    pub(super) async fn door(&self, conversation: &CrmConversation, urgency: Urgency) -> Result<Door, ApiError> {
        let _alone = self.state.making.lock().await;
        let connector = connector_of(conversation);
        let chosen = self.options.line(account(conversation), self.apart(conversation));
        // A line of our own that somebody has deleted is made anew, once.
        for _ in 0..2 {
            let line = match chosen {
                Some(line) => line,
                None if self.options.layout() == Lines::One => return Err(no_line()),
                None => self.own_line(conversation, urgency).await?,
            };
            let door = Door {
                connector: connector.clone(),
                line,
            };
            if self.is_hooked(&door).await || self.hook(&door, conversation, urgency).await? {
                return Ok(door);
            }
            if chosen.is_some() {
                return Err(no_line());
            }
            self.deps.notebook.unbind(&self.line_key(conversation)).await?;
        }
        Err(no_line())
    }

    /// The line said that the connector is off: it is switched on again by the next message.
    pub(super) async fn unhook(&self, door: &Door) {
        let mut hooked = self.state.hooked.lock().await;
        hooked.remove(&(door.connector.clone(), door.line));
    }

    async fn is_hooked(&self, door: &Door) -> bool {
        let hooked = self.state.hooked.lock().await;
        hooked.contains(&(door.connector.clone(), door.line))
    }

    fn apart(&self, conversation: &CrmConversation) -> bool {
        self.options.layout() == Lines::CommentsApart && conversation.kind == ConversationKind::Comments
    }

    fn line_key(&self, conversation: &CrmConversation) -> BoundKey {
        let side = if self.apart(conversation) { ":comments" } else { "" };
        let of = conversation
            .account
            .as_ref()
            .map_or_else(|| conversation.channel.clone(), |one| one.uid.to_string());
        BoundKey::link(format!("line:{of}{side}"))
    }

    /// A line of the channel's own, found under its name after an earlier try, or made.
    async fn own_line(&self, conversation: &CrmConversation, urgency: Urgency) -> Result<i64, ApiError> {
        let key = self.line_key(conversation);
        if let Some(bound) = self.deps.notebook.bound(&key).await? {
            return bound.reference.id.parse().map_err(|_| no_line());
        }
        let name = self.line_name(conversation);
        let found = match self.deps.notebook.intend(&key).await? {
            Some(_) => self.line_named(&name, urgency).await?,
            None => None,
        };
        let line = match found {
            Some(line) => line,
            None => self.make_line(&name, &key, urgency).await?,
        };
        let bound = Bound::to(CrmRef::new(CrmEntity::Chat, line));
        self.deps.notebook.bind(&key, bound).await?;
        Ok(line)
    }

    fn line_name(&self, conversation: &CrmConversation) -> String {
        let name = match &conversation.account {
            Some(account) if account.name.contains(&account.network) => account.name.clone(),
            Some(account) => format!("{} · {}", account.name, account.network),
            None => conversation.channel.clone(),
        };
        if self.apart(conversation) {
            format!("{name} 💬")
        } else {
            name
        }
    }

    async fn line_named(&self, name: &str, urgency: Urgency) -> Result<Option<i64>, ApiError> {
        let lines = self.all_lines(urgency).await?;
        let same = lines.into_iter().filter(|(_, called)| called == name);
        Ok(same.map(|(id, _)| id).max())
    }

    /// Number and name of each line. <https://apidocs.bitrix24.com/api-reference/imopenlines/openlines/imopenlines-config-list-get.html>
    pub(super) async fn all_lines(&self, urgency: Urgency) -> Result<Vec<(i64, String)>, ApiError> {
        let params = json!({ "PARAMS": { "select": ["ID", "LINE_NAME"], "order": { "ID": "ASC" }, "limit": 200 } });
        let told = self.client.ask("imopenlines.config.list.get", params, urgency).await?;
        let line = |row: &Value| Some((number(row, "ID")?, text(row, "LINE_NAME")?));
        Ok(rows(&told.result).iter().filter_map(line).collect())
    }

    async fn make_line(&self, name: &str, key: &BoundKey, urgency: Urgency) -> Result<i64, ApiError> {
        let me = self.layout(urgency).await?.me;
        let queue = json!([{ "ENTITY_TYPE": "user", "ENTITY_ID": me }]);
        let params = json!({
            // A greeting is the owner's to write: the usual one speaks of «open lines», which clients know nothing of.
            "PARAMS": { "LINE_NAME": name, "ACTIVE": "Y", "CRM": "Y", "WELCOME_MESSAGE": "N", "QUEUE": queue },
        });
        match self.client.does("imopenlines.config.add", params, urgency).await {
            Ok(made) => whole(&made).ok_or_else(nothing_came),
            Err(error) => {
                if error.refused() {
                    self.deps.notebook.give_up(key).await?;
                }
                Err(error)
            }
        }
    }

    /// Puts our connector on a line; false when there is no such line. Everything in it may be repeated.
    async fn hook(&self, door: &Door, conversation: &CrmConversation, urgency: Urgency) -> Result<bool, ApiError> {
        let network = conversation
            .account
            .as_ref()
            .map_or(&conversation.channel, |account| &account.network);
        let (id, line) = (&door.connector, door.line);
        let calls = [
            ("imconnector.register", self.registration(id, network)),
            (
                "imconnector.activate",
                json!({ "CONNECTOR": id, "LINE": line, "ACTIVE": 1 }),
            ),
            (
                "imconnector.connector.data.set",
                json!({ "CONNECTOR": id, "LINE": line, "DATA": about(conversation, network) }),
            ),
        ];
        let mut told = self.client.batch(&calls, urgency).await?.into_iter();
        let registered = told.next().ok_or_else(nothing_came)??.result;
        if registered.get("result") != Some(&json!(true)) {
            let problem: Problem = serde_json::from_value(registered).unwrap_or_default();
            return Err(ApiError::Problem(problem));
        }
        let active = told.next().ok_or_else(nothing_came)??.result;
        if active != json!(true) {
            return Ok(false);
        }
        let mut hooked = self.state.hooked.lock().await;
        hooked.insert((door.connector.clone(), door.line));
        Ok(true)
    }

    /// <https://apidocs.bitrix24.com/api-reference/imopenlines/imconnector/imconnector-register.html>
    fn registration(&self, id: &str, network: &str) -> Value {
        let icon = concat!("data:image/svg+xml;charset=utf8,", include_str!("icon.svg"));
        json!({
            "ID": id,
            "NAME": format!("{network} · Besedka"),
            "ICON": { "DATA_IMAGE": icon.trim().replace('#', "%23").replace('"', "'"), "COLOR": "#1d7fa8" },
            // A page that is there and does nothing: everything is set up from here.
            "PLACEMENT_HANDLER": format!("{}/", self.page),
            "NEED_SYSTEM_MESSAGES": true,
            "NEED_SIGNATURE": self.options.signature(),
            "CHAT_GROUP": false,
        })
    }
}

/// What managers see about the channel in the settings of the line.
fn about(conversation: &CrmConversation, network: &str) -> Value {
    let account = conversation.account.as_ref();
    let page = account
        .and_then(|account| account.handle.clone())
        .filter(|handle| handle.contains("://"));
    let mut about = json!({
        "ID": account.map_or_else(|| conversation.channel.clone(), |account| account.uid.to_string()),
        "NAME": account.map_or_else(|| network.to_owned(), |account| account.name.clone()),
    });
    if let (Some(page), Some(about)) = (page, about.as_object_mut()) {
        about.insert("URL".to_owned(), page.clone().into());
        about.insert("URL_IM".to_owned(), page.into());
    }
    about
}
