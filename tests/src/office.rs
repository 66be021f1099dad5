use std::sync::Arc;

use sandbox::{
    Customer, Letter, Sandbox,
    crm::{Author, Card, CardKind, CrmChat, Deed},
};
use serde_json::{Map, Value, json};

use crate::{World, eventually};

/// A simulated CRM and our connection to it: what a manager there sees and does.
#[derive(Clone, Debug)]
pub struct Office {
    sandbox: Arc<Sandbox>,
    /// Id of our connector and of the simulator.
    pub crm: &'static str,
    /// Id of our link.
    pub link: Value,
}

/// How a person connects a CRM: the way in, and what is entered into its forms, as the directory of the sandbox calls it.
struct Way {
    crm: &'static str,
    flow: &'static str,
    endpoints: &'static [&'static str],
    form: &'static [(&'static str, &'static str)],
}

const WAYS: &[Way] = &[
    Way {
        crm: "amocrm",
        flow: "token",
        endpoints: &["api", "amojo", "oauth"],
        form: &[
            ("address", "amocrm_subdomain"),
            ("token", "amocrm_token"),
            ("channel_id", "amojo_channel_id"),
            ("channel_secret", "amojo_secret"),
        ],
    },
    Way {
        crm: "bitrix24",
        flow: "app",
        endpoints: &["portal", "oauth"],
        form: &[
            ("portal", "bitrix24"),
            ("client_id", "bitrix24_client_id"),
            ("client_secret", "bitrix24_client_secret"),
        ],
    },
];
/// Where Bitrix24 lets its administrator in.
const PORTAL: &str = "lesnaya.bitrix24.ru";

impl World {
    /// Connects a CRM of the sandbox with the seeded account, the way a person does, and sets it up so.
    pub async fn connect_office(&self, crm: &'static str, settings: Value) -> Office {
        let step = self.log_into(crm).await;
        let link = step["link_id"].clone();
        let office = Office {
            sandbox: self.sandbox.clone(),
            crm,
            link,
        };
        office.is(self, "online").await;
        office.set(self, settings).await;
        office
    }

    /// The login alone: the same for a first time and for a return.
    pub async fn log_into(&self, crm: &'static str) -> Value {
        let way = WAYS.iter().find(|way| way.crm == crm).unwrap();
        let address = self.said(crm);
        let endpoints: Map<String, Value> = way
            .endpoints
            .iter()
            .map(|key| ((*key).to_owned(), json!(address)))
            .collect();
        let operator = self.operator();
        let start = json!({ "crm": crm, "flow": way.flow, "endpoints": endpoints });
        let login = operator.does("links.login", start).await["login_id"].clone();
        let entered = |name: &str| match name {
            "bitrix24" => PORTAL.to_owned(),
            name => self.said(name),
        };
        let form: Map<String, Value> = way
            .form
            .iter()
            .map(|(field, name)| ((*field).to_owned(), entered(name).into()))
            .collect();
        let mut next = operator
            .does("login.next", json!({ "login_id": login, "inputs": form }))
            .await;
        if next["step"]["kind"] == "open_url" {
            let code = self
                .sandbox
                .crm(crm)
                .unwrap()
                .vendor
                .special("code", &json!({ "user": 1 }));
            let answer = json!({ "answer": code.unwrap()["code"] });
            next = operator
                .does("login.next", json!({ "login_id": login, "inputs": answer }))
                .await;
        }
        assert_eq!(next["step"]["kind"], "linked", "{next}");
        next["step"].clone()
    }
}

impl Office {
    /// The CRM from the manager's desk.
    pub fn desk(&self) -> &dyn sandbox::Crm {
        self.sandbox.crm(self.crm).unwrap().vendor.as_ref()
    }

    /// Its line's trouble.
    pub fn chaos(&self) -> &sandbox::chaos::Chaos {
        &self.sandbox.crm(self.crm).unwrap().chaos
    }

    /// What only this CRM has, by name.
    pub fn special(&self, what: &str, arguments: &Value) -> Value {
        self.desk().special(what, arguments).unwrap()
    }

