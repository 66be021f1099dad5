//! Files of the account: opened, sent piece by piece, known by a number afterwards.
//! <https://www.amocrm.ru/developers/content/files/files-api>
//!
//! An upload that breaks in the middle leaves nothing but an open session, which ends by itself within a day; one whose
//! last answer is lost leaves a file that nothing refers to.

use std::path::Path;

use contracts::crm::{CrmError, CrmFile, Urgency};
use domain::Reason;
use net::{BaseAddress, connector};
use serde::Deserialize;
use serde_json::json;
use tokio::io::AsyncReadExt;
use url::Url;

use super::{
    client::{Client, DRIVE, sent},
    errors::{ApiError, of_answer, reason},
};

/// Pieces are at most so large, whatever the drive allows: one is held in memory.
const PIECE: u64 = 1024 * 1024;
/// Pieces of a file at most: 300 MB, the drive's own limit, at its smallest piece of 128 KB.
const PIECES: usize = 2500;

/// A file on the drive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) name: String,
    pub(super) uuid: String,
    pub(super) version: String,
    /// Where it can be downloaded. Whether without the account's token, no document says.
    pub(super) link: Option<String>,
}

/// The answer to a new session.
#[derive(Deserialize)]
struct Session {
    upload_url: String,
    #[serde(default)]
    max_part_size: Option<u64>,
    #[serde(default)]
    max_file_size: Option<u64>,
}

/// The answer to a piece: where the next one goes, or the file.
#[derive(Deserialize)]
struct Piece {
    next_url: Option<String>,
    uuid: Option<String>,
    version_uuid: Option<String>,
    #[serde(rename = "_links", default)]
    links: serde_json::Value,
}

impl Client {
    /// Puts a file on the drive at `drive`.
    pub(super) async fn keep_file(
        &self,
        drive: &str,
        file: &CrmFile,
        path: &Path,
        urgency: Urgency,
    ) -> Result<Kept, ApiError> {
        let drive = BaseAddress::parse(drive).map_err(|_| no_drive())?;
        let mut source = tokio::fs::File::open(path).await.map_err(|_| unreadable(file))?;
        let size = source.metadata().await.map_err(|_| unreadable(file))?.len();
        let session = self.session(&drive, file, size, urgency).await?;
        if session.max_file_size.is_some_and(|most| size > most) {
            let most = session.max_file_size.unwrap_or_default() / (1024 * 1024);
            let too_big = Reason::new("reason.file_too_big").with("megabytes", most);
            return Err(CrmError::Refused(too_big).into());
        }
        let most = session.max_part_size.unwrap_or(PIECE).clamp(1, PIECE);
        let mut next = session.upload_url;
        for _ in 0..PIECES {
            let mut piece = Vec::new();
            let mut part = (&mut source).take(most);
            part.read_to_end(&mut piece).await.map_err(|_| unreadable(file))?;
            let answer = self.piece(&drive, &next, piece, urgency).await?;
            match (answer.uuid, answer.next_url) {
                (Some(uuid), _) => {
                    let link = answer.links.pointer("/download/href").and_then(|link| link.as_str());
                    return Ok(Kept {
                        name: file.name.clone(),
                        version: answer.version_uuid.unwrap_or_else(|| uuid.clone()),
                        uuid,
                        link: link.map(str::to_owned),
                    });
                }
                (None, Some(url)) => next = url,
                (None, None) => break,
            }
        }
        Err(no_drive().into())
    }

    async fn session(
        &self,
        drive: &BaseAddress,
        file: &CrmFile,
        size: u64,
        urgency: Urgency,
    ) -> Result<Session, ApiError> {
        let url = drive.join("v1.0/sessions").map_err(|_| no_drive())?;
        let body = json!({ "file_name": file.name, "file_size": size, "content_type": file.mime });
        let token = self.token(urgency).await?;
        self.turn(DRIVE, urgency).await?;
        let request = self.reach.http.post(url).bearer(token.expose()).json(&body);
        self.drive_answer(request).await
    }

    async fn piece(&self, drive: &BaseAddress, url: &str, piece: Vec<u8>, urgency: Urgency) -> Result<Piece, ApiError> {
        let url = Url::parse(url).map_err(|_| no_drive())?;
        let token = self.token(urgency).await?;
        self.turn(DRIVE, urgency).await?;
        let home = Url::parse(drive.as_str()).ok();
        let at_home = home.is_some_and(|home| home.host() == url.host());
        let mut request = self
            .reach
            .http
            .post(url)
            .header("content-type", "application/octet-stream");
        // The address holds a key of its own; ours goes nowhere else than to the drive.
        if at_home {
            request = request.bearer(token.expose());
        }
        self.drive_answer(request.bytes(piece)).await
    }

    /// The addresses under which a kept file can be had.
    pub(super) async fn kept_file(
        &self,
        drive: &str,
        uuid: &str,
        urgency: Urgency,
    ) -> Result<Option<String>, ApiError> {
        let drive = BaseAddress::parse(drive).map_err(|_| no_drive())?;
        let url = drive.join(&format!("v1.0/files/{uuid}")).map_err(|_| no_drive())?;
        let token = self.token(urgency).await?;
        self.turn(DRIVE, urgency).await?;
        let file: Piece = self
            .drive_answer(self.reach.http.get(url).bearer(token.expose()))
            .await?;
        let link = file.links.pointer("/download/href").and_then(|link| link.as_str());
        Ok(link.map(str::to_owned))
    }

    /// Nothing that the drive does is seen by anybody before it is referred to: whatever failed was not done.
    async fn drive_answer<T: serde::de::DeserializeOwned>(&self, request: net::Request) -> Result<T, ApiError> {
        let answer = sent(request, DRIVE, true).await?;
        if answer.status == 401 || answer.status == 403 {
            return Err(CrmError::Refused(reason("amocrm.reason.no_files")).into());
        }
        if let Some(error) = of_answer(&answer, DRIVE) {
            return Err(self.rested(error));
        }
        let unreadable = |failure| CrmError::of_call(connector::call_error(failure), DRIVE);
        Ok(answer.json().map_err(unreadable)?)
    }
}

fn no_drive() -> CrmError {
    CrmError::Refused(reason("amocrm.reason.no_drive"))
}

fn unreadable(file: &CrmFile) -> CrmError {
    CrmError::Local(Reason::new("reason.file_unreadable").with("name", &file.name))
}
