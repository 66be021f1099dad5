//! From a name and a JSON to a function and back.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    accounts, analytics,
    app::App,
    boot, contacts, conversations, crm_cards,
    error::{ApiError, Code},
    exports, journal, links, login, messages, quick_replies, replies,
    routes::routes,
    rules, search,
    wire::*,
    write_first,
};

macro_rules! make_dispatch {
    ($($name:literal $module:ident::$function:ident $req:ty => $res:ty;)*) => {
        /// The one entrance.
        pub(crate) async fn dispatch(app: &App, name: &str, payload: Value) -> Result<Value, ApiError> {
            match name {
                $($name => {
                    let request: $req = read(payload)?;
                    let answer: $res = $module::$function(app, request).await?;
                    write(&answer)
                })*
                _ => Err(ApiError::of(Code::NotFound, "error.unknown_call")),
            }
        }
    };
}
routes!(make_dispatch);

/// No payload is an empty one.
fn read<T: DeserializeOwned>(payload: Value) -> Result<T, ApiError> {
    let payload = if payload.is_null() {
        Value::Object(serde_json::Map::new())
    } else {
        payload
    };
    serde_json::from_value(payload).map_err(|error| {
        tracing::warn!(%error, "a call with a wrong shape");
        ApiError::of(Code::Invalid, "error.wrong_shape")
    })
}

fn write<T: Serialize>(answer: &T) -> Result<Value, ApiError> {
    serde_json::to_value(answer).map_err(|error| {
        tracing::error!(%error, "an answer that can't be written");
        ApiError::of(Code::Storage, "error.storage")
    })
}
