//! A file of a message leaves the app: opened by the program that the system has for it, or saved.

use std::path::{Path, PathBuf};

use compose::Workspace;
use domain::Reason;
use tauri::{AppHandle, Manager, State};
use tauri_plugin_dialog::DialogExt;
use tauri_plugin_opener::OpenerExt;
use web::{Backend, Refusal};

/// Kinds that a system runs rather than shows. A stranger sent them: they are shown in their folder, and the person
/// decides. After Chromium's list of dangerous downloads:
/// <https://source.chromium.org/chromium/chromium/src/+/main:components/safe_browsing/content/resources/download_file_types.asciipb>
const RUN: &[&str] = &[
    "app",
    "application",
    "appimage",
    "appref-ms",
    "bash",
    "bat",
    "chm",
    "cmd",
    "com",
    "command",
    "cpl",
    "csh",
    "deb",
    "desktop",
    "dll",
    "dmg",
    "elf",
    "exe",
    "fish",
    "gadget",
    "hta",
    "htm",
    "html",
    "inf",
    "ins",
    "iso",
    "jar",
    "jnlp",
    "js",
    "jse",
    "ksh",
    "lnk",
    "mht",
    "mhtml",
    "mpkg",
    "msc",
    "msi",
    "msix",
    "msp",
    "mst",
    "osx",
    "out",
    "pif",
    "pkg",
    "pl",
    "prg",
    "ps1",
    "psm1",
    "py",
    "rb",
    "reg",
    "rpm",
    "run",
    "scf",
    "scr",
    "sct",
    "sh",
    "shb",
    "shs",
    "shtml",
    "slk",
    "svg",
    "terminal",
    "url",
    "vb",
    "vbe",
    "vbs",
    "vxd",
    "wsc",
    "wsf",
    "wsh",
    "xht",
    "xhtml",
    "xml",
    "xrm-ms",
    "zsh",
];
/// No file system takes more bytes; letters may have four.
const LONGEST_NAME_CHARS: usize = 60;

/// Opens a copy under the name that people know: the stored one has none, and the original must not be changed.
#[tauri::command]
pub(crate) async fn open_attachment(
    app: AppHandle,
    workspace: State<'_, Workspace>,
    id: i64,
    name: String,
) -> Result<(), Refusal> {
    let media = workspace.media(id).await?;
    let folder = opened_folder(&app)?.join(id.to_string());
    let copy = folder.join(safe_name(&name));
    tokio::fs::create_dir_all(&folder)
        .await
        .map_err(|_| unwritable(&folder))?;
    tokio::fs::copy(&media.path, &copy)
        .await
        .map_err(|_| unwritable(&copy))?;
    let opener = app.opener();
    let opened = if is_run(&copy) {
        opener.reveal_item_in_dir(&copy)
    } else {
        opener.open_path(copy.to_string_lossy(), None::<&str>)
    };
    opened.map_err(|error| no_program(id, &error))
}

/// Opens a finished export. By its number: a path never comes from a page.
#[tauri::command]
pub(crate) async fn open_export(app: AppHandle, workspace: State<'_, Workspace>, id: i64) -> Result<(), Refusal> {
    let file = workspace.export(id).await?;
    let opened = app.opener().open_path(file.path.to_string_lossy(), None::<&str>);
    opened.map_err(|error| no_program(id, &error))
}

/// Shows a finished export in its folder.
#[tauri::command]
pub(crate) async fn show_export(app: AppHandle, workspace: State<'_, Workspace>, id: i64) -> Result<(), Refusal> {
    let file = workspace.export(id).await?;
    let shown = app.opener().reveal_item_in_dir(&file.path);
    shown.map_err(|error| no_program(id, &error))
}

fn no_program(id: i64, error: &impl std::fmt::Display) -> Refusal {
    tracing::warn!(file = id, %error, "no program opens it");
    Refusal::storage(Reason::new("error.no_program"))
}

/// Asks where to. Choosing nothing is no error.
#[tauri::command]
pub(crate) async fn save_attachment(
    app: AppHandle,
    workspace: State<'_, Workspace>,
    id: i64,
    name: String,
) -> Result<(), Refusal> {
    let media = workspace.media(id).await?;
    let (answer, chosen) = tokio::sync::oneshot::channel();
    app.dialog()
        .file()
        .set_file_name(safe_name(&name))
        .save_file(move |place| {
            // The other side waits for as long as the window lives.
            let _ = answer.send(place);
        });
    let Some(place) = chosen.await.ok().flatten().and_then(|place| place.into_path().ok()) else {
        return Ok(());
    };
    tokio::fs::copy(&media.path, &place)
        .await
        .map_err(|_| unwritable(&place))?;
    Ok(())
}

/// Throws away what was opened in earlier runs.
pub(crate) fn forget_opened(app: &AppHandle) {
    if let Ok(folder) = opened_folder(app) {
        // Not there, or still open in another program: then next time.
        let _ = std::fs::remove_dir_all(folder);
    }
}

fn opened_folder(app: &AppHandle) -> Result<PathBuf, Refusal> {
    let cache = app.path().app_cache_dir();
    let cache = cache.map_err(|_| Refusal::storage(Reason::new("workspace.no_home")))?;
    Ok(cache.join("opened"))
}

pub(crate) fn unwritable(place: &Path) -> Refusal {
    Refusal::storage(Reason::new("error.unwritable").with("file", place.display()))
}

fn is_run(file: &Path) -> bool {
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_none_or(|ending| RUN.contains(&ending.as_str()))
}

/// A stranger's name as a name of a file here: no folders, nothing hidden, nothing that some system can't write.
pub(crate) fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .map(|c| match c {
            '<' | '>' | ':' | '"' | '|' | '?' | '*' => '_',
            // The marks of text direction make `gpj.exe` of `exe.jpg`.
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '_',
            c if c.is_control() => '_',
            c => c,
        })
        .collect();
    let clean = clean.trim_matches(['.', ' ']);
    let (stem, ending) = clean
        .rsplit_once('.')
        .map_or((clean, None), |(stem, ending)| (stem, Some(ending)));
    let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    let stem = match cut(stem, LONGEST_NAME_CHARS) {
        stem if stem.is_empty() => "file".to_owned(),
        // Names of devices, on Windows, with any ending.
        stem if ["con", "prn", "aux", "nul"].contains(&stem.to_lowercase().as_str()) => format!("_{stem}"),
        stem => stem,
    };
    match ending {
        Some(ending) => format!("{stem}.{}", cut(ending, 12)),
        None => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strangers_name_stays_in_its_folder() {
        for (given, kept) in [
            ("Смета на кухню.pdf", "Смета на кухню.pdf"),
            ("../../.ssh/authorized_keys", "authorized_keys"),
            ("C:\\Windows\\win.ini", "win.ini"),
            (".bashrc", "bashrc"),
            ("", "file"),
            ("a\u{202e}gpj.exe", "a_gpj.exe"),
            ("что? \"это\".txt", "что_ _это_.txt"),
            ("NUL.txt", "_NUL.txt"),
        ] {
            assert_eq!(safe_name(given), kept);
        }
        assert!(safe_name(&format!("{}.jpeg", "ы".repeat(500))).len() < 255);
    }

    #[test]
    fn what_would_run_is_only_shown_in_its_folder() {
        for name in ["bill.EXE", "page.html", "menu.desktop", "script", "a.svg"] {
            assert!(is_run(Path::new(&safe_name(name))), "{name}");
        }
        for name in ["bill.pdf", "photo.JPG", "list.xlsx", "voice.ogg"] {
            assert!(!is_run(Path::new(&safe_name(name))), "{name}");
        }
    }
}
