//! A store to which anything happens, and the figures that it has to come to.

use std::collections::{BTreeMap, BTreeSet};

use domain::{AccountId, At, Content, Direction, RemoteId, Tick, Verdict};
use jiff::tz::TimeZone;
use reports::{
    Period,
    analytics::{self, Basis, Hours, Wanted},
};
use serde_json::json;
use store::{
    NewVerdict, Store, StoredRef,
    testkit::{Figures, figures, recounted},
};
use tests::{Put, Shelf, Words, message};

const NAMES: [Option<&str>; 3] = [Some("Ирина"), Some("Олег"), None];
/// 2023-11-14, before a change of the clocks in no zone of the test.
const BEGIN: i64 = 1_700_000_000_000;
const SPAN_MS: i64 = 9 * 86_400_000;

/// A store to which random things happen.
pub(super) struct Office {
    shelf: Shelf,
    basis: Basis,
    dice: u64,
    written: Vec<Put>,
    accounts: Vec<AccountId>,
}

impl Office {
    pub(super) async fn open(seed: u64) -> Self {
        let hours = Hours {
            respected: seed.is_multiple_of(2),
            ..Hours::default()
        };
        let mut office = Self {
            shelf: Shelf::open().await,
            basis: Basis {
                zone: "Asia/Kathmandu".to_owned(),
                hours,
            },
            dice: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1,
            written: Vec::new(),
            accounts: Vec::new(),
        };
        for _ in 0..3 {
            office.connects().await;
        }
        office
    }

    pub(super) fn store(&self) -> &Store {
        &self.shelf.store
    }

    fn throw(&mut self, sides: u64) -> u64 {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        self.dice % sides
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        let at = self.throw(from.len().max(1) as u64) as usize;
        from.get(at).copied()
    }

    /// A message of ours.
    fn ours(&mut self) -> Option<Put> {
        self.pick(&self.written.clone())
            .filter(|put| put.direction == Direction::Out)
    }

    async fn connects(&mut self) {
        let account = self.shelf.connects("Канал").await;
        self.accounts.push(account);
    }

    pub(super) async fn something_happens(&mut self) {
        match self.throw(30) {
            0..16 => self.somebody_writes().await,
            16..18 => self.time_is_corrected().await,
            18..20 => self.it_did_not_go_out().await,
            20 => self.an_echo_was_stored_apart().await,
            21 => self.is_deleted_on_the_network().await,
            22..24 => self.needs_no_answer().await,
            24 => self.somebody_came_from_somewhere().await,
            25 => self.the_rules_judge().await,
            26 => self.a_chat_moves().await,
            27..29 => drop(analytics::count(self.store(), &self.basis).await.unwrap()),
            _ => self.an_account_goes().await,
        }
    }

    /// A message of any time, late ones among them; one person may have several conversations on an account.
    async fn somebody_writes(&mut self) {
        let (person, thread) = (self.throw(6), self.throw(2));
        let direction = if self.throw(5) < 3 {
            Direction::In
        } else {
            Direction::Out
        };
        let words = Words {
            account: self.pick(&self.accounts.clone()).unwrap(),
            person: &format!("Клиент {person}"),
            thread,
            direction,
            author: self.pick(&NAMES).flatten().filter(|_| direction == Direction::Out),
            automatic: direction == Direction::Out && self.throw(5) == 0,
            // Whole minutes, so that several messages share a moment.
            at: At(BEGIN + self.throw((SPAN_MS / 60_000) as u64) as i64 * 60_000),
            content: Content::plain("слова"),
        };
        let put = self.shelf.put(words).await;
        self.written.push(put);
    }

