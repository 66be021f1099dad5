//! Draws the pictures that the living people send and show: `cargo run -p sandbox --example draw -- <directory>`.
//!
//! They are committed (`src/samples/pictures`), because drawing them at every start takes too long in a debug build.

mod canvas;
mod portrait;
mod scenes;

use image::ImageError;
use std::path::PathBuf;
use std::{env, fs, io};
use thiserror::Error;

/// Pictures of each scene.
const VARIANTS: u64 = 2;
/// Profile pictures.
const PORTRAITS: u64 = 18;

#[derive(Debug, Error)]
enum Failed {
    #[error("give the directory to draw into")]
    NoDirectory,
    #[error(transparent)]
    Write(#[from] io::Error),
    #[error(transparent)]
    Encode(#[from] ImageError),
}

fn main() -> Result<(), Failed> {
    let directory = PathBuf::from(env::args_os().nth(1).ok_or(Failed::NoDirectory)?);
    for name in scenes::SCENES {
        for variant in 0..VARIANTS {
            fs::write(
                directory.join(format!("{name}-{variant}.jpg")),
                scenes::scene(name, variant * 4 + 1).jpeg()?,
            )?;
        }
    }
    for number in 0..PORTRAITS {
        fs::write(
            directory.join(format!("portrait-{number}.jpg")),
            portrait::portrait(number).jpeg()?,
        )?;
    }
    Ok(())
}
