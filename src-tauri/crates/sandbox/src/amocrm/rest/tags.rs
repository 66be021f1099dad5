//! Words that hang on cards. <https://www.amocrm.ru/developers/content/crm_platform/tags-api>

use super::call::Call;
use super::entities::kind;
use super::page::{Answer, MOST, made, page, request_id, text};
use super::problem::{Fault, Problem};
use crate::amocrm::state::entity::Tag;
use axum::extract::Path;
use serde_json::{Value, json};

pub(super) async fn list(Path(named): Path<String>, call: Call) -> Answer {
    call.needs("crm")?;
    let kind = kind(&named)?;
    let (names, numbers) = (call.query.many("filter[name]"), call.query.numbers("filter[id]"));
    let words = call.query.one("query").map(str::to_lowercase);
    let state = call.state();
    let wanted = |tag: &&Tag| {
        tag.kind == kind
            && names.as_ref().is_none_or(|some| some.contains(&tag.name.as_str()))
            && numbers.as_ref().is_none_or(|some| some.contains(&tag.id))
            && words
                .as_ref()
                .is_none_or(|words| tag.name.to_lowercase().contains(words))
    };
    let tags: Vec<&Tag> = state.tags.iter().filter(wanted).collect();
    page(
        &call,
        "tags",
        MOST,
        tags,
        |tag| json!({"id": tag.id, "name": tag.name, "color": null}),
    )
}

pub(super) async fn create(Path(named): Path<String>, call: Call) -> Answer {
    call.needs("crm")?;
    let kind = kind(&named)?;
    let items = call.items(MOST)?;
    let mut state = call.state();
    let make = |(place, item): (usize, &Value)| {
        let name = text(item, "name").ok_or_else(|| Problem::Invalid(vec![Fault::missing("name")]))?;
        let id = state.tag(kind, name);
        Ok(json!({"id": id, "name": name, "color": null, "request_id": request_id(item, place)}))
    };
    let answers = items
        .iter()
        .enumerate()
        .map(make)
        .collect::<Result<Vec<_>, Problem>>()?;
    made(&call, "tags", answers)
}