    async fn time_is_corrected(&mut self) {
        let Some(Put {
            id, conversation_id, ..
        }) = self.ours()
        else {
            return;
        };
        let at = At(BEGIN + self.throw(SPAN_MS as u64) as i64);
        let mut tx = self.store().write().await.unwrap();
        let remote = RemoteId::new(format!("confirmed {id}"));
        store::messages::confirm(&mut tx, StoredRef { id, conversation_id }, &remote, Some(at))
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    async fn it_did_not_go_out(&mut self) {
        let Some(Put { id, .. }) = self.ours() else { return };
        let tick = if self.throw(3) == 0 { Tick::Sent } else { Tick::Error };
        let mut tx = self.store().write().await.unwrap();
        store::messages::set_tick(&mut tx, id, tick).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The network's echo had been stored as a message of its own; the operator's row takes its place.
    async fn an_echo_was_stored_apart(&mut self) {
        let Some(Put {
            id, conversation_id, ..
        }) = self.ours()
        else {
            return;
        };
        let uid = self.shelf.uid();
        let words = Words {
            account: AccountId(0),
            person: "",
            thread: 0,
            direction: Direction::Out,
            author: None,
            automatic: false,
            at: At(BEGIN + self.throw(SPAN_MS as u64) as i64),
            content: Content::plain("эхо"),
        };
        let echo = message(uid, conversation_id, &words);
        let mut tx = self.store().write().await.unwrap();
        store::messages::insert(&mut tx, &[echo], At(0)).await.unwrap();
        let ours = StoredRef { id, conversation_id };
        store::messages::confirm(&mut tx, ours, &RemoteId::new(uid), Some(words.at))
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    async fn is_deleted_on_the_network(&mut self) {
        let Some(put) = self.pick(&self.written.clone()) else {
            return;
        };
        let mut tx = self.store().write().await.unwrap();
        store::messages::mark_deleted(&mut tx, put.id, At(BEGIN)).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn needs_no_answer(&mut self) {
        let Some(put) = self.pick(&self.written.clone()) else {
            return;
        };
        let at = At(BEGIN + self.throw(SPAN_MS as u64) as i64);
        let mut tx = self.store().write().await.unwrap();
        store::conversations::set_answered(&mut tx, put.conversation_id, at)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    async fn the_rules_judge(&mut self) {
        let Some(put) = self.pick(&self.written.clone()) else {
            return;
        };
        let verdict = if self.throw(3) == 0 {
            Verdict::Pass
        } else {
            Verdict::Filtered
        };
        let new = NewVerdict {
            message_id: put.id,
            conversation_id: put.conversation_id,
            verdict,
            reason: None,
        };
        let mut tx = self.store().write().await.unwrap();
        store::verdicts::put(&mut tx, 1, &[new], At(0)).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn somebody_came_from_somewhere(&mut self) {
        let Some(put) = self.pick(&self.written.clone()) else {
            return;
        };
        let way = json!({ "reference": "post", "detail": self.throw(3).to_string() }).to_string();
        let mut tx = self.store().write().await.unwrap();
        store::contacts::set_source(&mut tx, put.contact_id, &way)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// Rarely, and another comes: with its history, or leaving it behind.
    async fn an_account_goes(&mut self) {
        if self.throw(3) > 0 {
            return;
        }
        let with_history = self.throw(2) == 0;
        let account = self.accounts.remove(0);
        let mut tx = self.store().write().await.unwrap();
        store::accounts::delete(&mut tx, account, with_history).await.unwrap();
        tx.commit().await.unwrap();
        self.looks_again().await;
        self.connects().await;
    }

    /// One conversation of a person becomes another of theirs.
    async fn a_chat_moves(&mut self) {
        let account = self.pick(&self.accounts.clone()).unwrap();
        let person = format!("Клиент {}", self.throw(6));
        let [old, new] = [0, 1].map(|thread| RemoteId::new(format!("{person}-{thread}")));
        let mut tx = self.store().write().await.unwrap();
        store::moves::conversation(&mut tx, account, &old, &new).await.unwrap();
        tx.commit().await.unwrap();
        self.looks_again().await;
    }

    /// What is still there, and where.
    async fn looks_again(&mut self) {
        let mut there = Vec::new();
        for put in std::mem::take(&mut self.written) {
            if let Ok(facts) = store::messages::get(self.store().read(), put.id).await {
                let conversation_id = facts.conversation_id;
                there.push(Put { conversation_id, ..put });
            }
        }
        self.written = there;
    }

    pub(super) async fn count_all(&self) {
        while analytics::count(self.store(), &self.basis).await.unwrap() > 0 {}
    }

    /// The naive way.
    pub(super) async fn all_at_once(&self) -> Figures {
        let (mut told, conversations) = recounted(self.store()).await.unwrap();
        let mut cells = BTreeMap::new();
        for (id, account, said) in &conversations {
            let mut days: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
            for turn in analytics::naive(said, &self.basis) {
                if turn.bucket >= 0 {
                    days.entry(turn.operator.clone()).or_default().insert(turn.day);
                }
                *cells
                    .entry((turn.day, turn.operator.clone(), turn.bucket, *account))
                    .or_insert(0) += 1;
                let closed_at = turn.closed_at.map(|at| at.0);
                told.turns.push((
                    *id,
                    turn.asked.0.0,
                    turn.asked.1.0,
                    closed_at,
                    turn.day,
                    *account,
                    turn.operator,
                    turn.bucket,
                ));
            }
            for (operator, days) in days {
                let mut before = -1_000_000;
                for day in days {
                    told.operator_days.push((*id, operator.clone(), day, before));
                    before = day;
                }
            }
        }
        told.cells = cells
            .into_iter()
            .map(|((day, operator, bucket, account), turns)| (day, operator, bucket, account, turns))
            .collect();
        told
    }

    /// A look at some days tells what the turns of those days tell.
    pub(super) async fn looks_true(&mut self, seed: u64) {
        let all = figures(self.store()).await.unwrap();
        let zone = TimeZone::get(&self.basis.zone).unwrap();
        for (first, last) in [
            ("2023-11-15", "2023-11-17"),
            ("2023-11-01", "2023-11-30"),
            ("2023-11-20", "2023-11-20"),
        ] {
            let period = Period::parse(first, last).unwrap();
            let account_ids = if seed.is_multiple_of(3) {
                self.accounts[..2].to_vec()
            } else {
                Vec::new()
            };
            let is_ours = |account: i64| account_ids.is_empty() || account_ids.contains(&AccountId(account));
            let (from, to) = period.moments(&zone);
            let wanted = Wanted {
                period,
                account_ids: account_ids.clone(),
                zone: zone.clone(),
                late_since: At(0),
            };
            let page = analytics::look(self.store(), &wanted).await.unwrap();
            let within = |at: i64| at >= from.0 && at < to.0;
            let turns: Vec<_> = all
                .turns
                .iter()
                .filter(|turn| within(turn.1) && is_ours(turn.5))
                .collect();
            assert_eq!(
                page.totals.answered,
                turns.iter().filter(|turn| turn.7 >= 0).count() as i64,
                "{seed} {first}"
            );
            assert_eq!(
                page.totals.asked,
                turns.iter().filter(|turn| turn.7 >= -1).count() as i64
            );
            let firsts = all.firsts.iter().filter(|one| within(one.2) && is_ours(one.1)).count() as i64;
            assert_eq!(page.totals.firsts, firsts);
            assert_eq!(page.sources.iter().map(|way| way.clients).sum::<i64>(), firsts);
            assert_eq!(
                page.days.iter().map(|day| day.totals.incoming).sum::<i64>(),
                page.hours.iter().flatten().sum::<i64>()
            );
            for operator in &page.operators {
                let theirs = turns.iter().filter(|turn| turn.7 >= 0 && turn.6 == operator.name);
                let different: BTreeSet<i64> = theirs.map(|turn| turn.0).collect();
                assert_eq!(
                    operator.conversations,
                    different.len() as i64,
                    "{seed} {first} {}",
                    operator.name
                );
            }
        }
    }
}
