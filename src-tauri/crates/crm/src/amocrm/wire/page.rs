use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// A HAL list: what it holds stands under one name in `_embedded`.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in super::super) struct Page {
    #[serde(rename = "_embedded", default)]
    embedded: Map<String, Value>,
    #[serde(rename = "_links", default)]
    links: Map<String, Value>,
}

impl Page {
    /// The entities under `name`. One that can't be read is left out: it would stop all others for good.
    pub(in super::super) fn of<T: DeserializeOwned>(&self, name: &str) -> Vec<T> {
        let list = self.embedded.get(name).and_then(Value::as_array);
        let read = |value: &Value| match serde_json::from_value(value.clone()) {
            Ok(entity) => Some(entity),
            Err(error) => {
                tracing::warn!(list = name, category = ?error.classify(), "an entity can't be read");
                None
            }
        };
        list.into_iter().flatten().filter_map(read).collect()
    }

    /// There is another page after this one.
    pub(in super::super) fn goes_on(&self) -> bool {
        self.links.contains_key("next")
    }
}
