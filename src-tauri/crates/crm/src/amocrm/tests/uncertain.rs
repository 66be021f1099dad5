//! Answers that are lost in the middle: what was done is found again, and nothing is doubled.

use contracts::crm::Trace;
use sandbox::{
    chaos::{Kind, Trouble},
    crm::CardKind,
};
use serde_json::json;

use super::world::{World, anna, one, says};

impl World {
    pub(super) fn order(&self, trouble: Trouble) {
        self.sandbox.crm("amocrm").unwrap().chaos.order(trouble);
    }
}

/// Everything that a first message makes, with each answer lost in turn; then as the engine does: traced, and done anew.
#[tokio::test]
async fn each_lost_answer_of_a_first_message_doubles_nothing() {
    for lost in ["contacts/custom_fields", "contacts", "leads", "tasks", "leads/notes"] {
        let world = World::append(json!({ "notify": "task_per_lead" })).await;
        let link = world.link().await;
        let mut work = says(&anna(), 1, "Есть диваны?");
        let before = contracts::Clock::now(&contracts::SystemClock);
        world.order(Trouble::of(Kind::LoseAnswer).on(lost).times(1));
        if one(&link, &work).await.is_err() {
            work.intended_at = Some(before);
            if link.trace(&work).await.unwrap() == Trace::Missing {
                one(&link, &work).await.unwrap();
            }
        }
        let (contacts, leads) = (world.cards(CardKind::Contact), world.cards(CardKind::Lead));
        assert_eq!((contacts.len(), leads.len()), (1, 1), "{lost}");
        assert_eq!((leads[0].notes.len(), leads[0].tasks.len()), (1, 1), "{lost}");
    }
}

#[tokio::test]
async fn a_chat_message_whose_answer_is_lost_is_found_by_its_name() {
    let world = World::chats(json!({})).await;
    let link = world.link().await;
    let mut work = says(&anna(), 1, "Есть диваны?");
    let before = contracts::Clock::now(&contracts::SystemClock);
    world.order(Trouble::of(Kind::LoseAnswer).on("new_message").times(1));
    let error = one(&link, &work).await.unwrap_err();
    assert!(
        matches!(&error, contracts::crm::ApplyError::Call(call) if !call.certain()),
        "{error}"
    );
    work.intended_at = Some(before);
    assert!(matches!(link.trace(&work).await.unwrap(), Trace::Found(_)));
    one(&link, &work).await.unwrap();
    assert_eq!(world.chat().messages.len(), 1);
}

#[tokio::test]
async fn what_never_left_is_missing() {
    let world = World::append(json!({})).await;
    let link = world.link().await;
    let mut work = says(&anna(), 1, "Ау");
    work.intended_at = Some(domain::At(0));
    assert_eq!(link.trace(&work).await.unwrap(), Trace::Missing);
    world.order(Trouble::of(Kind::LoseRequest).on("leads/notes").times(1));
    one(&link, &work).await.unwrap_err();
    assert_eq!(link.trace(&work).await.unwrap(), Trace::Missing);
}
