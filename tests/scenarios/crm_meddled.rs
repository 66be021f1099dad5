//! What happens to a CRM while clients write: access runs out, managers close, merge and delete, a second CRM is there.

use sandbox::{
    AccountChange,
    crm::{CardKind, Closing, Deed, Field},
};
use serde_json::{Value, json};
use tests::{Office, World, eventually, heard_by};

/// A CRM in which every word has a place of its own: how many copies the chats and the notes hold.
struct Kind {
    crm: &'static str,
    settings: fn() -> Value,
    place: (usize, usize),
}

const NOTES_OF_AMOCRM: Kind = Kind {
    crm: "amocrm",
    settings: || json!({ "mode": "append" }),
    place: (0, 1),
};
const CHATS_OF_AMOCRM: Kind = Kind {
    crm: "amocrm",
    settings: || json!({ "mode": "chats" }),
    place: (1, 0),
};
const LINES_OF_BITRIX24: Kind = Kind {
    crm: "bitrix24",
    settings: || json!({ "mode": "lines", "layout": "one", "one_line": "1" }),
    place: (1, 0),
};
const COMMENTS_OF_BITRIX24: Kind = Kind {
    crm: "bitrix24",
    settings: || json!({ "mode": "append" }),
    place: (0, 1),
};
const ALL: [Kind; 4] = [
    NOTES_OF_AMOCRM,
    CHATS_OF_AMOCRM,
    LINES_OF_BITRIX24,
    COMMENTS_OF_BITRIX24,
];

impl Kind {
    async fn office(&self, world: &World) -> Office {
        world.connect_office(self.crm, (self.settings)()).await
    }

    /// A world in which Anna has said this, and the CRM has it.
    async fn after(&self, said: &[String]) -> (World, Office) {
        let world = World::start_for_crm(false).await;
        let office = self.office(&world).await;
        anna_says(&world, said);
        self.holds(&world, &office, said).await;
        (world, office)
    }

    /// Waits until each word is there, and finds it there once.
    async fn holds(&self, world: &World, office: &Office, words: &[String]) {
        for word in words {
            eventually(&format!("«{word}» in {}", self.crm), || async {
                (office.copies(word) != (0, 0)).then_some(())
            })
            .await;
        }
        office.has_everything(world).await;
        for word in words {
            assert_eq!(office.copies(word), self.place, "«{word}» in {}", self.crm);
        }
    }
}

/// Anna's words, none within another.
fn words(of: &str) -> Vec<String> {
    (1..=6).map(|number| format!("{of}-{number}.")).collect()
}

fn with_page(field: &Field) -> bool {
    field.values.iter().any(|value| value.contains("vk.com"))
}

fn created(kind: CardKind, title: String) -> Deed {
    let phone = None;
    Deed::Create { kind, title, phone }
}

