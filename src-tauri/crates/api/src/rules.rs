//! The settings that every channel has, what they do with messages, and judging again.

use std::collections::BTreeMap;

use domain::{AccountId, Reason, Verdict};
use engine::{Change, ChannelRules, SECTIONS};
use filters::{Facts, Person, Spintax, Why};
use serde_json::Value;
use store::verdicts;

use crate::{
    accounts::check_settings,
    app::App,
    boot,
    error::{ApiError, Code},
    wire::{
        AccountRef, Empty, FilterCounts, JudgedView, LastDays, MessageRef, PreviewRejudging, RejudgingPreview,
        RejudgingSample, RejudgingView, RuleSection, RulesForm, SaveRules, SettingInfo, SpintaxPreview, SpintaxText,
        Tried, TryFilters,
    },
};

const MOST_DAYS: u32 = 365;
const VARIANTS: u32 = 12;

pub(crate) async fn get(app: &App, request: AccountRef) -> Result<RulesForm, ApiError> {
    let db = app.store().read();
    let account = store::accounts::get(db, request.account_id).await?;
    let channel = app.engine().channel(&account.channel).ok_or_else(unknown)?;
    let own = channel
        .descriptor()
        .settings
        .iter()
        .map(|field| boot::setting(field.key, field.kind));
    let own: Vec<SettingInfo> = own.collect();
    let common = SECTIONS.iter().map(|section| RuleSection {
        key: section.key.to_owned(),
        fields: fields(section, channel.can_mark_read()),
    });
    let own = Some(own).filter(|fields| !fields.is_empty()).map(|fields| RuleSection {
        key: "own".to_owned(),
        fields,
    });
    let mut values = store::rules::get(db, account.id).await?.chosen;
    values.extend(account.settings);
    Ok(RulesForm {
        sections: own
            .into_iter()
            .chain(common)
            .filter(|section| !section.fields.is_empty())
            .collect(),
        values,
    })
}

fn unknown() -> ApiError {
    ApiError::of(Code::NotFound, "error.unknown_channel")
}

fn fields(section: &engine::RuleSection, can_mark_read: bool) -> Vec<SettingInfo> {
    let offered = section.fields.iter().filter(|field| can_mark_read || !field.marks_read);
    offered
        .map(|field| SettingInfo {
            needs: field.needs.map(str::to_owned),
            warns: field.warns,
            ..boot::setting(field.field.key, field.field.kind)
        })
        .collect()
}

pub(crate) async fn save(app: &App, request: SaveRules) -> Result<Empty, ApiError> {
    let account = store::accounts::get(app.store().read(), request.account_id).await?;
    let channel = app.engine().channel(&account.channel).ok_or_else(unknown)?.descriptor();
    let is_common = |key: &str| {
        SECTIONS
            .iter()
            .flat_map(|section| section.fields)
            .any(|field| field.field.key == key)
    };
    let (common, own): (BTreeMap<_, _>, BTreeMap<_, _>) =
        request.values.into_iter().partition(|(key, _)| is_common(key));
    compile(&common)?;
    check_settings(channel, &own)?;
    let mut settings = account.settings.clone();
    settings.extend(own);
    let mut tx = app.store().write().await?;
    store::rules::set(&mut tx, account.id, &common, app.now()).await?;
    store::accounts::set_network(
        &mut tx,
        account.id,
        &settings,
        &account.endpoints,
        account.proxy.as_deref(),
    )
    .await?;
    tx.commit().await?;
    app.engine().changes().announce(Change::Rules(account.id));
    if settings != account.settings {
        app.engine().changes().announce(Change::Accounts);
        if account.active {
            app.engine().start_account(account.id).await?;
        }
    }
    Ok(Empty {})
}

/// Rules for use, or every field to correct.
fn compile(values: &BTreeMap<String, Value>) -> Result<ChannelRules, ApiError> {
    ChannelRules::read(values, 0).map_err(ApiError::fields)
}

