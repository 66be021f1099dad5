//! Third-party clients, unchanged, against the simulator: what they understand is the wire of VK.

use crate::common::python::{interpreter, scripts};
use crate::world::Line;
use sandbox::{Act, Customer, FileKind, Part, samples};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// A bot's process; its picture lives as long as it does.
struct Bot {
    process: Child,
    _picture: tempfile::TempDir,
}

impl Bot {
    /// Starts a script and waits until it polls.
    async fn start(line: &Line, script: &str) -> Self {
        let picture = tempfile::tempdir().unwrap();
        let path = picture.path().join("photo.jpg");
        std::fs::write(&path, samples::photo().data).unwrap();
        let mut process = Command::new(interpreter())
            .arg(scripts().join(script))
            .args([&line.base, &line.token, &line.group.to_string()])
            .arg(&path)
            .current_dir(picture.path())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        assert_eq!(lines.next_line().await.unwrap().as_deref(), Some("ready"));
        Self {
            process,
            _picture: picture,
        }
    }

    async fn ends(mut self) {
        let ended = tokio::time::timeout(Duration::from_secs(30), self.process.wait()).await;
        assert!(ended.unwrap().unwrap().success());
    }
}

/// Waits until the community has written `count` messages to this person.
async fn received(customer: &Customer, count: usize) -> Vec<sandbox::PhoneMessage> {
    for _ in 0..600 {
        let received = customer.received();
        if received.len() >= count {
            return received;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the bot wrote only {:?}", customer.sees());
}

#[tokio::test]
async fn vk_api_answers_uploads_and_survives_every_failure_of_the_poll() {
    let line = Line::start().await;
    let anna = line.customer("Анна");
    let bot = Bot::start(&line, "vk_api_bot.py").await;
    anna.writes("Есть стулья?").unwrap();
    assert_eq!(received(&anna, 1).await[0].text.text, "Анна: Есть стулья?");
    for (number, trouble) in ["rotate_key", "forget_history", "lose"].into_iter().enumerate() {
        line.switch("long_poll", serde_json::json!({"do": trouble}));
        // What is written before the client has its new number is lost to it, as in life: write until it hears.
        while customer_waits(&anna, number + 2).await {
            anna.writes(trouble).unwrap();
        }
    }
    let before = anna.received().len();
    anna.writes("фото").unwrap();
    anna.writes("документ").unwrap();
    let parts: Vec<Part> = received(&anna, before + 2)
        .await
        .into_iter()
        .flat_map(|one| one.parts)
        .collect();
    assert!(matches!(&parts[0], Part::File { shown_as: FileKind::Photo, file } if file.data == samples::photo().data));
    assert!(matches!(&parts[1], Part::File { shown_as: FileKind::Document, file } if file.name == "Чертёж.jpg"));
    anna.writes("стоп").unwrap();
    bot.ends().await;
}

/// Gives the bot a moment; true when it has written fewer messages than that.
async fn customer_waits(customer: &Customer, count: usize) -> bool {
    for _ in 0..20 {
        if customer.received().len() >= count {
            return false;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    true
}

#[tokio::test]
async fn vkbottle_answers_edits_and_uploads() {
    let line = Line::start().await;
    let anna = line.customer("Анна");
    let bot = Bot::start(&line, "vkbottle_bot.py").await;
    let asked = anna.writes("Есть столы?").unwrap();
    let echo = received(&anna, 1).await.remove(0);
    assert_eq!(
        (echo.text.text.as_str(), echo.reply_to),
        ("Анна: Есть столы?", Some(asked))
    );
    anna.writes("исправь").unwrap();
    received(&anna, 2).await;
    anna.writes("фото").unwrap();
    let photo = received(&anna, 3).await.remove(2);
    assert!(matches!(
        &photo.parts[..],
        [Part::File {
            shown_as: FileKind::Photo,
            ..
        }]
    ));
    anna.writes("стоп").unwrap();
    bot.ends().await;
    assert_eq!(anna.received()[1].text.text, "Без ошибки");
}

#[tokio::test]
async fn vkbottle_hears_a_pressed_button() {
    let line = Line::start().await;
    let anna = line.customer("Анна");
    let bot = Bot::start(&line, "vkbottle_bot.py").await;
    anna.writes("кнопка").unwrap();
    let (message, button) = (received(&anna, 1).await.remove(0).id, "Цена".to_owned());
    anna.does(Act::Press { message, button }).unwrap();
    assert_eq!(received(&anna, 2).await[1].text.text, "Спросили: price");
    anna.writes("стоп").unwrap();
    bot.ends().await;
}
