//! What the program tells about itself: one file a day in the workspace's folder, and the console while developing.
//! Every line passes [`net::redact::text`] on its way out, whoever wrote it.

use std::{
    io::{self, IsTerminal, Write},
    panic,
    path::Path,
};

use tracing_appender::{
    non_blocking::{NonBlocking, WorkerGuard},
    rolling::{InitError, RollingFileAppender, Rotation},
};
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Registry, fmt, fmt::MakeWriter, layer::SubscriberExt, util::TryInitError};

/// Overrides what is told, in the form of `tracing_subscriber::EnvFilter`.
pub const LOG_VARIABLE: &str = "BESEDKA_LOG";
/// Two weeks: long enough to look back at a bad day, short enough never to fill a disk.
const KEPT_DAYS: usize = 14;
const USUAL: &str = "info,sqlx=warn,hyper=warn,reqwest=warn,zbus=warn,tao=error,wry=error";

/// Why nothing is logged.
#[derive(Debug, thiserror::Error)]
pub enum LoggingError {
    /// The folder can't be written.
    #[error("log files: {0}")]
    Folder(#[from] InitError),
    /// Somebody else logs already.
    #[error(transparent)]
    Taken(#[from] TryInitError),
}

/// Dropped at the end of the program, it writes what is still waiting.
#[derive(Debug)]
pub struct Logging {
    _writer: WorkerGuard,
}

/// Starts logging into `folder`; to the console too when `console` says so. Panics are logged as well.
///
/// # Errors
/// [`LoggingError`]; the program can go on without.
pub fn start(folder: &Path, console: bool) -> Result<Logging, LoggingError> {
    let files = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("besedka")
        .filename_suffix("log")
        .max_log_files(KEPT_DAYS)
        .build(folder)?;
    let (files, guard) = NonBlocking::new(files);
    let filter = EnvFilter::try_from_env(LOG_VARIABLE).unwrap_or_else(|_| EnvFilter::new(USUAL));
    Registry::default()
        .with(filter)
        .with(fmt::layer().with_ansi(false).with_writer(Redacting(files)))
        .with(console.then(|| {
            fmt::layer()
                .with_target(false)
                .with_ansi(io::stderr().is_terminal())
                .with_writer(Redacting(io::stderr))
        }))
        .try_init()?;
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        tracing::error!("{panic}");
        usual(panic);
    }));
    Ok(Logging { _writer: guard })
}

/// Takes secrets out of what passes. The layers of `tracing_subscriber` write an event in one piece, so no secret can
/// lie across two.
struct Redacting<M>(M);

impl<'a, M: MakeWriter<'a>> MakeWriter<'a> for Redacting<M> {
    type Writer = RedactingWriter<M::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        RedactingWriter(self.0.make_writer())
    }
}

struct RedactingWriter<W>(W);

impl<W: Write> Write for RedactingWriter<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let shown = net::redact::text(&String::from_utf8_lossy(line));
        self.0.write_all(shown.as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Paper(Arc<Mutex<Vec<u8>>>);

    impl Write for Paper {
        fn write(&mut self, line: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(line)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_token_does_not_reach_the_paper() {
        let paper = Paper::default();
        let written = paper.clone();
        let layer = fmt::layer()
            .with_ansi(false)
            .with_writer(Redacting(move || written.clone()));
        tracing::subscriber::with_default(Registry::default().with(layer), || {
            tracing::warn!(
                url = "https://api.example.org/bot4839574812:AAFD39kkdpWt3yw/getMe",
                "Анна: refused"
            );
        });
        let told = String::from_utf8(paper.0.lock().unwrap().clone()).unwrap();
        assert!(told.contains("Анна: refused"), "{told}");
        assert!(!told.contains("AAFD39"), "{told}");
    }
}
