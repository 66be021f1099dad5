//! Every text that a person may meet is there.

use crate::{
    amocrm::DESCRIPTOR,
    shared::told::{missing_of_settings, missing_reasons},
};

#[test]
fn every_setting_has_its_words_and_its_help() {
    assert_eq!(missing_of_settings(&DESCRIPTOR), Vec::<String>::new());
}

#[test]
fn every_reason_of_the_code_has_its_words() {
    let code = [
        include_str!("../append.rs"),
        include_str!("../chats.rs"),
        include_str!("../chat_window.rs"),
        include_str!("../client.rs"),
        include_str!("../drive.rs"),
        include_str!("../errors.rs"),
        include_str!("../prepare.rs"),
        include_str!("../reply_content.rs"),
        include_str!("../tasks.rs"),
        include_str!("../write_first.rs"),
        include_str!("../amojo/mod.rs"),
        include_str!("../login/mod.rs"),
        include_str!("../login/oauth.rs"),
        include_str!("../login/token.rs"),
    ];
    assert_eq!(missing_reasons(&DESCRIPTOR, &code, 30), Vec::<String>::new());
}
