//! Logins under way: steps of the channel, rendered blindly.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use contracts::{
    Secret,
    channel::{Deps, Field, FieldKind, Inputs, LoggedIn, Login, LoginError, LoginStep, Network},
};
use domain::{AccountId, At, LinkId};
use store::{NewAccount, NewLink, crm_links};
use tokio::sync::Mutex as AsyncMutex;

use crate::{
    accounts,
    app::App,
    error::{ApiError, Code},
    links,
    wire::{ContinueLogin, Empty, FieldView, LoginRef, LoginView, StartLinkLogin, StartLogin, StepView},
};

/// A login that nobody goes on with is given up after this long.
const ABANDONED: Duration = Duration::from_secs(30 * 60);

/// Logins under way. In memory on purpose: a login half done is worth nothing after a restart.
#[derive(Default)]
pub(crate) struct Logins(Mutex<HashMap<String, Arc<UnderWay>>>);

struct UnderWay {
    login: AsyncMutex<Box<dyn Login>>,
    goal: Goal,
    proxy: Option<String>,
    endpoints: BTreeMap<String, String>,
    began: At,
}

/// What is to be connected.
enum Goal {
    /// An account of a network; an existing one to log in anew.
    Account(String, Option<AccountId>),
    /// A CRM; an existing link to connect anew.
    Link(String, Option<LinkId>),
}

