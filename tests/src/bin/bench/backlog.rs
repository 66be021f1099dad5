//! A hundred thousand messages that wait for a CRM, and a program of its own that takes them there.

use std::{
    io::{BufRead, BufReader, Lines, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tests::{NETWORKS, Office, World};
use window::Process;

use crate::{
    crm::{AMO_CARDS, AMO_CHATS, BX_LINES, Way},
    figure::{Figure, Goal, Report},
    ingest::{self, Load},
    people,
};

const CLIENTS: usize = 100;
/// amoCRM: «не более 7 запросов в секунду» for an integration; Bitrix24: two a second on usual plans.
const AMO_PER_SECOND: f64 = 7.0;
const BX_PER_SECOND: f64 = 2.0;
const REST_OF_BX: [&str; 3] = ["pull", "file", "oauth*"];
/// Where a whole queue takes hours, its rate is looked at for so long.
const WINDOW: Duration = Duration::from_secs(90);

pub(crate) async fn measure(report: &mut Report) {
    let (notes, words) = (
        |office: &Office| AMO_CARDS.carried(office),
        |office: &Office| AMO_CHATS.carried(office),
    );
    drain(report, &AMO_CARDS, AMO_PER_SECOND, notes, true).await;
    drain(report, &AMO_CHATS, AMO_PER_SECOND, words, false).await;
    drain(report, &BX_LINES, BX_PER_SECOND, rest_of_bitrix, false).await;
}

/// What counts against the rate of a portal.
fn rest_of_bitrix(office: &Office) -> u64 {
    let beside: u64 = REST_OF_BX.iter().map(|method| office.chaos().calls_on(method)).sum();
    office.chaos().calls_on("*") - beside
}

async fn drain(report: &mut Report, way: &Way, per_second: f64, calls: impl Fn(&Office) -> u64, whole: bool) {
    let total = crate::backlog();
    let world = World::start_for_crm(true).await;
    let office = way.office(&world).await;
    world.app.stop().await;
    flood(&world, total).await;
    let mut program = Victim::on(&world);
    let mut seen = Seen::default();
    assert_eq!(program.queued(), total as u64, "everything waits for {}", way.name);
    // First each client gets a card and a chat, which are calls of another kind.
    while !whole && office.desk().chats().len() < CLIENTS {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    let waiting = program.queued();
    let (began, before) = (Instant::now(), calls(&office));
    let busy = program.process().busy;
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let process = program.process();
        seen.memory_mib = seen.memory_mib.max(process.pss_kib as f64 / 1024.0);
        let empty = whole && program.queued() == 0;
        if empty || (!whole && began.elapsed() >= WINDOW) {
            break;
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    seen.rate = (calls(&office) - before) as f64 / seconds;
    seen.busy = (program.process().busy - busy).as_secs_f64() / seconds;
    seen.messages = (waiting - program.queued()) as f64 / seconds;
    program.kill();
    in_order(&office, total, whole);
    seen.told(report, way, total, per_second);
    world.stop_expecting(&[""]).await;
}

#[derive(Default)]
struct Seen {
    rate: f64,
    messages: f64,
    busy: f64,
    memory_mib: f64,
}

impl Seen {
    fn told(&self, report: &mut Report, way: &Way, total: usize, per_second: f64) {
        let what = format!("{total} messages of {CLIENTS} clients wait for {}", way.name);
        let mut add = |name: &str, value, unit, against, goal| {
            report.add(Figure {
                name: format!("{what}: {name}"),
                value,
                unit,
                against,
                goal,
            });
        };
        let allowed = Some(("allowed".to_owned(), per_second));
        add("calls", self.rate, "call/s", allowed, Some(Goal::RatioAtLeast(0.95)));
        add("messages", self.messages, "msg/s", None, None);
        add("processor", self.busy * 100.0, "%", None, None);
        add("memory (PSS)", self.memory_mib, "MiB", None, None);
    }
}

/// One account, so that what a client says comes in the order of its numbers.
async fn flood(world: &World, total: usize) {
    let telegram = &NETWORKS[0];
    let address = world.said(telegram.vendor);
    let load = Load {
        accounts: 1,
        endpoints: telegram
            .endpoints
            .iter()
            .map(|key| ((*key).to_owned(), address.clone()))
            .collect(),
        ..Load::of(total, CLIENTS)
    };
    let (_, _, app) = ingest::pipeline(&world.place, &load).await;
    app.stop().await;
}

/// Nothing twice, nothing before what was said earlier, and nothing left out between; all of it when it has drained.
fn in_order(office: &Office, total: usize, whole: bool) {
    let mut said: Vec<Vec<String>> = vec![Vec::new(); CLIENTS];
    for n in 0..total {
        said[people::conversation(n, CLIENTS)].push(people::text(n));
    }
    let chats = office
        .desk()
        .chats()
        .into_iter()
        .map(|chat| (chat.title, texts(chat.messages, |one| one.text)));
    let cards = office
        .desk()
        .cards()
        .into_iter()
        .map(|card| (card.title, texts(card.notes, |one| one.text)));
    let mut arrived = 0;
    for (title, texts) in chats.chain(cards) {
        let Some(words) = said.iter().find(|words| {
            words
                .first()
                .is_some_and(|first| texts.iter().any(|text| text.contains(first)))
        }) else {
            continue;
        };
        let mut next = words.iter().peekable();
        for text in &texts {
            next.next_if(|wanted| text.contains(*wanted));
        }
        let missing = next.count();
        assert!(!whole || missing == 0, "{title} lacks {missing}");
        arrived += words.len() - missing;
        let others = texts.len() + missing - words.len();
        assert!(
            others <= 3,
            "{title} has {others} that nobody said, or twice, or in another order"
        );
    }
    assert!(
        arrived > 0 && (!whole || arrived == total),
        "{arrived} of {total} arrived"
    );
}

fn texts<T>(all: Vec<T>, text: impl Fn(T) -> String) -> Vec<String> {
    all.into_iter().map(text).collect()
}

/// The application as a program of its own, without a window, so that what it takes can be told from the CRM's.
struct Victim {
    child: Child,
    orders: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Victim {
    fn on(world: &World) -> Self {
        let program = std::env::current_exe().unwrap().with_file_name("victim");
        let mut child = Command::new(program)
            .arg(world.place.file())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program `victim` beside this one: run it through `cargo xtask bench`");
        let orders = child.stdin.take().unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, orders, answers }
    }

    fn process(&self) -> Process {
        Process::of(self.child.id()).unwrap()
    }

    fn queued(&mut self) -> u64 {
        let order = json!({ "call": "links.list", "payload": {} });
        writeln!(self.orders, "{order}").unwrap();
        let line = self.answers.next().unwrap().unwrap();
        let answer: Value = serde_json::from_str(&line).unwrap();
        answer["answer"][0]["queued"].as_u64().unwrap()
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}
