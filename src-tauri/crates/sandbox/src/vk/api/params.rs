//! The parameters of one call: everything is a string, lists are joined by commas, objects are JSON in a string, booleans are 0 and 1.
//!
//! <https://dev.vk.com/api/api-requests>

use super::error::ApiError;
use serde_json::Value;

/// Parameters in the order in which they came; of two with one name the last counts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    pub(crate) fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// What `request_params` of an error repeats: everything but the token.
    pub(crate) fn public(&self) -> Vec<(String, String)> {
        self.0
            .iter()
            .filter(|(key, _)| key != "access_token")
            .cloned()
            .collect()
    }

    /// The text of a parameter. An empty one counts as absent.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.raw(name).filter(|value| !value.is_empty())
    }

    /// The text of a parameter, where an empty one says something (an edit that clears a text).
    pub(crate) fn raw(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .rev()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn required_text(&self, name: &str) -> Result<&str, ApiError> {
        self.text(name).ok_or_else(|| undefined(name))
    }

    pub(crate) fn int(&self, name: &str) -> Result<Option<i64>, ApiError> {
        self.text(name)
            .map(|value| {
                value
                    .trim()
                    .parse()
                    .map_err(|_source| ApiError::parameter(&format!("{name} not integer")))
            })
            .transpose()
    }

    pub(crate) fn required_int(&self, name: &str) -> Result<i64, ApiError> {
        self.int(name)?.ok_or_else(|| undefined(name))
    }

    /// An integer that VK refuses outside `0..=most`.
    pub(crate) fn count(&self, name: &str, usual: i64, most: i64) -> Result<usize, ApiError> {
        let value = self.int(name)?.unwrap_or(usual);
        if value < 0 {
            return Err(ApiError::parameter(&format!("{name} should be positive")));
        }
        if value > most {
            return Err(ApiError::parameter(&format!(
                "{name} should be less or equal to {most}"
            )));
        }
        Ok(usize::try_from(value).unwrap_or(0))
    }

    pub(crate) fn number(&self, name: &str) -> Result<Option<f64>, ApiError> {
        self.text(name)
            .map(|value| {
                let number: Result<f64, _> = value.trim().parse();
                number.map_err(|_source| ApiError::parameter(&format!("{name} is invalid")))
            })
            .transpose()
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        self.text(name)
            .is_some_and(|value| value != "0" && !value.eq_ignore_ascii_case("false"))
    }

    /// The parts of a comma list, trimmed, empty ones left out.
    pub(crate) fn list(&self, name: &str) -> Vec<&str> {
        self.text(name)
            .map(|value| {
                value
                    .split(',')
                    .map(str::trim)
                    .filter(|part| !part.is_empty())
                    .collect()
            })
            .unwrap_or_default()
    }

    pub(crate) fn ints(&self, name: &str) -> Result<Vec<i64>, ApiError> {
        self.list(name)
            .into_iter()
            .map(|part| {
                part.parse()
                    .map_err(|_source| ApiError::parameter(&format!("{name} not integer")))
            })
            .collect()
    }

    pub(crate) fn json(&self, name: &str) -> Result<Option<Value>, ApiError> {
        self.text(name)
            .map(|value| {
                serde_json::from_str(value).map_err(|_source| ApiError::parameter(&format!("{name} is invalid json")))
            })
            .transpose()
    }
}

fn undefined(name: &str) -> ApiError {
    ApiError::parameter(&format!("{name} is undefined"))
}
