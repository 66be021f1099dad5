//! Opening Olga's workspace: with a keyring, with a passphrase, twice, damaged, as a demo.

mod damage;
mod demo;
mod keys;
mod office;