pub(crate) async fn try_out(_: &App, request: TryFilters) -> Result<Tried, ApiError> {
    let rules = compile(&request.values)?;
    let sender = request
        .sender
        .as_deref()
        .map(str::trim)
        .filter(|sender| !sender.is_empty());
    // What is typed may be either; a number is no user name and a user name no number.
    let person = sender.map(|typed| Person {
        username: Some(typed),
        phone: Some(typed),
        ..Person::default()
    });
    let why = rules.filter.judge(&Facts {
        sender: person.as_slice(),
        files: request.files.unwrap_or(false),
        ..Facts::said(&request.text)
    });
    Ok(Tried {
        verdict: why.verdict(),
        reason: why.reason(),
    })
}

pub(crate) async fn judged(app: &App, request: MessageRef) -> Result<JudgedView, ApiError> {
    let db = app.store().read();
    let message = store::messages::get(db, request.message_id).await?;
    let row = verdicts::get(db, message.id).await?;
    let reason = row
        .as_ref()
        .and_then(|row| row.reason.clone())
        .unwrap_or_else(|| Why::Clean.reason());
    Ok(JudgedView {
        verdict: row.as_ref().map_or(Verdict::Pass, |row| row.verdict),
        reason,
        decided_at: row.map(|row| row.decided_at),
        hush: store::auto_replies::hush(db, message.id).await?,
    })
}

pub(crate) async fn counts(app: &App, request: LastDays) -> Result<FilterCounts, ApiError> {
    let days = std::time::Duration::from_secs(86_400) * check_days(request.days)?;
    let since = app.now().minus(days);
    let (incoming, filtered) = verdicts::counts_since(app.store().read(), request.account_id, since).await?;
    Ok(FilterCounts { incoming, filtered })
}

fn check_days(days: u32) -> Result<u32, ApiError> {
    if (1..=MOST_DAYS).contains(&days) {
        return Ok(days);
    }
    let reason = Reason::new("error.setting_range").with("min", 1).with("max", MOST_DAYS);
    Err(ApiError::field("days", reason))
}

pub(crate) async fn preview(app: &App, request: PreviewRejudging) -> Result<RejudgingPreview, ApiError> {
    let days = check_days(request.days)?;
    let values = match request.values {
        Some(values) => values,
        None => saved(app, request.account_id).await?,
    };
    let rules = compile(&values)?;
    let found = app.engine().preview_rejudging(request.account_id, &rules, days).await?;
    let samples = found.samples.into_iter().map(|sample| RejudgingSample {
        message_id: sample.message_id,
        conversation_id: sample.conversation_id,
        sent_at: sample.sent_at,
        text: sample.text,
        before: sample.before,
        after: sample.after.verdict(),
        reason: sample.after.reason(),
    });
    Ok(RejudgingPreview {
        judged: found.judged,
        filtered: found.filtered,
        passed: found.passed,
        samples: samples.collect(),
    })
}

async fn saved(app: &App, account: AccountId) -> Result<BTreeMap<String, Value>, ApiError> {
    Ok(store::rules::get(app.store().read(), account).await?.chosen)
}

pub(crate) async fn rejudge(app: &App, request: LastDays) -> Result<Empty, ApiError> {
    let days = check_days(request.days)?;
    let account = store::accounts::get(app.store().read(), request.account_id).await?;
    app.engine().rejudge(account.id, days).await?;
    Ok(Empty {})
}

pub(crate) async fn progress(app: &App, request: AccountRef) -> Result<Option<RejudgingView>, ApiError> {
    let run = store::rejudgings::get(app.store().read(), request.account_id).await?;
    Ok(run.map(|run| RejudgingView {
        conversations: run.conversations,
        seen: run.seen,
        judged: run.judged,
        filtered: run.filtered,
        passed: run.passed,
        started_at: run.started_at,
        finished_at: run.finished_at,
        cancelled: run.cancelled,
    }))
}

pub(crate) async fn cancel(app: &App, request: AccountRef) -> Result<Empty, ApiError> {
    app.engine().cancel_rejudging(request.account_id).await?;
    Ok(Empty {})
}

pub(crate) async fn spintax(_: &App, request: SpintaxText) -> Result<SpintaxPreview, ApiError> {
    let text = Spintax::parse(&request.text).map_err(|error| ApiError::field("text", error.reason()))?;
    let limit = request.limit.unwrap_or(VARIANTS).clamp(1, 100);
    Ok(SpintaxPreview {
        count: text.variants(),
        variants: text.preview(u64::from(limit)),
    })
}
