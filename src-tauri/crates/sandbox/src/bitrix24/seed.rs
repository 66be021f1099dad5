//! What is there at the start: staff, an open line, a local application, a webhook, a few cards.

use super::courier::Courier;
use super::crm::{Kind, change};
use super::rest::{SCOPES, usual_line};
use super::state::access::{App, Webhook};
use super::state::lines::Line;
use super::state::portal::Employee;
use super::state::{Actor, State};
use crate::vendor::Host;
use serde_json::{Value, json};

/// Where the seeded application wants its codes: on this machine, as in the vendor's example of a desktop program.
/// (Its own port, 7000, belongs to AirPlay on a Mac.)
const HANDLER: &str = "http://127.0.0.1:37124/";

/// What an incoming webhook is usually given.
const WEBHOOK_SCOPES: [&str; 6] = ["crm", "disk", "im", "imopenlines", "task", "user"];

/// The portal before the first call.
pub(super) fn portal(host: Host, courier: Courier) -> State {
    let mut state = State::new(host, courier);
    state.portal.member_id = format!(
        "{:032x}",
        0x00a2_23c6_b371_0f85_df22_e937_u128 + u128::from(state.host.seed)
    );
    state.portal.staff = staff();
    app(&mut state);
    let code = state.secret(16);
    state.access.webhooks.push(Webhook {
        user: 1,
        code,
        scopes: WEBHOOK_SCOPES.map(str::to_owned).to_vec(),
    });
    state.lines.lines.insert(
        1,
        Line {
            id: 1,
            config: usual_line("Беседка"),
            queue: vec![7, 9],
            turn: 0,
        },
    );
    state.lines.last.line = 1;
    cards(&mut state);
    state
}

fn staff() -> Vec<Employee> {
    let one = |id, name: &str, last_name: &str, position: &str, female| Employee {
        id,
        name: name.to_owned(),
        last_name: last_name.to_owned(),
        email: format!("user{id}@besedka.example"),
        position: position.to_owned(),
        female,
        admin: id == 1,
    };
    vec![
        one(1, "Ольга", "Лесникова", "Владелица", true),
        one(7, "Максим", "Орлов", "Менеджер", false),
        one(9, "Мария", "Тихонова", "Менеджер", true),
    ]
}

fn app(state: &mut State) {
    let (first, second) = (state.secret(14), state.secret(8));
    let client_id = format!("local.{first}.{second}");
    let (client_secret, application_token) = (state.secret(50), state.secret(32));
    let app = App {
        id: 5,
        client_id: client_id.clone(),
        client_secret,
        name: "Беседка".to_owned(),
        handler: HANDLER.to_owned(),
        scopes: SCOPES.map(str::to_owned).to_vec(),
        application_token,
        installed: true,
        unpaid: false,
    };
    state.access.apps.insert(client_id, app);
}

/// Somebody who bought before, so that searches find somebody.
fn cards(state: &mut State) {
    let olga = Actor::person(1);
    let fields = |value: Value| value.as_object().cloned().unwrap_or_default();
    let company = fields(json!({"TITLE": "ООО «Ромашка»", "PHONE": [{"VALUE": "+74950000101", "VALUE_TYPE": "WORK"}]}));
    let company = change::add(state, &olga, Kind::Company, &company);
    let contact = fields(json!({
        "NAME": "Сергей", "LAST_NAME": "Волков", "COMPANY_ID": company, "ASSIGNED_BY_ID": 7,
        "PHONE": [{"VALUE": "+7 (912) 000-01-02", "VALUE_TYPE": "MOBILE"}],
    }));
    let contact = change::add(state, &olga, Kind::Contact, &contact);
    let deal =
        fields(json!({"TITLE": "Беседка 3×4", "CONTACT_ID": contact, "OPPORTUNITY": 84000, "ASSIGNED_BY_ID": 7}));
    change::add(state, &olga, Kind::Deal, &deal);
}
