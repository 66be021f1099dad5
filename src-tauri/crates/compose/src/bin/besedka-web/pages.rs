use rust_embed::RustEmbed;
use web::{Page, Pages};

/// The built interface: inside the program when it is released, read from the checkout while developing.
#[derive(RustEmbed)]
#[folder = "../../../frontend/dist"]
#[allow_missing = true]
struct Files;

pub(crate) struct BuiltIn;

impl Pages for BuiltIn {
    fn get(&self, path: &str) -> Option<Page> {
        Files::get(path).map(|file| Page(file.data))
    }
}
