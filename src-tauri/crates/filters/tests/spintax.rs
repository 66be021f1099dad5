//! Spintax against its own meaning: what is built is read back, every variant comes up, every error has a place.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::collections::BTreeSet;

use filters::Spintax;
use proptest::prelude::*;

/// A text whose variants are known by construction: as typed, and all that can come of it.
#[derive(Debug, Clone)]
struct Known {
    typed: String,
    variants: Vec<String>,
}

fn known() -> impl Strategy<Value = Known> {
    let leaf = "[а-я ,!]{0,6}".prop_map(|text| Known {
        variants: vec![text.clone()],
        typed: text,
    });
    leaf.prop_recursive(3, 24, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 1..4).prop_map(|all| Known {
                typed: format!(
                    "{{{{{}}}}}",
                    all.iter().map(|one| one.typed.as_str()).collect::<Vec<_>>().join(";")
                ),
                variants: all.into_iter().flat_map(|one| one.variants).collect(),
            }),
            (inner.clone(), inner).prop_map(|(a, b)| Known {
                typed: format!("{}{}", a.typed, b.typed),
                variants: a
                    .variants
                    .iter()
                    .flat_map(|a| b.variants.iter().map(move |b| format!("{a}{b}")))
                    .collect(),
            }),
        ]
    })
}

proptest! {
    #[test]
    fn every_variant_comes_up_and_no_other(known in known()) {
        let read = Spintax::parse(&known.typed).unwrap();
        prop_assert_eq!(read.variants(), known.variants.len() as u64);
        let all: BTreeSet<String> = read.preview(u64::MAX).into_iter().collect();
        let wanted: BTreeSet<String> = known.variants.iter().cloned().collect();
        prop_assert_eq!(&all, &wanted);
        for step in 0..8 {
            prop_assert!(wanted.contains(&read.pick(f64::from(step) / 8.0)));
        }
    }

    #[test]
    fn whatever_is_typed_is_read_or_refused_with_a_place(typed in "[аб{};\\\\ ]{0,30}") {
        match Spintax::parse(&typed) {
            Ok(read) => prop_assert!(read.variants() >= 1),
            Err(error) => prop_assert!((1..=typed.chars().count()).contains(&error.at)),
        }
    }
}
