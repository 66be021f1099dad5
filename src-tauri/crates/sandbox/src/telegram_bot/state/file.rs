//! Files on the network's servers.

use crate::letter::FileKind;
use crate::media::Media;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Place of a file in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FileId(pub(crate) u64);

/// A stored file.
#[derive(Clone, Debug)]
pub(crate) struct StoredFile {
    pub(crate) id: FileId,
    pub(crate) kind: FileKind,
    pub(crate) media: Media,
}

/// A smaller picture made of a photo: the letter in its identifiers, and the longest side.
/// The real sizes are s 100, m 320, x 800, y 1280 (core.telegram.org/api/files).
pub(crate) const SIZES: [(char, u32); 3] = [('s', 100), ('m', 320), ('x', 800)];

/// The letter of the picture as it was sent.
pub(crate) const FULL: char = 'y';

impl StoredFile {
    /// What the API gives out to send the file again. `size` is one of [`SIZES`] or [`FULL`].
    pub(crate) fn public_id(&self, size: char) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}\u{2}{size}{:08}\u{1}sandbox", prefix(self.kind), self.id.0))
    }

    /// The same for the same bytes, whoever sent them.
    pub(crate) fn unique_id(&self, size: char) -> String {
        let mut hasher = DefaultHasher::new();
        (&self.media.data, size).hash(&mut hasher);
        URL_SAFE_NO_PAD.encode([b"AQAD".as_slice(), &hasher.finish().to_be_bytes()].concat())
    }

    /// Where it is downloaded, below `/file/bot<token>/`.
    pub(crate) fn path(&self, size: char) -> String {
        let ending = self.media.name.rsplit_once('.').map_or("bin", |(_, ending)| ending);
        let number = self.id.0;
        match self.kind {
            FileKind::Photo => format!("photos/file_{number}{size}.{ending}"),
            FileKind::Document => format!("documents/file_{number}{size}.{ending}"),
            FileKind::Video => format!("videos/file_{number}{size}.{ending}"),
            FileKind::Animation => format!("animations/file_{number}{size}.{ending}"),
            FileKind::Audio => format!("music/file_{number}{size}.{ending}"),
            FileKind::Voice => format!("voice/file_{number}{size}.{ending}"),
            FileKind::VideoNote => format!("video_notes/file_{number}{size}.{ending}"),
            FileKind::Sticker | FileKind::Drawing => format!("stickers/file_{number}{size}.{ending}"),
        }
    }
}

/// Identifiers of one kind begin alike, as the real ones do.
fn prefix(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Photo => "AgAC",
        FileKind::Document => "BQAC",
        FileKind::Video => "BAAC",
        FileKind::Animation => "CgAC",
        FileKind::Audio => "CQAC",
        FileKind::Voice => "AwAC",
        FileKind::VideoNote => "DQAC",
        FileKind::Sticker | FileKind::Drawing => "CAAC",
    }
}

/// Every file of the network.
#[derive(Debug, Default)]
pub(crate) struct Files {
    stored: BTreeMap<FileId, StoredFile>,
}

impl Files {
    /// Takes a file in.
    pub(crate) fn store(&mut self, kind: FileKind, media: Media) -> FileId {
        let id = FileId(self.stored.len() as u64 + 1);
        self.stored.insert(id, StoredFile { id, kind, media });
        id
    }

    /// A file by its place.
    pub(crate) fn get(&self, id: FileId) -> Option<&StoredFile> {
        self.stored.get(&id)
    }

    /// For what the sender tells about the file after it was stored.
    pub(crate) fn media_mut(&mut self, id: FileId) -> Option<&mut Media> {
        self.stored.get_mut(&id).map(|file| &mut file.media)
    }

    /// A file, and the size asked for, by what the API gave out.
    pub(crate) fn by_public_id(&self, public: &str) -> Option<(&StoredFile, char)> {
        let plain = String::from_utf8(URL_SAFE_NO_PAD.decode(public).ok()?).ok()?;
        let (_, rest) = plain.split_once('\u{2}')?;
        let size = rest.chars().next()?;
        let number = rest.strip_prefix(size)?.strip_suffix("\u{1}sandbox")?.parse().ok()?;
        Some((self.get(FileId(number))?, size))
    }

    /// A file, and the size asked for, by its download path.
    pub(crate) fn by_path(&self, path: &str) -> Option<(&StoredFile, char)> {
        let name = path.rsplit('/').next()?.strip_prefix("file_")?;
        let digits: String = name.chars().take_while(char::is_ascii_digit).collect();
        let size = name.chars().nth(digits.len())?;
        let file = self.get(FileId(digits.parse().ok()?))?;
        (file.path(size) == path).then_some((file, size))
    }
}
