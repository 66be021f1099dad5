//! `.ci/tidy-allow.txt`: exceptions, one a line: rule, file, reason.

use super::finding::Finding;
use super::tree::Tree;

pub(super) const FILE: &str = ".ci/tidy-allow.txt";

struct Exception<'a> {
    line: usize,
    rule: &'a str,
    file: &'a str,
    reason: &'a str,
}

/// Drops what is excused; adds a finding for each exception that is stale or gives no reason.
pub(super) fn excuse(tree: &Tree, findings: Vec<Finding>) -> Vec<Finding> {
    let exceptions = read(tree.get(FILE).unwrap_or_default());
    let covers =
        |exception: &Exception<'_>, finding: &Finding| exception.rule == finding.rule && exception.file == finding.file;
    let about_the_list = exceptions.iter().filter_map(|exception| {
        let at = (FILE, exception.line);
        if exception.reason.is_empty() {
            return Some(Finding::error(
                "allow",
                at,
                "an exception without a reason",
                "say why after the file's name",
            ));
        }
        let stale = !findings.iter().any(|finding| covers(exception, finding));
        stale.then(|| Finding::error("allow", at, "excuses nothing any more", "delete the line"))
    });
    let about_the_list: Vec<Finding> = about_the_list.collect();
    let excused = |finding: &Finding| exceptions.iter().any(|exception| covers(exception, finding));
    findings
        .iter()
        .filter(|finding| !excused(finding))
        .cloned()
        .chain(about_the_list)
        .collect()
}

fn read(text: &str) -> Vec<Exception<'_>> {
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|(at, line)| {
            let mut cells = line.splitn(3, ' ').map(str::trim);
            let mut next = || cells.next().unwrap_or_default();
            Exception {
                line: at + 1,
                rule: next(),
                file: next(),
                reason: next(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn long_file() -> Finding {
        Finding::error("size", ("a.rs", 0), "601 lines", "split")
    }

    #[test]
    fn an_exception_with_a_reason_excuses() {
        let tree = Tree::of(&[(FILE, "# list\nsize a.rs one table, nothing to split\n")]);
        assert_eq!(excuse(&tree, vec![long_file()]), []);
    }

    #[test]
    fn an_exception_needs_a_reason_and_something_to_excuse() {
        let tree = Tree::of(&[(FILE, "size a.rs\nsize gone.rs it was long\n")]);
        let left = excuse(&tree, vec![long_file()]);
        let lines: Vec<_> = left.iter().map(|finding| (finding.rule, finding.line)).collect();
        assert_eq!(lines, [("allow", 1), ("allow", 2)]);
    }
}
