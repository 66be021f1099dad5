//! The inside of the product names no vendor: what differs between networks is data in a descriptor.

use super::finding::Finding;
use super::tree::{ANY, Tree, crate_folder};
use super::words::words;

/// Crates that serve every network alike.
const CRATES: &[&str] = &[
    "domain",
    "contracts",
    "filters",
    "store",
    "engine",
    "reports",
    "api",
    "web",
    "net",
    "secrets",
];

const BRANDS: &[&str] = &[
    "telegram",
    "vk",
    "vkontakte",
    "вконтакте",
    "телеграм",
    "whatsapp",
    "instagram",
    "facebook",
    "avito",
    "авито",
    "tiktok",
    "amocrm",
    "kommo",
    "bitrix",
    "bitrix24",
    "битрикс24",
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let crates = CRATES
        .iter()
        .flat_map(|name| tree.below(crate_folder(name), &[".rs", ".sql", ".toml"]));
    let frontend = tree
        .below("frontend/src", ANY)
        .filter(|(path, _)| !path.ends_with(".gen.ts"));
    crates
        .chain(frontend)
        .flat_map(|(path, text)| in_file(path, text))
        .collect()
}

fn in_file(path: &str, text: &str) -> Vec<Finding> {
    let fix = "let the channel say it through its descriptor, capabilities or texts; here it is data";
    let lines = text.lines().enumerate();
    lines
        .filter_map(|(at, line)| {
            let brand = words(&without_behaviours(line))
                .into_iter()
                .find(|word| BRANDS.contains(&word.as_str()))?;
            Some(Finding::error(
                "vendor",
                (path, at + 1),
                format!("names a vendor: {brand}"),
                fix,
            ))
        })
        .collect()
}

/// Drops references to numbered behaviours of the specification: `VK-5` names no vendor's code.
fn without_behaviours(line: &str) -> String {
    let behaviour = |word: &str| {
        let (area, number) = word.split_once('-').unwrap_or_default();
        !area.is_empty() && area.chars().all(char::is_uppercase) && number.starts_with(|c: char| c.is_ascii_digit())
    };
    line.split_inclusive([' ', '(', '`'])
        .filter(|word| !behaviour(word))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_to_the_specification_is_no_vendor() {
        let tree = Tree::of(&[(
            "src-tauri/crates/domain/src/a.rs",
            "/// Where a client came from (VK-5, a start word).\n",
        )]);
        assert_eq!(check(&tree), []);
    }

    #[test]
    fn a_vendor_in_the_engine_is_found_and_in_its_channel_is_at_home() {
        let tree = Tree::of(&[
            ("src-tauri/crates/engine/src/a.rs", "fn a() {}\nfn b(c: VkClient) {}\n"),
            ("src-tauri/crates/channels/src/vk/mod.rs", "struct VkClient;"),
            ("frontend/src/shared/api/schema.gen.ts", "// telegram"),
        ]);
        let found = check(&tree);
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].file.as_str(), found[0].line),
            ("src-tauri/crates/engine/src/a.rs", 2)
        );
    }
}
