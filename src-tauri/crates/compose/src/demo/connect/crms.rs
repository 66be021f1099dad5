//! The shop's CRMs: the leads of one branch live in amoCRM, those of the other in Bitrix24's open lines.

use api::App;
use sandbox::World;
use serde_json::{Map, Value, json};

use super::{ConnectError, leading_to, log_in};

struct DemoCrm {
    /// Connector and simulator have the same name.
    id: &'static str,
    flow: &'static str,
    /// Form by form: fields, and what is entered into them.
    forms: &'static [&'static [(&'static str, Entered)]],
}

/// What is entered into a field.
#[derive(Clone, Copy)]
enum Entered {
    /// What the directory of the simulators calls so.
    Named(&'static str),
    /// This.
    Text(&'static str),
    /// The code that the page of the service gives after signing in as its owner.
    Code,
}

use Entered::{Code, Named, Text};

const CRMS: &[DemoCrm] = &[
    DemoCrm {
        id: "amocrm",
        flow: "token",
        forms: &[&[
            ("address", Named("amocrm_subdomain")),
            ("token", Named("amocrm_token")),
            ("channel_id", Named("amojo_channel_id")),
            ("channel_secret", Named("amojo_secret")),
        ]],
    },
    DemoCrm {
        id: "bitrix24",
        flow: "app",
        forms: &[
            &[
                ("portal", Text("lavka-dom.bitrix24.ru")),
                ("client_id", Named("bitrix24_client_id")),
                ("client_secret", Named("bitrix24_client_secret")),
            ],
            &[("answer", Code)],
        ],
    },
];
/// The owner of the simulated portal.
const OWNER: u32 = 1;

pub(super) async fn connect(app: &App, world: &World) {
    for crm in CRMS {
        match crm.connect(app, world).await {
            Ok(()) => tracing::info!(crm = crm.id, "demo: connected"),
            Err(error) => tracing::error!(crm = crm.id, %error, "demo: not connected"),
        }
    }
}

impl DemoCrm {
    async fn connect(&self, app: &App, world: &World) -> Result<(), ConnectError> {
        let directory = world.directory();
        let address = directory.get(self.id).and_then(Value::as_str);
        let address = address.ok_or(ConnectError::NoSimulator(self.id))?;
        let endpoints = app.engine().crm(self.id).map(|crm| crm.descriptor().endpoints);
        let begin = json!({ "crm": self.id, "flow": self.flow, "endpoints": leading_to(endpoints, address) });
        let mut forms = Vec::new();
        for form in self.forms {
            let mut inputs = Map::new();
            for (field, entered) in *form {
                inputs.insert((*field).to_owned(), self.entered(*entered, &directory, world)?);
            }
            forms.push(Value::Object(inputs));
        }
        log_in(app, "links.login", begin, &forms, "linked").await
    }

    fn entered(&self, what: Entered, directory: &Map<String, Value>, world: &World) -> Result<Value, ConnectError> {
        let missing = ConnectError::NoSimulator(self.id);
        match what {
            Named(name) => directory.get(name).cloned().ok_or(missing),
            Text(text) => Ok(text.into()),
            Code => {
                let Ok(crm) = world.crm(self.id) else {
                    return Err(missing);
                };
                let code = crm.vendor.special("code", &json!({ "user": OWNER }));
                let code = code.ok().and_then(|code| code.get("code").cloned());
                code.ok_or(missing)
            }
        }
    }
}
