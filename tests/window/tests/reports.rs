//! What Irina keeps out of her conversations and what she takes away from them, in the real window.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "stories fail by panicking"
)]
#![cfg(target_os = "linux")]

use std::{path::PathBuf, process::Command};

use anyhow::Result;
use serde_json::{Value, json};
use window::Desk;

#[tokio::test]
async fn an_advertiser_is_kept_out_and_stands_in_journal_and_export() -> Result<()> {
    let irina = Desk::with(&["--demo"]).await?;
    let page = irina.page();
    page.sees_conversations().await?;
    page.presses("Каналы").await?;
    page.presses("Изменить: ").await?;
    page.presses("Выгружать все сообщения, кроме попавших").await?;
    page.types_into("Фильтр по словам", "звездол* ").await?;
    page.presses("Сохранить").await?;
    page.presses("Закрыть").await?;
    irina.network()?.brings("Продавец", "Купите ЗВЕЗДОЛЁТ").await?;
    page.presses("Журнал").await?;
    page.sees_in_line("Купите ЗВЕЗДОЛЁТ", "отфильтровано").await?;
    page.sees_in_line("Купите ЗВЕЗДОЛЁТ", "Отфильтровано правилом «звездол*»")
        .await?;

    page.presses("Экспорт").await?;
    page.presses("Собрать файл").await?;
    page.sees_in_line(".xlsx", "Ирина Белова").await?;
    let files = page.calls("exports.list", json!({})).await?;
    let file = PathBuf::from(files[0]["folder"].as_str().unwrap()).join(files[0]["name"].as_str().unwrap());
    let rows = openpyxl(&file)?;
    let wanted = |row: &&Value| row[1] == "Продавец" && row[2] == "Купите ЗВЕЗДОЛЁТ";
    assert_eq!(rows.iter().filter(wanted).count(), 1, "{rows:?}");
    Ok(())
}

#[tokio::test]
async fn a_chart_is_saved_as_a_picture_beside_the_exports() -> Result<()> {
    let irina = Desk::with(&["--demo"]).await?;
    let page = irina.page();
    page.sees_conversations().await?;
    page.presses("Аналитика").await?;
    page.presses("Сохранить картинкой: Время ответа, мин").await?;
    page.sees("Картинка сохранена: ").await?;
    let folder = page.calls("exports.options", json!({})).await?["folder"].clone();
    let file = PathBuf::from(folder.as_str().unwrap()).join("Время ответа, мин.png");
    let size = Command::new("identify")
        .args(["-format", "%m %w"])
        .arg(&file)
        .output()?;
    let size = String::from_utf8(size.stdout)?;
    let width: u32 = size.strip_prefix("PNG ").unwrap_or_default().parse()?;
    assert!(width > 400, "{size}");
    Ok(())
}

/// The first sheet of a spreadsheet, read by somebody else's library.
fn openpyxl(file: &PathBuf) -> Result<Vec<Value>> {
    let python = std::env::var_os("BESEDKA_PYTHON").unwrap_or_else(|| "python3".into());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../scenarios/exports/read_xlsx.py");
    let output = Command::new(python).arg(script).arg(file).output()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let sheets: Vec<Value> = serde_json::from_slice(&output.stdout)?;
    Ok(sheets[0]["rows"].as_array().cloned().unwrap_or_default())
}
