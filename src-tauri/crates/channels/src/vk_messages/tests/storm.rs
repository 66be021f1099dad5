//! Everything goes wrong at once, and in the end both sides hold the same.

use std::collections::BTreeSet;

use contracts::channel::{AccountContext, Channel, Exit, SendError};
use sandbox::chaos::{Kind, Trouble};
use tokio_util::sync::CancellationToken;

use super::world::{World, saying};
use crate::{
    shared::rehearsal::{Given, deps},
    vk_messages::CHANNEL,
};

fn storm(world: &World) {
    for kind in [
        Kind::LoseRequest,
        Kind::LoseAnswer,
        Kind::HalfAnswer,
        Kind::Duplicate,
        Kind::Reorder,
        Kind::ServerError { status: 503 },
        Kind::TooManyRequests { retry_after: 1 },
        Kind::Delay { ms: 20 },
    ] {
        world.trouble(Trouble::of(kind).with_probability(0.08));
    }
}

/// Session after session, each from the cursors that the ones before have left.
async fn receive_again_and_again(world: &World, given: &Given) {
    let stop = CancellationToken::new();
    loop {
        let cursors = given.cursors();
        let account = AccountContext {
            cursors,
            ..world.account.clone()
        };
        let connector = CHANNEL.connect(account, deps()).unwrap();
        let exit = connector.receive(given, &stop).await;
        assert!(matches!(exit, Exit::Broken(_)), "{exit:?}");
    }
}

#[tokio::test]
async fn in_a_storm_every_message_of_the_clients_arrives() {
    let (world, given) = (World::new().await, Given::default());
    let clients: Vec<_> = ["Анна", "Павел", "Вера"]
        .iter()
        .map(|name| world.customer(name))
        .collect();
    storm(&world);
    let story = async {
        for round in 0..15 {
            for client in &clients {
                client.writes(&format!("{} {round}", client.person.first_name)).unwrap();
            }
            // Whichever of the three comes first: the storm goes on between rounds.
            let last = |text: &String| text.ends_with(&format!(" {round}"));
            given.until("this round", |given| given.texts().iter().any(last)).await;
        }
        let all = |given: &Given| given.texts().into_iter().collect::<BTreeSet<_>>().len() == 45;
        given.until("all", all).await;
    };
    tokio::select! {
        () = receive_again_and_again(&world, &given) => {}
        () = story => {}
    }
}

#[tokio::test]
async fn in_a_storm_every_answer_reaches_anna_once() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    storm(&world);
    let mut connector = world.connector();
    let answers: Vec<String> = (0..12).map(|number| format!("Ответ {number}")).collect();
    for answer in &answers {
        let message = saying(&anna.chat.0, answer);
        while let Err(error) = connector.send(&message).await {
            assert!(!matches!(error, SendError::Unreachable(_)), "{error}");
            // Every other failure costs the whole connector, as a restart of the program would.
            connector = world.connector();
        }
    }
    assert_eq!(anna.sees(), answers);
}
