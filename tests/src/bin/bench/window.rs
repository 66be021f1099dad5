//! The window as people get it: from the start to the painted list, and what all of its processes take, beside an
//! empty workspace and beside a window that shows one line.

use std::{
    env,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

use contracts::{SystemClock, testkit::FakeCrm};
use secrets::{Choice, Cost, Kind, SystemKeyring};
use serde_json::json;
use store::Store;
use tests::Place;
use window::Launched;

use crate::figure::{Figure, Goal, Report};

/// Starts of each; the median counts.
const STARTS: usize = 5;
/// After that long nothing of the start goes on.
const SETTLED: Duration = Duration::from_secs(5);

/// A keyring of this run's own, so that the window opens without asking anybody. `cargo xtask bench` brings the bus and
/// the home folder.
pub(crate) fn unlock_keyring() {
    let mut daemon = Command::new("gnome-keyring-daemon")
        .args(["--unlock", "--components=secrets"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("gnome-keyring-daemon");
    daemon.stdin.take().unwrap().write_all(b"bench").unwrap();
    assert!(daemon.wait().unwrap().success());
}

/// A place whose key is in the keyring, as the window will look for it.
pub(crate) fn place() -> Place {
    let place = Place::default();
    let keyring = SystemKeyring::new(Kind::of_this_build());
    let choice = secrets::choose(place.folder(), false, &keyring, None, Cost::RECOMMENDED).unwrap();
    let Choice::Found(found) = choice else {
        panic!("no keyring: run it through `cargo xtask bench`");
    };
    place.with_key(*found.key.expose())
}

/// The first steps are done, as after the first day.
pub(crate) async fn is_at_home(app: &api::App) {
    let profile = json!({ "name": "Ольга", "email": "", "phone": "", "language": "ru", "time_zone": "Europe/Moscow",
        "alert_email": "" });
    app.call("profile.save", profile).await.unwrap();
    app.call("onboarding.save", json!({ "step": "done" })).await.unwrap();
    let accounts = app.call("accounts.list", json!({})).await.unwrap();
    let ids: Vec<_> = accounts
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["id"].clone())
        .collect();
    // Switched off: the networks are not there, and their absence is not what is measured.
    let off = json!({ "account_ids": ids, "active": false });
    app.call("accounts.activate", off).await.unwrap();
}

pub(crate) async fn measure(report: &mut Report, full: &Place) {
    let (app, bare) = (program("BESEDKA_APP"), program("BESEDKA_BARE"));
    let empty = place();
    let store = Store::open(&empty.options()).await.unwrap();
    let crm = FakeCrm::living_in(empty.folder());
    let first = tests::start(store, Arc::new(SystemClock), empty.file(), crm).await;
    is_at_home(&first).await;
    first.stop().await;

    let folder = |place: &Place| place.folder().to_string_lossy().into_owned();
    let (full, empty) = (folder(full), folder(&empty));
    let with_nothing = Runs::of(&app, &["--data-dir", &empty], "besedka").await;
    let with_all = Runs::of(&app, &["--data-dir", &full], "besedka").await;
    let one_line = Runs::of(&bare, &[], "bare").await;
    let sizes = format!(
        "{} messages, {} conversations",
        crate::messages(),
        crate::conversations()
    );
    let mut add = |name: String, value: f64, unit, against: (&str, f64), goal| {
        let (name_of, value_of) = against;
        report.add(Figure {
            name,
            value,
            unit,
            against: Some((name_of.to_owned(), value_of)),
            goal,
        });
    };
    add(
        format!("start to the painted list, {sizes}, median of {STARTS}"),
        with_all.painted_ms,
        "ms",
        ("empty workspace", with_nothing.painted_ms),
        Some(Goal::RatioAtMost(1.3)),
    );
    add(
        format!("start to the painted window, empty workspace, median of {STARTS}"),
        with_nothing.painted_ms,
        "ms",
        ("bare window, one line", one_line.painted_ms),
        None,
    );
    add(
        format!("memory of all processes (PSS), {sizes}, median of {STARTS}"),
        with_all.memory_mib,
        "MiB",
        ("bare window, one line", one_line.memory_mib),
        Some(Goal::RatioAtMost(1.5)),
    );
}

/// Medians of several starts.
struct Runs {
    painted_ms: f64,
    memory_mib: f64,
}

impl Runs {
    async fn of(program: &Path, arguments: &[&str], class: &str) -> Self {
        let (mut painted, mut memory) = (Vec::new(), Vec::new());
        let home = tempfile::tempdir().unwrap();
        // The first start makes caches that every later one finds: it does not count.
        for start in 0..=STARTS {
            let running = Launched::start(program, arguments, home.path()).unwrap();
            let time = running.painted(class).await.unwrap();
            tokio::time::sleep(SETTLED).await;
            let processes = running.processes().unwrap();
            running.ends().await.unwrap();
            if start > 0 {
                painted.push(time.as_secs_f64() * 1000.0);
                memory.push(processes.pss_kib() as f64 / 1024.0);
            }
        }
        Self {
            painted_ms: median(&mut painted),
            memory_mib: median(&mut memory),
        }
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn program(variable: &str) -> PathBuf {
    env::var_os(variable)
        .unwrap_or_else(|| panic!("{variable} is not set: run it through `cargo xtask bench`"))
        .into()
}
