//! REST methods: who calls, may they, and the tables of all methods.
//!
//! <https://apidocs.bitrix24.com/settings/how-to-call-rest-api/general-principles.html>

mod activity;
mod batch;
mod comment;
mod connector;
mod connector_incoming;
mod connector_messages;
mod crm_classic;
mod crm_directory;
mod crm_item;
mod crm_links;
mod drive;
mod error;
mod event;
mod event_offline;
mod line_chat;
mod line_config;
mod messenger;
mod params;
mod pull_application;
mod sender;
mod staff;
mod staff_chat;
mod system;
mod user_field;

pub(crate) use batch::answer as batch;
pub(crate) use comment::write as write_comment;
pub(crate) use error::ApiError;
pub(crate) use line_config::usual as usual_line;
pub(crate) use params::Params;
pub(crate) use sender::write as write_sms;
pub(crate) use system::SCOPES;

use super::php;
use super::state::{Actor, State};
use serde_json::{Map, Value, json};

/// Who calls.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) user: i64,
    /// The app; none for an incoming webhook.
    pub(crate) app: Option<String>,
    /// What limits are counted by.
    pub(crate) name: String,
    pub(crate) scopes: Vec<String>,
}

/// One call on its way through a method.
pub(crate) struct Call<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) params: &'a Params,
    pub(crate) caller: &'a Caller,
    /// The method's name in small letters: families share a function.
    pub(crate) name: &'a str,
}

/// What a method gives.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reply {
    pub(crate) result: Value,
    pub(crate) total: Option<usize>,
    pub(crate) next: Option<usize>,
}

impl From<Value> for Reply {
    fn from(result: Value) -> Self {
        Self {
            result,
            total: None,
            next: None,
        }
    }
}

pub(crate) type Answer = Result<Reply, ApiError>;

/// Who may call a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    All,
    /// Apps only; webhooks are refused.
    Apps,
    /// Apps, in the name of an administrator.
    AdminApps,
}

