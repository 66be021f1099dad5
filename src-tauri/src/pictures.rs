//! A chart that the page has drawn becomes a file, in the folder of exports like the tables beside it.

use std::{
    io,
    path::{Path, PathBuf},
};

use compose::Workspace;
use domain::Reason;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use tauri::{
    State,
    ipc::{InvokeBody, Request},
};
use tokio::{fs, io::AsyncWriteExt};
use web::{Backend, Refusal};

use crate::files::{safe_name, unwritable};

/// How every PNG begins (PNG, third edition, section 5.2). Nothing else is written: a page that was taken over must
/// not put programs on the disk.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// A chart over the whole of a 4K screen takes a tenth of it.
const LARGEST: usize = 32 << 20;
/// How many files may bear one name.
const NAMES: usize = 1000;

/// The picture as the raw body, its name (percent-encoded) in a header; where it stands now.
#[tauri::command]
pub(crate) async fn save_picture(workspace: State<'_, Workspace>, request: Request<'_>) -> Result<String, Refusal> {
    let broken = || Refusal::invalid("picture", Reason::new("error.upload_broken"));
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(broken());
    };
    if !bytes.starts_with(PNG) || bytes.len() > LARGEST {
        return Err(broken());
    }
    let name = request.headers().get("x-file-name").and_then(|name| name.to_str().ok());
    let name = percent_decode_str(name.unwrap_or_default()).decode_utf8_lossy();
    let options = workspace.call("exports.options", json!({})).await?;
    let folder = options.get("folder").and_then(Value::as_str).map(PathBuf::from);
    let folder = folder.ok_or_else(|| Refusal::storage(Reason::new("error.storage")))?;
    let place = put(&folder, &png_name(&name), bytes).await;
    place
        .map(|place| place.to_string_lossy().into_owned())
        .map_err(|error| {
            tracing::warn!(%error, "a picture was not saved");
            unwritable(&folder)
        })
}

/// Writes under a name that nobody has; an unfinished file does not stay.
async fn put(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    fs::create_dir_all(folder).await?;
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "png"));
    for n in 1..=NAMES {
        let place = match n {
            1 => folder.join(name),
            n => folder.join(format!("{stem} ({n}).{ending}")),
        };
        let mut file = match fs::File::create_new(&place).await {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            created => created?,
        };
        let written = async {
            file.write_all(bytes).await?;
            file.sync_all().await
        };
        if let Err(error) = written.await {
            // It says why; a leftover that can't be removed either changes nothing about that.
            let _ = fs::remove_file(&place).await;
            return Err(error);
        }
        return Ok(place);
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// A picture, whatever the name says.
fn png_name(name: &str) -> String {
    let name = safe_name(name);
    let stem = name.strip_suffix(".png").unwrap_or(&name);
    format!("{stem}.png")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_a_picture_and_stays_in_its_folder() {
        for (given, kept) in [
            ("Первые сообщения.png", "Первые сообщения.png"),
            ("Время ответа, мин.png", "Время ответа, мин.png"),
            ("../../.bashrc", "bashrc.png"),
            ("virus.exe", "virus.exe.png"),
            ("", "file.png"),
        ] {
            assert_eq!(png_name(given), kept);
        }
    }

    #[tokio::test]
    async fn no_picture_takes_the_place_of_another() {
        let folder = tempfile::tempdir().unwrap();
        let first = put(folder.path(), "Каналы.png", b"one").await.unwrap();
        let second = put(folder.path(), "Каналы.png", b"two").await.unwrap();
        assert_eq!(second, folder.path().join("Каналы (2).png"));
        assert_eq!(std::fs::read(first).unwrap(), b"one");
    }
}
