//! A whole VK on 127.0.0.1, our connector, and a sink that remembers what it was given.

use std::{collections::BTreeMap, sync::Arc};

use contracts::{
    Clock, SystemClock,
    channel::{AccountContext, Channel, Connector, Deps, LoggedIn, LoginError, LoginStep, Network, OutgoingMessage},
};
use domain::{AccountId, RemoteId};
use sandbox::{Customer, Options, Sandbox, chaos::Trouble};
use serde_json::{Value, json};

use crate::{
    shared::rehearsal::{Line, deps, inputs},
    vk_messages::CHANNEL,
};

pub(super) struct World {
    pub(super) sandbox: Sandbox,
    pub(super) account: AccountContext,
}

/// Waits until the line stands and the first history is in.
pub(super) async fn ready(line: &Line) {
    line.given
        .until("cursor", |given| given.cursors().contains_key("ts"))
        .await;
}

impl World {
    /// VK with a seeded community, and that community logged in.
    pub(super) async fn new() -> Self {
        let sandbox = Sandbox::start(Options::default()).await.unwrap();
        let network = network(&sandbox);
        let token = said(&sandbox, "vk_token");
        let LoginStep::Done(done) = log_in(&sandbox, &token).await.unwrap() else {
            panic!("not done")
        };
        let account = AccountContext {
            id: AccountId(1),
            remote_id: done.remote_id,
            secret: done.secret,
            settings: BTreeMap::new(),
            cursors: BTreeMap::new(),
            network,
            connected_at: SystemClock.now(),
        };
        Self { sandbox, account }
    }

    pub(super) fn connector(&self) -> Arc<dyn Connector> {
        CHANNEL.connect(self.account.clone(), deps()).unwrap()
    }

    /// Receives until the line is stopped.
    pub(super) fn receiving(&self) -> Line {
        self.receiving_from(BTreeMap::new())
    }

    /// The same from cursors that an earlier run has left.
    pub(super) fn receiving_from(&self, cursors: BTreeMap<String, String>) -> Line {
        self.receiving_at(Arc::new(SystemClock), cursors)
    }

    /// The same by this clock.
    pub(super) fn receiving_at(&self, clock: Arc<dyn Clock>, cursors: BTreeMap<String, String>) -> Line {
        let account = AccountContext {
            cursors,
            ..self.account.clone()
        };
        Line::start_with(&CHANNEL, &account, Deps { clock })
    }

    pub(super) fn customer(&self, name: &str) -> Customer {
        self.sandbox.customer("vk", name).unwrap()
    }

    pub(super) fn trouble(&self, trouble: Trouble) {
        self.sandbox.vendor("vk").unwrap().chaos.order(trouble);
    }

    /// Turns one of VK's own switches.
    pub(super) fn switch(&self, name: &str, body: &Value) {
        self.sandbox.vendor("vk").unwrap().vendor.special(name, body).unwrap();
    }
}

pub(super) fn said(sandbox: &Sandbox, field: &str) -> String {
    sandbox.directory()[field].as_str().unwrap().to_owned()
}

pub(super) fn network(sandbox: &Sandbox) -> Network {
    let base = said(sandbox, "vk");
    Network {
        proxy: None,
        endpoints: ["api", "oauth"].map(|key| (key.to_owned(), base.clone())).into(),
    }
}

/// Pastes a token.
pub(super) async fn log_in(sandbox: &Sandbox, token: &str) -> Result<LoginStep, LoginError> {
    let mut login = CHANNEL.login("token", network(sandbox), deps()).unwrap();
    login.next(inputs([("token", token)])).await
}

pub(super) fn done(step: LoginStep) -> LoggedIn {
    match step {
        LoginStep::Done(done) => done,
        other => panic!("not logged in: {other:?}"),
    }
}

/// The reason at the first field to correct.
pub(super) fn wrong_field(error: LoginError) -> (String, String) {
    match error {
        LoginError::Fields(fields) => (fields[0].field.clone(), fields[0].reason.to_string()),
        other => panic!("no field: {other:?}"),
    }
}

/// A plain text of ours.
pub(super) fn saying(chat: &str, text: &str) -> OutgoingMessage {
    OutgoingMessage {
        key: i64::from(
            text.bytes()
                .fold(7_u32, |sum, byte| sum.wrapping_mul(31) ^ u32::from(byte)),
        ) + (1 << 40),
        chat: RemoteId::new(chat),
        text: text.to_owned(),
        entities: Vec::new(),
        files: Vec::new(),
        reply_to: None,
    }
}

pub(super) fn error(code: i64, method: &str) -> Value {
    json!({"code": code, "method": method, "times": 1})
}
