//! The tray (APP-4): how many wait, open, do-not-disturb, quit. Where a desktop has no tray this is drawn nowhere, and
//! a second start brings the hidden window back.

use std::sync::Mutex;

use tauri::{
    AppHandle, Manager, Wry,
    image::Image,
    menu::{CheckMenuItem, Menu, MenuItem, PredefinedMenuItem},
    tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent},
};

use crate::{
    desk::{self, Known},
    texts::Language,
    window,
};

const ID: &str = "main";
const OPEN: &str = "open";
const DO_NOT_DISTURB: &str = "do_not_disturb";
const QUIT: &str = "quit";

/// The menu's lines; their words follow the language.
struct Lines {
    open: MenuItem<Wry>,
    do_not_disturb: CheckMenuItem<Wry>,
    quit: MenuItem<Wry>,
    /// What the icon shows now: it is changed only when it has to be.
    waiting: Mutex<bool>,
}

pub(crate) fn create(app: &AppHandle) -> tauri::Result<()> {
    let words = Language::of("");
    let lines = Lines {
        open: MenuItem::with_id(app, OPEN, words.open(), true, None::<&str>)?,
        do_not_disturb: CheckMenuItem::with_id(
            app,
            DO_NOT_DISTURB,
            words.do_not_disturb(),
            false,
            false,
            None::<&str>,
        )?,
        quit: MenuItem::with_id(app, QUIT, words.quit(), true, None::<&str>)?,
        waiting: Mutex::new(false),
    };
    let line = PredefinedMenuItem::separator(app)?;
    let menu = Menu::with_items(app, &[&lines.open, &lines.do_not_disturb, &line, &lines.quit])?;
    TrayIconBuilder::with_id(ID)
        .icon(icon(false)?)
        .icon_as_template(cfg!(target_os = "macos"))
        .tooltip(words.name())
        .menu(&menu)
        .show_menu_on_left_click(cfg!(target_os = "macos"))
        .on_menu_event(|app, event| match event.id().as_ref() {
            OPEN => window::show(app),
            DO_NOT_DISTURB => desk::toggle_do_not_disturb(app),
            QUIT => app.exit(0),
            _ => {}
        })
        .on_tray_icon_event(clicked)
        .build(app)?;
    app.manage(lines);
    Ok(())
}

/// A click opens where the system tells of clicks; Linux and macOS show the menu instead.
fn clicked(tray: &TrayIcon<Wry>, event: TrayIconEvent) {
    if let TrayIconEvent::Click {
        button: MouseButton::Left,
        button_state: MouseButtonState::Up,
        ..
    } = event
        && !cfg!(target_os = "macos")
    {
        window::show(tray.app_handle());
    }
}

/// Words, tick, number and icon as they are now.
pub(crate) fn draw(app: &AppHandle, known: &Known) {
    if let Err(error) = try_draw(app, known) {
        tracing::warn!(%error, "the tray could not be drawn");
    }
}

fn try_draw(app: &AppHandle, known: &Known) -> tauri::Result<()> {
    let (Some(lines), Some(tray)) = (app.try_state::<Lines>(), app.tray_by_id(ID)) else {
        return Ok(());
    };
    let words = known.language;
    lines.open.set_text(words.open())?;
    lines.do_not_disturb.set_text(words.do_not_disturb())?;
    lines.quit.set_text(words.quit())?;
    lines.do_not_disturb.set_enabled(known.settings.is_some())?;
    let silent = known.settings.as_ref().is_some_and(|settings| settings.do_not_disturb);
    lines.do_not_disturb.set_checked(silent)?;
    tray.set_tooltip(Some(format!("{} — {}", words.name(), words.unread(known.unread))))?;
    tray.set_title((known.unread > 0).then(|| known.unread.to_string()))?;
    let waiting = known.unread > 0;
    let mut shown = lines.waiting.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if *shown != waiting {
        tray.set_icon(Some(icon(waiting)?))?;
        tray.set_icon_as_template(cfg!(target_os = "macos"))?;
        *shown = waiting;
    }
    Ok(())
}

/// macOS colours it itself, and writes the number beside it.
fn icon(waiting: bool) -> tauri::Result<Image<'static>> {
    Image::from_bytes(match (cfg!(target_os = "macos"), waiting) {
        (true, _) => include_bytes!("../../icons/tray-template.png"),
        (false, true) => include_bytes!("../../icons/tray-unread.png"),
        (false, false) => include_bytes!("../../icons/tray.png"),
    })
}
