//! A day at Irina's desk, in the real window.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "stories fail by panicking"
)]
#![cfg(target_os = "linux")]

use std::time::Duration;

use anyhow::Result;
use serde_json::json;
use window::{Desk, NoticeBoard};

#[tokio::test]
async fn irina_opens_a_conversation_answers_and_sees_the_tick() -> Result<()> {
    let irina = Desk::with(&["--demo"]).await?;
    assert!(irina.page().sees_conversations().await? > 3);
    irina.page().opens_the_first_conversation().await?;
    irina.page().writes("Здравствуйте! Сейчас посмотрю ваш заказ.").await?;
    irina.page().sees_in_conversation("Сейчас посмотрю ваш заказ").await?;
    let accepted = ["Отправлено", "Доставлено", "Прочитано"];
    irina.page().sees_tick("Сейчас посмотрю ваш заказ", &accepted).await?;
    Ok(())
}

#[tokio::test]
async fn closing_hides_the_window_and_a_second_start_brings_it_back() -> Result<()> {
    let irina = Desk::with(&["--demo"]).await?;
    irina.page().sees_conversations().await?;
    irina.closes_the_window().await?;
    assert!(
        irina.page().sees_conversations().await? > 0,
        "the program goes on in the tray"
    );
    let second = irina.starts_again(&["--demo"]).await?;
    assert!(second.success(), "{second}");
    irina.sees_the_window().await?;
    Ok(())
}

#[tokio::test]
async fn a_message_raises_a_notification_whose_click_opens_the_conversation() -> Result<()> {
    let mut board = NoticeBoard::hang().await?;
    let irina = Desk::with(&["--demo"]).await?;
    irina.page().sees_conversations().await?;
    irina.closes_the_window().await?;
    let seen = board.next().await?;
    assert!(!seen.title.is_empty() && !seen.body.is_empty(), "{seen:?}");
    board.clicks(seen.id).await?;
    irina.sees_the_window().await?;
    let list = irina
        .page()
        .calls("conversations.list", json!({"filter": "all", "account_ids": []}))
        .await?;
    let rows = list["items"].as_array().cloned().unwrap_or_default();
    let about = rows.iter().find(|row| row["title"] == json!(seen.title));
    let id = about.map(|row| row["id"].clone()).unwrap_or_default();
    irina.page().is_at(&format!("#/chats?id={id}")).await?;
    Ok(())
}

#[tokio::test]
async fn do_not_disturb_keeps_the_desk_quiet() -> Result<()> {
    let mut board = NoticeBoard::hang().await?;
    let irina = Desk::with(&["--demo"]).await?;
    irina.page().sees_conversations().await?;
    let boot = irina.page().calls("boot", json!({})).await?;
    let mut settings = boot["settings"].clone();
    settings["do_not_disturb"] = json!(true);
    irina.page().calls("settings.save", settings).await?;
    irina.closes_the_window().await?;
    // What was raised before the switch took hold does not count.
    while !board.stays_empty(Duration::from_secs(1)).await {}
    assert!(board.stays_empty(Duration::from_secs(20)).await);
    Ok(())
}

#[tokio::test]
async fn the_page_may_do_no_more_than_its_capability_says() -> Result<()> {
    let irina = Desk::with(&["--demo"]).await?;
    irina.page().sees_conversations().await?;
    for command in [
        "plugin:window|close",
        "plugin:dialog|save",
        "plugin:autostart|enable",
        "plugin:opener|open_path",
    ] {
        assert!(irina.page().is_refused(command).await?, "{command}");
    }
    Ok(())
}

#[tokio::test]
async fn logging_out_ends_the_program_within_seconds() -> Result<()> {
    let irina = Desk::with(&["--demo"]).await?;
    irina.page().sees_conversations().await?;
    let took = irina.logs_out().await?;
    assert!(took < Duration::from_secs(6), "{took:?}");
    Ok(())
}
