//! The composition root: paths, store, secrets, channels, engine and api put together
