//! The migrations of the database, and a plain file made of them.
//!
//! Apart from `store`, because the checked queries of `store` compile against a file that has to be made first:
//! `cargo run -p schema -- FILE` makes it and prints the schema.
//!
//! Must not: hold a query of the product.

use std::path::Path;

use sqlx::{Connection, Executor, Row, SqliteConnection, migrate::Migrator, sqlite::SqliteConnectOptions};

/// All migrations, in order. An older program ignores those it does not know and decides by «compatible with».
pub static MIGRATIONS: Migrator = Migrator {
    ignore_missing: true,
    ..sqlx::migrate!("../store/migrations")
};

/// The newest version this program knows.
pub fn newest() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0)
}

/// What each migration says about itself in its first line: `-- from N, compatible with ≥M`.
pub fn compatible_with(version: i64) -> Option<i64> {
    let migration = MIGRATIONS.iter().find(|migration| migration.version == version)?;
    let first = migration.sql.as_str().lines().next()?;
    first.rsplit('≥').next()?.trim().parse().ok()
}

/// Makes an unencrypted file at `path` with the newest schema and returns the schema as text.
///
/// # Errors
/// What `SQLite` says.
pub async fn plain_file(path: &Path) -> Result<String, sqlx::Error> {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    MIGRATIONS
        .run(&mut connection)
        .await
        .map_err(|error| sqlx::Error::Migrate(Box::new(error)))?;
    let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE '\\_sqlx%' ESCAPE '\\' \
               AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '%\\_search\\_%' ESCAPE '\\' ORDER BY rowid";
    let rows = connection.fetch_all(sql).await?;
    let statements = rows
        .iter()
        .map(|row| row.try_get::<String, _>(0))
        .collect::<Result<Vec<_>, _>>()?;
    connection.close().await?;
    Ok(statements.iter().map(|sql| format!("{sql};\n")).collect())
}
