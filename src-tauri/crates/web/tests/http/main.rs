//! A browser on the same machine, a page elsewhere, and a backend that remembers what it was asked.

mod backend;
mod calls;
mod files;
mod strangers;
