//! Spreadsheets in constant memory: rows go to the disk as they come.

use rust_xlsxwriter::{Color, Format, FormatBorder, Url, Workbook, Worksheet};

use super::{Cell, ExportError, Head, Sink, Spot, cell::looks_like_formula, sink::Watched};

/// Rows of a sheet under its header; the format's own limit is 1 048 576 with it.
/// <https://support.microsoft.com/en-us/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3>
const ROWS_PER_SHEET: u32 = 1_000_000;
/// Clickable links of a sheet, and characters of a cell and of a link; the same page.
const LINKS_PER_SHEET: u32 = 65_530;
const CELL_CHARS: usize = 32_767;
const LINK_CHARS: usize = 2_000;

/// A spreadsheet.
pub struct Xlsx {
    book: Workbook,
    out: std::io::BufWriter<Watched>,
    heads: Vec<Head>,
    title: String,
    rows_per_sheet: u32,
    /// The sheet under way, its last row, its links.
    sheet: usize,
    row: u32,
    links: u32,
    looks: Looks,
}

struct Looks {
    head: Format,
    moment: Format,
    link: Format,
    /// Text that looks like a formula: shown as it is, and stays text when somebody edits the cell.
    quoted: Format,
}

impl std::fmt::Debug for Xlsx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Xlsx")
            .field("sheet", &self.sheet)
            .field("row", &self.row)
            .finish_non_exhaustive()
    }
}

impl Xlsx {
    /// Begins one with sheets called `title`.
    ///
    /// # Errors
    /// What the disk says.
    pub fn begin(spot: &Spot<'_>, heads: Vec<Head>, title: &str) -> Result<Self, ExportError> {
        Self::with_sheets_of(spot, heads, title, ROWS_PER_SHEET)
    }

    pub(super) fn with_sheets_of(
        spot: &Spot<'_>,
        heads: Vec<Head>,
        title: &str,
        rows_per_sheet: u32,
    ) -> Result<Self, ExportError> {
        let mut book = Workbook::new();
        // Beside the file: the system's own place for such things may be memory.
        book.set_tempdir(spot.folder)?;
        let mut xlsx = Self {
            book,
            out: spot.writer()?,
            heads,
            title: title.to_owned(),
            rows_per_sheet,
            sheet: 0,
            row: 0,
            links: 0,
            looks: Looks {
                head: Format::new()
                    .set_bold()
                    .set_background_color(Color::RGB(0x00E7_F2EE))
                    .set_border_bottom(FormatBorder::Thin),
                moment: Format::new().set_num_format("dd.mm.yyyy hh:mm:ss"),
                link: Format::new().set_hyperlink(),
                quoted: Format::new().set_quote_prefix(),
            },
        };
        xlsx.begin_sheet()?;
        Ok(xlsx)
    }

    fn begin_sheet(&mut self) -> Result<(), ExportError> {
        let number = self.sheet + 1;
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        let name = if number == 1 {
            self.title.clone()
        } else {
            format!("{} {number}", self.title)
        };
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, head) in (0..).zip(&self.heads) {
            sheet.set_column_width(column, head.width)?;
            sheet.write_string_with_format(0, column, &head.title, &self.looks.head)?;
        }
        (self.row, self.links) = (0, 0);
        Ok(())
    }

    /// The filter covers the rows that there are, so it comes last.
    fn end_sheet(&mut self) -> Result<(), ExportError> {
        let last = u16::try_from(self.heads.len().saturating_sub(1)).unwrap_or(u16::MAX);
        let row = self.row;
        self.current()?.autofilter(0, 0, row, last)?;
        Ok(())
    }

    fn current(&mut self) -> Result<&mut Worksheet, ExportError> {
        Ok(self.book.worksheet_from_index(self.sheet)?)
    }
}

impl Sink for Xlsx {
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), ExportError> {
        if self.row == self.rows_per_sheet {
            self.end_sheet()?;
            self.sheet += 1;
            self.begin_sheet()?;
        }
        self.row += 1;
        let sheet = self.book.worksheet_from_index(self.sheet)?;
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Link { text, url } if self.links < LINKS_PER_SHEET && is_address(url) => {
                    self.links += 1;
                    let link = Url::new(url.as_ref()).set_text(cut(text));
                    sheet.write_url_with_format(self.row, column, link, &self.looks.link)?;
                }
                Cell::Text(text) | Cell::Link { text, .. } if looks_like_formula(text) => {
                    sheet.write_string_with_format(self.row, column, cut(text), &self.looks.quoted)?;
                }
                Cell::Text(text) | Cell::Link { text, .. } => {
                    sheet.write_string(self.row, column, cut(text))?;
                }
                Cell::Moment(at) => match in_calendar(*at) {
                    Some(at) => {
                        sheet.write_datetime_with_format(self.row, column, at, &self.looks.moment)?;
                    }
                    None => {
                        sheet.write_string(self.row, column, at.to_string())?;
                    }
                },
                Cell::Number(number) => {
                    sheet.write_number(self.row, column, *number)?;
                }
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        self.end_sheet()?;
        self.book.save_to_writer(&mut self.out)?;
        std::io::Write::flush(&mut self.out)?;
        Ok(())
    }
}

