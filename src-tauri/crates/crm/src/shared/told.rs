//! Whether every text that a person may meet is there.

use std::collections::BTreeMap;

use contracts::crm::{CrmDescriptor, CrmSettingKind};

fn english(crm: &CrmDescriptor) -> BTreeMap<String, String> {
    serde_json::from_str(crm.texts.en).unwrap()
}

/// Words and help of settings that are missing.
pub(crate) fn missing_of_settings(crm: &CrmDescriptor) -> Vec<String> {
    let texts = english(crm);
    let mut wanted = Vec::new();
    for section in crm.settings {
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
    wanted.into_iter().filter(|key| !texts.contains_key(key)).collect()
}

/// Reasons that the code names and that have no words; at least `least` are named, else the search is broken.
pub(crate) fn missing_reasons(crm: &CrmDescriptor, code: &[&str], least: usize) -> Vec<String> {
    let texts = english(crm);
    let begin = format!("\"{}.", crm.id);
    let said = code.iter().flat_map(|text| text.split(&begin).skip(1));
    let keys = said.map(|rest| rest.split('"').next().unwrap());
    let keys: Vec<_> = keys.filter(|key| key.starts_with("reason.")).collect();
    assert!(keys.len() > least, "the search finds them");
    let missing = keys.into_iter().filter(|key| !texts.contains_key(*key));
    missing.map(str::to_owned).collect()
}
