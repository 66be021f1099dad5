//! Files of messages: ordered here, made by [`crate::desk`], opened by the shell.

use std::path::{Path, PathBuf};

use domain::Reason;
use engine::Change;
use reports::{
    Period, PeriodError, Words,
    export::{self, COLUMNS, ExportError, Format, MessagesWish, Place, What, Wish, WishError},
};
use store::reports::exports::{self, ExportJob, ExportState, NewExport};

use crate::{
    app::{App, MediaFile},
    boot,
    error::{ApiError, Code},
    wire::{
        Empty, ExportColumn, ExportEstimate, ExportFormat, ExportOptions, ExportRef, ExportRow, ExportStatus,
        OrderExport,
    },
};

/// What an empty spreadsheet weighs: its parts around the rows.
const EMPTY_FILE_BYTES: i64 = 6000;

pub(crate) async fn options(app: &App, _: Empty) -> Result<ExportOptions, ApiError> {
    let words = Words::of(&boot::profile(app).await?.language);
    let column = |column: &export::Column| ExportColumn {
        key: column.key.to_owned(),
        title: words.get(&format!("column.{}", column.key)).to_owned(),
        usual: column.usual,
    };
    Ok(ExportOptions {
        columns: COLUMNS.iter().map(column).collect(),
        formats: Format::ALL.map(told_format).to_vec(),
        folder: app.inner.workspace.exports.to_string_lossy().into_owned(),
    })
}

pub(crate) async fn estimate(app: &App, request: OrderExport) -> Result<ExportEstimate, ApiError> {
    let wish = wish(app, request).await?;
    let rows = export::expected_rows(app.store(), &wish).await?;
    let (row_bytes, empty) = export::sample(app.store(), &wish).await?;
    Ok(ExportEstimate {
        rows,
        bytes: EMPTY_FILE_BYTES.saturating_add(rows.saturating_mul(row_bytes)),
        empty_percent: empty
            .into_iter()
            .map(|(key, percent)| (key.to_owned(), u32::try_from(percent).unwrap_or(0)))
            .collect(),
    })
}

pub(crate) async fn start(app: &App, request: OrderExport) -> Result<ExportRef, ApiError> {
    let wish = wish(app, request).await?;
    order(app, &wish).await
}

/// Makes a row of an order; a folder that takes no files says so now, not in a minute.
pub(crate) async fn order(app: &App, wish: &Wish) -> Result<ExportRef, ApiError> {
    let folder = app.inner.workspace.exports.clone();
    let uid = app.engine().clock().uid();
    try_folder(&folder, uid).await?;
    let channel = match wish.account_ids.as_slice() {
        [one] => store::accounts::get(app.store().read(), *one)
            .await
            .ok()
            .map(|account| account.name),
        _ => None,
    };
    let new = NewExport {
        uid,
        wish: serde_json::to_string(wish).map_err(|_| ApiError::of(Code::Storage, "error.storage"))?,
        folder: folder.to_string_lossy().into_owned(),
        name: wish.file_name(channel.as_deref()),
        author: boot::profile(app).await?.name,
        rows_total: export::estimate(app.store(), wish).await?,
    };
    let mut tx = app.store().write().await?;
    let export_id = exports::insert(&mut tx, &new, app.now()).await?;
    tx.commit().await?;
    told(app);
    Ok(ExportRef { export_id })
}

async fn try_folder(folder: &Path, uid: domain::Uid) -> Result<(), ApiError> {
    let tried = folder.to_owned();
    let trying = tokio::task::spawn_blocking(move || Place::try_out(&tried, uid));
    match trying.await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(disk(&error.into(), folder)),
        Err(_) => Err(disk(&ExportError::Broken, folder)),
    }
}

fn disk(error: &ExportError, folder: &Path) -> ApiError {
    ApiError {
        field: Some("folder".to_owned()),
        ..ApiError::with(Code::Storage, error.reason(folder))
    }
}

pub(crate) async fn list(app: &App, _: Empty) -> Result<Vec<ExportRow>, ApiError> {
    let jobs = exports::list(app.store().read()).await?;
    Ok(jobs.into_iter().filter_map(|job| row(app, job)).collect())
}

fn row(app: &App, job: ExportJob) -> Option<ExportRow> {
    let wish: Wish = serde_json::from_str(&job.wish).ok()?;
    let done = job.state == ExportState::Done;
    let table = match &wish.what {
        What::Messages(_) => None,
        What::Table(wish) => Some(wish.table.key().to_owned()),
    };
    let written = app.inner.desk.written(job.id);
    Some(ExportRow {
        id: job.id,
        missing: done && !file_of(&job).exists(),
        name: job.name,
        folder: job.folder,
        format: told_format(wish.format),
        table,
        account_ids: wish.account_ids,
        first_day: wish.period.first.to_string(),
        last_day: wish.period.last.to_string(),
        status: match job.state {
            ExportState::Waiting => ExportStatus::Waiting,
            ExportState::Running => ExportStatus::Running,
            ExportState::Done => ExportStatus::Done,
            ExportState::Cancelled => ExportStatus::Cancelled,
            ExportState::Failed => ExportStatus::Failed,
        },
        reason: job.reason,
        rows: written.unwrap_or(job.rows_done),
        rows_total: job.rows_total.max(written.unwrap_or(0)),
        bytes: if done { job.bytes } else { 0 },
        empty: done && job.rows_done == 0,
        author: job.author,
        created_at: job.created_at,
        started_at: job.started_at,
        finished_at: job.finished_at,
    })
}

