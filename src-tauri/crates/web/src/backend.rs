use std::{future::Future, io};

use api::{
    MediaFile,
    changes::Change,
    error::{ApiError, Code},
};
use bytes::Bytes;
use domain::Reason;
use futures::stream::BoxStream;
use serde::Serialize;
use serde_json::Value;

/// What answers the calls: the open workspace, or the one that waits for its passphrase.
pub trait Backend: Clone + Send + Sync + 'static {
    /// One call of the table.
    fn call(&self, name: &str, payload: Value) -> impl Future<Output = Result<Value, Refusal>> + Send;

    /// What changes from now on.
    fn changes(&self) -> BoxStream<'static, Change>;

    /// Takes a file that a message will name. The stream ends with an error when the other side went away.
    fn upload(
        &self,
        name: &str,
        mime: Option<&str>,
        bytes: Incoming<'_>,
    ) -> impl Future<Output = Result<Value, Refusal>> + Send;

    /// Where the file of a message lies.
    fn media(&self, attachment_id: i64) -> impl Future<Output = Result<MediaFile, Refusal>> + Send;

    /// Where a finished file of messages or figures lies.
    fn export(&self, export_id: i64) -> impl Future<Output = Result<MediaFile, Refusal>> + Send;
}

/// A file that comes in piece by piece.
pub type Incoming<'a> = BoxStream<'a, Result<Bytes, io::Error>>;

/// Why a call was not done. In JSON both look the same: `code`, `reason`, `field`, `fields`.
#[derive(Debug)]
pub enum Refusal {
    /// There is no open workspace yet: ask `workspace.status`.
    Locked,
    /// What the call says.
    Api(ApiError),
}

impl Refusal {
    /// Correct this field; nothing was changed.
    pub fn invalid(field: &str, reason: Reason) -> Self {
        Self::Api(ApiError {
            code: Code::Invalid,
            reason,
            field: Some(field.to_owned()),
            fields: Vec::new(),
        })
    }

    /// It is not there.
    pub fn not_found(reason: Reason) -> Self {
        Self::plain(Code::NotFound, reason)
    }

    /// The disk or the database could not do it.
    pub fn storage(reason: Reason) -> Self {
        Self::plain(Code::Storage, reason)
    }

    fn plain(code: Code, reason: Reason) -> Self {
        Self::Api(ApiError {
            code,
            reason,
            field: None,
            fields: Vec::new(),
        })
    }
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl Serialize for Refusal {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Locked {
            code: &'static str,
            reason: Reason,
            field: Option<&'static str>,
            fields: [(); 0],
        }
        match self {
            Self::Api(error) => error.serialize(to),
            Self::Locked => Locked {
                code: "locked",
                reason: Reason::new("workspace.locked"),
                field: None,
                fields: [],
            }
            .serialize(to),
        }
    }
}
