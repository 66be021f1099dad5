//! Connected CRMs: list, settings with live choices, switching, deleting.

use std::collections::BTreeMap;

use contracts::crm::{CrmDescriptor, CrmSetting, CrmSettingKind, PerChannel, Section, When};
use domain::{At, LinkId, Reason, substitution};
use engine::Change;
use serde_json::Value;
use store::{Link, crm_links};

use crate::{
    accounts::{check_endpoints, check_name, check_proxy, without_password},
    app::App,
    error::{ApiError, Code},
    wire::{
        ActivateLinks, Alert, AskChoices, ChoiceView, CrmSettingInfo, Empty, FilledTemplate, LinkDetails, LinkRef,
        LinkRow, PreviewTemplate, SectionInfo, UpdateLink, WhenInfo,
    },
};

/// So long before a login ends by itself people are told.
const WARN_BEFORE: std::time::Duration = std::time::Duration::from_secs(14 * 24 * 3600);

pub(crate) async fn list(app: &App, _: Empty) -> Result<Vec<LinkRow>, ApiError> {
    let db = app.store().read();
    let counts = crm_links::counts(db).await?;
    let links = crm_links::list(db).await?.into_iter();
    Ok(links
        .map(|link| {
            let counts = counts.get(&link.id).copied().unwrap_or_default();
            row(link, counts)
        })
        .collect())
}

fn row(link: Link, (queued, failed, failed_replies): (i64, i64, i64)) -> LinkRow {
    LinkRow {
        id: link.id,
        crm: link.crm,
        name: link.name,
        handle: link.handle,
        page: link.page,
        active: link.active,
        state: link.state,
        notices: link.notices,
        expires_at: link.expires_at,
        last_seen_at: link.last_seen_at,
        queued,
        failed,
        failed_replies,
    }
}

pub(crate) async fn get(app: &App, request: LinkRef) -> Result<LinkDetails, ApiError> {
    let link = crm_links::get(app.store().read(), request.link_id).await?;
    let counts = crm_links::counts(app.store().read()).await?;
    Ok(LinkDetails {
        settings: link.settings.clone(),
        endpoints: link.endpoints.clone(),
        proxy: link.proxy.as_deref().map(without_password),
        connected_at: link.connected_at,
        row: row(link, counts.get(&request.link_id).copied().unwrap_or_default()),
    })
}

fn unknown() -> ApiError {
    ApiError::of(Code::NotFound, "error.unknown_crm")
}

pub(crate) async fn update(app: &App, request: UpdateLink) -> Result<Empty, ApiError> {
    let link = crm_links::get(app.store().read(), request.link_id).await?;
    let crm = app.engine().crm(&link.crm).ok_or_else(unknown)?.descriptor();
    let settings = request.settings.unwrap_or_else(|| link.settings.clone());
    check_settings(crm, &settings)?;
    let endpoints = match request.endpoints {
        None => link.endpoints.clone(),
        Some(endpoints) => check_endpoints(crm.endpoints, endpoints)?,
    };
    let proxy = match request.proxy {
        None => link.proxy.clone(),
        Some(proxy) => check_proxy(&proxy, link.proxy.as_deref())?,
    };
    let mut tx = app.store().write().await?;
    if let Some(name) = &request.name {
        crm_links::rename(&mut tx, link.id, check_name(name)?).await?;
    }
    crm_links::set_network(&mut tx, link.id, &settings, &endpoints, proxy.as_deref()).await?;
    tx.commit().await?;
    app.engine().changes().announce(Change::Links);
    let changed = settings != link.settings || endpoints != link.endpoints || proxy != link.proxy;
    if changed && link.active {
        app.engine().start_link(link.id).await?;
    }
    Ok(Empty {})
}

fn check_settings(crm: &CrmDescriptor, settings: &BTreeMap<String, Value>) -> Result<(), ApiError> {
    let known = crm.settings.iter().flat_map(|section| section.settings);
    for setting in known {
        let Some(value) = settings.get(setting.key) else {
            continue;
        };
        let fits = match setting.per_channel {
            PerChannel::No => fits(&setting.kind, value),
            PerChannel::May => value.as_object().is_some_and(|values| {
                let channel = |key: &str| key == "all" || key.parse::<i64>().is_ok();
                values
                    .iter()
                    .all(|(key, value)| channel(key) && fits(&setting.kind, value))
            }),
        };
        if !fits {
            let field = format!("settings.{}", setting.key);
            return Err(ApiError::field(&field, reason(&setting.kind)));
        }
    }
    Ok(())
}

