//! What the window needs first, and what it remembers.

use std::collections::BTreeMap;

use contracts::{
    channel::{Channel, Descriptor, Endpoint, SettingKind, Texts},
    crm::CrmDescriptor,
};
use domain::{Reason, text};
use engine::Change;
use serde::Serialize;
use store::{Store, StoreError};

use crate::{
    app::App,
    error::ApiError,
    links,
    wire::{
        Boot, ChannelCapabilities, ChannelInfo, CrmInfo, Empty, EndpointInfo, Onboarding, Profile, SettingInfo,
        UiSettings, Workspace,
    },
};

const PROFILE: &str = "profile";
const SETTINGS: &str = "ui";
const ONBOARDING: &str = "onboarding";
const LANGUAGES: [&str; 3] = ["ru", "en", "es"];

impl Default for Profile {
    fn default() -> Self {
        Self {
            name: String::new(),
            email: String::new(),
            phone: String::new(),
            language: "ru".to_owned(),
            time_zone: "Europe/Moscow".to_owned(),
            alert_email: String::new(),
        }
    }
}

impl Default for UiSettings {
    fn default() -> Self {
        Self {
            theme: "system".to_owned(),
            enter_sends: true,
            font_percent: 100,
            do_not_disturb: false,
            notifications: true,
            close_to_tray: true,
            autostart: false,
            wait_warn_minutes: 10,
            wait_alarm_minutes: 30,
        }
    }
}

pub(crate) async fn boot(app: &App, _: Empty) -> Result<Boot, ApiError> {
    let db = app.store().read();
    let workspace = &app.inner.workspace;
    Ok(Boot {
        version: app.inner.version.to_owned(),
        workspace: Workspace {
            demo: workspace.demo,
            folder: workspace.folder.to_string_lossy().into_owned(),
            passphrase: workspace.passphrase,
            recovered: workspace.recovered.clone(),
        },
        profile: profile(app).await?,
        settings: settings(app).await?,
        channels: app.engine().channels().iter().map(|channel| info(*channel)).collect(),
        crms: app
            .engine()
            .crms()
            .iter()
            .map(|crm| crm_info(crm.descriptor()))
            .collect(),
        onboarding: store::settings::get(db, ONBOARDING)
            .await?
            .unwrap_or_else(|| Onboarding {
                step: "profile".to_owned(),
            }),
    })
}

pub(crate) async fn profile(app: &App) -> Result<Profile, ApiError> {
    Ok(stored_profile(app.store()).await?)
}

pub(crate) async fn stored_profile(store: &Store) -> Result<Profile, StoreError> {
    Ok(store::settings::get(store.read(), PROFILE).await?.unwrap_or_default())
}

pub(crate) async fn settings(app: &App) -> Result<UiSettings, ApiError> {
    Ok(store::settings::get(app.store().read(), SETTINGS)
        .await?
        .unwrap_or_default())
}

pub(crate) async fn save_profile(app: &App, profile: Profile) -> Result<Empty, ApiError> {
    let mut profile = profile;
    profile.name = profile.name.trim().to_owned();
    if profile.name.is_empty() || profile.name.chars().count() > 120 {
        return Err(ApiError::field("name", Reason::new("error.name_required")));
    }
    for (field, address) in [("email", &profile.email), ("alert_email", &profile.alert_email)] {
        if !address.trim().is_empty() && !looks_like_address(address) {
            return Err(ApiError::field(field, Reason::new("error.email")));
        }
    }
    if !profile.phone.trim().is_empty() {
        profile.phone =
            text::phone(&profile.phone).ok_or_else(|| ApiError::field("phone", Reason::new("error.phone")))?;
    }
    if !LANGUAGES.contains(&profile.language.as_str()) {
        return Err(ApiError::field("language", Reason::new("error.language")));
    }
    if jiff::tz::TimeZone::get(&profile.time_zone).is_err() {
        return Err(ApiError::field("time_zone", Reason::new("error.time_zone")));
    }
    remember(app, PROFILE, &profile).await?;
    app.inner.words.speak(&profile.language);
    Ok(Empty {})
}

/// One `@` with something on both sides and a dot behind it: the mail server has the last word.
fn looks_like_address(address: &str) -> bool {
    let address = address.trim();
    address.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains('@')
    }) && !address.contains(char::is_whitespace)
}

pub(crate) async fn save_settings(app: &App, settings: UiSettings) -> Result<Empty, ApiError> {
    if !["system", "light", "dark"].contains(&settings.theme.as_str()) {
        return Err(ApiError::field("theme", Reason::new("error.theme")));
    }
    if !(90..=150).contains(&settings.font_percent) {
        return Err(ApiError::field("font_percent", Reason::new("error.font_percent")));
    }
    if settings.wait_warn_minutes == 0 || settings.wait_alarm_minutes <= settings.wait_warn_minutes {
        return Err(ApiError::field("wait_alarm_minutes", Reason::new("error.wait_minutes")));
    }
    remember(app, SETTINGS, &settings).await
}

