//! Servers of a few lines, as rude as needed.

use std::net::SocketAddr;

use net::BaseAddress;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What a server does with a connection once a request has begun to come in.
#[derive(Clone, Copy)]
pub(crate) enum Manner {
    /// Sends these bytes and closes.
    Says(&'static str),
    /// Closes without a word.
    HangsUp,
    /// Keeps silent.
    Waits,
}

/// Where to reach a server of that manner.
pub(crate) async fn server(manner: Manner) -> BaseAddress {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, manner));
        }
    });
    at(address)
}

/// An address where nobody listens.
pub(crate) async fn nobody() -> BaseAddress {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    at(listener.local_addr().unwrap())
}

fn at(address: SocketAddr) -> BaseAddress {
    BaseAddress::parse(&format!("http://{address}")).unwrap()
}

async fn serve(mut stream: TcpStream, manner: Manner) {
    let mut asked = vec![0; 64 * 1024];
    let _ = stream.read(&mut asked).await;
    match manner {
        Manner::Says(answer) => {
            let _ = stream.write_all(answer.as_bytes()).await;
            let _ = stream.shutdown().await;
            while matches!(stream.read(&mut asked).await, Ok(1..)) {}
        }
        Manner::HangsUp => {}
        Manner::Waits => std::future::pending().await,
    }
}
