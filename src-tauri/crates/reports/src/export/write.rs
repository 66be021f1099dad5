//! From an order to a file under its name.

use std::{
    path::Path,
    sync::Arc,
    sync::atomic::{AtomicI64, Ordering},
};

use domain::{ConversationId, Uid};
use store::{
    Store, StoreError,
    reports::{
        figures,
        reading::{ExportedMessage, Reader},
        rows::{self, Selection},
    },
};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{
    Cell, Column, ExportError, Format, Place, Sink, Spot, TableWish, What, Wish, Xlsx, columns::With, csv::Csv,
    html::Archive, jsonl::JsonLines,
};
use crate::{Words, analytics};

/// Messages read at once: long enough that asking costs nothing, short enough for the memory.
const PAGE: i64 = 2000;
/// Pages that may wait between the reader and the writer.
const AHEAD: usize = 2;
/// Messages by which the share of empty cells is guessed.
const SAMPLE: i64 = 300;

/// A file that is whole and on the disk, not under its name yet.
#[derive(Debug)]
pub struct Written {
    /// Where it lies.
    pub place: Place,
    /// Rows in it.
    pub rows: i64,
    /// Bytes.
    pub bytes: i64,
}

/// How many rows an order will bring: counted already for whole channels, one by one where the order is narrower.
///
/// # Errors
/// What the database says.
pub async fn expected_rows(store: &Store, wish: &Wish) -> Result<i64, StoreError> {
    match &wish.what {
        What::Table(_) => Ok(0),
        What::Messages(narrow) if narrow.contact_id.is_some() || narrow.tag.is_some() => {
            rows::count(store.read(), &wish.selection()).await
        }
        What::Messages(_) => estimate(store, wish).await,
    }
}

/// The same from what is counted already, in an instant; narrower orders bring less.
///
/// # Errors
/// What the database says.
pub async fn estimate(store: &Store, wish: &Wish) -> Result<i64, StoreError> {
    let quarters = wish.period.quarters(&wish.time_zone());
    let (theirs, ours) = figures::written(store.read(), quarters, &wish.account_ids).await?;
    let What::Messages(narrow) = &wish.what else {
        return Ok(0);
    };
    Ok(match narrow.direction {
        None if narrow.statuses.is_empty() => theirs + ours,
        Some(domain::Direction::In) => theirs,
        _ => ours,
    })
}

/// What a file of this order will look like, from its first messages: bytes of a row, and for each column the share of
/// empty cells in percent.
///
/// # Errors
/// What the database says.
pub async fn sample(store: &Store, wish: &Wish) -> Result<(i64, Vec<(&'static str, i64)>), StoreError> {
    let selection = Selection {
        with_person: true,
        with_tags: true,
        ..wish.selection()
    };
    let messages = Reader::new(store.read(), &selection).page(SAMPLE).await?;
    let (words, zone) = (wish.words(), wish.time_zone());
    let with = With {
        words: &words,
        zone: &zone,
    };
    let of = i64::try_from(messages.len()).unwrap_or(1).max(1);
    let share = |column: &'static Column| {
        let empty = messages
            .iter()
            .filter(|message| (column.cell)(message, &with).is_empty())
            .count();
        (column.key, i64::try_from(empty).unwrap_or(0) * 100 / of)
    };
    let letters: usize = messages
        .iter()
        .flat_map(|message| wish.columns().into_iter().map(move |column| (column, message)))
        .map(|(column, message)| match (column.cell)(message, &with) {
            Cell::Text(text) | Cell::Link { text, .. } => text.len(),
            _ => 8,
        })
        .sum();
    // Deflate makes about a third of Russian words in UTF-8 and of what stands around them.
    let packed = if wish.format == Format::Xlsx { 3 } else { 1 };
    let row_bytes = i64::try_from(letters).unwrap_or(0) / of / packed;
    Ok((row_bytes, super::COLUMNS.iter().map(share).collect()))
}

/// Makes the file of an order in `folder`. `progress` is told how many rows are written; `stop` ends it, and then
/// nothing is left.
///
/// # Errors
/// [`ExportError`]; nothing is left then.
pub async fn write(
    store: &Store,
    wish: &Wish,
    folder: &Path,
    order: Uid,
    progress: Arc<AtomicI64>,
    stop: &CancellationToken,
) -> Result<Written, ExportError> {
    let place = Place::take(folder, order)?;
    let (pages, waiting) = mpsc::channel(AHEAD);
    let writer = Writer {
        wish: wish.clone(),
        media: store.media_folder(),
        rows: progress,
        stop: stop.clone(),
    };
    let table = match &wish.what {
        What::Table(TableWish { table }) => Some(analytics::table(store, wish, *table).await?),
        What::Messages(_) => None,
    };
    let writing = tokio::task::spawn_blocking(move || match table {
        Some(table) => writer.table(place, &table),
        None => writer.messages(place, waiting),
    });
    let reading = match &wish.what {
        What::Messages(_) => read(store, wish, pages, stop).await,
        What::Table(_) => Ok(()),
    };
    let written = writing.await.map_err(|_| ExportError::Broken)?;
    // The reader sees a writer that gave up only as a closed door.
    written.and_then(|written| reading.map(|()| written))
}

