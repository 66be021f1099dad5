//! A readable page per conversation, with its media beside it, in one archive that opens anywhere and needs no network.

use std::{
    borrow::Cow,
    fs::File,
    io::{self, Write},
    path::Path,
};

use domain::{ConversationId, Direction, FetchState, text};
use store::{Attachment, reports::reading::ExportedMessage};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{ExportError, Spot, columns::With, content, sink::Watched};
use crate::period::local;

const STYLE: &str = include_str!("page.css");
/// A media file that is packed already gains nothing from being packed again.
const PLAIN: CompressionMethod = CompressionMethod::Stored;

/// The archive under way.
pub(super) struct Archive<'a> {
    zip: ZipWriter<io::BufWriter<Watched>>,
    with: &'a With<'a>,
    media: &'a Path,
    page: Option<Page>,
    /// Titles and files of the pages, for the first one.
    pages: Vec<(String, String, u64)>,
}

/// The conversation under way: its page goes out as it is read, its files after it.
struct Page {
    id: ConversationId,
    day: Option<jiff::civil::Date>,
    files: Vec<(String, String)>,
}

impl<'a> Archive<'a> {
    pub(super) fn begin(spot: &Spot<'_>, with: &'a With<'a>, media: &'a Path) -> Result<Self, ExportError> {
        Ok(Self {
            zip: ZipWriter::new(spot.writer()?),
            with,
            media,
            page: None,
            pages: Vec::new(),
        })
    }

    /// One more message; those of a conversation follow each other.
    pub(super) fn message(&mut self, message: &ExportedMessage) -> Result<(), ExportError> {
        if self.page.as_ref().is_none_or(|page| page.id != message.conversation_id) {
            self.end_page()?;
            self.begin_page(message)?;
        }
        let at = local(message.sent_at, self.with.zone);
        let Some(page) = &mut self.page else { return Ok(()) };
        if page.day != Some(at.date()) {
            page.day = Some(at.date());
            writeln!(self.zip, "<h2>{}</h2>", at.strftime("%d.%m.%Y"))?;
        }
        let side = if message.direction == Direction::Out {
            "out"
        } else {
            "in"
        };
        write!(
            self.zip,
            "<article class=\"{side}\"><header>{} <time>{}</time>",
            escape(&who(message)),
            at.strftime("%H:%M")
        )?;
        for (is, mark) in [(message.edited, "mark.edited"), (message.deleted, "mark.deleted")] {
            if is {
                write!(self.zip, " <em>{}</em>", escape(self.with.words.get(mark)))?;
            }
        }
        write!(self.zip, "</header>")?;
        let said = ExportedMessage {
            files: Vec::new(),
            ..message.clone()
        };
        if !message.text.is_empty() || !message.extras.is_empty() || message.files.is_empty() {
            write!(self.zip, "<p>{}</p>", escape(&content::content(&said, self.with.words)))?;
        }
        for file in &message.files {
            show(&mut self.zip, page, file, self.with)?;
        }
        if let Some(last) = self.pages.last_mut() {
            last.2 += 1;
        }
        Ok(writeln!(self.zip, "</article>")?)
    }

    fn begin_page(&mut self, message: &ExportedMessage) -> Result<(), ExportError> {
        let channel = message
            .thread
            .account
            .as_deref()
            .unwrap_or_else(|| self.with.words.get("channel.gone"));
        let title = format!("{} – {channel}", message.thread.client);
        let name = format!(
            "{}_{}.html",
            cut(&text::file_name(&message.thread.client.replace(['/', '\\'], "_"))),
            message.conversation_id
        );
        self.zip
            .start_file(name.as_str(), options(CompressionMethod::Deflated))?;
        begin_html(&mut self.zip, &title, self.with)?;
        self.pages.push((title, name, 0));
        self.page = Some(Page {
            id: message.conversation_id,
            day: None,
            files: Vec::new(),
        });
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), ExportError> {
        let Some(page) = self.page.take() else { return Ok(()) };
        writeln!(self.zip, "</main></html>")?;
        for (path, name) in page.files {
            // Fetched, and gone since: the page says its name.
            let Ok(mut bytes) = File::open(self.media.join(path)) else {
                continue;
            };
            self.zip.start_file(name, options(PLAIN))?;
            io::copy(&mut bytes, &mut self.zip)?;
        }
        Ok(())
    }

