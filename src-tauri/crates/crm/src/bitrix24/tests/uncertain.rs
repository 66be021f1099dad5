//! Calls whose answer is lost, and kills between two of them.

use contracts::{Clock, SystemClock, crm::Trace};
use sandbox::crm::CardKind;
use serde_json::json;

use super::world::{World, anna, does, one, ours, says};

#[tokio::test]
async fn a_message_whose_answer_was_lost_is_found_in_its_line() {
    let world = World::quiet(json!({})).await;
    let link = world.link().await;
    let mut first = says(&anna(), 1, "Есть диваны?");
    first.intended_at = Some(SystemClock.now());
    assert_eq!(link.trace(&first).await.unwrap(), Trace::Missing);
    world.loses_answer("imconnector.send.messages");
    let lost = one(&link, &first).await;
    assert!(lost.is_err_and(|error| !certain(&error)));
    assert_eq!(world.words(), ["Есть диваны?"]);
    let again = world.link().await;
    assert!(
        matches!(again.trace(&first).await.unwrap(), Trace::Found(_)),
        "though no chat was bound yet"
    );
    does(&again, &first).await;
    assert_eq!(world.words(), ["Есть диваны?"]);
    let mut second = ours(&anna(), 2, "Есть");
    second.intended_at = Some(SystemClock.now());
    assert_eq!(again.trace(&second).await.unwrap(), Trace::Missing);
}

fn certain(error: &contracts::crm::ApplyError) -> bool {
    matches!(error, contracts::crm::ApplyError::Call(error) if error.certain())
}

#[tokio::test]
async fn a_line_without_a_tracker_says_that_it_cannot_be_seen() {
    let world = World::quiet(json!({})).await;
    world.special("line", json!({ "id": 1, "CRM": "N" }));
    let link = world.link().await;
    let mut work = says(&anna(), 1, "Ау");
    work.intended_at = Some(SystemClock.now());
    assert!(matches!(link.trace(&work).await.unwrap(), Trace::Unknown(_)));
}

#[tokio::test]
async fn a_lead_whose_answer_was_lost_is_not_made_twice() {
    let world = World::webhook(json!({})).await;
    let link = world.link().await;
    let work = says(&anna(), 1, "Ау");
    world.loses_answer("crm.lead.add");
    assert!(one(&link, &work).await.is_err());
    does(&world.link().await, &work).await;
    let leads = world.cards(CardKind::Lead);
    let ours: Vec<_> = leads.iter().filter(|lead| lead.title.starts_with("Анна")).collect();
    assert_eq!((ours.len(), ours[0].notes.len()), (1, 1));
}

#[tokio::test]
async fn a_comment_whose_answer_was_lost_is_found_by_its_mark() {
    let world = World::webhook(json!({})).await;
    let link = world.link().await;
    let mut work = says(&anna(), 1, "Ау");
    work.intended_at = Some(SystemClock.now());
    world.loses_answer("crm.timeline.comment.add");
    assert!(one(&link, &work).await.is_err());
    assert!(matches!(link.trace(&work).await.unwrap(), Trace::Found(refs) if refs.len() == 2));
}
