//! Connected channels: list, editing, switching, deleting, what went wrong.

use std::collections::BTreeMap;

use contracts::channel::{Descriptor, Endpoint};
use domain::{AccountId, At, Reason};
use engine::Change;
use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;
use store::Account;
use url::Url;

use crate::{
    app::App,
    boot,
    error::{ApiError, Code},
    links,
    wire::{
        AccountDetails, AccountRef, AccountRefs, AccountRow, ActivateAccounts, Alert, DeleteAccounts, DeletionPreview,
        Empty, QuarantineRow, UpdateAccount,
    },
};

/// What stands in a proxy address instead of its password.
const HIDDEN: &str = "***";
const QUARANTINE_SHOWN: i64 = 200;

pub(crate) async fn list(app: &App, _: Empty) -> Result<Vec<AccountRow>, ApiError> {
    let db = app.store().read();
    let accounts = store::accounts::list(db).await?;
    let today = store::accounts::counts_since(db, first_hour_of_today(app).await?).await?;
    let quarantined: BTreeMap<_, _> = store::quarantine::counts(db).await?.into_iter().collect();
    Ok(accounts
        .into_iter()
        .map(|account| {
            let counts = today.get(&account.id).copied().unwrap_or_default();
            let kept = quarantined.get(&account.id).copied().unwrap_or(0);
            row(account, counts, kept)
        })
        .collect())
}

fn row(account: Account, (today_in, today_out): (i64, i64), quarantined: i64) -> AccountRow {
    AccountRow {
        id: account.id,
        channel: account.channel,
        name: account.name,
        handle: account.handle,
        active: account.active,
        connection: account.connection,
        today_in,
        today_out,
        last_seen_at: account.last_seen_at,
        quarantined,
    }
}

/// Hours since the epoch at which the profile's day began.
async fn first_hour_of_today(app: &App) -> Result<i64, ApiError> {
    let zone = TimeZone::get(&boot::profile(app).await?.time_zone).unwrap_or(TimeZone::UTC);
    let now = Timestamp::from_millisecond(app.now().millis()).unwrap_or(Timestamp::UNIX_EPOCH);
    let midnight = now
        .to_zoned(zone)
        .start_of_day()
        .map(|day| day.timestamp())
        .unwrap_or(now);
    Ok(midnight.as_second().div_euclid(3600))
}

pub(crate) async fn get(app: &App, request: AccountRef) -> Result<AccountDetails, ApiError> {
    let account = store::accounts::get(app.store().read(), request.account_id).await?;
    let rows = list(app, Empty {}).await?;
    let row = rows.into_iter().find(|row| row.id == account.id).ok_or_else(gone)?;
    Ok(AccountDetails {
        row,
        settings: account.settings,
        endpoints: account.endpoints,
        proxy: account.proxy.as_deref().map(without_password),
        connected_at: account.connected_at,
    })
}

fn gone() -> ApiError {
    ApiError::of(Code::NotFound, "error.not_found")
}

pub(crate) async fn update(app: &App, request: UpdateAccount) -> Result<Empty, ApiError> {
    let account = store::accounts::get(app.store().read(), request.account_id).await?;
    let channel = app.engine().channel(&account.channel).ok_or_else(gone)?.descriptor();
    let settings = request.settings.unwrap_or_else(|| account.settings.clone());
    check_settings(channel, &settings)?;
    let endpoints = match request.endpoints {
        None => account.endpoints.clone(),
        Some(endpoints) => check_endpoints(channel.endpoints, endpoints)?,
    };
    let proxy = match request.proxy {
        None => account.proxy.clone(),
        Some(proxy) => check_proxy(&proxy, account.proxy.as_deref())?,
    };
    let mut tx = app.store().write().await?;
    if let Some(name) = &request.name {
        store::accounts::rename(&mut tx, account.id, check_name(name)?).await?;
    }
    store::accounts::set_network(&mut tx, account.id, &settings, &endpoints, proxy.as_deref()).await?;
    tx.commit().await?;
    app.engine().changes().announce(Change::Accounts);
    let changed = settings != account.settings || endpoints != account.endpoints || proxy != account.proxy;
    if changed && account.active {
        app.engine().start_account(account.id).await?;
    }
    Ok(Empty {})
}

pub(crate) fn check_name(name: &str) -> Result<&str, ApiError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 80 {
        return Err(ApiError::field("name", Reason::new("error.channel_name")));
    }
    Ok(name)
}

pub(crate) fn check_settings(channel: &Descriptor, settings: &BTreeMap<String, Value>) -> Result<(), ApiError> {
    for (key, value) in settings {
        let field = channel.settings.iter().find(|field| field.key == key);
        // A setting of another version is kept as it is.
        if field.is_some_and(|field| !field.kind.fits(value)) {
            return Err(ApiError::field(
                &format!("settings.{key}"),
                Reason::new("error.setting_value"),
            ));
        }
    }
    Ok(())
}

