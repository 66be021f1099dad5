//! What amoCRM's refusals mean for the work and for the link.

use contracts::crm::{ApplyError, CrmError};
use sandbox::{
    AccountChange,
    chaos::{Kind, Trouble},
    crm::Deed,
};
use serde_json::json;

use super::world::{World, anna, does, one, says};

fn call(outcome: contracts::crm::Outcome) -> CrmError {
    match outcome {
        Err(ApplyError::Call(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_revoked_token_ends_the_link_and_goes_on_when_it_is_good_again() {
    let world = World::append(json!({})).await;
    let link = world.link().await;
    world.crm().change(AccountChange::ExpireToken).unwrap();
    let error = call(one(&link, &says(&anna(), 1, "Ау")).await);
    assert!(matches!(error, CrmError::LoggedOut(_)), "{error}");
    assert!(
        world.notebook.secrets().is_empty(),
        "a long-lived token is renewed by nobody"
    );
    world.crm().change(AccountChange::RestoreToken).unwrap();
    does(&link, &says(&anna(), 1, "Ау")).await;
    assert_eq!(world.lead().notes.len(), 1);
}

#[tokio::test]
async fn too_fast_is_told_with_its_bucket() {
    let world = World::append(json!({})).await;
    let link = world.link().await;
    world.order(
        Trouble::of(Kind::TooManyRequests { retry_after: 3 })
            .on("contacts")
            .times(1),
    );
    let error = call(one(&link, &says(&anna(), 1, "Ау")).await);
    let wait = std::time::Duration::from_secs(3);
    assert_eq!(error, CrmError::TooFast { bucket: "api", wait });
}

#[tokio::test]
async fn an_unpaid_account_and_lost_rights_switch_the_link_off() {
    let world = World::append(json!({})).await;
    let link = world.link().await;
    world.crm().change(AccountChange::Ban).unwrap();
    let error = call(one(&link, &says(&anna(), 1, "Ау")).await);
    assert!(error.fatal(), "{error}");
    world.crm().change(AccountChange::Unban).unwrap();
    let marina = world.crm().managers().remove(0).id;
    world.marina(Deed::Promote {
        manager: marina,
        administrator: false,
    });
    let error = link.prepare().await.unwrap_err();
    assert!(matches!(error, CrmError::NoRights(_)), "{error}");
}

#[tokio::test]
async fn without_the_right_to_files_words_still_arrive() {
    let world = World::append(json!({})).await;
    world.marina(Deed::BlockScope {
        scope: "files".to_owned(),
    });
    let link = world.link().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.pdf");
    std::fs::write(&path, b"a").unwrap();
    let mut work = says(&anna(), 1, "Вот");
    work.message.files = vec![contracts::crm::CrmFile {
        kind: domain::AttachmentKind::Document,
        name: "a.pdf".to_owned(),
        mime: "application/pdf".to_owned(),
        size: 1,
        duration_ms: None,
        path: Some(path),
        link: None,
        reason: None,
    }];
    does(&link, &work).await;
    assert!(world.lead().notes[0].text.contains("📎 a.pdf ✕"));
}
