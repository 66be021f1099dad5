//! The account as it is found: a furniture shop with three people in it, one board, nothing sold yet.

use super::state::entity::Kind;
use super::state::field::{Choice, CustomField};
use super::state::pipeline::{LOST, Pipeline, Status, WON};
use super::state::token::Access;
use super::state::user::User;
use super::state::{Account, State};
use crate::vendor::Host;

const FIRST_USER: i64 = 8_115_301;

/// A long-lived token of the seed lives a year, in seconds.
pub(super) const YEAR: i64 = 365 * 86_400;

/// Files opened by address alone, as the product of the vendor does it (not documented).
const OPEN_FILES: bool = true;

/// Messages a month that a paid plan of Kommo sends through REST.
const QUOTA: u32 = 500;

pub(super) fn account(host: Host) -> State {
    let created_at = host.clock.unix() - YEAR;
    let mut state = State::new(host, |dice| Account {
        id: 31_274_114,
        name: "Мебель на Лесной".to_owned(),
        subdomain: "lesnaya".to_owned(),
        amojo_id: dice.uuid(),
        created_at,
        kommo: false,
        unpaid: false,
        open_files: OPEN_FILES,
        quota: QUOTA,
    });
    let staff = [
        ("Марина Гордеева", "marina@lesnaya.example", true),
        ("Игорь Седых", "igor@lesnaya.example", false),
        ("Ольга Ким", "olga@lesnaya.example", false),
    ];
    for (id, (name, email, administrator)) in (FIRST_USER..).step_by(7).zip(staff) {
        let user = User {
            id,
            name: name.to_owned(),
            email: email.to_owned(),
            administrator,
            amojo_id: state.uuid(),
            uuid: state.uuid(),
        };
        state.users.push(user);
    }
    board(&mut state);
    for kind in [Kind::Contact, Kind::Company] {
        multitext(
            &mut state,
            kind,
            "Телефон",
            "PHONE",
            &["WORK", "WORKDD", "MOB", "FAX", "HOME", "OTHER"],
        );
        multitext(&mut state, kind, "Email", "EMAIL", &["WORK", "PRIV", "OTHER"]);
    }
    home_token(&mut state);
    state
}

/// A new long-lived token of the administrator, as the card of the integration makes them.
pub(super) fn home_token(state: &mut State) {
    let (user, expires_at) = (administrator(state), state.now() + YEAR);
    let token = super::oauth::jwt(state, user, expires_at);
    let access = Access {
        user,
        expires_at,
        revoked: false,
    };
    state.keys.access.insert(token.clone(), access);
    state.keys.home = token;
}

/// Whoever made the integration.
pub(super) fn administrator(state: &State) -> i64 {
    state.users.first().map_or(FIRST_USER, |user| user.id)
}

fn board(state: &mut State) {
    let names = [
        ("Неразобранное", "#c1c1c1"),
        ("Первичный контакт", "#99ccff"),
        ("Переговоры", "#ffff99"),
        ("Принимают решение", "#ffcc66"),
    ];
    let mut statuses: Vec<Status> = names
        .iter()
        .map(|(name, color)| Status {
            id: state.number(),
            name: (*name).to_owned(),
            color,
            unsorted: *name == "Неразобранное",
        })
        .collect();
    for (id, name, color) in [
        (WON, "Успешно реализовано", "#CCFF66"),
        (LOST, "Закрыто и не реализовано", "#D5D8DB"),
    ] {
        let name = name.to_owned();
        statuses.push(Status {
            id,
            name,
            color,
            unsorted: false,
        });
    }
    let pipeline = Pipeline {
        id: state.number(),
        name: "Воронка".to_owned(),
        main: true,
        unsorted_on: true,
        statuses,
    };
    state.pipelines.push(pipeline);
}

fn multitext(state: &mut State, of: Kind, name: &str, code: &str, choices: &[&str]) {
    let enums = (1..)
        .zip(choices)
        .map(|(sort, choice)| Choice {
            id: state.number(),
            value: (*choice).to_owned(),
            code: Some((*choice).to_owned()),
            sort,
        })
        .collect();
    let field = CustomField {
        id: state.number(),
        of,
        name: name.to_owned(),
        code: Some(code.to_owned()),
        kind: "multitext".to_owned(),
        sort: 4,
        api_only: false,
        predefined: true,
        enums,
    };
    state.fields.push(field);
}
