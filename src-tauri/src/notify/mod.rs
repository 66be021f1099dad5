//! Desktop notifications: one per conversation, which the next message of that conversation replaces.
//!
//! | system | a click |
//! | --- | --- |
//! | Linux, with a server that knows actions (GNOME, KDE, most others) | opens the conversation |
//! | Windows, macOS | opens the conversation while the program runs |
//! | Linux, with a server that does not | nothing; the window opens from the tray |

#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(target_os = "linux")]
mod linux;

use std::{collections::HashMap, sync::Arc};

use api::changes::Notification;
use domain::ConversationId;
use tauri::{AppHandle, Manager};

#[cfg(not(target_os = "linux"))]
use elsewhere::Server;
#[cfg(target_os = "linux")]
use linux::Server;

use crate::{
    desk::{Desk, Known},
    texts::Language,
    window,
};

/// What stands on the screen.
pub(crate) struct Notices {
    app: AppHandle,
    /// Connected at the first notification; a system without a server is asked again at the next.
    server: Option<Server>,
    /// Messages told per conversation since somebody last looked.
    told: HashMap<ConversationId, usize>,
}

/// One notification, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Notice {
    conversation: ConversationId,
    title: String,
    body: String,
    /// What the button or the click does, for systems that name it.
    open: &'static str,
}

impl Notices {
    pub(crate) fn new(app: AppHandle) -> Self {
        Self {
            app,
            server: None,
            told: HashMap::new(),
        }
    }

    /// Shows it, unless the person sits in front of the window or wants none.
    pub(crate) async fn raise(&mut self, notification: &Notification) {
        if window::is_in_front(&self.app) {
            self.told.clear();
            return;
        }
        let known = self.app.state::<Arc<Desk>>().known();
        if !wanted(&known) {
            return;
        }
        let before = self.told.entry(notification.conversation_id).or_default();
        *before += 1;
        let notice = in_words(notification, known.language, *before);
        if self.server.is_none() {
            self.server = Server::connect(self.app.clone()).await;
        }
        if let Some(server) = &self.server
            && !server.show(notice).await
        {
            self.server = None;
        }
    }
}

fn wanted(known: &Known) -> bool {
    let settings = known.settings.as_ref();
    settings.is_some_and(|settings| settings.notifications && !settings.do_not_disturb)
}

fn in_words(notification: &Notification, words: Language, count: usize) -> Notice {
    let preview = &notification.preview;
    let kind = words.kind(preview.kind);
    let said = match (kind.is_empty(), preview.text.is_empty()) {
        (true, _) => preview.text.clone(),
        (false, true) => kind.to_owned(),
        (false, false) => format!("{kind}: {}", preview.text),
    };
    let body = if count > 1 {
        format!("{}\n{said}", words.more(count))
    } else {
        said
    };
    Notice {
        conversation: notification.conversation_id,
        title: notification.title.clone(),
        body,
        open: words.open(),
    }
}

#[cfg(test)]
mod tests {
    use domain::{Preview, PreviewKind};

    use super::*;

    fn anna(kind: PreviewKind, text: &str) -> Notification {
        Notification {
            conversation_id: ConversationId(7),
            title: "Анна Котова".to_owned(),
            preview: Preview {
                kind,
                text: text.to_owned(),
            },
        }
    }

    #[test]
    fn a_notice_says_who_and_what() {
        let words = Language::of("ru");
        let body = |kind, text, count| in_words(&anna(kind, text), words, count).body;
        assert_eq!(body(PreviewKind::Text, "Добрый день", 1), "Добрый день");
        assert_eq!(body(PreviewKind::Voice, "", 1), "Голосовое сообщение");
        assert_eq!(body(PreviewKind::Image, "вот такой", 1), "Фото: вот такой");
        assert_eq!(body(PreviewKind::Text, "ау", 3), "3 новых сообщения\nау");
    }
}
