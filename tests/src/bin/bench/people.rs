//! Plausible messages, the same in each run.

use contracts::channel::{ChatRef, ConnectorEvent, EventMessage, PersonRef};
use domain::{At, Content, ConversationKind, Direction, RemoteId};

const WORDS: &[&str] = &[
    "здравствуйте",
    "подскажите",
    "пожалуйста",
    "диван",
    "кухня",
    "доставка",
    "завтра",
    "цена",
    "заказ",
    "номер",
    "оплата",
    "счёт",
    "спасибо",
    "можно",
    "когда",
    "привезут",
    "размер",
    "серый",
    "зелёный",
    "фасад",
    "замер",
    "адрес",
    "подъезд",
    "этаж",
    "сборка",
    "скидка",
    "наличие",
    "склад",
    "колодки",
    "масло",
    "фильтр",
    "букет",
    "розы",
    "открытка",
    "самовывоз",
    "сегодня",
    "вечером",
    "утром",
    "перезвоните",
    "договор",
    "гарантия",
    "возврат",
    "образец",
    "ткань",
    "столешница",
];

/// A small generator: the same seed, the same words.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

/// Beginnings and ends of the words that people write once in a while: names, streets, goods.
const SYLLABLES: &[&str] = &[
    "ба", "ве", "гор", "до", "жи", "за", "ин", "кра", "лю", "ме", "на", "ол", "пет", "ро", "сер", "та", "ул", "фе",
    "хо", "цве", "чер", "шта", "эк", "юг", "яр",
];

/// The text of message `n`: four to fifteen words, two of three everyday ones, the rest of some 15 000 others; now and
/// then one that stands nowhere else.
pub(crate) fn text(n: usize) -> String {
    let mut dice = Dice::new(n as u64 + 1);
    let mut words: Vec<String> = (0..4 + dice.throw(12)).map(|_| word(&mut dice)).collect();
    if n.is_multiple_of(5000) {
        words.push(format!("уникальное{n}"));
    }
    words.join(" ")
}

fn word(dice: &mut Dice) -> String {
    if dice.throw(3) > 0 {
        return WORDS[dice.throw(WORDS.len())].to_owned();
    }
    (0..3).map(|_| SYLLABLES[dice.throw(SYLLABLES.len())]).collect()
}

/// In which of `conversations` conversations message `n` stands.
pub(crate) fn conversation(n: usize, conversations: usize) -> usize {
    Dice::new(n as u64 + 7).throw(conversations)
}

/// Message `n` of a workspace with `conversations` conversations, written `n` seconds after the beginning.
pub(crate) fn event(n: usize, conversations: usize) -> ConnectorEvent {
    let chat = conversation(n, conversations);
    let contact = PersonRef {
        remote_id: chat.to_string(),
        name: Some(format!("Клиент {chat}")),
        ..PersonRef::default()
    };
    ConnectorEvent::Message(Box::new(EventMessage {
        chat: ChatRef {
            remote_id: RemoteId::new(chat),
            kind: ConversationKind::Direct,
            title: None,
            contact,
        },
        remote_id: RemoteId::new(n),
        direction: if n.is_multiple_of(3) {
            Direction::Out
        } else {
            Direction::In
        },
        sender: None,
        author_name: None,
        sent_at: At::from_secs(1_700_000_000 + n as i64),
        content: Content::plain(text(n)),
        system: None,
        files: Vec::new(),
        reply_to: None,
        forwarded_from: None,
        album: None,
        echo_of: None,
        source: None,
        edited_at: None,
        catch_up: true,
        read: false,
        raw: None,
    }))
}
