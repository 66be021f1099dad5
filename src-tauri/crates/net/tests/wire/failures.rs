use std::time::Duration;

use net::{BaseAddress, Client, Failure, Options, ProxyAddress, Sign, Trouble};

use crate::server::{Manner, nobody, server};

async fn call(base: &BaseAddress) -> Failure {
    call_by(&Options::default(), base).await
}

async fn call_by(options: &Options, base: &BaseAddress) -> Failure {
    let url = base.join("v1/send").unwrap();
    let request = Client::new(options)
        .unwrap()
        .post(url)
        .timeout(Duration::from_millis(300));
    match request.send().await {
        Ok(answer) => answer.json::<u8>().unwrap_err(),
        Err(failure) => failure,
    }
}

fn by_proxy(address: &str) -> Options {
    let proxy = ProxyAddress::parse(address).unwrap();
    Options {
        proxy: Some(proxy),
        ..Options::default()
    }
}

#[tokio::test]
async fn nothing_was_sent_where_nobody_listens() {
    let failure = call(&nobody().await).await;
    assert_eq!(failure, Failure::NotConnected(Trouble::Refused));
    assert!(failure.certain());
}

#[tokio::test]
async fn nobody_knows_what_became_of_a_request_without_an_answer() {
    for (manner, trouble) in [(Manner::HangsUp, Trouble::Lost), (Manner::Waits, Trouble::Timeout)] {
        let failure = call(&server(manner).await).await;
        assert_eq!(failure, Failure::NoAnswer(trouble));
        assert!(!failure.certain());
    }
}

#[tokio::test]
async fn half_an_answer_is_no_answer() {
    let half = Manner::Says("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"ok\":");
    let failure = call(&server(half).await).await;
    assert_eq!(failure, Failure::NoAnswer(Trouble::Lost));
}

#[tokio::test]
async fn a_cut_handshake_is_a_block() {
    for manner in [Manner::HangsUp, Manner::Says("HTTP/1.1 403 Forbidden\r\n\r\n")] {
        let plain = server(manner).await;
        let encrypted = BaseAddress::parse(&plain.as_str().replace("http:", "https:")).unwrap();
        assert_eq!(call(&encrypted).await, Failure::Blocked(Sign::HandshakeCut));
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed_with_a_token_in_it() {
    let thief = Manner::Says("HTTP/1.1 307 Moved\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n");
    assert_eq!(call(&server(thief).await).await, Failure::Blocked(Sign::Page));
}

#[tokio::test]
async fn a_proxy_that_does_not_work_is_named() {
    let target = server(Manner::Waits).await;
    let closed = nobody().await;
    let socks = closed.as_str().replace("http:", "socks5h:");
    for dead in [closed.as_str(), socks.as_str()] {
        assert_eq!(
            call_by(&by_proxy(dead), &target).await,
            Failure::NotConnected(Trouble::Proxy)
        );
    }
    let locked = server(Manner::Says(
        "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n",
    ))
    .await;
    let encrypted = BaseAddress::parse("https://api.example.org").unwrap();
    for target in [&target, &encrypted] {
        let failure = call_by(&by_proxy(locked.as_str()), target).await;
        assert_eq!(failure, Failure::NotConnected(Trouble::ProxyLogin), "{target:?}");
    }
}

#[tokio::test]
async fn a_name_that_nobody_has_is_no_network_or_a_block() {
    let hidden = BaseAddress::parse("https://no-such-name.invalid").unwrap();
    let failure = call(&hidden).await;
    let expected = [
        Failure::NotConnected(Trouble::Offline),
        Failure::Blocked(Sign::NameHidden),
    ];
    assert!(expected.contains(&failure), "{failure:?}");
}
