//! Files of messages: what is in them, and what becomes of them when something goes wrong.

mod files;
#[cfg(not(windows))] // no installer there fetches LibreOffice for us
mod office;
mod troubles;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};
use tests::{Operator, Place, World};

use crate::environment;

/// Words that spreadsheets, pages and programs stumble over.
const AWKWARD: [&str; 12] = [
    "=1+1",
    "+7 900 000-00-23",
    "-скидка",
    "@имя",
    "＝SUM(A1)",
    "строка\nвторая \"в кавычках\"; и точка",
    "_x000D_ как есть",
    "семья 👩‍👩‍👧 и флаг 🇷🇺",
    "  края  ",
    "<b>жирно</b> & точка",
    "12345678901234567890",
    "Ёлка",
];

/// Orders a file of everything and waits until it is there.
async fn orders(olga: &Operator, fields: Value) -> Value {
    let mut order = json!({ "first_day": "2020-01-01", "last_day": "2029-12-30" });
    order
        .as_object_mut()
        .unwrap()
        .extend(fields.as_object().unwrap().clone());
    let id = olga.does("exports.start", order).await["export_id"].clone();
    sees(olga, &id, "done").await
}

/// Waits until an ordered file has this status.
async fn sees(olga: &Operator, id: &Value, status: &str) -> Value {
    olga.until(&format!("the file {id} {status}"), || async {
        let rows = olga.does("exports.list", json!({})).await;
        rows.as_array()?
            .iter()
            .find(|row| row["id"] == *id && row["status"] == status)
            .cloned()
    })
    .await
}

fn path(row: &Value) -> PathBuf {
    Path::new(row["folder"].as_str().unwrap()).join(row["name"].as_str().unwrap())
}

/// Everything in the folder of files, hidden ones too.
fn names(place: &Place) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(place.exports())
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The sheets of a spreadsheet as openpyxl reads them.
fn openpyxl(file: &Path) -> Vec<Value> {
    read_by_openpyxl(file, &[])
}

fn read_by_openpyxl(file: &Path, options: &[&str]) -> Vec<Value> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scripts = root.join("../src-tauri/crates/sandbox/tests/python");
    let python = environment::interpreter(&scripts, Path::new(env!("CARGO_TARGET_TMPDIR")));
    let output = Command::new(python)
        .arg(root.join("scenarios/exports/read_xlsx.py"))
        .arg(file)
        .args(options)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A world in which Anna has said awkward things and Olga has answered Pavel; his network tells the time of an answer
/// at once, so that nothing moves any more.
async fn a_talk(world: &World) {
    let anna = world.customer("vk", "Анна =Котова");
    for words in AWKWARD {
        anna.writes(words).unwrap();
    }
    let olga = world.operator();
    olga.sees("Ёлка").await;
    world.customer("telegram_bot", "Павел").writes("Колодки есть?").unwrap();
    let talk = olga.sees("Колодки").await;
    let answer = olga.answers(talk, "Да, есть").await;
    olga.sees_tick(talk, answer, "sent").await;
}