fn reason(kind: &CrmSettingKind) -> Reason {
    match kind {
        CrmSettingKind::LongText {
            must_hold: Some(what), ..
        } => Reason::new("error.setting_must_hold").with("what", what),
        CrmSettingKind::Template { .. } | CrmSettingKind::Tags | CrmSettingKind::Fields { .. } => {
            Reason::new("error.setting_template")
        }
        _ => Reason::new("error.setting_value"),
    }
}

/// Whether a value has the form of its setting. Live values are checked by the CRM when they are used.
fn fits(kind: &CrmSettingKind, value: &Value) -> bool {
    let template = |value: &Value| {
        value
            .as_str()
            .is_some_and(|text| substitution::unknown(text).is_empty())
    };
    let list = |value: &Value, each: &dyn Fn(&Value) -> bool| value.as_array().is_some_and(|all| all.iter().all(each));
    match kind {
        CrmSettingKind::Switch { .. } => value.is_boolean(),
        CrmSettingKind::Text { .. } => value.is_string(),
        CrmSettingKind::LongText { must_hold, .. } => value
            .as_str()
            .is_some_and(|text| text.is_empty() || must_hold.is_none_or(|what| text.contains(what))),
        CrmSettingKind::Template { .. } => template(value),
        CrmSettingKind::Tags => list(value, &template),
        CrmSettingKind::Number { min, max, .. } => value.as_i64().is_some_and(|n| (*min..=*max).contains(&n)),
        CrmSettingKind::Choice { options, .. } => value.as_str().is_some_and(|chosen| options.contains(&chosen)),
        CrmSettingKind::Live { many: false, .. } => value.is_string(),
        CrmSettingKind::Live { many: true, .. } => list(value, &Value::is_string),
        CrmSettingKind::Fields { .. } => list(value, &|row| {
            row.get("field").is_some_and(Value::is_string) && row.get("template").is_some_and(template)
        }),
    }
}

pub(crate) async fn activate(app: &App, request: ActivateLinks) -> Result<Empty, ApiError> {
    for id in request.link_ids {
        let mut tx = app.store().write().await?;
        crm_links::set_active(&mut tx, id, request.active).await?;
        tx.commit().await?;
        if request.active {
            app.engine().start_link(id).await?;
        } else {
            app.engine().stop_link(id).await?;
        }
    }
    Ok(Empty {})
}

pub(crate) async fn retry(app: &App, request: LinkRef) -> Result<Empty, ApiError> {
    app.engine().reconnect_link(request.link_id);
    Ok(Empty {})
}

pub(crate) async fn delete(app: &App, request: LinkRef) -> Result<Empty, ApiError> {
    app.engine().stop_link(request.link_id).await?;
    let mut tx = app.store().write().await?;
    crm_links::delete(&mut tx, request.link_id).await?;
    tx.commit().await?;
    for change in [Change::Links, Change::Journal, Change::Replies, Change::Cards] {
        app.engine().changes().announce(change);
    }
    Ok(Empty {})
}

pub(crate) async fn choices(app: &App, request: AskChoices) -> Result<Vec<ChoiceView>, ApiError> {
    let choices = app.engine().crm_choices(request.link_id, &request.of).await?;
    Ok(choices
        .into_iter()
        .map(|choice| ChoiceView {
            value: choice.value,
            label: choice.label,
            group: choice.group,
            colour: choice.colour,
        })
        .collect())
}

pub(crate) async fn preview(app: &App, request: PreviewTemplate) -> Result<FilledTemplate, ApiError> {
    let values = app.engine().substitutions(request.conversation_id).await?;
    Ok(FilledTemplate {
        text: substitution::fill(&request.template, &values),
        unknown: substitution::unknown(&request.template),
    })
}

