use std::{
    io::Write,
    sync::{Arc, Mutex, OnceLock},
};

use tracing_subscriber::fmt::MakeWriter;

/// Everything that this process logged, so that a story can end with «and nothing strange was said».
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// The log of this process; the runner gives each story a process of its own.
    pub fn listen() -> Self {
        static LOG: OnceLock<Log> = OnceLock::new();
        LOG.get_or_init(|| {
            let log = Self::default();
            let filter = tracing_subscriber::EnvFilter::new(
                "warn,engine=debug,channels=debug,api=debug,store=debug,net=debug,crm=debug",
            );
            let made = tracing_subscriber::fmt()
                .with_ansi(false)
                .with_env_filter(filter)
                .with_writer(log.clone());
            // A second story in one process (plain `cargo test`) shares the first one's log.
            let _ = made.try_init();
            log
        })
        .clone()
    }

    /// All lines so far.
    pub fn lines(&self) -> Vec<String> {
        String::from_utf8_lossy(&self.0.lock().unwrap())
            .lines()
            .map(str::to_owned)
            .collect()
    }

    /// Fails when a warning or an error was logged that holds none of `expected`, or a secret stands anywhere.
    pub fn nothing_strange(&self, expected: &[&str], secrets: &[String]) {
        for line in self.lines() {
            let loud = line.contains(" WARN ") || line.contains(" ERROR ");
            assert!(
                !loud || expected.iter().any(|known| line.contains(known)),
                "unexpected in the log: {line}"
            );
            assert!(
                !secrets.iter().any(|secret| line.contains(secret)),
                "a secret in the log"
            );
        }
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