/// Only known ones, only web addresses; an empty one is the network's own.
pub(crate) fn check_endpoints(
    known: &[Endpoint],
    endpoints: BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, ApiError> {
    let mut checked = BTreeMap::new();
    for (key, address) in endpoints {
        let address = address.trim().trim_end_matches('/').to_owned();
        let field = format!("endpoints.{key}");
        if !known.iter().any(|endpoint| endpoint.key == key) {
            return Err(ApiError::field(&field, Reason::new("error.unknown_endpoint")));
        }
        if address.is_empty() {
            continue;
        }
        let web = Url::parse(&address).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        if !web {
            return Err(ApiError::field(&field, Reason::new("error.endpoint_address")));
        }
        checked.insert(key, address);
    }
    Ok(checked)
}

/// A proxy as typed; empty takes it away; the password hidden as `***` is the stored one.
pub(crate) fn check_proxy(typed: &str, stored: Option<&str>) -> Result<Option<String>, ApiError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let wrong = || ApiError::field("proxy", Reason::new("error.proxy_address"));
    let mut url = Url::parse(typed).map_err(|_| wrong())?;
    if !matches!(url.scheme(), "http" | "https" | "socks5" | "socks5h") || !url.has_host() {
        return Err(wrong());
    }
    if url.password() == Some(HIDDEN) {
        let known = stored.and_then(|stored| Url::parse(stored).ok());
        url.set_password(known.as_ref().and_then(Url::password))
            .map_err(|()| wrong())?;
    }
    Ok(Some(url.to_string()))
}

pub(crate) fn without_password(proxy: &str) -> String {
    let Ok(mut url) = Url::parse(proxy) else {
        return HIDDEN.to_owned();
    };
    if url.password().is_some() && url.set_password(Some(HIDDEN)).is_err() {
        return HIDDEN.to_owned();
    }
    url.to_string()
}

pub(crate) async fn activate(app: &App, request: ActivateAccounts) -> Result<Empty, ApiError> {
    for id in request.account_ids {
        set_active(app, id, request.active).await?;
    }
    Ok(Empty {})
}

async fn set_active(app: &App, id: AccountId, active: bool) -> Result<(), ApiError> {
    let mut tx = app.store().write().await?;
    store::accounts::set_active(&mut tx, id, active).await?;
    tx.commit().await?;
    if active {
        app.engine().start_account(id).await?
    } else {
        app.engine().stop_account(id).await?
    }
    Ok(())
}

pub(crate) async fn retry(app: &App, request: AccountRef) -> Result<Empty, ApiError> {
    app.engine().reconnect(request.account_id);
    Ok(Empty {})
}

pub(crate) async fn deletion_preview(app: &App, request: AccountRefs) -> Result<DeletionPreview, ApiError> {
    let (conversations, messages, unsent) = store::accounts::holdings(app.store().read(), &request.account_ids).await?;
    Ok(DeletionPreview {
        conversations,
        messages,
        unsent,
    })
}

pub(crate) async fn delete(app: &App, request: DeleteAccounts) -> Result<Empty, ApiError> {
    for id in request.account_ids {
        app.engine().stop_account(id).await?;
        let mut tx = app.store().write().await?;
        store::accounts::delete(&mut tx, id, request.with_history).await?;
        tx.commit().await?;
    }
    app.engine().poke_sweep();
    app.engine().changes().announce(Change::Accounts);
    app.engine().changes().announce(Change::Conversations(Vec::new()));
    Ok(Empty {})
}

pub(crate) async fn quarantine(app: &App, request: AccountRef) -> Result<Vec<QuarantineRow>, ApiError> {
    let rows = store::quarantine::list(app.store().read(), request.account_id, QUARANTINE_SHOWN).await?;
    Ok(rows
        .into_iter()
        .map(|row| QuarantineRow {
            id: row.id,
            raw: row.raw,
            problem: row.problem,
            received_at: row.received_at,
        })
        .collect())
}

/// What needs a person now, worst first.
pub(crate) async fn alerts(app: &App, _: Empty) -> Result<Vec<Alert>, ApiError> {
    let mut alerts = Vec::new();
    for row in list(app, Empty {}).await? {
        let about = |what: &str, reason: Reason, action, at: At| Alert {
            id: format!("{what}-{}-{}", row.id, at.millis()),
            account_id: Some(row.id),
            account_name: Some(row.name.clone()),
            channel: Some(row.channel.clone()),
            link_id: None,
            link_name: None,
            crm: None,
            reason,
            action,
            at,
        };
        if row.active && row.connection.needs_a_person() {
            let reason = row
                .connection
                .reason
                .clone()
                .unwrap_or_else(|| Reason::new("reason.unknown"));
            alerts.push(about("line", reason, row.connection.action, row.connection.since));
        }
        if row.quarantined > 0 {
            let last = store::quarantine::list(app.store().read(), row.id, 1).await?;
            let at = last.first().map_or(At::default(), |kept| kept.received_at);
            let reason = Reason::new("reason.quarantined").with("count", row.quarantined);
            alerts.push(about("quarantine", reason, None, at));
        }
    }
    alerts.extend(links::alerts(app).await?);
    Ok(alerts)
}
