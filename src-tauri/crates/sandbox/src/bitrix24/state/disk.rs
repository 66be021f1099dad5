//! Files of the portal's drive, and short public links to them.

use crate::media::Media;
use std::collections::BTreeMap;

/// The drive.
#[derive(Debug, Default)]
pub(crate) struct Disk {
    pub(crate) objects: BTreeMap<i64, Object>,
    pub(crate) storages: Vec<Storage>,
    /// Short links by their secret.
    pub(crate) links: BTreeMap<String, Link>,
    last: i64,
}

/// The root of somebody's or some app's files.
#[derive(Debug, Clone)]
pub(crate) struct Storage {
    pub(crate) id: i64,
    pub(crate) name: String,
    /// `user`, `common` or `restapp`.
    pub(crate) of: &'static str,
    pub(crate) owner: String,
    pub(crate) root: i64,
}

/// A folder or a file.
#[derive(Debug, Clone)]
pub(crate) struct Object {
    pub(crate) id: i64,
    pub(crate) storage: i64,
    /// None for a root.
    pub(crate) parent: Option<i64>,
    pub(crate) name: String,
    /// None for a folder.
    pub(crate) file: Option<Media>,
    pub(crate) created: String,
    pub(crate) by: i64,
}

/// A short link.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) object: i64,
    /// Shows a page with a button first, as links made for people do.
    pub(crate) page: bool,
}

/// The first number that the drive gives out.
const FIRST: i64 = 8_750;

impl Disk {
    /// The next free number.
    pub(crate) fn number(&mut self) -> i64 {
        self.last = self.last.max(FIRST) + 1;
        self.last
    }

    /// The storage of an owner, made when it is missing.
    pub(crate) fn storage(&mut self, of: &'static str, owner: &str, name: &str, created: &str) -> Storage {
        let meant = |one: &&Storage| one.of == of && one.owner == owner;
        if let Some(found) = self.storages.iter().find(meant) {
            return found.clone();
        }
        let (id, root) = (self.number(), self.number());
        let storage = Storage {
            id,
            name: name.to_owned(),
            of,
            owner: owner.to_owned(),
            root,
        };
        self.objects.insert(
            root,
            Object {
                id: root,
                storage: id,
                parent: None,
                name: name.to_owned(),
                file: None,
                created: created.to_owned(),
                by: 1,
            },
        );
        self.storages.push(storage.clone());
        storage
    }

    /// Puts a file or a folder into a folder; none when that is no folder.
    pub(crate) fn put(
        &mut self,
        folder: i64,
        name: &str,
        file: Option<Media>,
        by: i64,
        created: String,
    ) -> Option<i64> {
        let storage = self.objects.get(&folder).filter(|one| one.file.is_none())?.storage;
        let id = self.number();
        let object = Object {
            id,
            storage,
            parent: Some(folder),
            name: name.to_owned(),
            file,
            created,
            by,
        };
        self.objects.insert(id, object);
        Some(id)
    }

    pub(crate) fn file(&self, id: i64) -> Option<&Media> {
        self.objects.get(&id)?.file.as_ref()
    }

    /// Somebody in the folder has that name.
    pub(crate) fn taken(&self, folder: i64, name: &str) -> bool {
        self.objects
            .values()
            .any(|one| one.parent == Some(folder) && one.name == name)
    }
}

impl super::State {
    /// A short public link to a file: with `page`, the one that people send each other.
    pub(crate) fn short_link(&mut self, object: i64, page: bool) -> String {
        let alike = |(_, link): &(&String, &Link)| link.object == object && link.page == page;
        let known = self.disk.links.iter().find(alike).map(|(secret, _)| secret.clone());
        let secret = known.unwrap_or_else(|| {
            let secret = self.secret(6);
            self.disk.links.insert(secret.clone(), Link { object, page });
            secret
        });
        self.url(&format!("/~{secret}"))
    }

    /// The file behind an address of this portal itself, which it need not fetch.
    pub(crate) fn own_file(&self, address: &str) -> Option<Media> {
        let url = url::Url::parse(address).ok()?;
        let here = address.starts_with(&self.origin) || url.port() == self.host.base_url.port();
        if !here {
            return None;
        }
        let secret = url
            .path()
            .strip_prefix("/~")
            .and_then(|secret| self.disk.links.get(secret));
        let downloaded = || {
            let token = url.query_pairs().find(|(name, _)| name == "token")?.1;
            let number = token.strip_prefix("disk|")?.parse().ok();
            number.filter(|_| url.path().contains("/download"))
        };
        let object = secret
            .filter(|link| !link.page)
            .map(|link| link.object)
            .or_else(downloaded)?;
        self.disk.file(object).cloned()
    }
}
