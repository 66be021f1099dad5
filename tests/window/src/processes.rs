//! The program's processes and what they take, as the kernel counts it.

use std::{fs, path::Path, time::Duration};

use anyhow::{Context, Result};

/// `sysconf(_SC_CLK_TCK)`: a hundred on every Linux that people have.
const TICKS_PER_SECOND: u64 = 100;

/// A tree of processes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Processes(pub Vec<Process>);

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    /// Its number.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// Its part of the memory, KiB: what it shares is divided among those who share it.
    pub pss_kib: u64,
    /// How long it has been on a processor.
    pub busy: Duration,
}

impl Processes {
    /// The first process that runs `program` below `ancestor`, and everything below it.
    pub(crate) fn below(ancestor: u32, program: &Path) -> Result<Self> {
        let first = descendants(ancestor)
            .into_iter()
            .find(|id| fs::read_link(format!("/proc/{id}/exe")).is_ok_and(|exe| exe == program))
            .context("the program does not run")?;
        Self::from(first)
    }

    /// This process and everything below it.
    pub(crate) fn from(first: u32) -> Result<Self> {
        let all: Vec<Process> = [first]
            .into_iter()
            .chain(descendants(first))
            .filter_map(Process::of)
            .collect();
        anyhow::ensure!(!all.is_empty(), "the program has ended");
        Ok(Self(all))
    }

    /// The program itself, without the web view's.
    ///
    /// # Errors
    /// When it has ended.
    pub fn first(&self) -> Result<u32> {
        Ok(self.0.first().context("the program has ended")?.id)
    }

    /// All of it together, KiB.
    pub fn pss_kib(&self) -> u64 {
        self.0.iter().map(|process| process.pss_kib).sum()
    }
}

impl Process {
    /// The process with this number; `None` when it has ended.
    pub fn of(id: u32) -> Option<Self> {
        let name = fs::read_to_string(format!("/proc/{id}/comm")).ok()?;
        let memory = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
        let pss = memory.lines().find_map(|line| line.strip_prefix("Pss:"))?;
        Some(Self {
            id,
            name: name.trim().to_owned(),
            pss_kib: pss.trim().trim_end_matches(" kB").parse().ok()?,
            busy: busy(id)?,
        })
    }
}

/// `utime` and `stime` of proc_pid_stat(5), the 14th and 15th field; the second one may hold blanks.
fn busy(id: u32) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let (_, after_name) = stat.rsplit_once(") ")?;
    let ticks = after_name.split(' ').skip(11).take(2).map(str::parse::<u64>);
    let ticks: u64 = ticks.collect::<Result<Vec<_>, _>>().ok()?.iter().sum();
    Some(Duration::from_millis(ticks * 1000 / TICKS_PER_SECOND))
}

fn descendants(of: u32) -> Vec<u32> {
    let threads = fs::read_dir(format!("/proc/{of}/task")).into_iter().flatten().flatten();
    let children = threads
        .filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok())
        .flat_map(|line| {
            line.split(' ')
                .filter_map(|id| id.trim().parse().ok())
                .collect::<Vec<u32>>()
        });
    children
        .flat_map(|child| [child].into_iter().chain(descendants(child)))
        .collect()
}
