//! A CRM that is a folder: what was done in it are lines of a file, what managers write is another. It survives the
//! death of the program like a real one, and fails to order.

use std::{
    collections::BTreeMap,
    fs::{self, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use domain::{CrmId, Reason, RemoteId};
use serde_json::{Value, json};

use super::crm_link::FakeLink;
use crate::{
    Clock, Secret,
    crm::{
        Bucket, ConnectError, Crm, CrmAbilities, CrmDescriptor, CrmError, CrmLink, CrmSetting, CrmSettingKind,
        Endpoint, Field, FieldKind, Inputs, Limits, LinkContext, LinkDeps, LoggedIn, Login, LoginError, LoginFlow,
        LoginStep, Mark, Network, PerChannel, Section, Texts,
    },
};

const LOGINS: &[LoginFlow] = &[LoginFlow { id: "token" }];
const ENDPOINTS: &[Endpoint] = &[Endpoint {
    key: "api",
    default: "https://crm.example",
}];
const SETTINGS: &[Section] = &[Section {
    key: "leads",
    when: None,
    settings: &[
        CrmSetting {
            key: "stage",
            kind: CrmSettingKind::Live {
                of: "stages",
                many: false,
                also: &["unsorted"],
            },
            per_channel: PerChannel::May,
            when: None,
        },
        CrmSetting {
            key: "links",
            kind: CrmSettingKind::Switch { default: true },
            per_channel: PerChannel::No,
            when: None,
        },
    ],
}];
const TEXTS: &str = r#"{"name": "Fake", "login.token.title": "Token", "field.token": "Token"}"#;

/// What the next remote calls do. Taken in order, one per call that changes something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The call is done, and its answer is lost.
    AnswerLost,
    /// The line breaks before the call is done.
    NotDone,
    /// The CRM says «too fast».
    TooFast(Duration),
    /// The CRM refuses this very call.
    Refused,
}

/// The CRM.
pub struct FakeCrm {
    descriptor: CrmDescriptor,
    pub(super) state: Arc<State>,
}

/// What its links share.
pub(super) struct State {
    folder: PathBuf,
    pub(super) control: Mutex<Control>,
}

/// Ordered by a test.
pub(super) struct Control {
    pub(super) troubles: Vec<Trouble>,
    /// The access of everybody is over.
    pub(super) revoked: bool,
    pub(super) limits: Limits,
}

impl std::fmt::Debug for FakeCrm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FakeCrm")
    }
}

impl FakeCrm {
    /// The only bucket.
    pub const BUCKET: &'static str = "api";

    /// Lives in `folder`. Leaked, because CRMs are static: a test makes one.
    pub fn living_in(folder: &Path) -> &'static Self {
        let text = TEXTS;
        Box::leak(Box::new(Self {
            descriptor: CrmDescriptor {
                id: CrmId::fixed("fake"),
                mark: Mark {
                    letter: "F",
                    colour: "#335577",
                    icon: "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                },
                logins: LOGINS,
                endpoints: ENDPOINTS,
                settings: SETTINGS,
                abilities: CrmAbilities {
                    replies: true,
                    write_first: true,
                    cards: true,
                },
                texts: Texts {
                    ru: text,
                    en: text,
                    es: text,
                },
            },
            state: Arc::new(State {
                folder: folder.to_owned(),
                control: Mutex::new(Control {
                    troubles: Vec::new(),
                    revoked: false,
                    limits: Limits {
                        buckets: vec![Bucket {
                            key: Self::BUCKET,
                            per_second: 1000.0,
                            burst: 50,
                        }],
                        batch: 10,
                        at_once: 4,
                        poll_every: Some(Duration::from_millis(200)),
                        poll_beside_bell: Duration::from_secs(30),
                    },
                }),
            }),
        }))
    }

    /// Orders trouble for the next calls.
    pub fn trouble(&self, trouble: Trouble) {
        self.state.control().troubles.push(trouble);
    }

    /// Ends the access of everybody, or grants it again.
    pub fn revoke(&self, revoked: bool) {
        self.state.control().revoked = revoked;
    }

    /// How fast and how much at once; for links made from now on.
    pub fn set_limits(&self, limits: Limits) {
        self.state.control().limits = limits;
    }

