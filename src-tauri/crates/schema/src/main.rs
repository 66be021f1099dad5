//! `schema FILE`: applies the migrations to a plain file and prints the schema they end in.

use std::{io::Write, path::Path};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args_os().nth(1).ok_or("usage: schema FILE")?;
    let dump = schema::plain_file(Path::new(&file)).await?;
    std::io::stdout().write_all(dump.as_bytes())?;
    Ok(())
}
