//! Every crate opens with a doc comment: what it is, a picture or an example, what it must not do.

use super::finding::Finding;
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let manifests = tree
        .below("", &["Cargo.toml"])
        .filter(|(_, text)| text.contains("[package]"));
    manifests
        .filter_map(|(manifest, _)| {
            let folder = manifest.trim_end_matches("Cargo.toml");
            let roots = ["src/lib.rs", "src/main.rs", "main.rs"].map(|file| format!("{folder}{file}"));
            let (path, text) = roots.iter().find_map(|path| Some((path, tree.get(path)?)))?;
            let documented = text.starts_with("//!") || text.starts_with("#![doc");
            let fix = "open with `//!`: what it is, its one picture or example, what it must not do";
            (!documented).then(|| Finding::error("crate-doc", (path, 1), "the crate has no doc comment", fix))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_without_an_opening_word_is_found() {
        let tree = Tree::of(&[
            ("a/Cargo.toml", "[package]"),
            ("a/src/lib.rs", "mod x;"),
            ("b/Cargo.toml", "[package]"),
            ("b/src/lib.rs", "//! B.\nmod x;"),
            ("b/src/main.rs", "fn main() {}"),
        ]);
        let files: Vec<_> = check(&tree).into_iter().map(|finding| finding.file).collect();
        assert_eq!(files, ["a/src/lib.rs"]);
    }
}
