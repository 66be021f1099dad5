//! How often and how long.

use crate::world::Portal;
use sandbox::Options;
use serde_json::json;

#[tokio::test]
async fn fifty_calls_fit_into_the_bucket_and_a_batch_is_one() {
    let portal = Portal::with(Options::default()).await;
    let cmd = vec!["profile"; 50];
    portal.call("batch", json!({"cmd": cmd})).await;
    let calls = (0..70).map(|_| portal.ask(&portal.token, "profile", json!({})));
    let answers = futures::future::join_all(calls).await;
    let refused: Vec<_> = answers.iter().filter(|(status, _)| *status == 503).collect();
    assert!((10..=21).contains(&refused.len()), "{} were refused", refused.len());
    assert_eq!(
        refused[0].1,
        json!({"error": "QUERY_LIMIT_EXCEEDED", "error_description": "Too many requests"})
    );
}

#[tokio::test]
async fn a_boxed_portal_counts_nothing() {
    let portal = Portal::with(Options::default()).await;
    portal.switch("portal", json!({"boxed": true}));
    let calls = (0..70).map(|_| portal.ask(&portal.token, "profile", json!({})));
    let answers = futures::future::join_all(calls).await;
    assert!(answers.iter().all(|(status, _)| *status == 200));
}

#[tokio::test]
async fn a_method_that_ran_too_long_rests_while_others_go_on() {
    let portal = Portal::with(Options::default()).await;
    portal.switch("operating", json!({"method": "crm.lead.list", "seconds": 481}));
    assert_eq!(
        portal.refusal("crm.lead.list", json!({})).await,
        (429, "OPERATION_TIME_LIMIT".into())
    );
    portal.call("crm.deal.list", json!({})).await;
    portal
        .sandbox
        .world()
        .clock
        .advance(jiff::SignedDuration::from_secs(600));
    assert_eq!(portal.answer("crm.lead.list", json!({})).await["result"], json!([]));
}

#[tokio::test]
async fn support_may_block_a_portal() {
    let portal = Portal::start().await;
    portal.switch("portal", json!({"overloaded": true}));
    assert_eq!(
        portal.refusal("profile", json!({})).await,
        (503, "OVERLOAD_LIMIT".into())
    );
}
