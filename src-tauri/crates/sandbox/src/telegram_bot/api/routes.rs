//! From HTTP to methods and back.

use crate::telegram_bot::TelegramBot;
use crate::telegram_bot::api::error::{ApiError, ok};
use crate::telegram_bot::api::methods::{Method, find};
use crate::telegram_bot::api::request::{Request, token_and_method};
use crate::telegram_bot::api::{files, get_updates};
use crate::telegram_bot::state::State;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request as HttpRequest, State as Shared};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Everything under one base address. The token stands inside the first path segment, so the paths are read by hand.
pub(crate) fn routes(telegram: Arc<TelegramBot>) -> Router {
    Router::new()
        .fallback(call)
        .layer(DefaultBodyLimit::disable())
        .with_state(telegram)
}

async fn call(Shared(telegram): Shared<Arc<TelegramBot>>, request: HttpRequest) -> Response {
    let outcome = match request.uri().path().strip_prefix("/file/bot") {
        Some(rest) => return files::download(&telegram, rest),
        None => answer(&telegram, request).await,
    };
    outcome.unwrap_or_else(IntoResponse::into_response)
}

async fn answer(telegram: &TelegramBot, request: HttpRequest) -> Result<Response, ApiError> {
    let (token, name) = token_and_method(request.uri()).ok_or_else(ApiError::not_found)?;
    let call = Request::read(request).await?;
    check_token(&telegram.state(), &token, &name)?;
    match find(&name) {
        None => Err(ApiError::new(404, "Not Found: method not found")),
        Some(Method::GetUpdates) => get_updates::get_updates(telegram, &call).await.map(ok),
        Some(Method::Immediate(run)) => run(&mut telegram.state(), &call).map(ok),
    }
}

/// Refuses what the real server refuses before it looks at the method.
pub(crate) fn check_token(state: &State, token: &str, method: &str) -> Result<(), ApiError> {
    let (id, secret) = token.split_once(':').ok_or_else(ApiError::not_found)?;
    if id.parse::<i64>().is_err() || secret.is_empty() || token.starts_with('0') || token.len() > 80 {
        return Err(ApiError::not_found());
    }
    let bot = &state.bot;
    if token != bot.token || bot.expired || bot.banned {
        return Err(ApiError::unauthorized());
    }
    if bot.logged_out {
        return Err(ApiError::new(400, "Logged out"));
    }
    if bot.closed && method.eq_ignore_ascii_case("close") {
        return Err(ApiError::bad("the bot has already been closed"));
    }
    Ok(())
}
