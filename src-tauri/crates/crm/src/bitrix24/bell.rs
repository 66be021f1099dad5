//! The push channel of the application: it rings when something came into the queue of offline events.
//! <https://apidocs.bitrix24.com/api-reference/interactivity/push-and-pull/pull-application-config-get.html>
//!
//! Only a bell: the queue stays the truth. Whatever is wrong with it, polling by time goes on.

use std::time::Duration;

use async_trait::async_trait;
use contracts::{
    channel::Certainty,
    crm::{Bell, CrmError, Urgency},
};
use domain::Reason;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use url::Url;

use super::{
    client::REST,
    errors::{ApiError, reason},
    layout::{rows, text},
    link::BxLink,
};

/// The server holds a poll for forty seconds and answers 304 then.
const HELD: Duration = Duration::from_secs(60);

/// Nothing new sooner than this is no answer of a server that waits for news.
const SHORTEST: Duration = Duration::from_secs(2);

/// Where to listen, and the last thing heard.
#[derive(Debug, Clone)]
pub(super) struct Listening {
    url: Url,
    last: Option<String>,
}

fn silent() -> ApiError {
    CrmError::Network {
        reason: reason("bitrix24.reason.no_push"),
        certainty: Certainty::NotDone,
    }
    .into()
}

#[async_trait]
impl Bell for BxLink {
    async fn ring(&self, stop: &CancellationToken) -> Result<(), CrmError> {
        tokio::select! {
            () = stop.cancelled() => Ok(()),
            () = self.state.looks.notified() => Ok(()),
            heard = self.listen() => Ok(heard?),
        }
    }
}

impl BxLink {
    async fn listen(&self) -> Result<(), ApiError> {
        loop {
            let known = self.state.listening.lock().await.clone();
            let listening = match known {
                Some(listening) => listening,
                None => self.channel().await?,
            };
            let asked = self.deps.clock.now();
            let heard = self.poll_channel(&listening).await;
            match heard {
                // A server that does not hold the question would be asked without end.
                Ok(Heard { rings: false, .. }) if self.deps.clock.now().since(asked) < SHORTEST => {
                    *self.state.listening.lock().await = None;
                    return Err(silent());
                }
                Ok(Heard { rings, last }) => {
                    let last = last.or_else(|| listening.last.clone());
                    *self.state.listening.lock().await = Some(Listening { last, ..listening });
                    if rings {
                        return Ok(());
                    }
                }
                Err(error) => {
                    // Channels live for hours: another one is asked for next time.
                    *self.state.listening.lock().await = None;
                    return Err(error);
                }
            }
        }
    }

    async fn channel(&self) -> Result<Listening, ApiError> {
        let params = json!({ "CACHE": "Y", "REOPEN": "Y" });
        let config = self
            .client
            .ask("pull.application.config.get", params, Urgency::History)
            .await?
            .result;
        let server = config.get("server").unwrap_or(&Value::Null);
        if server.get("server_enabled") != Some(&json!(true)) {
            return Err(silent());
        }
        let poll = text(server, "long_pooling_secure").or_else(|| text(server, "long_polling"));
        let mut url = poll.and_then(|url| Url::parse(&url).ok()).ok_or_else(silent)?;
        let id = |which: &str| text(config.pointer(&format!("/channels/{which}"))?, "id");
        let channels: Vec<String> = [id("shared"), id("private")].into_iter().flatten().collect();
        if channels.is_empty() {
            return Err(silent());
        }
        {
            let mut query = url.query_pairs_mut();
            query
                .append_pair("CHANNEL_ID", &channels.join("/"))
                .append_pair("format", "json");
            if let Some(client) = text(server, "clientId") {
                query.append_pair("clientId", &client);
            }
        }
        Ok(Listening { url, last: None })
    }

    async fn poll_channel(&self, listening: &Listening) -> Result<Heard, ApiError> {
        let mut url = listening.url.clone();
        if let Some(last) = &listening.last {
            url.query_pairs_mut().append_pair("mid", last);
        }
        let answer = self.client.reach.http.get(url).timeout(HELD).send().await;
        let answer = answer.map_err(|failure| CrmError::of_call(net::connector::call_error(failure), REST))?;
        match answer.status {
            304 => Ok(Heard::default()),
            200 => Ok(heard(&answer.body)),
            status => Err(CrmError::Network {
                reason: Reason::new("reason.server_trouble").with("status", status),
                certainty: Certainty::NotDone,
            }
            .into()),
        }
    }
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Heard {
    rings: bool,
    last: Option<String>,
}

/// Frames as JSON, or as the older servers write them: `#!NGINXNMS!#{…}#!NGINXNME!#`.
fn heard(body: &[u8]) -> Heard {
    let text_of = String::from_utf8_lossy(body);
    let frames: Vec<Value> = match serde_json::from_str::<Value>(&text_of) {
        Ok(frames @ Value::Array(_)) => rows(&frames),
        Ok(frame) => vec![frame],
        Err(_) => {
            let parts = text_of.split("#!NGINXNMS!#").skip(1);
            let framed = parts.filter_map(|part| part.split("#!NGINXNME!#").next());
            framed.filter_map(|frame| serde_json::from_str(frame).ok()).collect()
        }
    };
    let rings = |frame: &Value| {
        let said = frame.get("text").unwrap_or(frame);
        said.get("command")
            .and_then(Value::as_str)
            .is_none_or(|command| command == "event_offline")
    };
    Heard {
        rings: frames.iter().any(rings),
        last: frames.iter().rev().find_map(|frame| text(frame, "mid")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_frames_are_understood() {
        let frame =
            r#"{"id":1,"mid":"7","channel":"x","text":{"module_id":"rest","command":"event_offline","params":[]}}"#;
        let rings = Heard {
            rings: true,
            last: Some("7".to_owned()),
        };
        assert_eq!(heard(format!("[{frame}]").as_bytes()), rings);
        assert_eq!(heard(format!("#!NGINXNMS!#{frame}#!NGINXNME!#").as_bytes()), rings);
        assert!(!heard(br#"[{"mid":"8","text":{"command":"online"}}]"#).rings);
    }
}
