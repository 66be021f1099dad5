//! A file holds one idea: 150 lines is the aim, 400 warns, 600 fails.

use super::finding::Finding;
use super::tree::Tree;

const WARN: usize = 400;
const FAIL: usize = 600;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let written = tree
        .below("", &[".rs", ".ts", ".tsx", ".mjs"])
        .filter(|(path, _)| !path.ends_with(".gen.ts"));
    written
        .filter_map(|(path, text)| {
            let lines = text.lines().count();
            let fix = "move one of its ideas to a file of its own";
            match lines {
                FAIL.. => Some(Finding::error(
                    "size",
                    (path, 0),
                    format!("{lines} lines, {FAIL} at most"),
                    fix,
                )),
                WARN.. => Some(Finding::warning(
                    "size",
                    (path, 0),
                    format!("{lines} lines, the aim is 150"),
                    fix,
                )),
                _ => None,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level;
    use super::*;

    #[test]
    fn long_files_warn_and_very_long_ones_fail() {
        let (long, very_long) = ("x\n".repeat(400), "x\n".repeat(600));
        let tree = Tree::of(&[
            ("a.rs", &long),
            ("b.tsx", &very_long),
            ("c.gen.ts", &very_long),
            ("d.rs", "x\n"),
        ]);
        let found = check(&tree);
        let levels: Vec<_> = found
            .iter()
            .map(|finding| (finding.file.as_str(), finding.level))
            .collect();
        assert_eq!(levels, [("a.rs", Level::Warning), ("b.tsx", Level::Error)]);
    }
}
