//! The built interface.

use std::{
    borrow::Cow,
    fs,
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use axum::{
    extract::State,
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
};

/// Where the files of the interface come from.
pub trait Pages: Send + Sync + 'static {
    /// The file at this relative path with `/`, or none.
    fn get(&self, path: &str) -> Option<Page>;
}

/// One file of the interface.
#[derive(Debug, Clone)]
pub struct Page(pub Cow<'static, [u8]>);

/// A folder on the disk; what is in it may change while we serve it.
#[derive(Debug, Clone)]
pub struct FolderPages(pub PathBuf);

impl Pages for FolderPages {
    fn get(&self, path: &str) -> Option<Page> {
        let relative = Path::new(path);
        let inside = relative.components().all(|part| matches!(part, Component::Normal(_)));
        let file = self.0.join(relative);
        if !inside || !file.is_file() {
            return None;
        }
        fs::read(file).ok().map(|bytes| Page(bytes.into()))
    }
}

pub(crate) async fn page(State(pages): State<Arc<dyn Pages>>, uri: Uri) -> Response {
    let path = match uri.path().trim_start_matches('/') {
        "" => "index.html",
        path => path,
    };
    let Some(Page(bytes)) = pages.get(path) else {
        return (StatusCode::NOT_FOUND, "no such page\n").into_response();
    };
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    // The names of what lies in `assets` change with their content.
    let kept = if path.starts_with("assets/") {
        "private, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let headers = [
        (header::CONTENT_TYPE, kind.as_ref().to_owned()),
        (header::CACHE_CONTROL, kept.to_owned()),
    ];
    (headers, bytes).into_response()
}