/// Only what a browser opens: a file or a script in a cell is nobody's post.
fn is_address(url: &str) -> bool {
    let web = ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme));
    web && url.chars().count() <= LINK_CHARS && !url.chars().any(char::is_control)
}

fn cut(text: &str) -> &str {
    match text.char_indices().nth(CELL_CHARS) {
        // The format counts UTF-16 units; a text that long has few letters of two.
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}

/// The format knows no day before 1900 and none after 9999.
fn in_calendar(at: jiff::civil::DateTime) -> Option<jiff::civil::DateTime> {
    let whole = at.with().subsec_nanosecond(0).build().ok()?;
    (1900..=9999).contains(&whole.year()).then_some(whole)
}

#[cfg(test)]
mod tests {
    use std::{fs::File, io::Read};

    use super::*;

    fn written(rows_per_sheet: u32, rows: &[Vec<Cell<'_>>]) -> zip::ZipArchive<File> {
        let folder = tempfile::tempdir().unwrap();
        let file = tempfile::tempfile_in(folder.path()).unwrap();
        let heads = ["А", "Б"].map(|title| Head {
            key: title.to_owned(),
            title: title.to_owned(),
            width: 10.0,
        });
        let spot = Spot {
            file: &file,
            folder: folder.path(),
        };
        let mut sink = Box::new(Xlsx::with_sheets_of(&spot, heads.to_vec(), "Лист", rows_per_sheet).unwrap());
        rows.iter().for_each(|row| sink.row(row).unwrap());
        sink.finish().unwrap();
        zip::ZipArchive::new(file).unwrap()
    }

    fn part(book: &mut zip::ZipArchive<File>, name: &str) -> String {
        let mut text = String::new();
        book.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn a_full_sheet_is_followed_by_another_with_the_same_header() {
        let rows: Vec<_> = (0..7).map(|n| vec![Cell::count(n), Cell::text("слово")]).collect();
        let mut book = written(3, &rows);
        for (number, last) in [(1, 4), (2, 4), (3, 2)] {
            let sheet = part(&mut book, &format!("xl/worksheets/sheet{number}.xml"));
            assert!(sheet.contains(&format!("<autoFilter ref=\"A1:B{last}\"/>")), "{sheet}");
            assert!(
                sheet.contains("state=\"frozen\"") && sheet.contains("<t>А</t>"),
                "{sheet}"
            );
        }
        let names = part(&mut book, "xl/workbook.xml");
        assert!(
            names.contains("name=\"Лист\"") && names.contains("name=\"Лист 3\""),
            "{names}"
        );
    }

    #[test]
    fn only_web_addresses_can_be_clicked_and_long_texts_are_cut() {
        let link = |url: &'static str| Cell::Link {
            text: "пост".into(),
            url: url.into(),
        };
        let rows = [
            vec![link("https://example.com/post-1"), link("file:///etc/passwd")],
            vec![link("javascript:alert(1)"), Cell::text("я".repeat(40_000))],
        ];
        let mut book = written(10, &rows);
        let relations = part(&mut book, "xl/worksheets/_rels/sheet1.xml.rels");
        assert!(relations.contains("https://example.com/post-1"));
        assert!(
            !relations.contains("passwd") && !relations.contains("javascript"),
            "{relations}"
        );
        assert_eq!(
            part(&mut book, "xl/worksheets/sheet1.xml").matches('я').count(),
            CELL_CHARS
        );
    }

    #[test]
    fn a_year_beyond_the_calendar_is_text() {
        let year = |year| Cell::Moment(jiff::civil::date(year, 1, 2).at(3, 4, 5, 600));
        let mut book = written(10, &[vec![year(1800), year(2026)]]);
        let sheet = part(&mut book, "xl/worksheets/sheet1.xml");
        assert!(sheet.contains("<t>1800-01-02T03:04:05"), "{sheet}");
        assert!(sheet.contains("<v>46024.12783564815</v>"), "{sheet}");
    }
}
