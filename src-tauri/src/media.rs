//! The scheme `besedka-media:`: files of messages for `<img>`, `<audio>`, `<video>`, without a way through JSON.

use std::io::{self, SeekFrom};

use api::MediaFile;
use compose::Workspace;
use tauri::{
    Manager, UriSchemeContext, UriSchemeResponder, Wry,
    http::{Request, Response, StatusCode, header},
};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncSeekExt},
};
use web::{Backend, media::Plan};

use crate::window;

/// The name in addresses and in the content policy of `tauri.conf.json`.
pub(crate) const SCHEME: &str = "besedka-media";
/// An answer stands in memory as a whole, so a part is never longer than this, whatever was asked for; the player
/// asks for the next one. About ten seconds of a good video.
const LARGEST_PART: u64 = 2 << 20;
/// Asked for without a range, a file comes whole or not at all. Pictures are smaller; players use ranges.
const LARGEST_WHOLE: u64 = 128 << 20;

type Answer = Response<Vec<u8>>;

pub(crate) fn answer(context: UriSchemeContext<'_, Wry>, request: Request<Vec<u8>>, responder: UriSchemeResponder) {
    if context.webview_label() != window::MAIN {
        return responder.respond(plain(StatusCode::FORBIDDEN));
    }
    let workspace = context.app_handle().state::<Workspace>().inner().clone();
    tauri::async_runtime::spawn(async move { responder.respond(find(&workspace, &request).await) });
}

async fn find(workspace: &Workspace, request: &Request<Vec<u8>>) -> Answer {
    let Ok(id) = request.uri().path().trim_matches('/').parse() else {
        return plain(StatusCode::NOT_FOUND);
    };
    let Ok(media) = workspace.media(id).await else {
        return plain(StatusCode::NOT_FOUND);
    };
    let range = request
        .headers()
        .get(header::RANGE)
        .and_then(|range| range.to_str().ok());
    read(&media, range).await.unwrap_or_else(|error| {
        tracing::warn!(attachment = id, %error, "a file of a message can't be read");
        plain(StatusCode::NOT_FOUND)
    })
}

async fn read(media: &MediaFile, range: Option<&str>) -> io::Result<Answer> {
    let mut file = File::open(&media.path).await?;
    let size = file.metadata().await?.len();
    let plan = Plan::of(media, size, range, false).at_most(LARGEST_PART, size);
    if plan.length() > LARGEST_WHOLE {
        return Ok(plain(StatusCode::PAYLOAD_TOO_LARGE));
    }
    let mut body = Vec::with_capacity(usize::try_from(plan.length()).unwrap_or(0));
    if let Some(bytes) = &plan.bytes {
        file.seek(SeekFrom::Start(*bytes.start())).await?;
        file.take(plan.length()).read_to_end(&mut body).await?;
    }
    let mut answer = Response::builder().status(plan.status);
    for (name, value) in plan.headers {
        answer = answer.header(name, value);
    }
    Ok(answer
        .body(body)
        .unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR)))
}

fn plain(status: StatusCode) -> Answer {
    let mut answer = Response::new(Vec::new());
    *answer.status_mut() = status;
    answer
}
