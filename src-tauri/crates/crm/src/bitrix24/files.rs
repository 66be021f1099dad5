//! Files on their way into an open line: the portal fetches them by an address, so they lie on its own drive first.
//! <https://apidocs.bitrix24.com/api-reference/disk/folder/disk-folder-upload-file.html>
//!
//! Not proved live: that the portal fetches from itself by the address that it gives to applications. A file that is
//! put there twice after an uncertain outcome hurts nobody: only the one that is referred to is seen.

use base64::{Engine, engine::general_purpose::STANDARD};
use contracts::crm::{CrmError, CrmFile, Urgency, Work};
use domain::Reason;
use serde_json::{Value, json};

use super::{
    errors::{ApiError, nothing_came, reason},
    layout::{number, text},
    link::BxLink,
};

/// It travels as text inside of a call and is held in memory; larger ones stay a line with their name.
const LARGEST: u64 = 50 * 1024 * 1024;

impl BxLink {
    /// The files of a message that the portal can fetch: place and address. One that can't be put there stays a line of
    /// the text: without its files a message still says something.
    pub(super) async fn fetchable(&self, work: &Work) -> Result<Vec<(usize, String)>, ApiError> {
        let mut urls = Vec::new();
        for (at, file) in work.message.files.iter().enumerate() {
            if file.path.is_none() {
                continue;
            }
            match self.upload(file, work.urgency).await {
                Ok(url) => urls.push((at, url)),
                Err(error) if error.about_this_only() => {
                    tracing::warn!(link = %self.id, %error, "the drive takes no file");
                }
                Err(error) => return Err(error),
            }
        }
        Ok(urls)
    }

    async fn upload(&self, file: &CrmFile, urgency: Urgency) -> Result<String, ApiError> {
        let storage = self.client.ask("disk.storage.getforapp", json!({}), urgency).await?;
        let folder = number(&storage.result, "ROOT_OBJECT_ID").ok_or_else(nothing_came)?;
        let kept = self.put_on_drive(folder, file, urgency).await?;
        text(&kept, "DOWNLOAD_URL").ok_or_else(nothing_came)
    }

    /// A file in a folder of the drive, as the portal describes it.
    pub(super) async fn put_on_drive(&self, folder: i64, file: &CrmFile, urgency: Urgency) -> Result<Value, ApiError> {
        let bytes = bytes_of(file).await?;
        let params = json!({
            "id": folder,
            "data": { "NAME": file.name },
            "fileContent": [file.name, STANDARD.encode(&bytes)],
            "generateUniqueName": true,
        });
        // Nobody sees it before it is referred to: whatever failed was not done.
        let kept = self.client.ask("disk.folder.uploadfile", params, urgency).await?;
        Ok(kept.result)
    }
}

/// The bytes of a file that is not too large.
pub(super) async fn bytes_of(file: &CrmFile) -> Result<Vec<u8>, ApiError> {
    let unreadable = || CrmError::Local(Reason::new("reason.file_unreadable").with("name", &file.name));
    let path = file.path.as_ref().ok_or_else(unreadable)?;
    let size = tokio::fs::metadata(path).await.map_err(|_| unreadable())?.len();
    if size > LARGEST {
        return Err(CrmError::Refused(reason("reason.file_too_big").with("megabytes", LARGEST / (1024 * 1024))).into());
    }
    Ok(tokio::fs::read(path).await.map_err(|_| unreadable())?)
}
