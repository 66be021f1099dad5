//! Connecting a portal.

use std::sync::Arc;

use contracts::{
    SystemClock,
    crm::{Crm, CrmError, Login, LoginError, LoginStep, Network},
};
use domain::LinkAction;
use serde_json::json;

use super::world::{World, anna, does, inputs, network, said, says, sign_in, started};
use crate::bitrix24::CRM;

/// A certificate of nobody here.
const ANOTHER: &str = include_str!("another.pem");

fn field(error: LoginError) -> (String, String) {
    match error {
        LoginError::Fields(mut fields) => {
            let one = fields.remove(0);
            (one.field, one.reason.key.into_owned())
        }
        other => panic!("{other:?}"),
    }
}

fn told(field: &str, reason: &str) -> (String, String) {
    (field.to_owned(), format!("bitrix24.reason.{reason}"))
}

#[tokio::test]
async fn an_administrator_signs_in_and_a_manager_does_not() {
    let sandbox = started().await;
    let done = sign_in(&sandbox, 1).await.unwrap();
    assert_eq!(
        (done.name.as_str(), done.handle.as_deref()),
        ("lesnaya.bitrix24.ru", Some("Ольга Лесникова"))
    );
    assert_eq!(done.settings["mode"], json!("lines"));
    let refused = sign_in(&sandbox, 7).await.unwrap_err();
    assert_eq!(field(refused), told("answer", "not_admin"));
    let crm = &sandbox.crm("bitrix24").unwrap().vendor;
    crm.special("app", &json!({ "scopes": "crm,user" })).unwrap();
    let refused = sign_in(&sandbox, 1).await.unwrap_err();
    assert_eq!(field(refused), told("answer", "scopes"));
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field() {
    let sandbox = started().await;
    let form = |portal: &'static str| {
        let network = network(&sandbox);
        async move {
            let mut login = CRM.login("app", network, Arc::new(SystemClock)).unwrap();
            let entered = [("portal", portal), ("client_id", ""), ("client_secret", "x")];
            field(login.next(inputs(&entered)).await.unwrap_err())
        }
    };
    assert_eq!(form("").await, told("portal", "portal_empty"));
    assert_eq!(form("моя компания").await, told("portal", "portal_form"));
    assert_eq!(
        form("https://lesnaya.bitrix24.ru/company/").await,
        told("client_id", "client_id_empty")
    );
    let mut login = CRM.login("webhook", Network::default(), Arc::new(SystemClock)).unwrap();
    let mut hook = async |address: &str| field(login.next(inputs(&[("webhook", address)])).await.unwrap_err());
    assert_eq!(hook("").await, told("webhook", "webhook_empty"));
    assert_eq!(
        hook("https://lesnaya.bitrix24.ru/rest/").await,
        told("webhook", "webhook_form")
    );
    assert_eq!(
        hook("http://lesnaya.bitrix24.ru/rest/1/abc/").await,
        told("webhook", "webhook_open")
    );
}

/// Opens the page of a sign-in; the browser is to come back to `back`.
async fn opened(sandbox: &sandbox::Sandbox, network: Network, portal: &str) -> (Box<dyn Login>, LoginStep) {
    let [id, secret] = ["bitrix24_client_id", "bitrix24_client_secret"].map(|name| said(sandbox, name));
    let mut login = CRM.login("app", network, Arc::new(SystemClock)).unwrap();
    let form = [("portal", portal), ("client_id", &id), ("client_secret", &secret)];
    let step = login.next(inputs(&form)).await.unwrap();
    (login, step)
}

