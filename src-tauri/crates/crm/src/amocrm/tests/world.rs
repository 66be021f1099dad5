//! An account of amoCRM on 127.0.0.1 and our link to it; Anna writes, Marina works there.

use std::{collections::BTreeMap, sync::Arc};

use contracts::{
    SystemClock,
    crm::{Crm, CrmLink, LinkContext, LinkDeps, LoggedIn, LoginError, LoginStep, Network},
    testkit::{FreePace, PocketNotebook},
};
use domain::{At, LinkId};
use sandbox::{
    Options, Sandbox,
    crm::{Card, CardId, CardKind, CrmChat, Deed},
};
use serde_json::{Value, json};

use crate::amocrm::CRM;
pub(super) use crate::shared::stories::{
    anna, conversation, does, identity, inputs, one, ours, person, replies, says, uid,
};

pub(super) struct World {
    pub(super) sandbox: Sandbox,
    pub(super) notebook: Arc<PocketNotebook>,
    pub(super) context: LinkContext,
}

impl World {
    /// Notes in leads, with these settings.
    pub(super) async fn append(settings: Value) -> Self {
        Self::with("append", settings).await
    }

    /// Chats, with these settings.
    pub(super) async fn chats(settings: Value) -> Self {
        Self::with("chats", settings).await
    }

    async fn with(mode: &str, settings: Value) -> Self {
        let options = Options {
            limits: false,
            ..Options::default()
        };
        let sandbox = Sandbox::start(options).await.unwrap();
        let LoginStep::Done(done) = log_in(&sandbox, &[]).await.unwrap() else {
            panic!("not done")
        };
        let mut settings: BTreeMap<String, Value> = serde_json::from_value(settings).unwrap();
        settings.insert("mode".to_owned(), json!(mode));
        let context = context(&sandbox, done, settings);
        Self {
            notebook: Arc::new(PocketNotebook::new(Arc::new(SystemClock))),
            sandbox,
            context,
        }
    }

    /// The same account and notebook with other settings, as after a change of them.
    pub(super) async fn link_with(&self, settings: Value) -> Arc<dyn CrmLink> {
        let context = LinkContext {
            settings: serde_json::from_value(settings).unwrap(),
            ..self.context.clone()
        };
        let link = CRM.connect(context, self.deps()).unwrap();
        link.prepare().await.unwrap();
        link
    }

    /// The link, ready.
    pub(super) async fn link(&self) -> Arc<dyn CrmLink> {
        let link = self.unprepared();
        link.prepare().await.unwrap();
        link
    }

    pub(super) fn unprepared(&self) -> Arc<dyn CrmLink> {
        CRM.connect(self.context.clone(), self.deps()).unwrap()
    }

    fn deps(&self) -> LinkDeps {
        LinkDeps {
            clock: Arc::new(SystemClock),
            notebook: self.notebook.clone(),
            pace: Arc::new(FreePace),
        }
    }

    pub(super) fn crm(&self) -> &dyn sandbox::Crm {
        self.sandbox.crm("amocrm").unwrap().vendor.as_ref()
    }

    /// How often a method was called so far.
    pub(super) fn calls(&self, method: &str) -> u64 {
        self.sandbox.crm("amocrm").unwrap().chaos.calls_on(method)
    }

    pub(super) fn special(&self, what: &str, arguments: Value) -> Value {
        self.crm().special(what, &arguments).unwrap()
    }

    /// Marina, the administrator, does something; gives the messages that came of it.
    pub(super) fn marina(&self, deed: Deed) -> Vec<String> {
        let marina = self.crm().managers().remove(0).id;
        let made = self.crm().manager_does(&marina, deed).unwrap();
        made.into_iter().map(|id| id.0).collect()
    }

    /// Cards of a kind, the oldest first.
    pub(super) fn cards(&self, kind: CardKind) -> Vec<Card> {
        let mut cards: Vec<Card> = self
            .crm()
            .cards()
            .into_iter()
            .filter(|card| card.kind == kind)
            .collect();
        cards.sort_by_key(|card| card.id.number());
        cards
    }

    pub(super) fn card(&self, id: &CardId) -> Card {
        self.crm().cards().into_iter().find(|card| card.id == *id).unwrap()
    }

    pub(super) fn lead(&self) -> Card {
        self.cards(CardKind::Lead).pop().unwrap()
    }

    pub(super) fn chat(&self) -> CrmChat {
        self.crm().chats().remove(0)
    }

    /// A column by its name, as the settings store it.
    pub(super) fn stage(&self, name: &str) -> String {
        let stages = self.crm().stages();
        let stage = stages.iter().find(|stage| stage.name == name).unwrap();
        format!("{}:{}", stage.pipeline, stage.id)
    }
}

pub(super) fn network(sandbox: &Sandbox) -> Network {
    let base = said(sandbox, "amocrm");
    Network {
        proxy: None,
        endpoints: ["api", "amojo", "oauth"]
            .map(|key| (key.to_owned(), base.clone()))
            .into(),
    }
}

fn context(sandbox: &Sandbox, done: LoggedIn, settings: BTreeMap<String, Value>) -> LinkContext {
    LinkContext {
        id: LinkId(1),
        remote_id: done.remote_id,
        secret: done.secret,
        settings,
        network: network(sandbox),
        connected_at: At(0),
    }
}

pub(super) fn said(sandbox: &Sandbox, name: &str) -> String {
    sandbox.directory()[name].as_str().unwrap().to_owned()
}

/// Logs in with the seeded token and channel; `other` replaces fields.
pub(super) async fn log_in(sandbox: &Sandbox, other: &[(&str, &str)]) -> Result<LoginStep, LoginError> {
    let [token, id, secret] = ["amocrm_token", "amojo_channel_id", "amojo_secret"].map(|name| said(sandbox, name));
    let mut entered = vec![
        ("address", "lesnaya.amocrm.ru"),
        ("token", token.as_str()),
        ("channel_id", id.as_str()),
        ("channel_secret", secret.as_str()),
    ];
    for (key, value) in other {
        entered.retain(|(known, _)| known != key);
        entered.push((key, value));
    }
    let mut login = CRM.login("token", network(sandbox), Arc::new(SystemClock)).unwrap();
    login.next(inputs(&entered)).await
}
