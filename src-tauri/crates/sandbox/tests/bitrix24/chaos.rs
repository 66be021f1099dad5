//! Trouble on the line speaks as Bitrix24 does.

use crate::world::Portal;
use sandbox::chaos::{Kind, Trouble};
use serde_json::json;

#[tokio::test]
async fn ordered_trouble_has_the_vendors_words() {
    let portal = Portal::start().await;
    let chaos = &portal.sandbox.crm("bitrix24").unwrap().chaos;
    chaos.order(
        Trouble::of(Kind::TooManyRequests { retry_after: 1 })
            .on("crm.lead.*")
            .times(1),
    );
    chaos.order(Trouble::of(Kind::ExpiredToken).on("profile").times(1));
    chaos.order(Trouble::of(Kind::ServerError { status: 500 }).on("scope").times(1));
    assert_eq!(
        portal.refusal("crm.lead.add", json!({"fields": {}})).await,
        (503, "QUERY_LIMIT_EXCEEDED".into())
    );
    assert_eq!(
        portal.refusal("profile", json!({})).await,
        (401, "expired_token".into())
    );
    assert_eq!(
        portal.refusal("scope", json!({})).await,
        (500, "INTERNAL_SERVER_ERROR".into())
    );
    assert_eq!(portal.call("crm.lead.list", json!({})).await, json!([]));
}

#[tokio::test]
async fn a_lost_answer_leaves_the_lead_there() {
    let portal = Portal::start().await;
    let chaos = &portal.sandbox.crm("bitrix24").unwrap().chaos;
    chaos.order(Trouble::of(Kind::LoseAnswer).on("crm.lead.add").times(1));
    let url = format!("{}/rest/crm.lead.add", portal.base);
    let body =
        json!({"auth": portal.token, "fields": {"TITLE": "Стол", "ORIGINATOR_ID": "besedka", "ORIGIN_ID": "42"}});
    assert!(portal.http.post(url).json(&body).send().await.is_err());
    let trace = json!({"filter": {"ORIGINATOR_ID": "besedka", "ORIGIN_ID": "42"}});
    assert_eq!(portal.call("crm.lead.list", trace).await[0]["TITLE"], "Стол");
}

#[tokio::test]
async fn ordered_errors_strike_as_often_as_ordered() {
    let portal = Portal::start().await;
    let order = json!({"code": "ERROR_CORE", "description": "TASKS_ERROR", "method": "tasks.task.add"});
    portal.switch("error", order);
    let task = json!({"fields": {"TITLE": "Позвонить", "RESPONSIBLE_ID": 7}});
    assert_eq!(portal.refusal("tasks.task.add", task.clone()).await.1, "ERROR_CORE");
    portal.call("tasks.task.add", task).await;
}
