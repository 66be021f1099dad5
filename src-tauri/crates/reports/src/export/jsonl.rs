//! A JSON object per line, for programs: keys instead of headers, nothing defused.

use std::io::Write;

use serde_json::{Map, Value};

use super::{Cell, ExportError, Head, Sink, Spot, sink::Watched};

pub(super) struct JsonLines {
    out: std::io::BufWriter<Watched>,
    keys: Vec<String>,
}

impl JsonLines {
    pub(super) fn begin(spot: &Spot<'_>, heads: &[Head]) -> Result<Self, ExportError> {
        let keys = heads.iter().map(|head| head.key.clone()).collect();
        Ok(Self {
            out: spot.writer()?,
            keys,
        })
    }
}

impl Sink for JsonLines {
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), ExportError> {
        let value = |cell: &Cell<'_>| match cell {
            Cell::Empty => Value::Null,
            Cell::Text(text) => text.as_ref().into(),
            Cell::Link { url, .. } => url.as_ref().into(),
            Cell::Moment(at) => at.to_string().into(),
            Cell::Number(number) => (*number).into(),
        };
        let line: Map<String, Value> = self.keys.iter().cloned().zip(cells.iter().map(value)).collect();
        serde_json::to_writer(&mut self.out, &line).map_err(std::io::Error::from)?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        Ok(self.out.flush()?)
    }
}
