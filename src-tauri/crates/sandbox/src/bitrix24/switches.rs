//! What only Bitrix24 has and a test or a curious person wants to bring about: [`crate::Wire::special`], that is
//! `POST /vendors/bitrix24/special/<switch>` of the control server.
//!
//! | switch | body | effect |
//! | --- | --- | --- |
//! | `app` | `{"handler": "http://127.0.0.1:9/", "installed": true, "unpaid": false, "scopes": "crm,im"}` | the card of the application |
//! | `code` | `{"user": 1}` | a code as after signing in: `{"code": "…"}` |
//! | `token` | `{"user": 1}` | tokens without the way through the browser |
//! | `portal` | `{"boxed": true, "reserving": false, "sources": false, "push": false, "overloaded": true}` | plan and kind of the portal |
//! | `operating` | `{"method": "crm.item.list", "seconds": 500}` | running time that the application has used up |
//! | `error` | `{"code": "ACCESS_DENIED", "description": "…", "status": 403, "method": "crm.lead.add", "times": 1}` | the next calls end so |
//! | `clear` | `{}` | forgets ordered errors |
//! | `line` | `{"id": 1, "WELCOME_MESSAGE": "N"}` | settings of an open line |
//! | `delete_line` | `{"id": 3}` | an administrator deletes an open line |
//! | `notifications` | `{}` | what employees were notified of: `[{"user": 7, "text": "…"}]` |
//! | `connector` | `{"connector": "x", "line": 1, "active": false}` | an administrator switches a connector off or on |
//! | `queue` | `{}` | rows in the queue of offline events: `{"rows": 3}` |
//! | `write` | `{"user": 7, "card": "contact-271", "text": "…"}` | the "write" button of a card: a text through the sender |
//! | `texts` | `{}` | texts sent that way, with their status |

use super::crm::Kind;
use super::php;
use super::rest::{ApiError, write_sms};
use super::state::events::emit;
use super::state::{Actor, State};
use crate::act::Refused;
use crate::crm::CardId;
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "switch")]
enum Switch {
    App {
        handler: Option<String>,
        installed: Option<bool>,
        unpaid: Option<bool>,
        scopes: Option<String>,
    },
    Code {
        user: i64,
    },
    Token {
        user: i64,
    },
    Portal {
        boxed: Option<bool>,
        reserving: Option<bool>,
        sources: Option<bool>,
        push: Option<bool>,
        overloaded: Option<bool>,
    },
    Operating {
        method: String,
        seconds: f64,
    },
    Error {
        code: String,
        #[serde(default)]
        description: String,
        #[serde(default = "bad_request")]
        status: u16,
        method: Option<String>,
        #[serde(default = "once")]
        times: u32,
    },
    Clear {},
    Line {
        id: i64,
        #[serde(flatten)]
        settings: Map<String, Value>,
    },
    DeleteLine {
        id: i64,
    },
    Notifications {},
    Connector {
        connector: String,
        line: i64,
        active: bool,
    },
    Queue {},
    Write {
        user: i64,
        card: CardId,
        text: String,
    },
    Texts {},
}

fn bad_request() -> u16 {
    400
}

fn once() -> u32 {
    1
}

/// Turns a switch; an unknown one, or a body that does not fit it, is nothing that this service has.
pub(super) fn turn(state: &mut State, name: &str, body: &Value) -> Result<Value, Refused> {
    let mut fields = body.as_object().cloned().unwrap_or_default();
    fields.insert("switch".to_owned(), json!(name));
    let switch = serde_json::from_value(Value::Object(fields)).map_err(|_source| Refused::NotOnThisNetwork)?;
    carry_out(state, switch)
}