type Pages = mpsc::Sender<Vec<ExportedMessage>>;

async fn read(store: &Store, wish: &Wish, pages: Pages, stop: &CancellationToken) -> Result<(), ExportError> {
    let selection = wish.selection();
    if wish.format != Format::Html {
        return send(store, &selection, &pages, stop).await;
    }
    let mut after = ConversationId(0);
    loop {
        let ids = rows::conversations(store.read(), &selection, after, PAGE).await?;
        let Some(last) = ids.last() else { return Ok(()) };
        after = *last;
        for id in ids {
            let one = Selection {
                conversation_id: Some(id),
                ..selection.clone()
            };
            send(store, &one, &pages, stop).await?;
        }
    }
}

async fn send(
    store: &Store,
    selection: &Selection,
    pages: &Pages,
    stop: &CancellationToken,
) -> Result<(), ExportError> {
    let mut reader = Reader::new(store.read(), selection);
    loop {
        if stop.is_cancelled() {
            return Err(ExportError::Stopped);
        }
        let page = reader.page(PAGE).await?;
        if page.is_empty() || pages.send(page).await.is_err() {
            return Ok(());
        }
    }
}

/// On a thread of its own: packing is work, and the disk may be slow.
struct Writer {
    wish: Wish,
    media: std::path::PathBuf,
    rows: Arc<AtomicI64>,
    stop: CancellationToken,
}

impl Writer {
    fn messages(
        &self,
        place: Place,
        mut waiting: mpsc::Receiver<Vec<ExportedMessage>>,
    ) -> Result<Written, ExportError> {
        let (words, zone) = (self.wish.words(), self.wish.time_zone());
        let with = With {
            words: &words,
            zone: &zone,
        };
        if self.wish.format == Format::Html {
            let mut archive = Archive::begin(&spot(&place), &with, &self.media)?;
            while let Some(page) = self.next(&mut waiting)? {
                for message in &page {
                    archive.message(message)?;
                }
                self.wrote(page.len());
            }
            archive.finish()?;
            return self.end(place);
        }
        let columns = self.wish.columns();
        let mut sink = self.sink(&place, self.wish.heads(&words), &words, words.get("sheet.messages"))?;
        while let Some(page) = self.next(&mut waiting)? {
            for message in &page {
                let cells: Vec<Cell<'_>> = columns.iter().map(|column| (column.cell)(message, &with)).collect();
                sink.row(&cells)?;
            }
            self.wrote(page.len());
        }
        sink.finish()?;
        self.end(place)
    }

    fn table(&self, place: Place, table: &analytics::Sheet) -> Result<Written, ExportError> {
        let words = self.wish.words();
        let mut sink = self.sink(&place, table.heads.clone(), &words, &table.title)?;
        for row in &table.rows {
            sink.row(row)?;
        }
        self.wrote(table.rows.len());
        sink.finish()?;
        self.end(place)
    }

    fn sink(
        &self,
        place: &Place,
        heads: Vec<super::Head>,
        words: &Words,
        title: &str,
    ) -> Result<Box<dyn Sink>, ExportError> {
        let spot = spot(place);
        Ok(match self.wish.format {
            Format::Csv => Box::new(Csv::begin(&spot, &heads, words)?),
            Format::Jsonl => Box::new(JsonLines::begin(&spot, &heads)?),
            Format::Xlsx | Format::Html => Box::new(Xlsx::begin(&spot, heads, title)?),
        })
    }

    fn next(
        &self,
        waiting: &mut mpsc::Receiver<Vec<ExportedMessage>>,
    ) -> Result<Option<Vec<ExportedMessage>>, ExportError> {
        let page = waiting.blocking_recv();
        if self.stop.is_cancelled() {
            Err(ExportError::Stopped)
        } else {
            Ok(page)
        }
    }

    fn wrote(&self, rows: usize) {
        self.rows.fetch_add(i64::try_from(rows).unwrap_or(0), Ordering::Relaxed);
        fail::fail_point!("export.page");
    }

    fn end(&self, place: Place) -> Result<Written, ExportError> {
        let bytes = i64::try_from(place.sync()?).unwrap_or(i64::MAX);
        fail::fail_point!("export.synced");
        let rows = self.rows.load(Ordering::Relaxed);
        Ok(Written { place, rows, bytes })
    }
}

fn spot(place: &Place) -> Spot<'_> {
    Spot {
        file: place.file(),
        folder: place.folder(),
    }
}
