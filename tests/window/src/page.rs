//! What a person reads and presses in the window. Things are found by what they are called, as a screen reader finds
//! them.

use std::time::Duration;

use anyhow::{Context, Result};
use thirtyfour::{By, Key, WebDriver, WebElement, extensions::query::ElementQueryable};

use crate::PATIENCE;

const STEP: Duration = Duration::from_millis(100);

/// The page in the window.
pub struct Page {
    browser: WebDriver,
}

impl std::fmt::Debug for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Page")
    }
}

impl Drop for Page {
    /// The program ends by itself; asking the driver to end it would wait for a window that is gone.
    fn drop(&mut self) {
        let _ = self.browser.clone().leak();
    }
}

impl Page {
    pub(crate) fn new(browser: WebDriver) -> Self {
        Self { browser }
    }

    /// Waits until the list of conversations has rows; their number.
    ///
    /// # Errors
    /// When none come.
    pub async fn sees_conversations(&self) -> Result<usize> {
        self.find("[role=listbox] [role=option]").await?;
        let rows = self.browser.find_all(By::Css("[role=listbox] [role=option]")).await?;
        Ok(rows.len())
    }

    /// Opens the first conversation of the list; its name.
    ///
    /// # Errors
    /// When there is none, or it does not open.
    pub async fn opens_the_first_conversation(&self) -> Result<String> {
        let row = self.find("[role=listbox] [role=option]").await?;
        let name = row.find(By::Css("[title]")).await?.text().await?;
        row.click().await?;
        self.find("[role=log]").await?;
        Ok(name)
    }

    /// Writes and sends.
    ///
    /// # Errors
    /// When there is nothing to write into.
    pub async fn writes(&self, text: &str) -> Result<()> {
        let composer = self.find("textarea[data-composer]").await?;
        composer.send_keys(text).await?;
        composer.send_keys(Key::Enter + "").await?;
        Ok(())
    }

    /// Waits until `text` stands in the conversation.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn sees_in_conversation(&self, text: &str) -> Result<()> {
        self.find_by(By::XPath(bubble(text))).await.map(drop)
    }

    /// Waits until the message `text` carries one of these ticks, by the words that a screen reader says.
    ///
    /// # Errors
    /// When it does not.
    pub async fn sees_tick(&self, text: &str, ticks: &[&str]) -> Result<()> {
        let any: Vec<String> = ticks.iter().map(|tick| format!("@aria-label={tick:?}")).collect();
        let row = "ancestor::*[starts-with(@id, 'message-')]";
        let marked = format!("{}/{row}//*[{}]", bubble(text), any.join(" or "));
        self.find_by(By::XPath(marked)).await.map(drop)
    }

    /// Presses a button, a link or a choice whose name begins so.
    ///
    /// # Errors
    /// When there is none.
    pub async fn presses(&self, name: &str) -> Result<()> {
        let called = format!("starts-with(@aria-label, {name:?}) or starts-with(normalize-space(.), {name:?})");
        let what = "self::button or self::a or self::label or @role='tab'";
        let found = self.find_by(By::XPath(format!("//*[{what}][{called}]"))).await?;
        found.click().await.with_context(|| format!("{name} can't be pressed"))
    }

    /// Types into the field of this name.
    ///
    /// # Errors
    /// When there is none.
    pub async fn types_into(&self, name: &str, text: &str) -> Result<()> {
        let label = format!("//label[normalize-space(.)={name:?}]/@for");
        let field = self.find_by(By::XPath(format!("//input[@id={label}]"))).await?;
        field.send_keys(text).await.map_err(Into::into)
    }

    /// Waits until these words stand on the page, as a text or as what a pointer at it tells.
    ///
    /// # Errors
    /// When they do not come.
    pub async fn sees(&self, text: &str) -> Result<()> {
        let there = format!("//*[text()[contains(., {text:?})] or contains(@title, {text:?})]");
        self.find_by(By::XPath(there)).await.map(drop)
    }

    /// Waits until the line of a table that holds `line` holds `text` as well.
    ///
    /// # Errors
    /// When it does not.
    pub async fn sees_in_line(&self, line: &str, text: &str) -> Result<()> {
        let holds = |text: &str| format!(".//*[text()[contains(., {text:?})] or contains(@title, {text:?})]");
        let row = format!("//tr[{}][{}]", holds(line), holds(text));
        self.find_by(By::XPath(row)).await.map(drop)
    }

    /// The address after `#`.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn place(&self) -> Result<String> {
        let place = self.browser.execute("return location.hash", Vec::new()).await?;
        Ok(place.convert::<String>()?)
    }

    /// Waits until the address after `#` is this.
    ///
    /// # Errors
    /// When it is not.
    pub async fn is_at(&self, place: &str) -> Result<()> {
        for _ in 0..PATIENCE.as_millis() / STEP.as_millis() {
            if self.place().await? == place {
                return Ok(());
            }
            tokio::time::sleep(STEP).await;
        }
        anyhow::bail!("the page is at {}, not at {place}", self.place().await?)
    }

    /// Calls the program as the page does.
    ///
    /// # Errors
    /// What the program answers.
    pub async fn calls(&self, name: &str, payload: serde_json::Value) -> Result<serde_json::Value> {
        let script = "const [name, payload, done] = arguments;
            window.__TAURI_INTERNALS__.invoke('rpc', {name, payload}).then(done, (e) => done({refused: e}))";
        let answer = self.browser.execute_async(script, vec![name.into(), payload]).await?;
        Ok(answer.json().clone())
    }

    /// Whether the page may call a command of the shell that its capability does not name.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn is_refused(&self, command: &str) -> Result<bool> {
        let script = "const [command, done] = arguments;
            window.__TAURI_INTERNALS__.invoke(command, {}).then(() => done(false), (e) => done(/not allowed/.test(e)))";
        let answer = self.browser.execute_async(script, vec![command.into()]).await?;
        Ok(answer.convert::<bool>()?)
    }

    /// Milliseconds from the page's birth to its first picture.
    ///
    /// # Errors
    /// When it has none.
    pub async fn first_paint_ms(&self) -> Result<f64> {
        let script = "return performance.timeOrigin + (performance.getEntriesByName('first-contentful-paint')[0]
            ?? performance.getEntriesByType('paint')[0] ?? {startTime: NaN}).startTime";
        Ok(self.browser.execute(script, Vec::new()).await?.convert::<f64>()?)
    }

    async fn find(&self, css: &str) -> Result<WebElement> {
        self.find_by(By::Css(css.to_owned())).await
    }

    async fn find_by(&self, by: By) -> Result<WebElement> {
        let what = format!("{by:?}");
        let query = self.browser.query(by).wait(PATIENCE, STEP);
        query.first().await.with_context(|| format!("not on the page: {what}"))
    }
}

fn bubble(text: &str) -> String {
    format!("//*[@role='log']//*[text()[contains(., {text:?})]]")
}