/// Links that need a person now, or soon.
pub(crate) async fn alerts(app: &App) -> Result<Vec<Alert>, ApiError> {
    let mut alerts = Vec::new();
    for link in crm_links::list(app.store().read())
        .await?
        .into_iter()
        .filter(|link| link.active)
    {
        let about = |what: &str, reason: Reason, action, at: At| Alert {
            id: format!("{what}-{}-{}", link.id, at.millis()),
            account_id: None,
            account_name: None,
            channel: None,
            link_id: Some(link.id),
            link_name: Some(link.name.clone()),
            crm: Some(link.crm.clone()),
            reason,
            action,
            at,
        };
        if link.state.needs_a_person() {
            let reason = link
                .state
                .reason
                .clone()
                .unwrap_or_else(|| Reason::new("reason.unknown"));
            alerts.push(about("link", reason, link.state.action.map(action), link.state.since));
        }
        if let Some(ends) = link.expires_at.filter(|ends| ends.minus(WARN_BEFORE) <= app.now()) {
            let days = ends.since(app.now()).as_secs() / 86_400;
            let reason = Reason::new("link.expires").with("count", days);
            alerts.push(about(
                "expires",
                reason,
                Some(domain::UserAction::Login),
                ends.minus(WARN_BEFORE),
            ));
        }
    }
    Ok(alerts)
}

fn action(of: domain::LinkAction) -> domain::UserAction {
    use domain::{LinkAction as L, UserAction as U};
    match of {
        L::Login => U::Login,
        L::SetProxy => U::SetProxy,
        L::GrantRights | L::Pay | L::FixSettings => U::FixSettings,
    }
}

pub(crate) fn section(of: &Section) -> SectionInfo {
    SectionInfo {
        key: of.key.to_owned(),
        when: of.when.map(when),
        settings: of.settings.iter().map(setting).collect(),
    }
}

fn when(of: When) -> WhenInfo {
    WhenInfo {
        key: of.key.to_owned(),
        is: of.is.iter().map(|value| (*value).to_owned()).collect(),
    }
}

fn setting(of: &CrmSetting) -> CrmSettingInfo {
    let blank = CrmSettingInfo {
        key: of.key.to_owned(),
        kind: String::new(),
        default: None,
        min: None,
        max: None,
        must_hold: None,
        options: Vec::new(),
        of: None,
        many: false,
        per_channel: of.per_channel == PerChannel::May,
        when: of.when.map(when),
    };
    let owned = |options: &[&str]| options.iter().map(|option| (*option).to_owned()).collect();
    let kind = |word: &str| word.to_owned();
    match of.kind {
        CrmSettingKind::Switch { default } => CrmSettingInfo {
            kind: kind("switch"),
            default: Some(default.into()),
            ..blank
        },
        CrmSettingKind::Text { default } => CrmSettingInfo {
            kind: kind("text"),
            default: Some(default.into()),
            ..blank
        },
        CrmSettingKind::LongText { default, must_hold } => CrmSettingInfo {
            kind: kind("long_text"),
            default: Some(default.into()),
            must_hold: must_hold.map(str::to_owned),
            ..blank
        },
        CrmSettingKind::Template { default } => CrmSettingInfo {
            kind: kind("template"),
            default: Some(default.into()),
            ..blank
        },
        CrmSettingKind::Tags => CrmSettingInfo {
            kind: kind("tags"),
            many: true,
            ..blank
        },
        CrmSettingKind::Number { min, max, default } => CrmSettingInfo {
            kind: kind("number"),
            default: Some(default.into()),
            min: Some(min),
            max: Some(max),
            ..blank
        },
        CrmSettingKind::Choice { options, default } => CrmSettingInfo {
            kind: kind("choice"),
            default: Some(default.into()),
            options: owned(options),
            ..blank
        },
        CrmSettingKind::Live { of, many, also } => CrmSettingInfo {
            kind: kind("live"),
            options: owned(also),
            of: Some(of.to_owned()),
            many,
            ..blank
        },
        CrmSettingKind::Fields { of } => CrmSettingInfo {
            kind: kind("fields"),
            of: Some(of.to_owned()),
            many: true,
            ..blank
        },
    }
}

/// The name of a link, for those that finish its login.
pub(crate) async fn name(app: &App, id: LinkId) -> Result<String, ApiError> {
    Ok(crm_links::get(app.store().read(), id).await?.name)
}
