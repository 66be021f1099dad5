//! Files of messages: columns declared as data, rows streamed from the store, one sink per kind of file.

mod cell;
pub use cell::Cell;
mod columns;
pub use columns::{COLUMNS, Column};
mod content;
mod csv;
mod error;
pub use error::ExportError;
mod failpoint;
pub use failpoint::{POINTS, at_point};
mod html;
mod jsonl;
mod place;
pub use place::Place;
mod sink;
pub use sink::{Head, Sink, Spot};
mod wish;
pub use wish::{Format, MessagesWish, TableWish, What, Wish, WishError};
mod write;
pub use write::{Written, estimate, expected_rows, sample, write};
mod xlsx;
pub use xlsx::Xlsx;