/// One line of a table.
struct Method {
    /// In small letters.
    name: &'static str,
    /// Empty for what everybody has.
    scope: &'static str,
    who: For,
    run: fn(&mut Call<'_>) -> Answer,
}

const fn method(name: &'static str, scope: &'static str, who: For, run: fn(&mut Call<'_>) -> Answer) -> Method {
    Method { name, scope, who, run }
}

/// All tables.
static TABLES: [&[Method]; 19] = [
    system::METHODS,
    staff::METHODS,
    crm_classic::METHODS,
    crm_item::METHODS,
    crm_directory::METHODS,
    crm_links::METHODS,
    user_field::METHODS,
    comment::METHODS,
    activity::METHODS,
    connector::METHODS,
    connector_messages::METHODS,
    line_config::METHODS,
    line_chat::METHODS,
    messenger::METHODS,
    staff_chat::METHODS,
    event::METHODS,
    pull_application::METHODS,
    sender::METHODS,
    drive::METHODS,
];

fn table() -> impl Iterator<Item = &'static Method> {
    TABLES.iter().copied().flatten()
}

/// What calls that were carried out count for in `operating`, seconds. Real ones differ; the sandbox has a switch for more.
const RUN: f64 = 0.02;

/// Runs a method for somebody who is let in already.
pub(crate) fn run(state: &mut State, name: &str, params: &Params, caller: &Caller) -> Answer {
    let name = name.to_ascii_lowercase();
    if let Some(error) = state.orders.strike(&name) {
        return Err(error);
    }
    let found = table()
        .find(|method| method.name == name)
        .ok_or_else(ApiError::no_method)?;
    if found.who != For::All && caller.app.is_none() {
        return Err(wrong_auth(found));
    }
    if !found.scope.is_empty() && !caller.has(found.scope) {
        return Err(ApiError::scope(caller.app.is_none()));
    }
    if found.who == For::AdminApps && !state.portal.is_admin(caller.user) {
        return Err(ApiError::denied("Access denied!"));
    }
    let now = state.now();
    let limited = state.host.limits && !state.portal.boxed;
    if limited && !state.operating.admit(&caller.name, &name, now) {
        return Err(ApiError::too_long());
    }
    let mut call = Call {
        state,
        params,
        caller,
        name: &name,
    };
    let answer = (found.run)(&mut call);
    state.operating.add(&caller.name, &name, now, RUN);
    answer
}

/// Each family words it in its own way.
fn wrong_auth(method: &Method) -> ApiError {
    match method.name {
        "app.info" => ApiError::bad("ACCESS_DENIED", "Access denied! Application context required"),
        name if name.starts_with("pull.") => ApiError::new(
            403,
            "WRONG_AUTH_TYPE",
            "Get access to application config available only for application authorization.",
        ),
        name if name.starts_with("messageservice.") || name.starts_with("disk.") => {
            ApiError::denied("Access denied! Application context required")
        }
        _ => ApiError::application_only(),
    }
}

/// The whole body of an answer.
pub(crate) fn envelope(reply: Reply, time: Value) -> Value {
    let mut body = Map::new();
    body.insert("result".to_owned(), reply.result);
    if let Some(next) = reply.next {
        body.insert("next".to_owned(), next.into());
    }
    if let Some(total) = reply.total {
        body.insert("total".to_owned(), total.into());
    }
    body.insert("time".to_owned(), time);
    Value::Object(body)
}

/// `time` of an answer.
pub(crate) fn time(state: &mut State, caller: &Caller, method: &str) -> Value {
    let now = state.host.clock.now();
    let spent = state
        .operating
        .add(&caller.name, &method.to_ascii_lowercase(), now.as_second(), 0.0);
    let finish = now.as_duration().as_secs_f64();
    json!({
        "start": finish - RUN, "finish": finish, "duration": RUN, "processing": RUN / 2.0, "date_start": php::date(now),
        "date_finish": php::date(now), "operating_reset_at": spent.reset_at, "operating": spent.seconds,
    })
}

impl Caller {
    /// `imopenlines` opens what `imconnector` does and the other way round, as the pages of the methods name either.
    fn has(&self, scope: &str) -> bool {
        let has = |scope: &str| self.scopes.iter().any(|one| one == scope);
        match scope {
            "imconnector" => has("imconnector") || has("imopenlines"),
            scope => has(scope),
        }
    }
}

impl Call<'_> {
    /// Who makes the change.
    pub(crate) fn actor(&self) -> Actor {
        Actor {
            user: self.caller.user,
            app: self.caller.app.clone(),
            source: self.params.text("auth_connector").unwrap_or_default(),
        }
    }

    pub(crate) fn is_admin(&self) -> bool {
        self.state.portal.is_admin(self.caller.user)
    }

    /// The calling app. Only methods [`For::Apps`] ask; nobody else gets there.
    pub(crate) fn app(&self) -> String {
        self.caller.app.clone().unwrap_or_default()
    }

    /// A text that must be there.
    pub(crate) fn required(&self, name: &str) -> Result<String, ApiError> {
        self.params.text(name).ok_or_else(|| ApiError::argument(name))
    }

    pub(crate) fn required_int(&self, name: &str) -> Result<i64, ApiError> {
        self.params
            .int(name)
            .filter(|number| *number != 0)
            .ok_or_else(|| ApiError::argument(name))
    }
}

/// Rows on a page. <https://apidocs.bitrix24.com/settings/how-to-call-rest-api/list-methods-pecularities.html>
const PAGE: usize = 50;

/// A page of rows. `start=-1` gives the first one without counting.
pub(crate) fn page<T>(rows: Vec<T>, start: Option<i64>) -> (Vec<T>, Option<usize>, Option<usize>) {
    let counted = start.is_none_or(|start| start >= 0);
    let (total, start) = (
        rows.len(),
        start.and_then(|start| usize::try_from(start).ok()).unwrap_or(0),
    );
    let next = (start + PAGE < total && counted).then_some(start + PAGE);
    let rows = rows.into_iter().skip(start).take(PAGE).collect();
    (rows, counted.then_some(total), next)
}

/// A page as an answer.
pub(crate) fn paged(rows: Vec<Value>, start: Option<i64>) -> Reply {
    let (rows, total, next) = page(rows, start);
    Reply {
        result: Value::Array(rows),
        total,
        next,
    }
}
