//! Every text that a person may meet is there.

use crate::{
    bitrix24::DESCRIPTOR,
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
        include_str!("../bell.rs"),
        include_str!("../client.rs"),
        include_str!("../errors.rs"),
        include_str!("../files.rs"),
        include_str!("../lines.rs"),
        include_str!("../login/app.rs"),
        include_str!("../login/mod.rs"),
        include_str!("../login/webhook.rs"),
        include_str!("../prepare.rs"),
        include_str!("../replies.rs"),
        include_str!("../say.rs"),
        include_str!("../staff_chats.rs"),
        include_str!("../trace.rs"),
        include_str!("../write_first.rs"),
    ];
    assert_eq!(missing_reasons(&DESCRIPTOR, &code, 30), Vec::<String>::new());
}
