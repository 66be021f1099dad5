//! The one place with SQL: an encrypted SQLite file, one writer, many readers
