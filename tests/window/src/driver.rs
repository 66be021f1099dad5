//! The driver between the test and the window.

use std::{
    env,
    fs::File,
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::PATIENCE;

/// A running tauri-driver with its WebKitWebDriver. Ends politely: killed hard, it would leave the other behind.
pub(crate) struct Driver {
    process: Child,
    pub(crate) url: String,
}

impl Driver {
    /// Programs that it starts live in `home`.
    pub(crate) async fn start(home: &TempDir) -> Result<Self> {
        let (port, native) = (free_port()?, free_port()?);
        let program = env::var_os("TAURI_DRIVER").map_or_else(|| "tauri-driver".into(), PathBuf::from);
        let log = File::create(home.path().join("driver.log"))?;
        let mut command = Command::new(&program);
        command
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        for (name, value) in crate::desk::home_variables(home.path()) {
            command.env(name, value);
        }
        let process = command
            .spawn()
            .with_context(|| format!("{} does not start", program.display()))?;
        let driver = Self {
            process,
            url: format!("http://127.0.0.1:{port}"),
        };
        // It answers before the one behind it does.
        listening(port).await?;
        listening(native).await?;
        Ok(driver)
    }

    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let id = self.process.id().to_string();
        let _ = Command::new("kill").args(["-TERM", &id]).status();
        let _ = self.process.wait();
    }
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

async fn listening(port: u16) -> Result<()> {
    let begun = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        if begun.elapsed() > PATIENCE {
            bail!("nobody listens on {port}: see driver.log");
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}
