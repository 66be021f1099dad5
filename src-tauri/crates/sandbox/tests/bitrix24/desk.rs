//! What the people of the portal see, and what they can and cannot do.

use crate::world::{MAXIM, OLGA, Portal};
use sandbox::crm::{CardId, CardKind, Closing, Deed};
use sandbox::{ManagerId, Refused};
use serde_json::json;

#[tokio::test]
async fn the_staff_and_the_boards_are_there() {
    let portal = Portal::start().await;
    let crm = portal.crm();
    let staff: Vec<(String, bool)> = crm
        .managers()
        .into_iter()
        .map(|one| (one.name, one.administrator))
        .collect();
    assert_eq!(staff[0], ("Ольга Лесникова".to_owned(), true));
    assert_eq!(staff.len(), 3);
    let won: Vec<String> = crm
        .stages()
        .into_iter()
        .filter(|stage| stage.closes == Some(Closing::Won))
        .map(|stage| stage.id)
        .collect();
    assert_eq!(won, ["CONVERTED", "WON", "C1:WON"]);
}

#[tokio::test]
async fn a_manager_moves_fills_and_hands_over() {
    let portal = Portal::start().await;
    portal.listens(&["ONCRMDEALUPDATE"]).await;
    let deal = CardId("deal-401".into());
    portal
        .does(
            MAXIM,
            Deed::Move {
                card: deal.clone(),
                stage: "EXECUTING".into(),
                pipeline: None,
            },
        )
        .unwrap();
    portal
        .does(
            MAXIM,
            Deed::Assign {
                card: deal.clone(),
                to: ManagerId::from(9),
            },
        )
        .unwrap();
    let contact = CardId("contact-271".into());
    portal
        .does(
            MAXIM,
            Deed::Fill {
                card: contact,
                field: "PHONE".into(),
                value: Some("+79120000099".into()),
            },
        )
        .unwrap();
    let card = portal.card("deal-401");
    assert_eq!(
        (card.stage.as_deref(), card.responsible),
        (Some("EXECUTING"), Some(ManagerId::from(9)))
    );
    assert_eq!(
        portal.events().await,
        [("ONCRMDEALUPDATE".to_owned(), json!({"FIELDS": {"ID": 401}}))]
    );
    let phones = portal.call("crm.contact.get", json!({"id": 271})).await["PHONE"].clone();
    assert_eq!(
        (phones.as_array().unwrap().len(), phones[0]["VALUE"].as_str()),
        (1, Some("+79120000099"))
    );
}

#[tokio::test]
async fn what_is_not_there_or_not_allowed_is_refused() {
    let portal = Portal::start().await;
    let deal = CardId("deal-401".into());
    let refused = |who, deed| portal.does(who, deed).unwrap_err();
    assert_eq!(
        refused(
            OLGA,
            Deed::Delete {
                card: CardId("deal-1".into())
            }
        ),
        Refused::NoSuchCard
    );
    assert_eq!(refused(99, Deed::Delete { card: deal.clone() }), Refused::NoSuchManager);
    assert_eq!(
        refused(
            MAXIM,
            Deed::Promote {
                manager: MAXIM.into(),
                administrator: true
            }
        ),
        Refused::NotAllowed
    );
    assert_eq!(
        refused(
            MAXIM,
            Deed::DeleteField {
                of: CardKind::Lead,
                field: "x".into()
            }
        ),
        Refused::NotAllowed
    );
    assert_eq!(refused(OLGA, Deed::CloseChat { chat: 5.into() }), Refused::NoSuchChat);
    assert_eq!(refused(OLGA, Deed::Accept { card: deal }), Refused::NotOnThisNetwork);
}

#[tokio::test]
async fn an_administrator_who_is_none_any_more_loses_the_queue() {
    let portal = Portal::start().await;
    portal.listens(&["ONCRMLEADADD"]).await;
    portal
        .does(
            OLGA,
            Deed::Promote {
                manager: OLGA.into(),
                administrator: false,
            },
        )
        .unwrap();
    assert_eq!(
        portal.refusal("event.offline.get", json!({})).await,
        (403, "ACCESS_DENIED".into())
    );
    assert_eq!(portal.call("user.admin", json!({})).await, false);
}