pub(crate) async fn cancel(app: &App, request: ExportRef) -> Result<Empty, ApiError> {
    let mut tx = app.store().write().await?;
    exports::cancel(&mut tx, request.export_id, app.now()).await?;
    tx.commit().await?;
    app.inner.desk.stop_making(request.export_id);
    told(app);
    Ok(Empty {})
}

pub(crate) async fn repeat(app: &App, request: ExportRef) -> Result<Empty, ApiError> {
    let job = exports::get(app.store().read(), request.export_id).await?;
    let folder = app.inner.workspace.exports.clone();
    try_folder(&folder, job.uid).await?;
    let mut tx = app.store().write().await?;
    exports::again(&mut tx, job.id, &folder.to_string_lossy()).await?;
    tx.commit().await?;
    told(app);
    Ok(Empty {})
}

/// Takes the file away with its row. A file that can't be deleted keeps its row.
pub(crate) async fn delete(app: &App, request: ExportRef) -> Result<Empty, ApiError> {
    let job = exports::get(app.store().read(), request.export_id).await?;
    app.inner.desk.stop_making(job.id);
    if job.state == ExportState::Done {
        let file = file_of(&job);
        match tokio::fs::remove_file(&file).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(disk(&error.into(), Path::new(&job.folder)));
            }
            _ => {}
        }
    }
    let mut tx = app.store().write().await?;
    exports::delete(&mut tx, job.id).await?;
    tx.commit().await?;
    told(app);
    Ok(Empty {})
}

/// A finished file, by its number: what the shell opens and a browser loads.
pub(crate) async fn file(app: &App, id: i64) -> Result<MediaFile, ApiError> {
    let job = exports::get(app.store().read(), id).await?;
    let path = file_of(&job);
    if job.state != ExportState::Done || !path.exists() {
        let reason = Reason::new("exports.error.gone").with("name", job.name);
        return Err(ApiError::with(Code::NotFound, reason));
    }
    let mime = mime_guess::from_path(&path).first_or_octet_stream();
    Ok(MediaFile {
        path,
        mime: mime.essence_str().to_owned(),
        name: job.name,
    })
}

fn file_of(job: &ExportJob) -> PathBuf {
    Path::new(&job.folder).join(&job.name)
}

fn told(app: &App) {
    app.inner.desk.poke_making();
    app.engine().changes().announce(Change::Exports);
}

async fn wish(app: &App, request: OrderExport) -> Result<Wish, ApiError> {
    let profile = boot::profile(app).await?;
    let narrow = MessagesWish {
        contact_id: request.contact_id,
        direction: request.direction,
        statuses: request.statuses,
        tag: request.tag.filter(|tag| !tag.trim().is_empty()),
        columns: request.columns,
    };
    let wish = Wish {
        what: What::Messages(narrow),
        period: period(&request.first_day, &request.last_day)?,
        account_ids: request.account_ids,
        format: meant_format(request.format),
        language: profile.language,
        zone: profile.time_zone,
    };
    wish.check()?;
    Ok(wish)
}

pub(crate) fn period(first: &str, last: &str) -> Result<Period, ApiError> {
    Ok(Period::parse(first, last).map_err(WishError::from)?)
}

impl From<WishError> for ApiError {
    fn from(error: WishError) -> Self {
        match error {
            WishError::Period(PeriodError::NoDay { field }) => Self::field(field, Reason::new("exports.error.no_day")),
            WishError::Period(PeriodError::Backwards) => {
                Self::field("last_day", Reason::new("exports.error.backwards"))
            }
            WishError::Period(PeriodError::TooLong) => Self::field("first_day", Reason::new("exports.error.too_long")),
            WishError::NoColumn(_) => Self::field("columns", Reason::new("error.wrong_shape")),
            WishError::NoSuchFile => Self::field("format", Reason::new("exports.error.no_such_file")),
        }
    }
}

fn told_format(format: Format) -> ExportFormat {
    match format {
        Format::Xlsx => ExportFormat::Xlsx,
        Format::Csv => ExportFormat::Csv,
        Format::Jsonl => ExportFormat::Jsonl,
        Format::Html => ExportFormat::Html,
    }
}

pub(crate) fn meant_format(format: ExportFormat) -> Format {
    match format {
        ExportFormat::Xlsx => Format::Xlsx,
        ExportFormat::Csv => Format::Csv,
        ExportFormat::Jsonl => Format::Jsonl,
        ExportFormat::Html => Format::Html,
    }
}
