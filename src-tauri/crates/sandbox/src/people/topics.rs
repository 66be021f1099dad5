//! What an operator's message is about, as far as a customer needs to know to answer.

use crate::letter::{FileKind, Part};
use crate::phone::PhoneMessage;

/// Beginnings of words and the topic they speak of; the first that fits wins.
const WORDS: &[(&str, &[&str])] = &[
    ("discount", &["скидк", "акци", "промокод", "дешевле"]),
    (
        "payment",
        &["оплат", "предоплат", "счёт", "счет", "перевод", "карт", "qr", "налич"],
    ),
    (
        "delivery",
        &["достав", "курьер", "привез", "самовывоз", "отправ", "сдэк"],
    ),
    (
        "price",
        &["цена", "цены", "цену", "стоит", "стоим", "руб", "₽", "итого"],
    ),
    (
        "address",
        &[
            "адрес",
            "находимся",
            "улиц",
            "приезжайте",
            "подъезжайте",
            "шоурум",
            "салон",
        ],
    ),
    ("phone", &["телефон", "позвон", "набер", "созвон"]),
    ("colour", &["цвет", "оттен"]),
    ("size", &["размер", "длин", "ширин", "высот", "замер", "метр", "сантим"]),
    (
        "time",
        &[
            "сегодня",
            "завтра",
            "понедельник",
            "вторник",
            "сред",
            "четверг",
            "пятниц",
            "суббот",
            "воскресен",
            "утр",
            "вечер",
        ],
    ),
    (
        "no",
        &["нет в наличии", "не получится", "не можем", "к сожалению", "закончил"],
    ),
    ("sorry", &["извин", "прости"]),
    ("thanks", &["спасибо", "благодар", "рады", "хорошего дня"]),
    (
        "yes",
        &[
            "да",
            "конечно",
            "есть",
            "можно",
            "готово",
            "оформил",
            "записал",
            "договорились",
        ],
    ),
    ("greeting", &["здравствуйте", "добрый", "привет"]),
];

/// The topic of a message of the business.
pub(super) fn topic(message: &PhoneMessage) -> &'static str {
    let file = message.parts.iter().find_map(|part| match part {
        Part::File { shown_as, .. } => Some(*shown_as),
        _ => None,
    });
    match file {
        Some(FileKind::Voice | FileKind::Audio | FileKind::VideoNote) => "voice",
        Some(FileKind::Document) => "file",
        Some(_) => "photo",
        None => of_words(&message.text.text),
    }
}

fn of_words(text: &str) -> &'static str {
    let text = text.to_lowercase();
    let begins = |stem: &str| {
        // Short words have to stand alone: «да» is not «давно».
        let whole = stem.chars().count() <= 3 && stem.chars().all(char::is_alphabetic);
        let fits = |word: &str| if whole { word == stem } else { word.starts_with(stem) };
        stem.contains(' ') && text.contains(stem) || text.split(|c: char| !c.is_alphanumeric() && c != '₽').any(fits)
    };
    let known = WORDS.iter().find(|(_, stems)| stems.iter().any(|stem| begins(stem)));
    match known {
        Some((topic, _)) => topic,
        None if text.contains('?') => "question",
        None => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::of_words;

    #[test]
    fn an_operator_is_understood() {
        for (text, topic) in [
            ("Стоит 24 900 ₽", "price"),
            ("Доставим завтра к вечеру", "delivery"),
            ("Завтра в 10 удобно?", "time"),
            ("К сожалению, закончились", "no"),
            ("Да, конечно", "yes"),
            ("Давно ждёте?", "question"),
            ("Спасибо за заказ!", "thanks"),
            ("Ага", "other"),
        ] {
            assert_eq!(of_words(text), topic, "{text}");
        }
    }
}
