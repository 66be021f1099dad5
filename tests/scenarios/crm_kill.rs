//! `kill -9` between every two calls to a CRM: before a call is done and after it is done but not answered. Every call of
//! one life is tried in turn; the next start settles what it finds, and at the end both sides hold everything once.

use std::time::{Duration, Instant};

use sandbox::{
    Customer,
    chaos::{Kind, Trouble},
    crm::CardKind,
};
use serde_json::{Value, json};
use tests::{Office, World, eventually, heard_by};

use crate::victim::Victim;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn notes_of_amocrm() {
    Town::with("amocrm", json!({ "mode": "append" }), (0, 1))
        .await
        .dies_everywhere()
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn chats_of_amocrm_and_answers_from_there() {
    Town::with("amocrm", json!({ "mode": "chats" }), (1, 0))
        .await
        .dies_everywhere()
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn open_lines_of_bitrix24_and_answers_from_there() {
    let one_line = json!({ "mode": "lines", "layout": "one", "one_line": "1" });
    Town::with("bitrix24", one_line, (1, 0)).await.dies_everywhere().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn comments_of_bitrix24() {
    Town::with("bitrix24", json!({ "mode": "append" }), (0, 1))
        .await
        .dies_everywhere()
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lines_and_comments_of_bitrix24_at_once() {
    let both = json!({ "mode": "both", "layout": "one", "one_line": "1" });
    Town::with("bitrix24", both, (1, 1)).await.dies_everywhere().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn chats_of_employees_and_comments_of_bitrix24_at_once() {
    let mut town = Town::with("bitrix24", json!({ "mode": "chats_append" }), (1, 1)).await;
    town.answered = false;
    town.dies_everywhere().await;
}

/// Longer than any life.
const LONG: u64 = 120_000;
/// So long after everything has its place, what follows (ticks, confirmations) is over too.
const AFTERMATH: Duration = Duration::from_millis(400);

/// Anna, who is known to the CRM, and newcomers, who are not.
struct Town {
    world: World,
    office: Office,
    anna: Customer,
    /// How many copies of one message the chats and the notes of the CRM hold.
    place: (usize, usize),
    /// Managers answer from there.
    answered: bool,
    newcomers: Vec<String>,
}

/// What is said in one life.
struct Words {
    newcomer: String,
    question: String,
    answer: String,
}

impl Words {
    fn new(when: &str, call: u32) -> Self {
        Self {
            newcomer: format!("Новый-{when}-{call:02}"),
            question: format!("вопрос {when} {call:02}"),
            answer: format!("ответ {when} {call:02}"),
        }
    }
}

impl Town {
    async fn with(crm: &'static str, settings: Value, place: (usize, usize)) -> Self {
        let world = World::start_for_crm(false).await;
        let office = world.connect_office(crm, settings).await;
        let anna = world.customer("vk", "Анна");
        anna.writes("Первое слово").unwrap();
        eventually("Anna in the CRM", || async {
            (office.copies("Первое слово") == place).then_some(())
        })
        .await;
        Self {
            world,
            office,
            anna,
            place,
            answered: place.0 > 0,
            newcomers: Vec::new(),
        }
    }

    async fn dies_everywhere(mut self) {
        for (when, kind) in [("до", Kind::Delay { ms: LONG }), ("после", Kind::Silence { ms: LONG })] {
            let mut call = 0;
            while self.dies_at(when, kind, call).await {
                call += 1;
            }
            assert!(call > 3, "{when}: only {call} calls in a life");
        }
        for newcomer in &self.newcomers {
            let of = |kind| self.office.called(kind, newcomer).len();
            let (contacts, leads) = (of(CardKind::Contact), of(CardKind::Lead));
            assert!(
                contacts < 2 && leads < 2,
                "{newcomer}: {contacts} contacts, {leads} leads"
            );
            // Whether a line makes cards is the portal's own business.
            assert!(self.place.1 == 0 || contacts + leads > 0, "{newcomer} has no card");
        }
        self.world
            .stop_expecting(&["not sent", "session ended", "link down"])
            .await;
    }

    /// One life that ends at this call; whether it got as far.
    async fn dies_at(&mut self, when: &str, kind: Kind, call: u32) -> bool {
        let words = Words::new(when, call);
        self.world.app.stop().await;
        self.newcomers.push(words.newcomer.clone());
        let newcomer = self.world.customer("vk", &words.newcomer);
        newcomer.writes(&format!("я {}", words.newcomer)).unwrap();
        self.anna.writes(&words.question).unwrap();
        if self.answered {
            self.office.answers("Анна", &words.answer);
        }
        self.office.chaos().order(Trouble::of(kind).after(call));
        let victim = Victim::alive(&self.world);
        let died = self.froze(&words).await;
        victim.killed();
        self.office.chaos().clear();
        self.world.restart().await;
        self.has_everything_once(&words).await;
        died
    }

    /// Waits until a call hangs, or all is said and done without.
    async fn froze(&self, words: &Words) -> bool {
        let done_since = std::cell::Cell::new(None);
        eventually("a call that hangs, or an end", || async {
            if self.office.chaos().standing().iter().any(|order| order.happened > 0) {
                return Some(true);
            }
            if !self.is_settled(words) {
                return None;
            }
            let since = done_since.get().unwrap_or_else(Instant::now);
            done_since.set(Some(since));
            (since.elapsed() > AFTERMATH).then_some(false)
        })
        .await
    }

    fn is_settled(&self, words: &Words) -> bool {
        let answered = !self.answered || heard_by(&self.anna, &words.answer) > 0;
        let there = |text: &str| {
            let (chats, notes) = self.office.copies(text);
            chats >= self.place.0 && notes >= self.place.1
        };
        answered && there(&words.question) && there(&format!("я {}", words.newcomer))
    }

    async fn has_everything_once(&self, words: &Words) {
        eventually(&format!("both sides after {}", words.question), || async {
            self.is_settled(words).then_some(())
        })
        .await;
        self.office.has_everything(&self.world).await;
        for text in [&words.question, &words.newcomer] {
            assert_eq!(self.office.copies(text), self.place, "{text} in the CRM");
        }
        let expected = usize::from(self.answered);
        assert_eq!(
            heard_by(&self.anna, &words.answer),
            expected,
            "{} at Anna's",
            words.answer
        );
    }
}
