//! The shell is one place: `@tauri-apps` is imported by one file of the frontend.
//! (That only `src-tauri` depends on the crate `tauri` is the business of `graph`.)

use super::finding::Finding;
use super::tree::{TYPESCRIPT, Tree};

const HOST: &str = "frontend/src/shared/host/tauri.ts";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let elsewhere = tree.below("frontend/src", TYPESCRIPT).filter(|(path, _)| *path != HOST);
    elsewhere
        .flat_map(|(path, text)| {
            let lines = text
                .lines()
                .enumerate()
                .filter(|(_, line)| line.contains("@tauri-apps/"));
            lines.map(move |(at, _)| {
                let fix = format!("add what you need to the Host interface and implement it in {HOST}");
                Finding::error("shell", (path, at + 1), "imports the desktop shell", fix)
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_host_knows_the_shell() {
        let import = "import { invoke } from '@tauri-apps/api/core'";
        let tree = Tree::of(&[(HOST, import), ("frontend/src/features/inbox/Page.tsx", import)]);
        assert_eq!(check(&tree).len(), 1);
    }
}