    /// Waits until our link stands so.
    pub async fn is(&self, world: &World, status: &str) {
        let operator = world.operator();
        eventually(&format!("{} {status}", self.crm), || async {
            (self.row(&operator).await["state"]["status"] == status).then_some(())
        })
        .await;
    }

    /// Waits until nothing is on its way there.
    pub async fn has_everything(&self, world: &World) {
        let operator = world.operator();
        eventually(&format!("an empty queue to {}", self.crm), || async {
            (self.row(&operator).await["queued"] == 0).then_some(())
        })
        .await;
    }

    /// Our link as the list of CRMs shows it.
    pub async fn row(&self, operator: &crate::Operator) -> Value {
        let links = operator.does("links.list", json!({})).await;
        let mut links = links.as_array().unwrap().iter();
        links.find(|link| link["id"] == self.link).unwrap().clone()
    }

    /// Changes settings of our link, and waits until it works by them.
    pub async fn set(&self, world: &World, settings: Value) {
        let operator = world.operator();
        let row = operator.does("links.get", json!({ "link_id": self.link })).await;
        let wanted = settings.as_object().unwrap();
        if wanted
            .iter()
            .all(|(key, value)| row["settings"].get(key) == Some(value))
        {
            return;
        }
        let since = self.row(&operator).await["state"]["since"].clone();
        let update = json!({ "link_id": self.link, "settings": settings });
        operator.does("links.update", update).await;
        eventually(&format!("{} online anew", self.crm), || async {
            let state = self.row(&operator).await["state"].clone();
            (state["status"] == "online" && state["since"] != since).then_some(())
        })
        .await;
    }

    /// A manager does something; the first one is the administrator.
    pub fn manager(&self, place: usize, deed: Deed) {
        let who = self.desk().managers().remove(place).id;
        self.desk().manager_does(&who, deed).unwrap();
    }

    /// A manager answers in the client's chat.
    pub fn answers(&self, client: &str, text: &str) {
        let chat = self
            .chat_with(client)
            .unwrap_or_else(|| panic!("no chat with {client}"))
            .id;
        let letter = Letter::saying(text);
        self.manager(0, Deed::Answer { chat, letter });
    }

    /// The newest chat with a client.
    pub fn chat_with(&self, client: &str) -> Option<CrmChat> {
        self.desk()
            .chats()
            .into_iter()
            .find(|chat| chat.title.starts_with(client))
    }

    /// What clients and we have said in the chat with a client; the CRM's own texts left out.
    pub fn words_with(&self, client: &str) -> Vec<String> {
        let chat = self.chat_with(client);
        let messages = chat.into_iter().flat_map(|chat| chat.messages);
        let said = messages.filter(|one| one.author != Author::System);
        said.map(|one| one.text).collect()
    }

    /// Cards of a kind, the oldest first.
    pub fn cards(&self, kind: CardKind) -> Vec<Card> {
        let mut cards = self.desk().cards();
        cards.retain(|card| card.kind == kind);
        cards.sort_by_key(|card| card.id.number());
        cards
    }

    /// Cards of a kind whose name begins so.
    pub fn called(&self, kind: CardKind, name: &str) -> Vec<Card> {
        let mut cards = self.cards(kind);
        cards.retain(|card| card.title.starts_with(name));
        cards
    }

    /// How many messages of chats hold these words, and how many notes of cards.
    pub fn copies(&self, words: &str) -> (usize, usize) {
        let (chats, cards) = (self.desk().chats(), self.desk().cards());
        let said = chats.iter().flat_map(|chat| &chat.messages);
        let noted = cards.iter().flat_map(|card| &card.notes);
        (
            said.filter(|one| one.text.contains(words)).count(),
            noted.filter(|one| one.text.contains(words)).count(),
        )
    }
}

/// Somebody's newest message and all before, as they see them.
pub fn heard_by(customer: &Customer, words: &str) -> usize {
    customer.sees().iter().filter(|text| text.contains(words)).count()
}
