//! A portal of Bitrix24 on 127.0.0.1 and our link to it; Anna writes, Olga (an administrator) and Maxim work there.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use contracts::{
    SystemClock,
    crm::{Crm, CrmLink, LinkContext, LinkDeps, LoggedIn, LoginError, LoginStep, Network, Pace, PaceClosed, Urgency},
    testkit::PocketNotebook,
};
use domain::{At, LinkId};
use sandbox::{
    Options, Sandbox,
    chaos::{Kind, Trouble},
    crm::{Card, CardKind, CrmChat, Deed},
};
use serde_json::{Value, json};

use crate::bitrix24::CRM;
pub(super) use crate::shared::stories::{anna, conversation, does, identity, inputs, one, ours, person, replies, says};

pub(super) struct World {
    pub(super) sandbox: Sandbox,
    pub(super) notebook: Arc<PocketNotebook>,
    pub(super) context: LinkContext,
    pub(super) calls: Arc<Calls>,
}

/// Lets everybody go at once, and counts.
#[derive(Default)]
pub(super) struct Calls(AtomicUsize);

#[async_trait::async_trait]
impl Pace for Calls {
    async fn turn(&self, _bucket: &str, _urgency: Urgency) -> Result<(), PaceClosed> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn rest(&self, _bucket: &str, _wait: Duration) {}
}

impl World {
    /// A local application, with these settings; the line says nothing by itself.
    pub(super) async fn quiet(settings: Value) -> Self {
        let world = Self::app(settings).await;
        world.special("line", json!({ "id": 1, "WELCOME_MESSAGE": "N", "VOTE_MESSAGE": "N" }));
        world
    }

    /// A local application, with these settings; everything goes into the seeded line unless they say otherwise.
    pub(super) async fn app(settings: Value) -> Self {
        let sandbox = started().await;
        let done = sign_in(&sandbox, 1).await.unwrap();
        let mut all = json!({ "mode": "lines", "layout": "one", "one_line": "1" });
        all.as_object_mut()
            .unwrap()
            .extend(settings.as_object().unwrap().clone());
        Self::of(sandbox, done, all)
    }

    /// A webhook, with these settings.
    pub(super) async fn webhook(settings: Value) -> Self {
        let sandbox = started().await;
        let mut login = CRM.login("webhook", network(&sandbox), Arc::new(SystemClock)).unwrap();
        let address = said(&sandbox, "bitrix24_webhook");
        let LoginStep::Done(done) = login.next(inputs(&[("webhook", &address)])).await.unwrap() else {
            panic!("not done")
        };
        let mut all = json!({ "mode": "append" });
        all.as_object_mut()
            .unwrap()
            .extend(settings.as_object().unwrap().clone());
        Self::of(sandbox, done, all)
    }

    fn of(sandbox: Sandbox, done: LoggedIn, settings: Value) -> Self {
        let context = LinkContext {
            id: LinkId(1),
            remote_id: done.remote_id,
            secret: done.secret,
            settings: serde_json::from_value(settings).unwrap(),
            network: network(&sandbox),
            connected_at: At(0),
        };
        Self {
            notebook: Arc::new(PocketNotebook::new(Arc::new(SystemClock))),
            sandbox,
            context,
            calls: Arc::default(),
        }
    }

    /// The link, ready.
    pub(super) async fn link(&self) -> Arc<dyn CrmLink> {
        let link = self.unprepared();
        link.prepare().await.unwrap();
        link
    }

    pub(super) fn unprepared(&self) -> Arc<dyn CrmLink> {
        let deps = LinkDeps {
            clock: Arc::new(SystemClock),
            notebook: self.notebook.clone(),
            pace: self.calls.clone(),
        };
        CRM.connect(self.context.clone(), deps).unwrap()
    }

    /// Calls since this was asked last.
    pub(super) fn calls(&self) -> usize {
        self.calls.0.swap(0, Ordering::Relaxed)
    }

    pub(super) fn crm(&self) -> &dyn sandbox::Crm {
        self.sandbox.crm("bitrix24").unwrap().vendor.as_ref()
    }

    /// The next answer to this method does not arrive.
    pub(super) fn loses_answer(&self, method: &str) {
        let trouble = Trouble::of(Kind::LoseAnswer).on(method).times(1);
        self.sandbox.crm("bitrix24").unwrap().chaos.order(trouble);
    }

    pub(super) fn special(&self, what: &str, arguments: Value) -> Value {
        self.crm().special(what, &arguments).unwrap()
    }

    /// Maxim does something; gives the messages that came of it.
    pub(super) fn maxim(&self, deed: Deed) -> Vec<String> {
        let maxim = self.crm().managers().remove(1).id;
        let made = self.crm().manager_does(&maxim, deed).unwrap();
        made.into_iter().map(|id| id.0).collect()
    }

    /// Cards of a kind, the oldest first.
    pub(super) fn cards(&self, kind: CardKind) -> Vec<Card> {
        let cards = self.crm().cards().into_iter().filter(|card| card.kind == kind);
        let mut cards: Vec<Card> = cards.collect();
        cards.sort_by_key(|card| card.id.number());
        cards
    }

    pub(super) fn chat(&self) -> CrmChat {
        self.crm().chats().remove(0)
    }

    /// What stands in the only chat.
    pub(super) fn words(&self) -> Vec<String> {
        self.chat().messages.into_iter().map(|one| one.text).collect()
    }
}

pub(super) async fn started() -> Sandbox {
    let options = Options {
        limits: false,
        ..Options::default()
    };
    Sandbox::start(options).await.unwrap()
}

pub(super) fn network(sandbox: &Sandbox) -> Network {
    let base = said(sandbox, "bitrix24");
    Network {
        proxy: None,
        endpoints: BTreeMap::from(["portal", "oauth"].map(|key| (key.to_owned(), base.clone()))),
    }
}

pub(super) fn said(sandbox: &Sandbox, name: &str) -> String {
    sandbox.directory()[name].as_str().unwrap().to_owned()
}

/// Signs in as this employee, all the way from the form to the pasted address.
pub(super) async fn sign_in(sandbox: &Sandbox, user: i64) -> Result<LoggedIn, LoginError> {
    let [id, secret] = ["bitrix24_client_id", "bitrix24_client_secret"].map(|name| said(sandbox, name));
    let mut login = CRM.login("app", network(sandbox), Arc::new(SystemClock)).unwrap();
    let form = [
        ("portal", "lesnaya"),
        ("client_id", id.as_str()),
        ("client_secret", secret.as_str()),
    ];
    let LoginStep::OpenUrl { url, .. } = login.next(inputs(&form)).await? else {
        panic!("no page")
    };
    let state = url.rsplit("state=").next().unwrap();
    let crm = &sandbox.crm("bitrix24").unwrap().vendor;
    let code = crm.special("code", &json!({ "user": user })).unwrap();
    let code = code["code"].as_str().unwrap();
    let address = format!("http://127.0.0.1:37124/?code={code}&state={state}&domain=lesnaya.bitrix24.ru");
    match login.next(inputs(&[("answer", &address)])).await? {
        LoginStep::Done(done) => Ok(done),
        other => panic!("{other:?}"),
    }
}
