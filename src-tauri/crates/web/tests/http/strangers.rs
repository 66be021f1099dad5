use serde_json::json;

use crate::backend::Office;

#[tokio::test]
async fn without_the_token_nothing_of_anybody_is_told() {
    let office = Office::open().await;
    for path in [
        "/events",
        "/media/1",
        "/events?token=",
        "/media/1?token=0000",
        "/media/1?x=token=",
    ] {
        let answer = office.browser.get(office.at(path)).send().await.unwrap();
        assert_eq!(answer.status(), 401, "{path}");
    }
    let wrong = office
        .browser
        .post(office.at("/rpc/echo"))
        .bearer_auth("guess")
        .json(&json!({}));
    let wrong = wrong.send().await.unwrap();
    assert_eq!(wrong.status(), 401);
    assert_eq!(wrong.json::<serde_json::Value>().await.unwrap()["code"], "unauthorized");
}

#[tokio::test]
async fn a_name_that_only_points_here_is_not_ours() {
    let office = Office::open().await;
    for host in [
        "evil.example",
        "evil.example:80",
        "127.0.0.1",
        "127.0.0.1.evil.example:1",
        "127.0.0.1:1",
    ] {
        let answer = office.get("/").header("Host", host).send().await.unwrap();
        assert_eq!(answer.status(), 421, "{host}");
    }
    let own = format!("localhost:{}", office.server.address().port());
    assert_eq!(office.get("/").header("Host", own).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn the_page_is_served_with_everything_forbidden_that_it_does_not_need() {
    let office = Office::open().await;
    let page = office.browser.get(office.server.url()).send().await.unwrap();
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{policy}");
    assert_eq!(page.headers()["referrer-policy"], "no-referrer");
    assert_eq!(page.headers()["x-frame-options"], "DENY");
    assert!(!page.headers().contains_key("access-control-allow-origin"));
    assert_eq!(page.text().await.unwrap(), "<title>Беседка</title>");
}

#[tokio::test]
async fn no_path_leads_out_of_the_interface() {
    let office = Office::open().await;
    for path in [
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/..%2fCargo.toml",
        "//etc/passwd",
        "/nothing.js",
    ] {
        let answer = office.browser.get(office.at(path)).send().await.unwrap();
        assert_eq!(answer.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn two_starts_have_two_tokens() {
    let (morning, evening) = (Office::open().await, Office::open().await);
    assert_ne!(morning.token(), evening.token());
    assert_eq!(morning.token().len(), 64);
}
