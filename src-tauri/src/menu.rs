//! The menu bar of macOS, without which its windows know no copy and paste. Elsewhere there is none.

use tauri::{
    AppHandle, Wry,
    menu::{Menu, MenuBuilder, SubmenuBuilder},
};

use crate::texts::Language;

pub(crate) fn menu(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    if !cfg!(target_os = "macos") {
        return Menu::new(app);
    }
    let words = Language::of("");
    let program = SubmenuBuilder::new(app, words.name())
        .about(None)
        .separator()
        .hide()
        .hide_others()
        .show_all()
        .separator()
        .quit_with_text(words.quit())
        .build()?;
    let edit = SubmenuBuilder::new(app, words.edit())
        .undo()
        .redo()
        .separator()
        .cut()
        .copy()
        .paste()
        .select_all()
        .build()?;
    MenuBuilder::new(app).items(&[&program, &edit]).build()
}
