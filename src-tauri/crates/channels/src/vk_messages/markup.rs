//! The one markup that VK's texts carry: `[id1|Анна]`, `[club1|Мебель]`, `[https://vk.com/…|слова]`.
//! <https://dev.vk.com/reference/objects/message>

use domain::{Entity, EntityKind};

/// The text as people see it, with its marked stretches.
pub(super) fn plain(text: &str) -> (String, Vec<Entity>) {
    let mut seen = String::with_capacity(text.len());
    let mut entities = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        seen.push_str(before);
        if let Some((kind, words, behind)) = mention(after) {
            entities.push(Entity {
                offset: units(&seen),
                length: units(words),
                kind,
            });
            seen.push_str(words);
            rest = behind;
        } else {
            seen.push('[');
            rest = after;
        }
    }
    seen.push_str(rest);
    (seen, entities)
}

/// What follows the opening bracket: its kind, its words, and what stands behind the closing one.
fn mention(text: &str) -> Option<(EntityKind, &str, &str)> {
    let (inside, behind) = text.split_once(']')?;
    let (target, words) = inside.split_once('|')?;
    if words.is_empty() || target.contains('[') {
        return None;
    }
    Some((kind(target)?, words, behind))
}

fn kind(target: &str) -> Option<EntityKind> {
    if target.starts_with("https://") || target.starts_with("http://") {
        return Some(EntityKind::Link { url: target.to_owned() });
    }
    // Answers to comments write `id1:bp-2_3`: the page, then what is answered.
    let page = target.split(':').next()?;
    let number = ["id", "club", "public", "event"]
        .iter()
        .find_map(|kind| page.strip_prefix(kind))?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(EntityKind::Mention)
}

fn units(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}
