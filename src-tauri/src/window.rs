//! The one window: where it opens, what closing it means, where its page may go.

use std::sync::Arc;

use tauri::{
    AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Window, WindowEvent,
    webview::NewWindowResponse,
};

use crate::{
    desk::{Desk, Known},
    texts::Language,
};

/// Its name in capabilities and events.
pub(crate) const MAIN: &str = "main";
/// The size that the screens are drawn for; a person's own is remembered.
const SIZE: (f64, f64) = (1280.0, 800.0);
/// Down to one pane (UI: under 760 px one pane at a time) on a small laptop.
const SMALLEST: (f64, f64) = (420.0, 480.0);

pub(crate) fn create(app: &AppHandle, hidden: bool) -> tauri::Result<()> {
    let development = app.config().build.dev_url.clone();
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title(name(app.state::<Arc<Desk>>().demo, Language::of(""), 0))
        .inner_size(SIZE.0, SIZE.1)
        .min_inner_size(SMALLEST.0, SMALLEST.1)
        .center()
        .visible(!hidden)
        // Files are dropped onto the page itself, not onto the window.
        .disable_drag_drop_handler()
        .on_navigation(move |address| is_ours(address, development.as_ref()))
        // What leads elsewhere is opened by the system's browser, at the page's request.
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    Ok(())
}

fn is_ours(address: &Url, development: Option<&Url>) -> bool {
    let built_in = match address.scheme() {
        "tauri" => address.host_str() == Some("localhost"),
        // How WebView2 names the same.
        "http" | "https" => address.host_str() == Some("tauri.localhost"),
        "about" => true,
        _ => false,
    };
    built_in || cfg!(debug_assertions) && development.is_some_and(|page| page.origin() == address.origin())
}

/// Before everything else, wherever it was.
pub(crate) fn show(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    let shown = window
        .show()
        .and_then(|()| window.unminimize())
        .and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window could not be shown");
    }
}

/// The window with this conversation open.
pub(crate) fn open_conversation(app: &AppHandle, id: domain::ConversationId) {
    show(app);
    if let Some(window) = app.get_webview_window(MAIN)
        && let Err(error) = window.eval(format!("location.hash = '#/chats?id={}'", id.0))
    {
        tracing::warn!(%error, "the conversation could not be opened");
    }
}

/// Somebody looks at it.
pub(crate) fn is_in_front(app: &AppHandle) -> bool {
    let window = app.get_webview_window(MAIN);
    window.is_some_and(|window: WebviewWindow| {
        window.is_visible().unwrap_or(false) && window.is_focused().unwrap_or(false)
    })
}

/// Closing leaves the channels running in the tray, if the person wants it so (APP-4).
pub(crate) fn on_event(window: &Window, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else {
        return;
    };
    let settings = window.state::<Arc<Desk>>().known().settings;
    if settings.is_some_and(|settings| settings.close_to_tray) {
        api.prevent_close();
        if let Err(error) = window.hide() {
            tracing::warn!(%error, "the window could not be hidden");
        }
    }
}

/// The number of those who wait, where taskbars show it.
pub(crate) fn title(app: &AppHandle, demo: bool, known: &Known) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    if let Err(error) = window.set_title(&name(demo, known.language, known.unread)) {
        tracing::warn!(%error, "the window could not be named");
    }
    // Most Linux desktops and Windows have no such badge.
    let _ = window.set_badge_count((known.unread > 0).then_some(known.unread));
}

fn name(demo: bool, words: Language, unread: i64) -> String {
    let number = if unread > 0 {
        format!("({unread}) ")
    } else {
        String::new()
    };
    let demo = if demo {
        format!(" — {}", words.demo())
    } else {
        String::new()
    };
    format!("{number}{}{demo}", words.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_stays_at_home() {
        let page = |address: &str| is_ours(&address.parse().unwrap(), None);
        assert!(page("tauri://localhost/index.html#/chats"));
        assert!(page("http://tauri.localhost/"));
        for elsewhere in [
            "https://example.org",
            "file:///etc/passwd",
            "data:text/html,x",
            "http://127.0.0.1:5173/",
        ] {
            assert!(!page(elsewhere), "{elsewhere}");
        }
    }

    #[test]
    fn a_demo_says_so_in_its_name() {
        assert_eq!(name(true, Language::of("ru"), 3), "(3) Беседка — демо");
        assert_eq!(name(false, Language::of("en"), 0), "Besedka");
    }
}
