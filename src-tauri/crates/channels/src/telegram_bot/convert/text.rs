use domain::{Entity, EntityKind};

use crate::telegram_bot::wire::WireEntity;

/// The vendor's marks as ours. Links, names and tags that stand in the text as they are need none.
pub(super) fn from_wire(entities: &[WireEntity]) -> Vec<Entity> {
    entities.iter().filter_map(entity).collect()
}

fn entity(entity: &WireEntity) -> Option<Entity> {
    let kind = match entity.kind.as_str() {
        "bold" => EntityKind::Bold,
        "italic" => EntityKind::Italic,
        "underline" => EntityKind::Underline,
        "strikethrough" => EntityKind::Strike,
        "spoiler" => EntityKind::Spoiler,
        "code" | "pre" => EntityKind::Code,
        "blockquote" | "expandable_blockquote" => EntityKind::Quote,
        "text_link" => EntityKind::Link {
            url: entity.url.clone()?,
        },
        "mention" | "text_mention" => EntityKind::Mention,
        _ => return None,
    };
    Some(Entity {
        offset: entity.offset,
        length: entity.length,
        kind,
    })
}

/// Our marks as the vendor's. A name is found in the text by the server itself.
pub(in crate::telegram_bot) fn to_wire(entities: &[Entity]) -> Vec<WireEntity> {
    let wire = |entity: &Entity| {
        let (kind, url) = match &entity.kind {
            EntityKind::Bold => ("bold", None),
            EntityKind::Italic => ("italic", None),
            EntityKind::Underline => ("underline", None),
            EntityKind::Strike => ("strikethrough", None),
            EntityKind::Spoiler => ("spoiler", None),
            EntityKind::Code => ("code", None),
            EntityKind::Quote => ("blockquote", None),
            EntityKind::Link { url } => ("text_link", Some(url.clone())),
            EntityKind::Mention => return None,
        };
        Some(WireEntity {
            kind: kind.to_owned(),
            offset: entity.offset,
            length: entity.length,
            url,
        })
    };
    entities.iter().filter_map(wire).collect()
}
