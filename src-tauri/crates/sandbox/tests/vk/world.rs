//! A running sandbox and the few words that the stories need.

use reqwest::redirect::Policy;
use sandbox::{AccountChange, Customer, NewPerson, Options, Person, Sandbox, Vendor};
use serde_json::{Value, json};
use std::sync::Arc;

pub(crate) struct Line {
    pub(crate) sandbox: Sandbox,
    pub(crate) http: reqwest::Client,
    pub(crate) base: String,
    pub(crate) token: String,
    pub(crate) group: i64,
}

/// What a poller holds: address, key and number.
pub(crate) struct Poller {
    pub(crate) server: String,
    pub(crate) key: String,
    pub(crate) ts: String,
}

impl Line {
    pub(crate) async fn start() -> Self {
        Self::with(Options {
            limits: false,
            ..Options::default()
        })
        .await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let sandbox = Sandbox::start(options).await.unwrap();
        let directory = sandbox.directory();
        let text = |name: &str| directory[name].as_str().unwrap().to_owned();
        Self {
            base: text("vk"),
            token: text("vk_token"),
            group: directory["vk_group_id"].as_i64().unwrap(),
            http: browser(Policy::limited(3)),
            sandbox,
        }
    }

    pub(crate) fn vendor(&self) -> Arc<dyn Vendor> {
        self.sandbox.vendor("vk").unwrap().vendor.clone()
    }

    pub(crate) fn customer(&self, name: &str) -> Customer {
        self.sandbox.customer("vk", name).unwrap()
    }

    pub(crate) fn stranger(&self, name: &str) -> Person {
        self.vendor().add_person(NewPerson {
            stranger: true,
            ..NewPerson::named(name, "")
        })
    }

    /// A method over the wire; `params` is an object of plain values.
    pub(crate) async fn ask(&self, method: &str, params: Value) -> reqwest::Result<Value> {
        let mut form = vec![
            ("access_token".to_owned(), self.token.clone()),
            ("v".to_owned(), "5.199".to_owned()),
        ];
        for (name, value) in params.as_object().unwrap() {
            form.push((
                name.clone(),
                value.as_str().map_or_else(|| value.to_string(), str::to_owned),
            ));
        }
        let request = self.http.post(format!("{}/method/{method}", self.base)).form(&form);
        request.send().await?.json().await
    }

    /// The whole answer of a method.
    pub(crate) async fn answer(&self, method: &str, params: Value) -> Value {
        self.ask(method, params).await.unwrap()
    }

    /// The `response` of a method that must succeed.
    pub(crate) async fn call(&self, method: &str, params: Value) -> Value {
        let answer = self.answer(method, params).await;
        assert!(answer.get("response").is_some(), "{method} answered {answer}");
        answer["response"].clone()
    }

    /// The code of a method that must fail.
    pub(crate) async fn refusal(&self, method: &str, params: Value) -> i64 {
        let answer = self.answer(method, params).await;
        answer["error"]["error_code"]
            .as_i64()
            .unwrap_or_else(|| panic!("{method} answered {answer}"))
    }

    pub(crate) async fn says(&self, to: &Customer, random_id: i64, text: &str) -> i64 {
        let params = json!({"peer_id": to.person.id.number(), "random_id": random_id, "message": text});
        self.call("messages.send", params).await.as_i64().unwrap()
    }

    pub(crate) async fn poller(&self) -> Poller {
        let server = self
            .call("groups.getLongPollServer", json!({"group_id": self.group}))
            .await;
        let text = |name: &str| server[name].as_str().unwrap().to_owned();
        Poller {
            server: text("server"),
            key: text("key"),
            ts: text("ts"),
        }
    }

    /// Turns one of the switches that only VK has.
    pub(crate) fn switch(&self, name: &str, body: Value) -> Value {
        self.vendor().special(name, &body).unwrap()
    }

    /// The bytes of a file that must be there.
    pub(crate) async fn fetch(&self, url: &Value) -> Vec<u8> {
        let answer = self.http.get(url.as_str().unwrap()).send().await.unwrap();
        answer.error_for_status().unwrap().bytes().await.unwrap().to_vec()
    }

    pub(crate) fn change(&self, change: AccountChange) {
        self.vendor().change(change).unwrap();
    }
}

impl Poller {
    /// One poll as it comes back; the number moves on when events came.
    pub(crate) async fn answer(&mut self, line: &Line, wait: u64) -> Value {
        let wait = wait.to_string();
        let query = [
            ("act", "a_check"),
            ("key", &*self.key),
            ("ts", &*self.ts),
            ("wait", &*wait),
        ];
        let answer: Value = line
            .http
            .get(&self.server)
            .query(&query)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        if answer.get("failed").is_none() {
            self.ts = answer["ts"].as_str().unwrap().to_owned();
        }
        answer
    }

    /// Events that are there now: type and object.
    pub(crate) async fn events(&mut self, line: &Line) -> Vec<(String, Value)> {
        let answer = self.answer(line, 0).await;
        let updates = answer["updates"]
            .as_array()
            .unwrap_or_else(|| panic!("polled {answer}"))
            .clone();
        updates
            .into_iter()
            .map(|one| (one["type"].as_str().unwrap().to_owned(), one["object"].clone()))
            .collect()
    }

    /// The one event that is there now.
    pub(crate) async fn event(&mut self, line: &Line, kind: &str) -> Value {
        let mut events = self.events(line).await;
        assert_eq!(events.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), [kind]);
        events.remove(0).1
    }
}

/// A client with this way of following redirects. The workspace's reqwest brings no cryptography of its own.
pub(crate) fn browser(redirects: Policy) -> reqwest::Client {
    // Whoever comes second finds it installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().redirect(redirects).build().unwrap()
}

/// One object made of two.
pub(crate) fn with(mut first: Value, second: &Value) -> Value {
    first
        .as_object_mut()
        .unwrap()
        .extend(second.as_object().unwrap().clone());
    first
}

/// The id of a person as the wire writes it.
pub(crate) fn id(customer: &Customer) -> i64 {
    customer.person.id.number().unwrap()
}