    /// The list of pages comes last, when it is known.
    pub(super) fn finish(mut self) -> Result<(), ExportError> {
        self.end_page()?;
        self.zip
            .start_file("index.html", options(CompressionMethod::Deflated))?;
        begin_html(&mut self.zip, self.with.words.get("html.title"), self.with)?;
        let words = self.with.words;
        let (conversation, messages) = (
            escape(words.get("html.conversations")),
            escape(words.get("html.messages")),
        );
        writeln!(self.zip, "<table><tr><th>{conversation}</th><th>{messages}</th></tr>")?;
        for (title, name, count) in &self.pages {
            writeln!(
                self.zip,
                "<tr><td><a href=\"{}\">{}</a></td><td>{count}</td></tr>",
                address(name),
                escape(title)
            )?;
        }
        writeln!(self.zip, "</table></main></html>")?;
        Ok(self.zip.finish()?.flush()?)
    }
}

fn begin_html(out: &mut impl Write, title: &str, with: &With<'_>) -> io::Result<()> {
    let title = escape(title);
    let language = with.words.language();
    // Whatever somebody wrote: no script runs here, nothing is fetched.
    let policy = "default-src 'none'; img-src 'self' file:; media-src 'self' file:; style-src 'unsafe-inline'";
    write!(
        out,
        "<!doctype html>\n<html lang=\"{language}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"><title>{title}</title><style>{STYLE}</style>\
         <main><h1>{title}</h1>\n"
    )
}

/// A picture, a player or a link to the file; its name where there is no file.
fn show(out: &mut impl Write, page: &mut Page, file: &Attachment, with: &With<'_>) -> io::Result<()> {
    let label = if file.name.is_empty() { "file" } else { &file.name };
    let Some(path) = file.path.as_ref().filter(|_| file.state == FetchState::Local) else {
        let missing = with.words.get("html.missing");
        return write!(out, "<p class=\"file\">{} ({})</p>", escape(label), escape(missing));
    };
    let mime = file.mime.as_deref().unwrap_or_default();
    let name = format!(
        "media/{}/{}_{}",
        page.id,
        file.id,
        cut(&with_ending(&text::file_name(label), mime))
    );
    let (from, label) = (address(&name), escape(label));
    match mime.split('/').next() {
        Some("image") => write!(
            out,
            "<a href=\"{from}\"><img loading=\"lazy\" alt=\"{label}\" src=\"{from}\"></a>"
        )?,
        Some("video") => write!(out, "<video controls preload=\"none\" src=\"{from}\"></video>")?,
        Some("audio") => write!(out, "<audio controls preload=\"none\" src=\"{from}\"></audio>")?,
        _ => write!(out, "<p class=\"file\"><a href=\"{from}\" download>{label}</a></p>")?,
    }
    page.files.push((path.clone(), name));
    Ok(())
}

/// A name without an ending gets the one that its kind usually has: by it systems choose the program.
fn with_ending(name: &str, mime: &str) -> String {
    let ending = match mime {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        "image/gif" => "gif",
        "video/mp4" => "mp4",
        "audio/ogg" => "ogg",
        "audio/mpeg" => "mp3",
        "application/pdf" => "pdf",
        _ => return name.to_owned(),
    };
    if name.contains('.') {
        name.to_owned()
    } else {
        format!("{name}.{ending}")
    }
}

fn options(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(method).large_file(true)
}

fn who(message: &ExportedMessage) -> Cow<'_, str> {
    match (&message.author, message.direction) {
        (Some(author), _) => author.as_str().into(),
        (None, Direction::Out) => "".into(),
        (None, _) => message.thread.client.as_str().into(),
    }
}

/// Names of files of an archive: what every system unpacks.
fn cut(name: &str) -> String {
    const MOST: usize = 60;
    let count = name.chars().count();
    if count <= MOST {
        return name.to_owned();
    }
    // The ending says what opens it.
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let ending: String = ending.chars().take(8).collect();
    let stem: String = stem.chars().take(MOST - 9).collect();
    if ending.is_empty() {
        stem
    } else {
        format!("{stem}.{ending}")
    }
}

fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return text.into();
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe.into()
}

/// A name as a relative address: each byte that means something there is written as a number.
fn address(name: &str) -> String {
    use std::fmt::Write as _;
    let mut safe = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_./".contains(&byte) {
            safe.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(safe, "%{byte:02X}");
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_wrote_is_text_in_a_page_and_in_an_address() {
        assert_eq!(
            escape("<script>alert('&')</script>"),
            "&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;"
        );
        assert_eq!(address("media/1/а#?.jpg"), "media/1/%D0%B0%23%3F.jpg");
        assert_eq!(cut(&format!("{}.jpeg", "ы".repeat(200))).chars().count(), 56);
        assert_eq!(with_ending("file", "image/jpeg"), "file.jpg");
        assert_eq!(with_ending("смета.pdf", "image/jpeg"), "смета.pdf");
    }
}
