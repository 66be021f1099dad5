//! The few words that the shell says itself. Everything else is the page's.

use domain::PreviewKind;

/// The languages of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Russian,
    English,
    Spanish,
}

use Language::{English, Russian, Spanish};

impl Language {
    /// Of a profile's `language`; Russian unless told otherwise (APP-2).
    pub(crate) fn of(code: &str) -> Self {
        match code {
            "en" => English,
            "es" => Spanish,
            _ => Russian,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        self.choose("Беседка", "Besedka", "Besedka")
    }

    pub(crate) fn demo(self) -> &'static str {
        self.choose("демо", "demo", "demo")
    }

    pub(crate) fn open(self) -> &'static str {
        self.choose("Открыть Беседку", "Open Besedka", "Abrir Besedka")
    }

    pub(crate) fn do_not_disturb(self) -> &'static str {
        self.choose("Не беспокоить", "Do not disturb", "No molestar")
    }

    pub(crate) fn quit(self) -> &'static str {
        self.choose("Выйти", "Quit", "Salir")
    }

    pub(crate) fn edit(self) -> &'static str {
        self.choose("Правка", "Edit", "Edición")
    }

    pub(crate) fn unread(self, count: i64) -> String {
        match (self, count) {
            (Russian, 0) => "нет непрочитанных".to_owned(),
            (English, 0) => "nothing unread".to_owned(),
            (Spanish, 0) => "nada sin leer".to_owned(),
            (Russian, n) => {
                let word = russian(
                    n,
                    ["непрочитанная беседа", "непрочитанные беседы", "непрочитанных бесед"],
                );
                format!("{n} {word}")
            }
            (English, 1) => "1 unread conversation".to_owned(),
            (English, n) => format!("{n} unread conversations"),
            (Spanish, 1) => "1 conversación sin leer".to_owned(),
            (Spanish, n) => format!("{n} conversaciones sin leer"),
        }
    }

    /// In front of the newest of several messages of one conversation.
    pub(crate) fn more(self, count: usize) -> String {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        match self {
            Russian => format!(
                "{count} {}",
                russian(count, ["новое сообщение", "новых сообщения", "новых сообщений"])
            ),
            English if count == 1 => "1 new message".to_owned(),
            English => format!("{count} new messages"),
            Spanish if count == 1 => "1 mensaje nuevo".to_owned(),
            Spanish => format!("{count} mensajes nuevos"),
        }
    }

    /// What a message is when it has no words.
    pub(crate) fn kind(self, kind: PreviewKind) -> &'static str {
        match kind {
            PreviewKind::Text => "",
            PreviewKind::Image => self.choose("Фото", "Photo", "Foto"),
            PreviewKind::Video => self.choose("Видео", "Video", "Vídeo"),
            PreviewKind::Animation => self.choose("Анимация", "Animation", "Animación"),
            PreviewKind::Audio => self.choose("Аудио", "Audio", "Audio"),
            PreviewKind::Voice => self.choose("Голосовое сообщение", "Voice message", "Mensaje de voz"),
            PreviewKind::Document => self.choose("Файл", "File", "Archivo"),
            PreviewKind::Sticker => self.choose("Стикер", "Sticker", "Sticker"),
            PreviewKind::Location => self.choose("Место на карте", "Location", "Ubicación"),
            PreviewKind::Contact => self.choose("Контакт", "Contact", "Contacto"),
            PreviewKind::Poll => self.choose("Опрос", "Poll", "Encuesta"),
            PreviewKind::Card => self.choose("Ссылка", "Link", "Enlace"),
            PreviewKind::Forwarded => self.choose("Пересланное сообщение", "Forwarded message", "Mensaje reenviado"),
            PreviewKind::Unsupported => self.choose("Сообщение", "Message", "Mensaje"),
        }
    }

    fn choose(self, russian: &'static str, english: &'static str, spanish: &'static str) -> &'static str {
        match self {
            Russian => russian,
            English => english,
            Spanish => spanish,
        }
    }
}

/// 1 беседа, 2 беседы, 5 бесед, 11 бесед, 21 беседа.
fn russian(n: i64, [one, few, many]: [&'static str; 3]) -> &'static str {
    match (n % 10, n % 100) {
        (_, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn russian_counts_as_russians_do() {
        for (n, told) in [
            (0, "нет непрочитанных"),
            (1, "1 непрочитанная беседа"),
            (3, "3 непрочитанные беседы"),
            (11, "11 непрочитанных бесед"),
            (21, "21 непрочитанная беседа"),
            (112, "112 непрочитанных бесед"),
        ] {
            assert_eq!(Russian.unread(n), told);
        }
        assert_eq!(English.unread(1), "1 unread conversation");
        assert_eq!(Spanish.more(2), "2 mensajes nuevos");
    }
}
