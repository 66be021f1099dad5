//! Makes the portal ready: rights, furniture, events.

use contracts::crm::{CrmError, Prepared, Urgency};
use domain::{LinkAction, Reason};
use serde_json::{Value, json};

use super::{
    errors::{ApiError, reason},
    events::EVENTS,
    layout::rows,
    link::BxLink,
    login::{SCOPES, missing},
    options::Lines,
};

/// Under this name our events come where the plan has names: then what we do without it is somebody else's, and what a
/// line says by itself while our message is taken is told too. <https://apidocs.bitrix24.com/api-reference/events/offline-events.html>
const SOURCE: &str = "besedka";

fn stuck(key: &'static str, action: LinkAction) -> ApiError {
    CrmError::Stuck {
        reason: reason(key),
        action,
    }
    .into()
}

impl BxLink {
    /// See [`contracts::crm::CrmLink::prepare`].
    pub(super) async fn make_ready(&self) -> Result<Prepared, ApiError> {
        let wanted: &[&str] = match (self.is_app, self.options.chats()) {
            (true, _) => &SCOPES,
            (false, true) => &["crm", "im", "disk"],
            (false, false) => &["crm"],
        };
        let missing = missing(&self.client, wanted).await?;
        if !missing.is_empty() {
            let scopes = reason("bitrix24.reason.scopes").with("scopes", missing.join(", "));
            return Err(CrmError::NoRights(scopes).into());
        }
        self.look_around(Urgency::Live).await?;
        // What was switched off meanwhile is switched on again by the next message.
        self.state.hooked.lock().await.clear();
        let mut notices = Vec::new();
        if self.options.lines() {
            notices = self.ready_for_lines().await?;
        }
        Ok(Prepared {
            handle: Some(self.client.login().await.domain),
            expires_at: None,
            notices,
            page: Some(format!("{}/", self.page)),
        })
    }

    async fn ready_for_lines(&self) -> Result<Vec<Reason>, ApiError> {
        if !self.is_app {
            return Err(stuck("bitrix24.reason.webhook_has_no_lines", LinkAction::FixSettings));
        }
        if self.options.layout() == Lines::One && self.options.line(None, false).is_none() {
            return Err(stuck("bitrix24.reason.no_line", LinkAction::FixSettings));
        }
        let admin = self.client.ask("user.admin", json!({}), Urgency::Live).await?;
        if admin.result != json!(true) {
            return Err(CrmError::NoRights(reason("bitrix24.reason.not_admin")).into());
        }
        let named = self.feature("rest_auth_connector").await?;
        let source = named.then_some(SOURCE);
        *self.state.source.write().await = source;
        self.bind_events(source).await?;
        let mut notices = vec![reason("bitrix24.reason.replies_unproved")];
        if source.is_none() {
            notices.push(reason("bitrix24.reason.line_texts_by_history"));
        }
        Ok(notices)
    }

    async fn feature(&self, code: &str) -> Result<bool, ApiError> {
        match self
            .client
            .ask("feature.get", json!({ "CODE": code }), Urgency::Live)
            .await
        {
            Ok(told) => Ok(told.result.get("value") == Some(&json!("Y"))),
            // A boxed portal of an older release does not have the method.
            Err(ApiError::Problem(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Binds what is not bound yet. <https://apidocs.bitrix24.com/api-reference/events/event-bind.html>
    async fn bind_events(&self, source: Option<&str>) -> Result<(), ApiError> {
        let bound = self.client.ask("event.get", json!({}), Urgency::Live).await?;
        let bound = rows(&bound.result);
        let is_bound = |event: &str| {
            bound.iter().any(|one| {
                let text = |key: &str| one.get(key).and_then(Value::as_str).unwrap_or_default();
                let offline = one
                    .get("offline")
                    .is_some_and(|offline| offline == &json!(1) || offline == "1");
                offline
                    && text("event").eq_ignore_ascii_case(event)
                    && text("connector_id") == source.unwrap_or_default()
            })
        };
        for event in EVENTS.into_iter().filter(|event| !is_bound(event)) {
            let mut params = json!({ "event": event, "event_type": "offline" });
            if let (Some(source), Some(params)) = (source, params.as_object_mut()) {
                params.insert("auth_connector".to_owned(), source.into());
            }
            match self.client.does("event.bind", params, Urgency::Live).await {
                // Somebody was faster: an earlier try whose answer was lost.
                Err(error) if error.is("ERROR_CORE") => {}
                Err(ApiError::Problem(problem)) if problem.is("ACCESS_DENIED") => {
                    return Err(CrmError::NoRights(reason("bitrix24.reason.not_admin")).into());
                }
                bound => drop(bound?),
            }
        }
        Ok(())
    }
}
