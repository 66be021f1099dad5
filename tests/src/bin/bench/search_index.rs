//! Ways to index the same texts: size and time of each, before one is chosen.

use std::time::Instant;

use store::{Store, testkit::Tokenizer};
use tests::Place;

use crate::{
    figure::{Figure, Report},
    people,
};

const TEXTS: usize = 100_000;

pub(crate) async fn measure(report: &mut Report) {
    let texts: Vec<String> = (0..TEXTS).map(people::text).collect();
    let place = Place::default();
    let store = Store::open(&place.options()).await.unwrap();
    let mut chosen = None;
    for tokenizer in [Tokenizer::Words, Tokenizer::WordsAndStems, Tokenizer::Trigram] {
        let began = Instant::now();
        let bytes = store::testkit::try_index(&store, tokenizer, &texts).await.unwrap() as f64 / TEXTS as f64;
        let seconds = began.elapsed().as_secs_f64();
        let against = chosen.map(|bytes| ("words".to_owned(), bytes));
        chosen = chosen.or(Some(bytes));
        let name = format!(
            "search index of {TEXTS} texts, {tokenizer:?}, {:.0} texts/s",
            TEXTS as f64 / seconds
        );
        report.add(Figure {
            name,
            value: bytes,
            unit: "B/msg",
            against,
            goal: None,
        });
    }
    store.close().await;
}
