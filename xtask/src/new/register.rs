//! The two lines that make a folder part of the crate: its module, and its entry in the registry.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// `constant` is what the registry lists of a folder: `CHANNEL` or `CRM`.
pub(super) fn add(source: &Path, id: &str, constant: &str) -> Result<()> {
    change(&source.join("lib.rs"), |text| with_module(text, id))?;
    change(&source.join("registry.rs"), |text| {
        with_entry(text, &format!("&crate::{id}::{constant}"))
    })
}

fn change(file: &Path, with: impl FnOnce(&str) -> Option<String>) -> Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("no {}", file.display()))?;
    let changed = with(&text).with_context(|| format!("{} has no list to add to", file.display()))?;
    fs::write(file, changed).with_context(|| format!("{} cannot be written", file.display()))
}

/// Before the first module whose name is greater, else after the last one.
fn with_module(text: &str, id: &str) -> Option<String> {
    let line = format!("pub mod {id};");
    let mut lines: Vec<&str> = text.lines().collect();
    let is_module = |line: &&str| line.starts_with("pub mod ");
    let last = lines.iter().rposition(is_module)?;
    let at = lines
        .iter()
        .position(|other| is_module(other) && **other > *line)
        .unwrap_or(last + 1);
    lines.insert(at, &line);
    Some(lines.join("\n") + "\n")
}

/// At the end of the list that the file's `static` holds.
fn with_entry(text: &str, entry: &str) -> Option<String> {
    let list = text.find("= &[")? + "= &[".len();
    let end = list + text.get(list..)?.find("];")?;
    let before = text.get(..end)?.trim_end().trim_end_matches(',');
    let comma = if before.ends_with('[') { "" } else { "," };
    Some(format!("{before}{comma}\n    {entry},\n{}", text.get(end..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_goes_where_its_name_belongs() {
        let text = "//! Doc.\n\npub mod registry;\nmod shared;\npub mod vk_messages;\n";
        let with = with_module(text, "avito").unwrap();
        assert_eq!(
            with,
            "//! Doc.\n\npub mod avito;\npub mod registry;\nmod shared;\npub mod vk_messages;\n"
        );
        assert!(
            with_module(text, "zalo")
                .unwrap()
                .ends_with("pub mod vk_messages;\npub mod zalo;\n")
        );
    }

    #[test]
    fn an_entry_ends_the_list() {
        let empty = "pub static A: &[&dyn C] = &[];\n";
        assert_eq!(
            with_entry(empty, "&a::X").unwrap(),
            "pub static A: &[&dyn C] = &[\n    &a::X,\n];\n"
        );
        let full = "pub static A: &[&dyn C] = &[&b::X];\n";
        assert_eq!(
            with_entry(full, "&a::X").unwrap(),
            "pub static A: &[&dyn C] = &[&b::X,\n    &a::X,\n];\n"
        );
    }
}