    /// Everything that was done there, in order: `{"what": "contact" | "message" | "edit" | "delete" | "receipt", …}`.
    pub fn done(&self) -> Vec<Value> {
        self.state.read("done")
    }

    /// The texts of the messages of a conversation by the contact's name, in the order in which they came.
    pub fn chat_with(&self, name: &str) -> Vec<String> {
        let messages = self
            .done()
            .into_iter()
            .filter(|line| line.get("what") == Some(&json!("message")));
        messages
            .filter(|line| line.get("contact") == Some(&json!(name)))
            .filter_map(|line| line.get("text")?.as_str().map(str::to_owned))
            .collect()
    }

    /// A manager answers in the chat with this contact. Answers the id of the message.
    pub fn manager_writes(&self, contact: &str, text: &str) -> String {
        let chat = self.done().into_iter().rev().find_map(|line| {
            let here = line.get("contact") == Some(&json!(contact));
            here.then(|| line.get("chat").cloned()).flatten()
        });
        let id = format!("r{}", self.state.read("replies").len());
        let line = json!({ "id": id, "chat": chat, "text": text });
        self.state.append("replies", &line);
        id
    }

    /// What was reported about managers' messages: `{"reply", "fate"}`.
    pub fn reported(&self) -> Vec<Value> {
        self.state.read("reported")
    }

    /// Which replies may be forgotten, in the order of the confirmations.
    pub fn confirmed(&self) -> Vec<Value> {
        self.state.read("confirmed")
    }
}

impl State {
    pub(super) fn control(&self) -> std::sync::MutexGuard<'_, Control> {
        self.control.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn read(&self, file: &str) -> Vec<Value> {
        let text = fs::read_to_string(self.file(file)).unwrap_or_default();
        text.lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect()
    }

    pub(super) fn append(&self, file: &str, line: &Value) {
        let opened = OpenOptions::new().create(true).append(true).open(self.file(file));
        let written = opened.and_then(|mut file| file.write_all(format!("{line}\n").as_bytes()));
        assert!(written.is_ok(), "the CRM's folder can't be written");
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(format!("crm-{name}.jsonl"))
    }

    /// The next ordered trouble, if any.
    pub(super) fn next_trouble(&self) -> Option<Trouble> {
        let mut control = self.control();
        if control.troubles.is_empty() {
            None
        } else {
            Some(control.troubles.remove(0))
        }
    }

    pub(super) fn admit(&self) -> Result<(), CrmError> {
        if self.control().revoked {
            return Err(CrmError::LoggedOut(Reason::new("fake.reason.revoked")));
        }
        Ok(())
    }
}

#[async_trait]
impl Crm for FakeCrm {
    fn descriptor(&self) -> &CrmDescriptor {
        &self.descriptor
    }

    fn login(&self, _flow: &str, _network: Network, _clock: Arc<dyn Clock>) -> Result<Box<dyn Login>, LoginError> {
        Ok(Box::new(FakeLogin(self.state.clone())))
    }

    fn connect(&self, link: LinkContext, deps: LinkDeps) -> Result<Arc<dyn CrmLink>, ConnectError> {
        if link.secret.expose().is_empty() {
            return Err(ConnectError::Secret);
        }
        Ok(Arc::new(FakeLink::new(self.state.clone(), deps)))
    }
}

struct FakeLogin(Arc<State>);

#[async_trait]
impl Login for FakeLogin {
    async fn next(&mut self, inputs: Inputs) -> Result<LoginStep, LoginError> {
        let token = inputs.get("token");
        if token.is_empty() {
            return Ok(LoginStep::Input {
                text: "login.token.where",
                params: BTreeMap::new(),
                fields: vec![Field {
                    key: "token".to_owned(),
                    kind: FieldKind::Secret,
                    value: None,
                    optional: false,
                }],
            });
        }
        self.0
            .admit()
            .map_err(|error| LoginError::field("token", error.reason()))?;
        Ok(LoginStep::Done(LoggedIn {
            remote_id: RemoteId::new("office"),
            name: "Office".to_owned(),
            handle: Some("office.crm.example".to_owned()),
            secret: Secret::new(token.to_owned()),
            settings: BTreeMap::new(),
        }))
    }
}