fn anna_says(world: &World, words: &[String]) {
    for word in words {
        world.customer("vk", "Анна").writes(word).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn access_that_runs_out_between_two_messages_loses_and_doubles_nothing() {
    for kind in ALL {
        let world = World::start_for_crm(false).await;
        let office = kind.office(&world).await;
        let (before, after) = (words("раньше"), words("позже"));
        anna_says(&world, &before);
        office.desk().change(AccountChange::ExpireToken).unwrap();
        anna_says(&world, &after);
        if kind.crm == "amocrm" {
            // A token that lives for years is renewed by nobody: a person pastes it anew.
            office.is(&world, "needs_login").await;
            office.desk().change(AccountChange::RestoreToken).unwrap();
            world.log_into(kind.crm).await;
        }
        kind.holds(&world, &office, &[before, after].concat()).await;
        world.stop_expecting(&["login"]).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lead_closed_between_two_messages_is_followed_by_a_new_one() {
    for kind in [NOTES_OF_AMOCRM, CHATS_OF_AMOCRM, COMMENTS_OF_BITRIX24] {
        let (before, after) = (words("раньше"), words("позже"));
        let (world, office) = kind.after(&before).await;
        let first = office.cards(CardKind::Lead).pop().unwrap().id;
        let (card, how) = (first.clone(), Closing::Won);
        office.manager(0, Deed::Close { card, how });
        anna_says(&world, &after);
        kind.holds(&world, &office, &[before, after].concat()).await;
        let last = office.cards(CardKind::Lead).pop().unwrap();
        assert!(last.id != first && last.closed.is_none(), "{last:?}");
        world.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leads_merged_between_two_messages_are_one_for_what_follows() {
    for kind in [NOTES_OF_AMOCRM, COMMENTS_OF_BITRIX24] {
        let (before, after) = (words("раньше"), words("позже"));
        let (world, office) = kind.after(&before).await;
        let card = office.cards(CardKind::Lead).pop().unwrap().id;
        let (of, title) = (CardKind::Lead, "Кухня Анны".to_owned());
        office.manager(0, created(of, title));
        let into = office.called(of, "Кухня Анны").pop().unwrap().id;
        let meddled = Deed::Merge {
            card,
            into: into.clone(),
        };
        office.manager(0, meddled);
        anna_says(&world, &after);
        kind.holds(&world, &office, &after).await;
        let kept = office.called(of, "Кухня Анны").pop().unwrap();
        let notes = kept.notes.iter().filter(|note| note.text.contains("позже")).count();
        assert_eq!((kept.id, notes), (into, after.len()), "{}", kind.crm);
        world.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_field_deleted_between_two_clients_is_made_anew() {
    for kind in [NOTES_OF_AMOCRM, CHATS_OF_AMOCRM] {
        let (before, after) = (words("раньше"), words("позже"));
        let (world, office) = kind.after(&before).await;
        let of = CardKind::Contact;
        let anna = office.called(of, "Анна").pop().unwrap();
        let field = anna.fields.iter().find(|field| with_page(field)).unwrap().name.clone();
        office.manager(0, Deed::DeleteField { of, field });
        for word in &after {
            world.customer("vk", "Вера").writes(word).unwrap();
        }
        kind.holds(&world, &office, &[before, after].concat()).await;
        let vera = office.called(of, "Вера").pop().unwrap();
        assert!(vera.fields.iter().any(with_page), "{vera:?}");
        world.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_crms_have_the_same_and_one_that_is_shut_out_does_not_hold_the_other() {
    let world = World::start_for_crm(false).await;
    let anna = world.customer("vk", "Анна");
    let amo = CHATS_OF_AMOCRM.office(&world).await;
    let portal = LINES_OF_BITRIX24.office(&world).await;
    let (before, after) = (words("раньше"), words("позже"));
    anna_says(&world, &before);
    CHATS_OF_AMOCRM.holds(&world, &amo, &before).await;
    LINES_OF_BITRIX24.holds(&world, &portal, &before).await;
    amo.answers("Анна", "Это amoCRM");
    portal.answers("Анна", "Это Битрикс");
    for word in ["Это amoCRM", "Это Битрикс"] {
        eventually(&format!("«{word}» at Anna's"), || async {
            (heard_by(&anna, word) == 1).then_some(())
        })
        .await;
    }
    let answers = ["Это amoCRM", "Это Битрикс"].map(str::to_owned);
    CHATS_OF_AMOCRM.holds(&world, &amo, &answers).await;
    LINES_OF_BITRIX24.holds(&world, &portal, &answers).await;
    amo.desk().change(AccountChange::ExpireToken).unwrap();
    anna_says(&world, &after);
    LINES_OF_BITRIX24.holds(&world, &portal, &after).await;
    amo.is(&world, "needs_login").await;
    amo.desk().change(AccountChange::RestoreToken).unwrap();
    world.log_into("amocrm").await;
    CHATS_OF_AMOCRM.holds(&world, &amo, &after).await;
    assert_eq!((heard_by(&anna, "amoCRM"), heard_by(&anna, "Битрикс")), (1, 1));
    world.stop_expecting(&["login"]).await;
}
