//! Logging in on VK's own page, with an application of the user's own: the implicit flow for communities.
//! <https://dev.vk.com/api/access-token/implicit-flow-community>

use std::collections::BTreeMap;

use async_trait::async_trait;
use contracts::{
    Secret,
    channel::{FieldKind, Inputs, Login, LoginError, LoginStep},
};
use net::BaseAddress;
use url::{Url, form_urlencoded};

use super::{
    client,
    errors::reason,
    login_token::{RIGHTS, field, log_in, looks_like_token},
    write_first::bare,
};
use crate::shared::vk_api::{Reach, VERSION, VkApi};

const APP: &str = "app";
const COMMUNITIES: &str = "communities";
const ANSWER: &str = "answer";
const COMMUNITY: &str = "community";

/// Keys by community; 0 where a bare key was pasted.
type Keys = BTreeMap<i64, Secret<String>>;

/// The flow `oauth`.
pub(super) struct LoginOauth {
    reach: Reach,
    /// Where VK's own pages are.
    pages: BaseAddress,
    stage: Stage,
}

/// What the person sees.
enum Stage {
    /// Whose application, and which communities.
    Ask,
    /// VK's page is open.
    Open { url: String },
    /// Several communities were allowed.
    Choose { keys: Keys, names: Vec<(String, String)> },
}

impl LoginOauth {
    pub(super) fn new(reach: Reach, pages: BaseAddress) -> Self {
        Self {
            reach,
            pages,
            stage: Stage::Ask,
        }
    }
}

#[async_trait]
impl Login for LoginOauth {
    async fn next(&mut self, inputs: Inputs) -> Result<LoginStep, LoginError> {
        if inputs.0.is_empty() {
            return Ok(self.step());
        }
        match &self.stage {
            Stage::Ask => {
                let url = self.page(app(inputs.get(APP))?, &communities(inputs.get(COMMUNITIES))?)?;
                self.stage = Stage::Open { url };
                Ok(self.step())
            }
            Stage::Open { .. } => self.answered(keys(inputs.get(ANSWER))?).await,
            Stage::Choose { keys, .. } => {
                let chosen = inputs.get(COMMUNITY).parse().ok().and_then(|id: i64| keys.get(&id));
                let unknown = || LoginError::field(COMMUNITY, reason("vk_messages.reason.community_choice"));
                let key = chosen.ok_or_else(unknown)?.clone();
                log_in(&self.reach, key, COMMUNITY).await.map(LoginStep::Done)
            }
        }
    }
}

impl LoginOauth {
    fn step(&self) -> LoginStep {
        match &self.stage {
            Stage::Ask => LoginStep::Input {
                text: "login.oauth.app",
                params: BTreeMap::new(),
                fields: vec![field(APP, FieldKind::Text), field(COMMUNITIES, FieldKind::Text)],
            },
            Stage::Open { url } => LoginStep::OpenUrl {
                text: "login.oauth.open",
                url: url.clone(),
                fields: vec![field(ANSWER, FieldKind::Secret)],
                refresh_secs: None,
            },
            Stage::Choose { names, .. } => LoginStep::Input {
                text: "login.oauth.choose",
                params: BTreeMap::new(),
                fields: vec![field(COMMUNITY, FieldKind::Choice { options: names.clone() })],
            },
        }
    }

    /// VK's page that asks for the rights. It leads back to an empty page of VK, whose address holds the keys: a
    /// desktop program has no address of its own.
    fn page(&self, app: &str, communities: &[i64]) -> Result<String, LoginError> {
        let misplaced = |_| LoginError::Ended(reason("vk_messages.reason.refused").with("code", "oauth"));
        let back = self.pages.join("blank.html").map_err(misplaced)?;
        let mut page = self.pages.join("authorize").map_err(misplaced)?;
        let ids: Vec<String> = communities.iter().map(i64::to_string).collect();
        page.query_pairs_mut()
            .append_pair("client_id", app)
            .append_pair("group_ids", &ids.join(","))
            .append_pair("redirect_uri", back.as_str())
            .append_pair("display", "page")
            .append_pair("scope", &RIGHTS.join(","))
            .append_pair("response_type", "token")
            .append_pair("v", VERSION);
        Ok(page.into())
    }

