//! A whole Bot API on 127.0.0.1 with one bot, and our connector to it.

use std::{collections::BTreeMap, sync::Arc};

use contracts::{
    Secret,
    channel::{AccountContext, Channel, Connector, Network, OutgoingFile, OutgoingMessage},
};
use domain::{AccountId, At, AttachmentKind, RemoteId};
use net::{BaseAddress, Options};
use sandbox::{Customer, MessageId, Running, Sandbox, chaos::Trouble};
use serde_json::{Value, json};

use crate::{
    shared::rehearsal::{Line, deps},
    telegram_bot::CHANNEL,
};

pub(super) struct World {
    pub(super) sandbox: Sandbox,
    pub(super) account: AccountContext,
}

impl World {
    pub(super) async fn new() -> Self {
        let sandbox = Sandbox::start(sandbox::Options::default()).await.unwrap();
        let token = said(&sandbox, "telegram_bot_token");
        let account = AccountContext {
            id: AccountId(1),
            remote_id: RemoteId::new(token.split(':').next().unwrap()),
            secret: Secret::new(token),
            settings: BTreeMap::new(),
            cursors: BTreeMap::new(),
            network: network(&sandbox),
            connected_at: At(0),
        };
        Self { sandbox, account }
    }

    pub(super) fn vendor(&self) -> &Running {
        self.sandbox.vendor("telegram_bot").unwrap()
    }

    pub(super) fn customer(&self, name: &str) -> Customer {
        self.sandbox.customer("telegram_bot", name).unwrap()
    }

    pub(super) fn trouble(&self, trouble: Trouble) {
        self.vendor().chaos.order(trouble);
    }

    pub(super) fn special(&self, what: &str, arguments: Value) -> Value {
        self.vendor().vendor.special(what, &arguments).unwrap()
    }

    /// The connector alone: nobody receives.
    pub(super) fn connector(&self) -> Arc<dyn Connector> {
        CHANNEL.connect(self.account.clone(), deps()).unwrap()
    }

    pub(super) fn line(&self) -> Line {
        Line::start(&CHANNEL, &self.account)
    }

    /// The same from cursors that an earlier session has left.
    pub(super) fn line_from(&self, cursors: BTreeMap<String, String>) -> Line {
        let account = AccountContext {
            cursors,
            ..self.account.clone()
        };
        Line::start(&CHANNEL, &account)
    }

    pub(super) fn settings(&mut self, key: &str, value: Value) {
        self.account.settings.insert(key.to_owned(), value);
    }

    /// Calls a method as another program with the same token would.
    pub(super) async fn other_program(&self, method: &str, fields: Value) -> Value {
        let base = BaseAddress::parse(&said(&self.sandbox, "telegram_bot")).unwrap();
        let url = base
            .join(&format!("bot{}/{method}", self.account.secret.expose()))
            .unwrap();
        let client = net::Client::new(&Options::default()).unwrap();
        client.post(url).json(&fields).send().await.unwrap().json().unwrap()
    }
}

pub(super) fn said(sandbox: &Sandbox, field: &str) -> String {
    sandbox.directory()[field].as_str().unwrap().to_owned()
}

pub(super) fn network(sandbox: &Sandbox) -> Network {
    Network {
        proxy: None,
        endpoints: BTreeMap::from([("api".to_owned(), said(sandbox, "telegram_bot"))]),
    }
}

/// A plain text of ours.
pub(super) fn saying(who: &Customer, text: &str) -> OutgoingMessage {
    OutgoingMessage {
        key: 1,
        chat: RemoteId::new(&who.chat.0),
        text: text.to_owned(),
        entities: Vec::new(),
        files: Vec::new(),
        reply_to: None,
    }
}

/// A file of ours, written to disk for it.
pub(super) fn sending(
    who: &Customer,
    dir: &tempfile::TempDir,
    kind: AttachmentKind,
    media: &sandbox::Media,
) -> OutgoingMessage {
    let path = dir.path().join("upload");
    std::fs::write(&path, &media.data).unwrap();
    let file = OutgoingFile {
        path,
        name: media.name.clone(),
        mime: media.mime.clone(),
        size: media.data.len() as u64,
        kind,
        duration_ms: Some(2500),
    };
    OutgoingMessage {
        files: vec![file],
        ..saying(who, "")
    }
}

pub(super) fn remote(message: &MessageId) -> RemoteId {
    RemoteId::new(&message.0)
}

/// A button as another program would have put it under a message.
pub(super) fn button(words: &str, data: &str) -> Value {
    json!({"inline_keyboard": [[{"text": words, "callback_data": data}]]})
}