fn carry_out(state: &mut State, switch: Switch) -> Result<Value, Refused> {
    match switch {
        Switch::App {
            handler,
            installed,
            unpaid,
            scopes,
        } => app(state, handler, installed, unpaid, scopes),
        Switch::Code { user } => {
            let app = state.access.home().cloned().ok_or(Refused::NotAllowed)?;
            return Ok(json!({"code": super::oauth::code(state, &app, user)}));
        }
        Switch::Token { user } => {
            let app = state
                .access
                .home()
                .map(|app| app.client_id.clone())
                .ok_or(Refused::NotAllowed)?;
            let pair = state.issue(&app, user);
            return Ok(json!({"access_token": pair.access, "refresh_token": pair.refresh, "expires": pair.expires}));
        }
        Switch::Portal {
            boxed,
            reserving,
            sources,
            push,
            overloaded,
        } => {
            let portal = &mut state.portal;
            portal.boxed = boxed.unwrap_or(portal.boxed);
            portal.reserving = reserving.unwrap_or(portal.reserving);
            portal.sources = sources.unwrap_or(portal.sources);
            portal.push = push.unwrap_or(portal.push);
            portal.overloaded = overloaded.unwrap_or(portal.overloaded);
        }
        Switch::Operating { method, seconds } => {
            let (now, app) = (state.now(), state.access.home().map(|app| app.client_id.clone()));
            state.operating.add(&app.unwrap_or_default(), &method, now, seconds);
        }
        Switch::Error {
            code,
            description,
            status,
            method,
            times,
        } => state
            .orders
            .error(ApiError::new(status, &code, &description), method, times),
        Switch::Clear {} => state.orders.clear(),
        Switch::Line { id, settings } => {
            let line = state.lines.lines.get_mut(&id).ok_or(Refused::NotOnThisNetwork)?;
            let given = settings
                .into_iter()
                .map(|(name, value)| (name, php::text(&value).into()));
            line.config.extend(given);
        }
        Switch::DeleteLine { id } => line_deleted(state, id)?,
        Switch::Notifications {} => {
            let told = state.portal.notified.iter();
            return Ok(told.map(|(user, text)| json!({"user": user, "text": text})).collect());
        }
        Switch::Connector {
            connector,
            line,
            active,
        } => connector_switched(state, &connector, line, active)?,
        Switch::Queue {} => return Ok(json!({"rows": state.events.queue.len()})),
        Switch::Write { user, card, text } => {
            let kind = card.kind().map(Kind::from_card).ok_or(Refused::NoSuchCard)?;
            let id = card.number().ok_or(Refused::NoSuchCard)?;
            if !write_sms(state, &Actor::person(user), (kind, id), &text) {
                return Err(Refused::NotOnThisNetwork);
            }
        }
        Switch::Texts {} => return Ok(texts(state)),
    }
    Ok(json!({}))
}

fn app(
    state: &mut State,
    handler: Option<String>,
    installed: Option<bool>,
    unpaid: Option<bool>,
    scopes: Option<String>,
) {
    if let Some(app) = state.access.home_mut() {
        app.handler = handler.unwrap_or_else(|| app.handler.clone());
        app.installed = installed.unwrap_or(app.installed);
        app.unpaid = unpaid.unwrap_or(app.unpaid);
        if let Some(scopes) = scopes {
            app.scopes = scopes
                .split(',')
                .map(|scope| scope.trim().to_owned())
                .filter(|scope| !scope.is_empty())
                .collect();
        }
    }
}

/// The apps hear that the line is gone, and its connectors with it.
fn line_deleted(state: &mut State, id: i64) -> Result<(), Refused> {
    state.lines.lines.remove(&id).ok_or(Refused::NotOnThisNetwork)?;
    state.lines.hookups.retain(|(_, line), _| *line != id);
    emit(state, &Actor::person(1), "ONIMCONNECTORLINEDELETE", &json!(id), None);
    Ok(())
}

/// The app hears that its connector was taken off a line.
fn connector_switched(state: &mut State, connector: &str, line: i64, active: bool) -> Result<(), Refused> {
    let hookup = state
        .lines
        .hookups
        .get_mut(&(connector.to_owned(), line))
        .ok_or(Refused::NotOnThisNetwork)?;
    hookup.active = active;
    let owner = state.lines.connectors.get(connector).map(|one| one.app.clone());
    if !active {
        let data = json!({"connector": connector, "line": line});
        emit(
            state,
            &Actor::person(1),
            "ONIMCONNECTORSTATUSDELETE",
            &data,
            owner.as_deref(),
        );
    }
    Ok(())
}

fn texts(state: &State) -> Value {
    let shown = state
        .sms
        .messages
        .values()
        .map(|one| json!({"to": one.to, "text": one.words, "status": one.status, "code": one.code}));
    Value::Array(shown.collect())
}
