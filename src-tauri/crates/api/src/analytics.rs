//! Figures for managers.

use std::{collections::HashMap, time::Duration};

use domain::{AccountId, Reason};
use engine::Change;
use reports::{
    analytics::{self, Basis, Hours, HoursError, Overview, Table, Totals, Wanted},
    export::{TableWish, What, Wish},
};

use crate::{
    app::App,
    boot,
    error::ApiError,
    exports,
    wire::{
        AnalyticsAccount, AnalyticsCount, AnalyticsDay, AnalyticsLength, AnalyticsOperator, AnalyticsOverview,
        AnalyticsSettings, AnalyticsSource, AnalyticsTotals, AnalyticsWaiting, Empty, ExportAnalytics, ExportRef,
        LookAnalytics,
    },
};

const HOURS: &str = "analytics.hours";

/// By what turns are counted now.
pub(crate) async fn basis(app: &App) -> Result<Basis, ApiError> {
    let hours: Option<Hours> = store::settings::get(app.store().read(), HOURS).await?;
    Ok(Basis {
        zone: boot::profile(app).await?.time_zone,
        hours: hours.unwrap_or_default(),
    })
}

pub(crate) async fn overview(app: &App, request: LookAnalytics) -> Result<AnalyticsOverview, ApiError> {
    let period = exports::period(&request.first_day, &request.last_day)?;
    let basis = basis(app).await?;
    // The little that came in since the last count is counted at once; more of it follows in the background.
    analytics::count(app.store(), &basis).await?;
    let limit_minutes = boot::settings(app).await?.wait_alarm_minutes;
    let late = Duration::from_secs(u64::from(limit_minutes) * 60);
    let wanted = Wanted {
        period,
        account_ids: request.account_ids,
        zone: basis.time_zone(),
        late_since: app.now().minus(late),
    };
    let found = analytics::look(app.store(), &wanted).await?;
    if found.behind > 0 {
        app.inner.desk.poke_counting();
    }
    let accounts = store::accounts::list(app.store().read()).await?;
    let known = accounts
        .into_iter()
        .map(|account| (account.id, (account.name, account.channel)))
        .collect();
    let before = period.before();
    Ok(AnalyticsOverview {
        time_zone: basis.zone,
        before_first_day: before.first.to_string(),
        before_last_day: before.last.to_string(),
        ..told(found, limit_minutes, &known)
    })
}

type Known = HashMap<AccountId, (String, String)>;

fn told(found: Overview, limit_minutes: u32, known: &Known) -> AnalyticsOverview {
    AnalyticsOverview {
        time_zone: String::new(),
        totals: totals(&found.totals),
        before: totals(&found.before),
        before_first_day: String::new(),
        before_last_day: String::new(),
        waiting: AnalyticsWaiting {
            all: found.waiting.all,
            late: found.waiting.late,
            limit_minutes,
        },
        days: found
            .days
            .into_iter()
            .map(|day| AnalyticsDay {
                day: day.day.to_string(),
                totals: totals(&day.totals),
                firsts: day
                    .firsts
                    .into_iter()
                    .map(|(id, count)| AnalyticsCount {
                        account_id: there(id),
                        count,
                    })
                    .collect(),
            })
            .collect(),
        accounts: found
            .accounts
            .into_iter()
            .map(|account| {
                let (name, channel) = known.get(&account.account_id).cloned().unzip();
                AnalyticsAccount {
                    account_id: there(account.account_id),
                    name,
                    channel,
                    firsts: account.firsts,
                    firsts_before: account.firsts_before,
                    incoming: account.incoming,
                    outgoing: account.outgoing,
                }
            })
            .collect(),
        operators: found
            .operators
            .into_iter()
            .map(|operator| AnalyticsOperator {
                name: Some(operator.name).filter(|name| !name.is_empty()),
                conversations: operator.conversations,
                asked: operator.asked,
                answered: operator.answered,
                median_ms: operator.median_ms,
                p90_ms: operator.p90_ms,
            })
            .collect(),
        lengths: found
            .lengths
            .into_iter()
            .map(|length| AnalyticsLength {
                minutes: length.minutes,
                answers: length.turns,
            })
            .collect(),
        hours: found.hours.into_iter().map(|hours| hours.to_vec()).collect(),
        sources: found
            .sources
            .into_iter()
            .map(|way| AnalyticsSource {
                source: Some(way.source).filter(|source| !source.is_empty()),
                clients: way.clients,
                clients_before: way.clients_before,
            })
            .collect(),
        behind: found.behind,
    }
}

/// 0 stands for accounts that are gone.
fn there(id: AccountId) -> Option<AccountId> {
    Some(id).filter(|id| id.0 != 0)
}

fn totals(totals: &Totals) -> AnalyticsTotals {
    AnalyticsTotals {
        firsts: totals.firsts,
        incoming: totals.incoming,
        outgoing: totals.outgoing,
        asked: totals.asked,
        answered: totals.answered,
        dismissed: totals.dismissed,
        median_ms: totals.median_ms,
        p90_ms: totals.p90_ms,
    }
}

pub(crate) async fn settings(app: &App, _: Empty) -> Result<AnalyticsSettings, ApiError> {
    let hours = basis(app).await?.hours;
    Ok(AnalyticsSettings {
        working_hours: hours.respected,
        from_minutes: hours.from,
        to_minutes: hours.to,
        days: hours.days,
    })
}

pub(crate) async fn save_settings(app: &App, settings: AnalyticsSettings) -> Result<Empty, ApiError> {
    let hours = Hours {
        respected: settings.working_hours,
        from: settings.from_minutes,
        to: settings.to_minutes,
        days: settings.days,
    };
    hours.check().map_err(|error| match error {
        HoursError::NoTime("from") => ApiError::field("from_minutes", Reason::new("analytics.error.no_time")),
        HoursError::NoTime(_) => ApiError::field("to_minutes", Reason::new("analytics.error.no_time")),
        HoursError::NoDay => ApiError::field("days", Reason::new("analytics.error.no_working_day")),
    })?;
    let mut tx = app.store().write().await?;
    store::settings::set(&mut tx, HOURS, &hours).await?;
    tx.commit().await?;
    app.inner.desk.poke_counting();
    app.engine().changes().announce(Change::Analytics);
    Ok(Empty {})
}

pub(crate) async fn export(app: &App, request: ExportAnalytics) -> Result<ExportRef, ApiError> {
    let table = Table::of(&request.table).ok_or_else(|| ApiError::field("table", Reason::new("error.wrong_shape")))?;
    let profile = boot::profile(app).await?;
    let wish = Wish {
        what: What::Table(TableWish { table }),
        period: exports::period(&request.first_day, &request.last_day)?,
        account_ids: request.account_ids,
        format: exports::meant_format(request.format),
        language: profile.language,
        zone: profile.time_zone,
    };
    wish.check()?;
    exports::order(app, &wish).await
}