    /// One key is the end; of several the person chooses.
    async fn answered(&mut self, keys: Keys) -> Result<LoginStep, LoginError> {
        let Some(first) = keys.values().next().cloned() else {
            return Err(LoginError::field(ANSWER, reason("vk_messages.reason.answer_form")));
        };
        if keys.len() == 1 {
            return log_in(&self.reach, first, ANSWER).await.map(LoginStep::Done);
        }
        let api = VkApi::new(self.reach.clone(), first);
        let ids: Vec<i64> = keys.keys().copied().collect();
        // Without names the numbers have to do.
        let pages = client::communities(&api, &ids)
            .await
            .map(|pages| pages.groups)
            .unwrap_or_default();
        let name = |id: &i64| {
            let page = pages.iter().find(|page| page.id == *id);
            page.map_or_else(|| format!("vk.com/club{id}"), |page| page.name.clone())
        };
        let names = keys.keys().map(|id| (id.to_string(), name(id))).collect();
        self.stage = Stage::Choose { keys, names };
        Ok(self.step())
    }
}

fn app(entered: &str) -> Result<&str, LoginError> {
    let is_number = !entered.is_empty() && entered.bytes().all(|byte| byte.is_ascii_digit());
    is_number
        .then_some(entered)
        .ok_or_else(|| LoginError::field(APP, reason("vk_messages.reason.app_form")))
}

/// `123`, `club123`, `vk.com/public123`, several of them.
fn communities(entered: &str) -> Result<Vec<i64>, LoginError> {
    let wrong = |reason| LoginError::field(COMMUNITIES, reason);
    let words = entered.split(|c: char| c == ',' || c == ';' || c.is_whitespace());
    let ids = words.filter(|word| !word.is_empty()).map(|word| {
        let form = reason("vk_messages.reason.communities_form").with("what", word);
        community(word).ok_or_else(|| wrong(form))
    });
    let ids: Vec<i64> = ids.collect::<Result<_, _>>()?;
    if ids.is_empty() {
        return Err(wrong(reason("vk_messages.reason.communities_empty")));
    }
    Ok(ids)
}

fn community(word: &str) -> Option<i64> {
    let page = bare(word);
    let number = ["club", "public", "event", "-"]
        .iter()
        .find_map(|kind| page.strip_prefix(kind))
        .unwrap_or(page);
    number.parse().ok().filter(|id| *id > 0)
}

/// The keys in the address of the empty page: `#access_token_<community>=…`, or a bare key.
fn keys(pasted: &str) -> Result<Keys, LoginError> {
    let wrong = |key| Err(LoginError::field(ANSWER, reason(key)));
    if pasted.is_empty() {
        return wrong("vk_messages.reason.answer_empty");
    }
    if looks_like_token(pasted) {
        return Ok(Keys::from([(0, Secret::new(pasted.to_owned()))]));
    }
    let told = Url::parse(pasted)
        .ok()
        .and_then(|url| url.fragment().or(url.query()).map(str::to_owned));
    let told = told.unwrap_or_else(|| pasted.trim_start_matches('#').to_owned());
    let mut keys = Keys::new();
    for (name, value) in form_urlencoded::parse(told.as_bytes()) {
        if name == "error" {
            return wrong("vk_messages.reason.answer_denied");
        }
        let community = name
            .strip_prefix("access_token")
            .map(|id| id.trim_start_matches('_').parse().unwrap_or(0));
        if let Some(community) = community {
            keys.insert(community, Secret::new(value.into_owned()));
        }
    }
    if keys.is_empty() {
        wrong("vk_messages.reason.answer_form")
    } else {
        Ok(keys)
    }
}
