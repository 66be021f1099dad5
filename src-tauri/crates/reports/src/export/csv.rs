//! CSV for spreadsheets: with a byte order mark, so that Excel reads UTF-8, and with what looks like a formula defused.

use std::io::Write;

use super::{Cell, ExportError, Head, Sink, Spot, cell::looks_like_formula, sink::Watched};
use crate::Words;

pub(super) struct Csv {
    out: ::csv::Writer<std::io::BufWriter<Watched>>,
}

impl Csv {
    pub(super) fn begin(spot: &Spot<'_>, heads: &[Head], words: &Words) -> Result<Self, ExportError> {
        let mut file = spot.writer()?;
        file.write_all("\u{feff}".as_bytes())?;
        // Excel takes the separator of the system's language.
        let delimiter = words.get("csv.delimiter").bytes().next().unwrap_or(b',');
        let mut out = ::csv::WriterBuilder::new()
            .delimiter(delimiter)
            .terminator(::csv::Terminator::CRLF)
            .from_writer(file);
        out.write_record(heads.iter().map(|head| &head.title))?;
        Ok(Self { out })
    }
}

impl Sink for Csv {
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), ExportError> {
        for cell in cells {
            match cell {
                Cell::Empty => self.out.write_field("")?,
                Cell::Text(text) | Cell::Link { text, .. } if looks_like_formula(text) => {
                    self.out.write_field(format!("'{text}"))?;
                }
                Cell::Text(text) | Cell::Link { text, .. } => self.out.write_field(text.as_bytes())?,
                Cell::Moment(at) => self.out.write_field(at.strftime("%Y-%m-%d %H:%M:%S").to_string())?,
                Cell::Number(number) => self.out.write_field(number.to_string())?,
            }
        }
        self.out.write_record(None::<&[u8]>)?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        Ok(self.out.flush()?)
    }
}
