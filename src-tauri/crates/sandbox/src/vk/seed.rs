//! What is there at the start: a shop's community with its administrator and a second community to choose from.

use super::attach::still;
use super::state::State;
use super::state::community::Community;
use super::state::token::{Owner, Rights};
use super::state::user::{Sex, User};
use super::wire::page::NO_PICTURE;
use crate::vendor::Host;

/// Ids as they look on VK today.
const SHOP: i64 = 218_500_117;
const OUTLET: i64 = 218_500_242;
const OWNER: i64 = 171_204_830;

/// The network before the first customer.
pub(super) fn world(host: Host) -> State {
    let mut state = State::new(host);
    state.library.put_file(NO_PICTURE.to_owned(), still("camera.png"));
    let owner = User {
        id: OWNER,
        first_name: "Ольга".to_owned(),
        last_name: "Лесникова".to_owned(),
        sex: Sex::Female,
        screen_name: "olga.lesnikova".to_owned(),
        last_seen: state.now(),
        ..User::default()
    };
    state.users.insert(OWNER, owner);
    for (id, name, screen_name) in [
        (SHOP, "Беседка", "besedka_shop"),
        (OUTLET, "Беседка: распродажа", "besedka_outlet"),
    ] {
        state
            .communities
            .insert(id, Community::new(id, name, screen_name, OWNER));
    }
    state.home = SHOP;
    state.home_token = state.issue_token(Owner::Community(SHOP), Rights::COMMUNITY);
    state
}