#[tokio::test]
async fn a_browser_that_comes_back_here_signs_in_by_itself() {
    let sandbox = started().await;
    let socket = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let back = format!("http://{}/", socket.local_addr().unwrap());
    drop(socket);
    let mut network = network(&sandbox);
    network.endpoints.insert("return".to_owned(), back.clone());
    let (mut login, step) = opened(&sandbox, network, "lesnaya").await;
    let LoginStep::OpenUrl {
        url,
        refresh_secs: Some(_),
        ..
    } = step
    else {
        panic!("{step:?}")
    };
    let again = login.next(inputs(&[])).await.unwrap();
    assert!(matches!(again, LoginStep::OpenUrl { .. }), "nobody came yet");
    let state = url.rsplit("state=").next().unwrap();
    let crm = &sandbox.crm("bitrix24").unwrap().vendor;
    let code = crm.special("code", &json!({ "user": 1 })).unwrap();
    let came = format!("{back}?code={}&state={state}", code["code"].as_str().unwrap());
    let http = net::Client::new(&net::Options::default()).unwrap();
    http.get(came.parse().unwrap()).send().await.unwrap();
    assert!(matches!(login.next(inputs(&[])).await, Ok(LoginStep::Done(_))));
}

#[tokio::test]
async fn a_boxed_portal_with_a_certificate_of_its_own_is_trusted_once_it_is_given() {
    let sandbox = started().await;
    let plain = said(&sandbox, "bitrix24");
    let network = Network {
        endpoints: [("oauth".to_owned(), plain.clone())].into(),
        ..Network::default()
    };
    let portal = plain.trim_start_matches("http://").trim_end_matches('/');
    let (mut login, step) = opened(&sandbox, network, portal).await;
    assert!(
        matches!(
            step,
            LoginStep::Input {
                text: "login.certificate",
                ..
            }
        ),
        "{step:?}"
    );
    let mut gives = async |text: &str| login.next(inputs(&[("certificate", text)])).await;
    let nonsense = gives("сертификат").await.unwrap_err();
    assert_eq!(field(nonsense), told("certificate", "certificate_form"));
    let another = field(gives(ANOTHER).await.unwrap_err());
    assert_eq!(another, told("certificate", "certificate_other"));
    let step = gives(sandbox.tls_ca()).await.unwrap();
    assert!(matches!(&step, LoginStep::OpenUrl { url, .. } if url.starts_with("https://")));
}

#[tokio::test]
async fn a_portal_that_nobody_finds_is_said_at_its_field() {
    let sandbox = started().await;
    let mut login = CRM.login("app", Network::default(), Arc::new(SystemClock)).unwrap();
    let form = [("portal", "127.0.0.1:9"), ("client_id", "x"), ("client_secret", "y")];
    let refused = login.next(inputs(&form)).await.unwrap_err();
    assert_eq!(field(refused), told("portal", "portal_silent"));
    drop(sandbox);
}

#[tokio::test]
async fn an_old_token_is_renewed_and_the_new_pair_is_kept_before_it_is_used() {
    let world = World::quiet(json!({})).await;
    let link = world.link().await;
    world.crm().change(sandbox::AccountChange::ExpireToken).unwrap();
    does(&link, &says(&anna(), 1, "Есть диваны?")).await;
    assert_eq!(world.words(), ["Есть диваны?"]);
    let kept = world.notebook.secrets().pop().unwrap();
    let context = contracts::crm::LinkContext {
        secret: kept,
        ..world.context.clone()
    };
    let again = World { context, ..world };
    does(&again.link().await, &says(&anna(), 2, "Ау")).await;
    assert_eq!(again.words(), ["Есть диваны?", "Ау"]);
}

#[tokio::test]
async fn access_that_is_over_switches_the_link_off() {
    let world = World::quiet(json!({})).await;
    let link = world.link().await;
    world.crm().change(sandbox::AccountChange::RenewToken).unwrap();
    let error = link.prepare().await.unwrap_err();
    assert!(matches!(error, CrmError::LoggedOut(_)), "{error:?}");
    world.crm().change(sandbox::AccountChange::Ban).unwrap();
    let error = link.prepare().await.unwrap_err();
    assert!(matches!(error, CrmError::Unpaid(_)), "{error:?}");
}

#[tokio::test]
async fn a_webhook_has_no_open_lines() {
    let world = World::webhook(json!({ "mode": "lines" })).await;
    assert!(said(&world.sandbox, "bitrix24_webhook").contains("/rest/1/"));
    let error = world.unprepared().prepare().await.unwrap_err();
    let wants = CrmError::Stuck {
        reason: domain::Reason::new("bitrix24.reason.webhook_has_no_lines"),
        action: LinkAction::FixSettings,
    };
    assert_eq!(error, wants);
}
