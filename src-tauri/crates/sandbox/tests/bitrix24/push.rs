//! The push server as a bell: polls and a WebSocket.

use crate::world::{OLGA, Portal};
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::time::Duration;
use tokio_tungstenite::tungstenite::Message;

struct Channels {
    poll: String,
    socket: String,
    shared: String,
}

async fn channels(portal: &Portal) -> Channels {
    let config = portal.call("pull.application.config.get", json!({"CACHE": "N"})).await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    assert_eq!(
        (
            config["server"]["version"].as_i64(),
            config["server"]["server_enabled"].as_bool()
        ),
        (Some(4), Some(true))
    );
    Channels {
        poll: text(&config["server"]["long_pooling_secure"]),
        socket: text(&config["server"]["websocket_secure"]),
        shared: text(&config["channels"]["shared"]["id"]),
    }
}

async fn polled(portal: &Portal, channels: &Channels, more: &[(&str, &str)]) -> (u16, String) {
    let mut query = vec![("CHANNEL_ID", channels.shared.as_str())];
    query.extend(more);
    let answer = portal.http.get(&channels.poll).query(&query).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test]
async fn a_poll_ends_when_the_queue_has_something() {
    let portal = Portal::start().await;
    portal.listens(&["ONCRMLEADADD"]).await;
    let channels = channels(&portal).await;
    let poll = polled(&portal, &channels, &[("format", "json")]);
    let ((status, body), ()) = tokio::join!(poll, async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        portal.makes_lead(OLGA, "Стол");
    });
    let frames: Value = serde_json::from_str(&body).unwrap();
    let bell = json!({"module_id": "rest", "command": "event_offline", "params": [{"connector_id": "", "count": 1}]});
    assert_eq!((status, &frames[0]["text"]), (200, &bell));
    portal.makes_lead(OLGA, "Стол");
    let (_, missed) = polled(&portal, &channels, &[("mid", frames[0]["mid"].as_str().unwrap())]).await;
    assert!(
        missed.starts_with("#!NGINXNMS!#{") && missed.ends_with("#!NGINXNME!#"),
        "{missed}"
    );
}

#[tokio::test]
async fn a_socket_hears_the_bell_and_what_the_app_says() {
    let portal = Portal::start().await;
    portal.listens(&["ONCRMLEADADD"]).await;
    let channels = channels(&portal).await;
    let address = url::Url::parse(&channels.socket).unwrap();
    let tcp = tokio::net::TcpStream::connect(("127.0.0.1", address.port().unwrap()))
        .await
        .unwrap();
    let url = format!("{address}?CHANNEL_ID={}&format=json", channels.shared);
    let (mut socket, _) = tokio_tungstenite::client_async(url, tcp).await.unwrap();
    // An answered ping shows that the server listens.
    socket.send(Message::Ping("?".into())).await.unwrap();
    assert!(matches!(socket.next().await.unwrap().unwrap(), Message::Pong(_)));
    portal.makes_lead(OLGA, "Стол");
    let heard = async |socket: &mut tokio_tungstenite::WebSocketStream<_>| -> Value {
        let frame = tokio::time::timeout(Duration::from_secs(5), socket.next())
            .await
            .unwrap();
        serde_json::from_str(frame.unwrap().unwrap().to_text().unwrap()).unwrap()
    };
    assert_eq!(heard(&mut socket).await[0]["text"]["command"], "event_offline");
    let event = json!({"COMMAND": "wake_up", "PARAMS": {"a": 1}});
    portal.call("pull.application.event.add", event).await;
    let said = heard(&mut socket).await;
    assert_eq!(
        said[0]["text"],
        json!({"module_id": "application", "command": "wake_up", "params": {"a": 1}})
    );
}

#[tokio::test]
async fn a_channel_ends_after_half_a_day_and_with_the_server() {
    let portal = Portal::start().await;
    let old = channels(&portal).await;
    portal
        .sandbox
        .world()
        .clock
        .advance(jiff::SignedDuration::from_hours(12));
    assert_eq!(polled(&portal, &old, &[]).await.0, 403);
    let portal_token = portal.token_of(OLGA);
    let (_, fresh) = portal
        .ask(&portal_token, "pull.application.config.get", json!({}))
        .await;
    assert_ne!(fresh["result"]["channels"]["shared"]["id"], old.shared.as_str());
    portal.switch("portal", json!({"push": false}));
    let (_, off) = portal
        .ask(&portal_token, "pull.application.config.get", json!({}))
        .await;
    assert_eq!(off["result"]["server"]["server_enabled"], false);
    assert_eq!(portal.hook("pull.application.config.get", json!({})).await.0, 403);
}
