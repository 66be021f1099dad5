use std::{
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use net::{BaseAddress, Client, Options, ProxyAddress};
use tracing_subscriber::{fmt::MakeWriter, util::SubscriberInitExt};

use crate::server::{Manner, nobody, server};

const TOKEN: &str = "4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qc";
const PASSWORD: &str = "tajna-parola";

/// Everything that anybody in the process logs, at the finest level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

async fn call(options: &Options, base: &BaseAddress) -> String {
    let client = Client::new(options).unwrap();
    let url = base.join(&format!("bot{TOKEN}/getMe?access_token={TOKEN}")).unwrap();
    let request = client
        .post(url)
        .bearer(TOKEN)
        .form(&[("key", TOKEN)])
        .timeout(Duration::from_millis(200));
    let built = format!("{client:?} {request:?}");
    match request.send().await {
        Ok(answer) => format!("{built} {:?}", answer.json::<u8>()),
        Err(failure) => format!("{built} {failure:?} {failure}"),
    }
}

#[tokio::test(flavor = "current_thread")]
async fn no_way_of_failing_tells_a_secret() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    // Unlike its namesake in `tracing`, this one listens to the older `log` as well.
    let guard = subscriber.set_default();
    let dead = nobody()
        .await
        .as_str()
        .replace("http://", &format!("socks5://olga:{PASSWORD}@"));
    let by_proxy = Options {
        proxy: Some(ProxyAddress::parse(&dead).unwrap()),
        ..Options::default()
    };
    let mut told = String::new();
    for manner in [
        Manner::HangsUp,
        Manner::Waits,
        Manner::Says("HTTP/1.1 200 OK\r\n\r\n<html>"),
    ] {
        let base = server(manner).await;
        told += &call(&Options::default(), &base).await;
        told += &call(&by_proxy, &base).await;
    }
    told += &call(&Options::default(), &nobody().await).await;
    drop(guard);
    told += &String::from_utf8_lossy(&log.0.lock().unwrap());
    assert!(told.contains("/…/getMe?…"), "the log tells where it went: {told}");
    assert!(
        told.contains("starting new connection"),
        "what `log` is told is among it: {told}"
    );
    for secret in [TOKEN, "AAFD39", PASSWORD] {
        assert!(!told.contains(secret), "{secret} in {told}");
    }
}
