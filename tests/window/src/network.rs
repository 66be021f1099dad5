//! The simulated network of a demo, played from outside.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

/// What a demo says about its simulators.
const DIRECTORY: &str = "sandbox.json";
/// Which of its networks people come from here.
const VENDOR: &str = "telegram_bot";

/// People on it are moved through its control interface.
#[derive(Debug)]
pub struct Network {
    people: String,
}

impl Network {
    /// The one whose directory lies somewhere below `home`.
    pub(crate) fn below(home: &Path) -> Result<Self> {
        let directory = found(home).context("no demo here")?;
        let said: Value = serde_json::from_slice(&std::fs::read(directory)?)?;
        let control = said.get("control").and_then(Value::as_str).context("no control")?;
        Ok(Self {
            people: format!("{control}/vendors/{VENDOR}/people"),
        })
    }

    /// Somebody new comes and writes.
    ///
    /// # Errors
    /// When the network refuses.
    pub async fn brings(&self, name: &str, words: &str) -> Result<()> {
        let person = post(&self.people, json!({ "first_name": name })).await?;
        let id = person.get("id").and_then(Value::as_str).context("nobody came")?;
        let letter = json!({ "text": words });
        post(&format!("{}/{id}/write", self.people), letter).await.map(drop)
    }
}

async fn post(address: &str, body: Value) -> Result<Value> {
    let answer = reqwest::Client::new().post(address).json(&body).send().await?;
    Ok(answer.error_for_status()?.json().await?)
}

fn found(folder: &Path) -> Option<PathBuf> {
    let entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .ok()?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    let here = entries.iter().find(|path| path.ends_with(DIRECTORY)).cloned();
    here.or_else(|| entries.iter().filter(|path| path.is_dir()).find_map(|path| found(path)))
}
