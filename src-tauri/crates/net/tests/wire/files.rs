use std::{io, path::Path, time::Duration};

use net::{Client, Downloaded, Failure, Form, Options, Trouble, file_part};

use crate::server::{Manner, server};

const PICTURE: Manner = Manner::Says(
    "HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ntransfer-encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n\r\n",
);

async fn download(manner: Manner, limit: u64) -> Result<(Downloaded, Vec<u8>), Failure> {
    let url = server(manner).await.join("file/1").unwrap();
    let mut bytes = Vec::new();
    let client = Client::new(&Options::default()).unwrap();
    let downloaded = client.get(url).download(&mut bytes, limit).await?;
    Ok((downloaded, bytes))
}

#[tokio::test]
async fn a_file_comes_with_its_type() {
    let (downloaded, bytes) = download(PICTURE, 5).await.unwrap();
    assert_eq!((downloaded.bytes, downloaded.mime.as_deref()), (5, Some("image/png")));
    assert_eq!(bytes, b"12345");
}

#[tokio::test]
async fn a_file_may_not_be_larger_than_expected() {
    assert_eq!(download(PICTURE, 4).await.unwrap_err(), Failure::TooBig { limit: 4 });
    let announced = Manner::Says("HTTP/1.1 200 OK\r\ncontent-length: 9000000000\r\n\r\n");
    assert_eq!(
        download(announced, 100).await.unwrap_err(),
        Failure::TooBig { limit: 100 }
    );
}

#[tokio::test]
async fn an_error_page_is_no_file() {
    let gone = Manner::Says("HTTP/1.1 404 Not Found\r\ncontent-length: 4\r\n\r\ngone");
    assert_eq!(download(gone, 100).await.unwrap_err(), Failure::Status { status: 404 });
}

#[tokio::test]
async fn a_file_that_is_gone_fails_before_anything_is_sent() {
    let failure = file_part(Path::new("/no/such/file"), "a.pdf", "application/pdf").await;
    assert_eq!(failure.unwrap_err(), Failure::Local(io::ErrorKind::NotFound));
}

#[tokio::test]
async fn a_file_goes_out_under_its_own_name() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("upload-7");
    std::fs::write(&path, "счёт").unwrap();
    let part = file_part(&path, "счёт.pdf", "not a media type").await.unwrap();
    let url = server(Manner::Says("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")).await;
    let form = Form::new().text("chat_id", "7").part("document", part);
    let client = Client::new(&Options::default()).unwrap();
    let answer = client
        .post(url.join("send").unwrap())
        .multipart(form)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn an_upload_may_take_long_but_not_stand_still() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("film");
    std::fs::write(&path, vec![0; 1 << 20]).unwrap();
    let form = Form::new().part("video", file_part(&path, "film.mp4", "video/mp4").await.unwrap());
    let options = Options {
        silence: Duration::from_millis(100),
        ..Options::default()
    };
    let url = server(Manner::Waits).await.join("send").unwrap();
    let sent = Client::new(&options).unwrap().post(url).multipart(form).send().await;
    assert_eq!(sent.unwrap_err(), Failure::NoAnswer(Trouble::Timeout));
}