impl Logins {
    fn get(&self, id: &str) -> Result<Arc<UnderWay>, ApiError> {
        self.lock()
            .get(id)
            .cloned()
            .ok_or_else(|| ApiError::of(Code::NotFound, "error.login_over"))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<UnderWay>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(crate) async fn start(app: &App, request: StartLogin) -> Result<LoginView, ApiError> {
    let unknown = || ApiError::of(Code::NotFound, "error.unknown_channel");
    let channel = app.engine().channel(&request.channel).ok_or_else(unknown)?;
    if !channel.descriptor().logins.iter().any(|flow| flow.id == request.flow) {
        return Err(unknown());
    }
    // An account that logs in anew keeps its way to the network unless told otherwise.
    let stored = match request.account_id {
        None => None,
        Some(id) => Some(store::accounts::get(app.store().read(), id).await?),
    };
    let (known_proxy, known_endpoints) = stored
        .map(|account| (account.proxy, account.endpoints))
        .unwrap_or_default();
    let proxy = match request.proxy {
        None => known_proxy,
        Some(typed) => accounts::check_proxy(&typed, known_proxy.as_deref())?,
    };
    let endpoints = match request.endpoints {
        None => known_endpoints,
        Some(typed) => accounts::check_endpoints(channel.descriptor().endpoints, typed)?,
    };
    let network = Network {
        proxy: proxy.clone().map(Secret::new),
        endpoints: endpoints.clone(),
    };
    let login = channel
        .login(
            &request.flow,
            network,
            Deps {
                clock: app.engine().clock().clone(),
            },
        )
        .map_err(refused)?;
    let goal = Goal::Account(request.channel, request.account_id);
    begin(app, login, goal, proxy, endpoints).await
}

/// The same for a CRM; the steps are gone on with alike.
pub(crate) async fn start_link(app: &App, request: StartLinkLogin) -> Result<LoginView, ApiError> {
    let unknown = || ApiError::of(Code::NotFound, "error.unknown_crm");
    let crm = app.engine().crm(&request.crm).ok_or_else(unknown)?;
    if !crm.descriptor().logins.iter().any(|flow| flow.id == request.flow) {
        return Err(unknown());
    }
    let stored = match request.link_id {
        None => None,
        Some(id) => Some(crm_links::get(app.store().read(), id).await?),
    };
    let (known_proxy, known_endpoints) = stored.map(|link| (link.proxy, link.endpoints)).unwrap_or_default();
    let proxy = match request.proxy {
        None => known_proxy,
        Some(typed) => accounts::check_proxy(&typed, known_proxy.as_deref())?,
    };
    let endpoints = match request.endpoints {
        None => known_endpoints,
        Some(typed) => accounts::check_endpoints(crm.descriptor().endpoints, typed)?,
    };
    let network = Network {
        proxy: proxy.clone().map(Secret::new),
        endpoints: endpoints.clone(),
    };
    let login = crm
        .login(&request.flow, network, app.engine().clock().clone())
        .map_err(refused)?;
    let goal = Goal::Link(request.crm, request.link_id);
    begin(app, login, goal, proxy, endpoints).await
}

async fn begin(
    app: &App,
    login: Box<dyn Login>,
    goal: Goal,
    proxy: Option<String>,
    endpoints: BTreeMap<String, String>,
) -> Result<LoginView, ApiError> {
    let login_id = app.engine().clock().uid().to_string();
    let under_way = UnderWay {
        login: AsyncMutex::new(login),
        goal,
        proxy,
        endpoints,
        began: app.now(),
    };
    {
        let mut all = app.inner.logins.lock();
        all.retain(|_, other| app.now().since(other.began) < ABANDONED);
        all.insert(login_id.clone(), Arc::new(under_way));
    }
    go_on(app, login_id, Inputs::default()).await
}

pub(crate) async fn next(app: &App, request: ContinueLogin) -> Result<LoginView, ApiError> {
    let inputs = request
        .inputs
        .into_iter()
        .map(|(key, value)| (key, Secret::new(value)))
        .collect();
    go_on(app, request.login_id, Inputs(inputs)).await
}

pub(crate) async fn cancel(app: &App, request: LoginRef) -> Result<Empty, ApiError> {
    app.inner.logins.lock().remove(&request.login_id);
    Ok(Empty {})
}

async fn go_on(app: &App, login_id: String, inputs: Inputs) -> Result<LoginView, ApiError> {
    let under_way = app.inner.logins.get(&login_id)?;
    let step = under_way.login.lock().await.next(inputs).await.map_err(refused)?;
    let step = match step {
        LoginStep::Done(logged_in) => {
            let step = finish(app, &under_way, logged_in).await?;
            app.inner.logins.lock().remove(&login_id);
            step
        }
        step => view(step),
    };
    Ok(LoginView { login_id, step })
}

async fn finish(app: &App, under_way: &UnderWay, logged_in: LoggedIn) -> Result<StepView, ApiError> {
    match &under_way.goal {
        Goal::Account(channel, expected) => finish_account(app, under_way, channel, *expected, logged_in).await,
        Goal::Link(crm, expected) => finish_link(app, under_way, crm, *expected, logged_in).await,
    }
}

fn another() -> ApiError {
    ApiError::of(Code::Refused, "error.another_account")
}

/// The account, new or renewed, and its tasks.
async fn finish_account(
    app: &App,
    under_way: &UnderWay,
    channel: &str,
    expected: Option<AccountId>,
    logged_in: LoggedIn,
) -> Result<StepView, ApiError> {
    let mut tx = app.store().write().await?;
    if let Some(expected) = expected {
        let before = store::accounts::get(&mut *tx, expected).await?;
        if before.remote_id != logged_in.remote_id {
            return Err(another());
        }
    }
    let new = NewAccount {
        uid: app.engine().clock().uid(),
        channel: channel.to_owned(),
        name: logged_in.name,
        handle: logged_in.handle,
        remote_id: logged_in.remote_id,
        secret: logged_in.secret.expose().clone(),
        settings: logged_in.settings,
        endpoints: under_way.endpoints.clone(),
        proxy: under_way.proxy.clone(),
    };
    let id = store::accounts::upsert(&mut tx, &new, app.now()).await?;
    let name = store::accounts::get(&mut *tx, id).await?.name;
    tx.commit().await?;
    app.engine().start_account(id).await?;
    app.engine().changes().announce(engine::Change::Accounts);
    Ok(StepView::Done { account_id: id, name })
}

/// The link, new or renewed, and its tasks. Its bindings, its queue and its settings stay.
async fn finish_link(
    app: &App,
    under_way: &UnderWay,
    crm: &str,
    expected: Option<LinkId>,
    logged_in: LoggedIn,
) -> Result<StepView, ApiError> {
    let mut tx = app.store().write().await?;
    if let Some(expected) = expected
        && crm_links::get(&mut *tx, expected).await?.remote_id != logged_in.remote_id
    {
        return Err(another());
    }
    let new = NewLink {
        uid: app.engine().clock().uid(),
        crm: crm.to_owned(),
        name: logged_in.name,
        handle: logged_in.handle,
        remote_id: logged_in.remote_id,
        secret: logged_in.secret.expose().clone(),
        settings: logged_in.settings,
        endpoints: under_way.endpoints.clone(),
        proxy: under_way.proxy.clone(),
    };
    let link_id = crm_links::upsert(&mut tx, &new, app.now()).await?;
    tx.commit().await?;
    app.engine().start_link(link_id).await?;
    let name = links::name(app, link_id).await?;
    Ok(StepView::Linked { link_id, name })
}

fn view(step: LoginStep) -> StepView {
    match step {
        LoginStep::Input { text, params, fields } => StepView::Input {
            text: text.to_owned(),
            params,
            fields: fields.into_iter().map(field).collect(),
        },
        LoginStep::OpenUrl {
            text,
            url,
            fields,
            refresh_secs,
        } => StepView::OpenUrl {
            text: text.to_owned(),
            url,
            fields: fields.into_iter().map(field).collect(),
            refresh_secs,
        },
        LoginStep::Show {
            text,
            qr,
            code,
            refresh_secs,
        } => StepView::Show {
            text: text.to_owned(),
            qr: qr.map(|qr| qr.expose().clone()),
            code: code.map(|code| code.expose().clone()),
            refresh_secs,
        },
        LoginStep::Wait { text } => StepView::Wait { text: text.to_owned() },
        // Handled where the account is stored.
        LoginStep::Done(_) => StepView::Wait { text: String::new() },
    }
}

fn field(field: Field) -> FieldView {
    let (kind, options) = match field.kind {
        FieldKind::Text => ("text", Vec::new()),
        FieldKind::Secret => ("secret", Vec::new()),
        FieldKind::Lines => ("lines", Vec::new()),
        FieldKind::Choice { options } => ("choice", options),
        FieldKind::Switch => ("switch", Vec::new()),
    };
    FieldView {
        key: field.key,
        kind: kind.to_owned(),
        options,
        value: field.value,
        optional: field.optional,
    }
}

fn refused(error: LoginError) -> ApiError {
    match error {
        LoginError::Call(error) => error.into(),
        LoginError::Ended(reason) => ApiError::with(Code::Refused, reason),
        LoginError::Fields(problems) => ApiError::fields(problems),
    }
}
