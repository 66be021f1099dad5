use std::{
    ffi::OsString,
    hash::{DefaultHasher, Hash, Hasher},
    path::PathBuf,
};

use clap::Parser;
use compose::{Paths, PathsError, Setup, demo};

use crate::other::Other;

/// How the system starts it at login.
pub(crate) const HIDDEN: &str = "--hidden";

#[derive(Debug, Parser)]
#[command(name = "besedka", version, about = "All your messengers in one inbox")]
pub(crate) struct Options {
    /// Simulated networks with people on them, instead of real ones
    #[arg(long)]
    pub(crate) demo: bool,
    /// Go on with the demo of last time instead of a new one
    #[arg(long, requires = "demo")]
    pub(crate) keep: bool,
    /// Where the data lies; else $BESEDKA_DATA, else the system's place for it
    #[arg(long, value_name = "FOLDER")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Begin in the tray
    #[arg(long)]
    pub(crate) hidden: bool,
}

impl Options {
    pub(crate) fn setup(&self) -> Result<Setup, PathsError> {
        let paths = Paths::choose(self.data_dir.clone())?;
        Ok(if self.demo {
            Setup::demo(&paths, self.demo_options())
        } else {
            Setup::new(paths)
        })
    }

    fn demo_options(&self) -> demo::Options {
        demo::Options {
            keep: self.keep,
            ..demo::Options::default()
        }
    }

    /// How the demo beside this workspace is started; from a demo, the person's own. The demo
    /// is a new one each time.
    pub(crate) fn other(&self) -> Other {
        let mut arguments: Vec<OsString> = Vec::new();
        if !self.demo {
            arguments.push("--demo".into());
        }
        if let Some(folder) = &self.data_dir {
            arguments.extend(["--data-dir".into(), folder.into()]);
        }
        Other {
            arguments,
            leaves: self.demo,
        }
    }

    /// What the system knows the program by: one window per workspace, and a demo that shares neither the window's
    /// place nor anything the page remembers with the real thing.
    pub(crate) fn identifier(&self, plain: &str, paths: &Paths) -> String {
        let usual = Paths::choose(None).map(|usual| if self.demo { usual.demo() } else { usual });
        let mut name = plain.to_owned();
        if self.demo {
            name.push_str(".demo");
        }
        if usual.as_ref().ok() != Some(paths) {
            let mut hash = DefaultHasher::new();
            paths.data.hash(&mut hash);
            // A part of a name on the bus may not begin with a digit.
            name.push_str(&format!(".at{:016x}", hash.finish()));
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_lies_beside_ones_own_workspace_and_leads_back_to_it() {
        let own = Options::parse_from(["besedka", "--hidden", "--data-dir", "/srv/olga"]);
        let started = |other: Other| {
            let line = std::iter::once("besedka".into()).chain(other.arguments);
            Options::parse_from(line)
        };
        assert!(!own.other().leaves);
        let demo = started(own.other());
        assert!(demo.demo && !demo.hidden);
        assert!(demo.setup().unwrap().paths.data.starts_with("/srv/olga/demo"));
        assert!(demo.other().leaves);
        let back = started(demo.other());
        assert_eq!(back.setup().unwrap().paths, own.setup().unwrap().paths);
    }

    fn identifier(line: &str) -> String {
        let options = Options::parse_from(line.split(' '));
        options.identifier("app.besedka.desktop", &options.setup().unwrap().paths)
    }

    #[test]
    fn every_workspace_has_a_window_of_its_own() {
        let plain = identifier("besedka");
        let names = [
            plain.clone(),
            identifier("besedka --demo"),
            identifier("besedka --data-dir /srv/anna"),
            identifier("besedka --data-dir /srv/olga"),
            identifier("besedka --demo --data-dir /srv/olga"),
        ];
        assert_eq!(plain, "app.besedka.desktop");
        assert!(
            (1..names.len()).all(|at| !names[..at].contains(&names[at])),
            "{names:?}"
        );
    }
}
