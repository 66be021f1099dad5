//! Writes the TypeScript schema from the same table that the router is made of.

use std::collections::BTreeMap;

use ts_rs::{Config, TS, TypeVisitor};

use crate::{changes::Change, error::ApiError, routes::routes, wire::*};

/// The whole of `frontend/src/shared/api/schema.gen.ts`.
pub fn schema() -> String {
    let mut all = Declarations {
        config: Config::default().with_large_int("number"),
        seen: BTreeMap::new(),
    };
    let mut rows = String::new();
    macro_rules! collect {
        ($($name:literal $module:ident::$function:ident $req:ty => $res:ty;)*) => {$(
            all.add::<$req>();
            all.add::<$res>();
            let (req, res) = (<$req as TS>::name(&all.config), <$res as TS>::name(&all.config));
            rows += &format!("  {:?}: {{ req: {req}; res: {res} }};\n", $name);
        )*};
    }
    routes!(collect);
    all.add::<ApiError>();
    all.add::<Change>();
    let types: String = all
        .seen
        .into_values()
        .map(|declaration| format!("export {declaration}\n\n"))
        .collect();
    format!(
        "// Generated from the table in the `api` crate; never edited by hand.\n\n{types}export interface Rpc {{\n{rows}}}\n"
    )
}

struct Declarations {
    config: Config,
    seen: BTreeMap<String, String>,
}

impl Declarations {
    fn add<T: TS + 'static + ?Sized>(&mut self) {
        self.visit::<T>();
        T::visit_generics(self);
    }
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Primitives and containers have no file of their own and need no declaration.
        if T::output_path().is_none() {
            return;
        }
        let name = T::ident(&self.config);
        if self.seen.contains_key(&name) {
            return;
        }
        self.seen.insert(name, T::decl(&self.config));
        T::visit_dependencies(self);
    }
}
