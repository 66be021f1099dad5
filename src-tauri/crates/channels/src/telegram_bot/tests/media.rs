//! Files and faces against the simulator.

use contracts::channel::CallError;
use domain::{AttachmentKind, FetchState, RemoteId};
use sandbox::{FileKind, Letter, Media, NewPerson, samples};
use serde_json::json;

use super::world::World;

#[tokio::test]
async fn a_photo_comes_in_its_largest_size() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    let photo = samples::photo();
    anna.sends(Letter::file(FileKind::Photo, photo.clone()).captioned("Вот такой"))
        .unwrap();
    let line = world.line();
    let message = line.given.until_text("Вот такой").await;
    let file = &message.files[0];
    assert_eq!(
        (file.kind, file.width, file.state),
        (AttachmentKind::Image, photo.width.map(i64::from), FetchState::Remote)
    );
    let mut bytes = Vec::new();
    line.connector
        .media()
        .unwrap()
        .fetch(&file.fetch, &mut bytes)
        .await
        .unwrap();
    assert_eq!(bytes.len(), photo.data.len());
    assert!(!file.fetch.to_string().contains(world.account.secret.expose().as_str()));
    line.stop().await;
}

#[tokio::test]
async fn a_file_that_the_network_does_not_give_out_says_so_at_once() {
    let world = World::new().await;
    let film = Media::new("свадьба.mkv", vec![0_u8; (20 << 20) + 1]);
    world
        .customer("Анна")
        .sends(Letter::file(FileKind::Document, film))
        .unwrap();
    let line = world.line();
    line.given.until("the film", |given| !given.messages().is_empty()).await;
    let file = line.given.messages()[0].files[0].clone();
    assert_eq!(
        (file.state, file.reason.unwrap().key.as_ref()),
        (FetchState::Failed, "telegram_bot.reason.too_big")
    );
    let fetched = line
        .connector
        .media()
        .unwrap()
        .fetch(&file.fetch, &mut Vec::new())
        .await;
    assert!(matches!(fetched, Err(CallError::Refused(_))));
    line.stop().await;
}

#[tokio::test]
async fn a_server_of_ones_own_has_no_limit() {
    let mut world = World::new().await;
    world.settings("local_server", json!(true));
    let film = Media::new("свадьба.mkv", vec![0_u8; (20 << 20) + 1]);
    let letter = Letter::file(FileKind::Document, film);
    world.customer("Анна").sends(letter).unwrap();
    let line = world.line();
    line.given.until("the film", |given| !given.messages().is_empty()).await;
    assert_eq!(line.given.messages()[0].files[0].state, FetchState::Remote);
    line.stop().await;
}

#[tokio::test]
async fn a_card_tells_name_birthday_and_face() {
    let world = World::new().await;
    let anna = world.vendor().vendor.add_person(NewPerson {
        username: Some("anna_s".to_owned()),
        birthday: Some("7.3.1990".to_owned()),
        avatar: Some(samples::photo().data),
        ..NewPerson::named("Анна", "Соколова")
    });
    world.customer("Анна Соколова").writes("Это я").unwrap();
    let connector = world.connector();
    let card = connector
        .profiles()
        .unwrap()
        .profile(&RemoteId::new(&anna.id.0))
        .await
        .unwrap();
    assert_eq!(card.name.as_deref(), Some("Анна Соколова"));
    assert_eq!(
        (card.birthday.as_deref(), card.link.as_deref()),
        (Some("7.3.1990"), Some("https://t.me/anna_s"))
    );
    let face = card.avatar.unwrap();
    let mut bytes = Vec::new();
    connector.media().unwrap().fetch(&face.fetch, &mut bytes).await.unwrap();
    assert!(!bytes.is_empty());
}
