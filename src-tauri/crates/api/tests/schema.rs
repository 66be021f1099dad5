//! The TypeScript schema in the frontend is the one this crate would write.

use std::{env, fs, path::Path};

#[test]
fn the_typescript_schema_has_not_drifted() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../frontend/src/shared/api/schema.gen.ts");
    let fresh = api::export_ts::schema();
    if env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&path, &fresh).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == fresh,
        "schema.gen.ts differs from the table of calls: run `cargo xtask schema`"
    );
}