pub(crate) async fn save_onboarding(app: &App, onboarding: Onboarding) -> Result<Empty, ApiError> {
    if !["profile", "channels", "done"].contains(&onboarding.step.as_str()) {
        return Err(ApiError::field("step", Reason::new("error.wrong_shape")));
    }
    remember(app, ONBOARDING, &onboarding).await
}

async fn remember<T: Serialize>(app: &App, key: &str, value: &T) -> Result<Empty, ApiError> {
    let mut tx = app.store().write().await?;
    store::settings::set(&mut tx, key, value).await?;
    tx.commit().await?;
    app.engine().changes().announce(Change::Settings);
    Ok(Empty {})
}

fn info(channel: &'static dyn Channel) -> ChannelInfo {
    let descriptor = channel.descriptor();
    ChannelInfo {
        id: descriptor.id.to_string(),
        letter: descriptor.mark.letter.to_owned(),
        colour: descriptor.mark.colour.to_owned(),
        texts: texts(descriptor.id.as_str(), descriptor.texts),
        logins: descriptor.logins.iter().map(|flow| flow.id.to_owned()).collect(),
        endpoints: endpoints(descriptor.endpoints),
        settings: descriptor
            .settings
            .iter()
            .map(|field| setting(field.key, field.kind))
            .collect(),
        capabilities: capabilities(descriptor),
    }
}

fn texts(id: &str, of: Texts) -> BTreeMap<String, BTreeMap<String, String>> {
    let read = |json: &str| {
        serde_json::from_str(json).unwrap_or_else(|error| {
            tracing::error!(id, %error, "texts can't be read");
            BTreeMap::new()
        })
    };
    [("ru", of.ru), ("en", of.en), ("es", of.es)]
        .map(|(language, json)| (language.to_owned(), read(json)))
        .into()
}

fn endpoints(of: &[Endpoint]) -> Vec<EndpointInfo> {
    let info = |endpoint: &Endpoint| EndpointInfo {
        key: endpoint.key.to_owned(),
        default: endpoint.default.to_owned(),
    };
    of.iter().map(info).collect()
}

fn crm_info(descriptor: &CrmDescriptor) -> CrmInfo {
    CrmInfo {
        id: descriptor.id.to_string(),
        letter: descriptor.mark.letter.to_owned(),
        colour: descriptor.mark.colour.to_owned(),
        texts: texts(descriptor.id.as_str(), descriptor.texts),
        logins: descriptor.logins.iter().map(|flow| flow.id.to_owned()).collect(),
        endpoints: endpoints(descriptor.endpoints),
        sections: descriptor.settings.iter().map(links::section).collect(),
        replies: descriptor.abilities.replies,
        write_first: descriptor.abilities.write_first,
        cards: descriptor.abilities.cards,
    }
}

/// A setting as the generic form draws it.
pub(crate) fn setting(key: &str, kind: SettingKind) -> SettingInfo {
    let name = match kind {
        SettingKind::Switch { .. } => "switch",
        SettingKind::Text => "text",
        SettingKind::Number { .. } => "number",
        SettingKind::Lines => "lines",
        SettingKind::Choice { .. } => "choice",
        SettingKind::Time { .. } => "time",
        SettingKind::TimeZone { .. } => "time_zone",
        SettingKind::Days => "days",
    };
    let (min, max) = match kind {
        SettingKind::Number { min, max, .. } => (Some(min), Some(max)),
        _ => (None, None),
    };
    let options = match kind {
        SettingKind::Choice { options, .. } => options.iter().map(|option| (*option).to_owned()).collect(),
        _ => Vec::new(),
    };
    SettingInfo {
        key: key.to_owned(),
        kind: name.to_owned(),
        default: Some(kind.default_value()).filter(|_| !matches!(kind, SettingKind::Text)),
        min,
        max,
        options,
        needs: None,
        warns: false,
    }
}

fn capabilities(descriptor: &Descriptor) -> ChannelCapabilities {
    let of = &descriptor.capabilities;
    let kind =
        |limit: &contracts::channel::MediaLimit| serde_json::to_value(limit.kind).ok()?.as_str().map(str::to_owned);
    ChannelCapabilities {
        text_limit: of.text_limit,
        caption_limit: of.caption_limit,
        files_per_message: of.files_per_message,
        file_limits: of
            .media
            .iter()
            .filter_map(|limit| Some((kind(limit)?, limit.max_bytes)))
            .collect(),
        replies: of.replies,
        edit_window_secs: of.edit_window_secs,
        delete_window_secs: of.delete_window_secs,
        read_receipts: of.read_receipts,
        history: of.history,
        write_first: of.write_first.iter().map(|form| (*form).to_owned()).collect(),
    }
}
