use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
pub(in crate::telegram_bot) struct PhotoSize {
    pub(in crate::telegram_bot) file_id: String,
    pub(in crate::telegram_bot) file_unique_id: String,
    pub(in crate::telegram_bot) width: i64,
    pub(in crate::telegram_bot) height: i64,
    pub(in crate::telegram_bot) file_size: Option<i64>,
}

#[derive(Debug, Deserialize)]
pub(in crate::telegram_bot) struct Document {
    pub(in crate::telegram_bot) file_id: String,
    pub(in crate::telegram_bot) file_unique_id: String,
    pub(in crate::telegram_bot) file_name: Option<String>,
    pub(in crate::telegram_bot) mime_type: Option<String>,
    pub(in crate::telegram_bot) file_size: Option<i64>,
}

#[derive(Debug, Deserialize)]
pub(in crate::telegram_bot) struct Video {
    #[serde(flatten)]
    pub(in crate::telegram_bot) file: Document,
    pub(in crate::telegram_bot) width: i64,
    pub(in crate::telegram_bot) height: i64,
    pub(in crate::telegram_bot) duration: i64,
}

/// A silent film; has the same fields.
pub(in crate::telegram_bot) type Animation = Video;

#[derive(Debug, Deserialize)]
pub(in crate::telegram_bot) struct Audio {
    #[serde(flatten)]
    pub(in crate::telegram_bot) file: Document,
    pub(in crate::telegram_bot) duration: i64,
    pub(in crate::telegram_bot) performer: Option<String>,
    pub(in crate::telegram_bot) title: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(in crate::telegram_bot) struct Voice {
    #[serde(flatten)]
    pub(in crate::telegram_bot) file: Document,
    pub(in crate::telegram_bot) duration: i64,
}

#[derive(Debug, Deserialize)]
pub(in crate::telegram_bot) struct VideoNote {
    #[serde(flatten)]
    pub(in crate::telegram_bot) file: Document,
    pub(in crate::telegram_bot) length: i64,
    pub(in crate::telegram_bot) duration: i64,
}

#[derive(Debug, Deserialize)]
pub(in crate::telegram_bot) struct Sticker {
    #[serde(flatten)]
    pub(in crate::telegram_bot) file: Document,
    pub(in crate::telegram_bot) width: i64,
    pub(in crate::telegram_bot) height: i64,
    #[serde(default)]
    pub(in crate::telegram_bot) is_animated: bool,
    #[serde(default)]
    pub(in crate::telegram_bot) is_video: bool,
}
