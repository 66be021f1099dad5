//! Setting a channel up: registering, switching on, lines and their settings.

use crate::world::{MAXIM, Portal};
use serde_json::json;

#[tokio::test]
async fn what_is_missing_is_said_inside_a_good_answer() {
    let portal = Portal::start().await;
    let says = async |params| portal.call("imconnector.register", params).await["error"].clone();
    assert_eq!(says(json!({})).await, "CONNECTOR_ID_REQUIRED");
    assert_eq!(says(json!({"ID": "tg"})).await, "NAME_REQUIRED");
    assert_eq!(says(json!({"ID": "tg", "NAME": "T"})).await, "ICON_REQUIRED");
    let icon = json!({"DATA_IMAGE": "data:image/svg+xml,x"});
    assert_eq!(
        says(json!({"ID": "tg", "NAME": "T", "ICON": icon})).await,
        "NO_PLACEMENT_HANDLER"
    );
    let dotted = json!({"ID": "t.g", "NAME": "T", "ICON": icon, "PLACEMENT_HANDLER": "https://example.com"});
    assert_eq!(says(dotted).await, "APPLICATION_REGISTRATION_ERROR_POINT");
}

#[tokio::test]
async fn a_connector_is_ready_once_it_is_on() {
    let portal = Portal::start().await;
    let status = async || {
        portal
            .call("imconnector.status", json!({"CONNECTOR": "tg", "LINE": 1}))
            .await
    };
    assert_eq!(status().await["STATUS"], false);
    portal.connector("tg", json!({})).await;
    assert_eq!(
        status().await,
        json!({"LINE": 1, "CONNECTOR": "tg", "ERROR": false, "CONFIGURED": true, "STATUS": true})
    );
    let data = json!({"CONNECTOR": "tg", "LINE": 1, "DATA": {"ID": "bot", "NAME": "@bot"}});
    assert_eq!(portal.call("imconnector.connector.data.set", data).await, true);
    assert_eq!(portal.call("imconnector.list", json!({})).await["tg"], "Telegram");
    portal
        .call(
            "imconnector.activate",
            json!({"CONNECTOR": "tg", "LINE": 1, "ACTIVE": 0}),
        )
        .await;
    assert_eq!(status().await["STATUS"], false);
    assert_eq!(
        portal.call("imconnector.unregister", json!({"ID": "tg"})).await,
        json!({"result": true})
    );
}

#[tokio::test]
async fn lines_are_made_listed_changed_and_deleted() {
    let portal = Portal::start().await;
    let params = json!({"LINE_NAME": "Комментарии", "WELCOME_MESSAGE": "N", "QUEUE": [{"ENTITY_TYPE": "user", "ENTITY_ID": MAXIM}]});
    let line = portal.call("imopenlines.config.add", json!({"PARAMS": params})).await;
    let get = async || portal.call("imopenlines.config.get", json!({"CONFIG_ID": line})).await;
    assert_eq!(
        (get().await["WELCOME_MESSAGE"].as_str(), &get().await["QUEUE"]),
        (Some("N"), &json!(["7"]))
    );
    let list = json!({"PARAMS": {"select": ["ID", "LINE_NAME"], "filter": {"ACTIVE": "Y"}, "order": {"ID": "DESC"}, "limit": 1}});
    assert_eq!(
        portal.call("imopenlines.config.list.get", list).await,
        json!([{"ID": line.to_string(), "LINE_NAME": "Комментарии"}])
    );
    portal
        .call(
            "imopenlines.config.update",
            json!({"CONFIG_ID": line, "PARAMS": {"ACTIVE": "N"}}),
        )
        .await;
    assert_eq!(get().await["ACTIVE"], "N");
    portal.listens(&["ONIMCONNECTORLINEDELETE"]).await;
    portal
        .call("imopenlines.config.delete", json!({"CONFIG_ID": line}))
        .await;
    assert_eq!(get().await, false);
    assert_eq!(
        portal.refusal("imopenlines.config.update", json!({})).await.1,
        "CONFIG_ID_EMPTY"
    );
}

#[tokio::test]
async fn a_manager_changes_no_line() {
    let portal = Portal::start().await;
    let maxim = portal.token_of(MAXIM);
    let (status, body) = portal
        .ask(&maxim, "imopenlines.config.add", json!({"PARAMS": {}}))
        .await;
    assert_eq!(
        (status, body["error"].as_str()),
        (403, Some("CONFIG_WRONG_USER_PERMISSION"))
    );
}

#[tokio::test]
async fn an_administrator_switches_the_connector_off_behind_the_programs_back() {
    let portal = Portal::start().await;
    portal.connector("tg", json!({})).await;
    portal.listens(&["ONIMCONNECTORSTATUSDELETE"]).await;
    portal.switch("connector", json!({"connector": "tg", "line": 1, "active": false}));
    assert_eq!(
        portal.events().await,
        [(
            "ONIMCONNECTORSTATUSDELETE".to_owned(),
            json!({"connector": "tg", "line": 1})
        )]
    );
    let sent = json!({"CONNECTOR": "tg", "LINE": 1, "MESSAGES": [crate::world::message("anna", "1", "Есть кто?")]});
    assert_eq!(
        portal.refusal("imconnector.send.messages", sent).await,
        (400, "NOT_ACTIVE_LINE".into())
    );
}
