//! Errors that were ordered for methods.

use crate::bitrix24::rest::ApiError;

/// What a test or a curious person ordered.
#[derive(Debug, Default)]
pub(crate) struct Orders(Vec<Order>);

#[derive(Debug)]
struct Order {
    error: ApiError,
    /// Every method when left out.
    method: Option<String>,
    times: u32,
}

impl Orders {
    pub(crate) fn error(&mut self, error: ApiError, method: Option<String>, times: u32) {
        self.0.push(Order { error, method, times });
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The error that strikes this call.
    pub(crate) fn strike(&mut self, method: &str) -> Option<ApiError> {
        let meant =
            |order: &&mut Order| order.times > 0 && order.method.as_deref().is_none_or(|wanted| wanted == method);
        let order = self.0.iter_mut().find(meant)?;
        order.times -= 1;
        Some(order.error.clone())
    }
}
