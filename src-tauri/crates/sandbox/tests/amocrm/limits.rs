//! Seven calls a second.

use crate::world::Desk;
use reqwest::Method;
use sandbox::Options;
use sandbox::chaos::{Kind, Trouble};
use serde_json::json;

#[tokio::test]
async fn the_eighth_call_of_a_second_is_refused() {
    let desk = Desk::with(Options::default()).await;
    let started = tokio::time::Instant::now();
    let mut statuses = Vec::new();
    for _ in 0..8 {
        statuses.push(desk.refused(Method::GET, "account", None).await);
    }
    if started.elapsed().as_millis() < 900 {
        assert_eq!(statuses.iter().filter(|(status, _)| *status == 200).count(), 7);
        let (status, refusal) = statuses.pop().unwrap();
        assert_eq!(
            (status, &refusal["title"], &refusal["retry_after"]),
            (429, &json!("Too Many Requests"), &json!(1))
        );
    }
}

#[tokio::test]
async fn ordered_trouble_speaks_the_vendors_words() {
    let desk = Desk::open().await;
    let chaos = &desk.sandbox.crm("amocrm").unwrap().chaos;
    chaos.order(
        Trouble::of(Kind::TooManyRequests { retry_after: 9 })
            .on("leads/*")
            .times(1),
    );
    let (status, refusal) = desk.refused(Method::GET, "leads/17", None).await;
    assert_eq!(status, 404, "a bare number is no name of a method: {refusal}");
    let (status, refusal) = desk.refused(Method::GET, "leads/pipelines", None).await;
    assert_eq!((status, &refusal["retry_after"]), (429, &json!(9)));
    chaos.order(Trouble::of(Kind::ExpiredToken).on("contacts").times(1));
    assert_eq!(desk.refused(Method::GET, "contacts", None).await.0, 401);
}
