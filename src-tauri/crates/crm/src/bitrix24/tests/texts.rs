//! Every text that a person may meet is there.

use std::collections::BTreeMap;

use contracts::crm::CrmSettingKind;

use crate::bitrix24::DESCRIPTOR;

fn english() -> BTreeMap<String, String> {
    serde_json::from_str(DESCRIPTOR.texts.en).unwrap()
}

#[test]
fn every_setting_has_its_words_and_its_help() {
    let texts = english();
    let mut wanted = Vec::new();
    for section in DESCRIPTOR.settings {
        wanted.push(format!("section.{}", section.key));
        for setting in section.settings {
            wanted.push(format!("setting.{}", setting.key));
            wanted.push(format!("setting.{}.hint", setting.key));
            let options: &[&str] = match setting.kind {
                CrmSettingKind::Choice { options, .. } => options,
                CrmSettingKind::Live { also, .. } => also,
                _ => &[],
            };
            wanted.extend(options.iter().map(|option| format!("setting.{}.{option}", setting.key)));
        }
    }
    let missing: Vec<_> = wanted.into_iter().filter(|key| !texts.contains_key(key)).collect();
    assert_eq!(missing, Vec::<String>::new());
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
        include_str!("../trace.rs"),
        include_str!("../write_first.rs"),
    ];
    let texts = english();
    let said = code.iter().flat_map(|text| text.split("\"bitrix24.").skip(1));
    let keys = said.map(|rest| rest.split('"').next().unwrap());
    let keys: Vec<_> = keys.filter(|key| key.starts_with("reason.")).collect();
    assert!(keys.len() > 30, "the search finds them");
    let missing: Vec<_> = keys.into_iter().filter(|key| !texts.contains_key(*key)).collect();
    assert_eq!(missing, Vec::<&str>::new());
}
