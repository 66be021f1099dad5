//! The five package installers: which one is here, what it lacks, how it installs.

use std::fs;

use anyhow::{Context, Result, bail};

use super::Need;
use super::packages::{PACKAGES, Package};
use crate::cmd::Cmd;
use crate::{browser, paths};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Installer {
    Apt,
    Dnf,
    Pacman,
    Zypper,
    Brew,
}

/// Installs the packages of these needs that are not there yet, after saying which.
pub(super) fn install_missing(needs: &[Need]) -> Result<()> {
    let Some(installer) = Installer::find() else {
        return no_installer();
    };
    let wanted: Vec<&str> = PACKAGES
        .iter()
        .filter(|row| wants(needs, row))
        .flat_map(|row| installer.names(row))
        .collect();
    let missing = installer.missing(&wanted);
    if missing.is_empty() {
        return Ok(());
    }
    installer.install(&missing)
}

fn wants(needs: &[Need], row: &Package) -> bool {
    let there = match row.need {
        Need::Chromium => browser::find().is_some() || !chromium_is_packaged(),
        // Debian's package without windows would throw out the whole LibreOffice of a person's desktop.
        Need::Office => paths::on_path(&["soffice"]).is_some(),
        _ => false,
    };
    needs.contains(&row.need) && !there
}

/// Ubuntu's `chromium-browser` only pulls in a snap.
pub(super) fn chromium_is_packaged() -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    !release
        .lines()
        .any(|line| line == "ID=ubuntu" || line.starts_with("ID_LIKE=") && line.contains("ubuntu"))
}

/// Windows and rarer systems: what is missing shows itself in the build, with its own words.
fn no_installer() -> Result<()> {
    if cfg!(target_os = "linux") {
        let names: Vec<&str> = PACKAGES.iter().flat_map(|row| Installer::Apt.names(row)).collect();
        eprintln!(
            "No apt, dnf, pacman, zypper or brew here: going on with what is installed.\n\
             Under Debian's names the packages are: {}",
            names.join(" ")
        );
    }
    Ok(())
}

impl Installer {
    fn find() -> Option<Self> {
        let by_program = [
            ("apt-get", Self::Apt),
            ("dnf", Self::Dnf),
            ("pacman", Self::Pacman),
            ("zypper", Self::Zypper),
            ("brew", Self::Brew),
        ];
        by_program
            .into_iter()
            .find(|(program, _)| paths::on_path(&[program]).is_some())
            .map(|(_, installer)| installer)
    }

    fn names(self, row: &Package) -> impl Iterator<Item = &'static str> + use<> {
        let cell = match self {
            Self::Apt => row.apt,
            Self::Dnf => row.dnf,
            Self::Pacman => row.pacman,
            Self::Zypper => row.zypper,
            Self::Brew => row.brew,
        };
        cell.split_whitespace()
    }

    fn missing(self, wanted: &[&'static str]) -> Vec<&'static str> {
        match self {
            Self::Apt => {
                let query = Cmd::new("dpkg-query").args(["-W", "-f", "${Package} ${db:Status-Status}\n"]);
                let known = query.args(wanted).try_output().unwrap_or_default();
                not_installed(wanted, &known)
            }
            Self::Pacman => {
                let unmet = Cmd::new("pacman")
                    .arg("-T")
                    .args(wanted)
                    .try_output()
                    .unwrap_or_default();
                wanted
                    .iter()
                    .copied()
                    .filter(|name| unmet.lines().any(|line| line == *name))
                    .collect()
            }
            Self::Dnf | Self::Zypper => {
                let here = |name: &str| Cmd::new("rpm").words("-q --whatprovides").arg(name).succeeds();
                wanted.iter().copied().filter(|name| !here(name)).collect()
            }
            Self::Brew => {
                let here = |name: &str| Cmd::new("brew").words("list --versions").arg(name).succeeds();
                wanted.iter().copied().filter(|name| !here(name)).collect()
            }
        }
    }

    fn install(self, missing: &[&str]) -> Result<()> {
        eprintln!("Installing through {self:?}: {}", missing.join(" "));
        if self == Self::Apt {
            // A fresh machine or container has no lists at all; old lists name files that are gone.
            self.command("apt-get")?.words("update -q").chatter().run()?;
        }
        let install = match self {
            Self::Apt => self.command("apt-get")?.words("install -q -y --no-install-recommends"),
            Self::Dnf => self.command("dnf")?.words("install -y"),
            Self::Pacman => self.command("pacman")?.words("-S --needed --noconfirm"),
            Self::Zypper => self
                .command("zypper")?
                .words("--non-interactive install --no-recommends"),
            Self::Brew => self.command("brew")?.words("install"),
        };
        let by_hand = "the system packages could not be installed; install them by hand and start again";
        install.args(missing).chatter().run().context(by_hand)
    }

    /// The installer's program with the rights it needs: as it is for root and for brew, else through sudo.
    fn command(self, program: &str) -> Result<Cmd> {
        let free = self == Self::Brew || Cmd::new("id").arg("-u").try_output().is_some_and(|id| id.trim() == "0");
        if free {
            return Ok(Cmd::new(program).env("DEBIAN_FRONTEND", "noninteractive"));
        }
        if paths::on_path(&["sudo"]).is_none() {
            bail!(
                "not root and no sudo here: run `cargo xtask setup` as root once, or install the packages named above"
            );
        }
        eprintln!("{program} needs root: using sudo, which may ask for your password.");
        Ok(Cmd::new("sudo").arg("DEBIAN_FRONTEND=noninteractive").arg(program))
    }
}

/// `known` holds lines `name status` from dpkg; a name that dpkg never heard of has no line.
fn not_installed(wanted: &[&'static str], known: &str) -> Vec<&'static str> {
    let installed: Vec<&str> = known
        .lines()
        .filter_map(|line| line.strip_suffix(" installed"))
        .collect();
    wanted
        .iter()
        .copied()
        .filter(|name| !installed.contains(name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removed_package_and_an_unknown_one_are_missing() {
        let known = "xvfb installed\nxauth config-files\n";
        assert_eq!(
            not_installed(&["xvfb", "xauth", "chromium"], known),
            ["xauth", "chromium"]
        );
    }

    #[test]
    fn a_cell_may_name_several_packages_or_none() {
        let row = PACKAGES.iter().find(|row| row.apt.starts_with("xvfb")).unwrap();
        assert_eq!(Installer::Apt.names(row).collect::<Vec<_>>(), ["xvfb", "xauth"]);
        assert_eq!(Installer::Brew.names(row).count(), 0);
    }

    #[test]
    fn the_demo_in_a_browser_asks_for_no_webkit() {
        let needs = [Need::Build, Need::Frontend];
        let names: Vec<&str> = PACKAGES
            .iter()
            .filter(|row| wants(&needs, row))
            .flat_map(|row| Installer::Apt.names(row))
            .collect();
        assert_eq!(names, ["build-essential", "pkg-config", "libssl-dev"]);
    }
}
