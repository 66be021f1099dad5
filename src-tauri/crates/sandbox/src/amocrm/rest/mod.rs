//! REST v4. <https://www.amocrm.ru/developers/content/crm_platform/api-reference>
//!
//! `call` admits a request, one file answers each group of paths, `page` and `problem` write what all have in common.

mod account;
mod batch;
pub(super) mod call;
mod chats;
mod complex;
mod custom_fields;
mod entities;
pub(super) mod entity_json;
mod entity_links;
mod events;
mod files;
mod notes;
mod notes_params;
pub(super) mod page;
mod pipelines;
pub(super) mod problem;
pub(super) mod query;
mod sources;
mod tags;
mod talks;
mod tasks;
mod unsorted;
mod values;
mod webhooks;

use super::Shared;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{delete, get, post, put};
use problem::Problem;

pub(super) fn routes() -> Router<Shared> {
    let own = Router::new()
        .route("/account", get(account::account))
        .route("/users", get(account::users))
        .route("/users/{id}", get(account::user))
        .route("/events", get(events::list))
        .route("/events/types", get(events::types))
        .route("/talks", get(talks::list))
        .route("/talks/{id}", get(talks::one))
        .route("/talks/{id}/close", post(talks::close))
        .route("/talks/{id}/messages", get(talks::messages))
        .route("/talks/{id}/send_message", post(talks::send))
        .route("/contacts/chats", get(chats::list).post(chats::link))
        .route(
            "/sources",
            get(sources::list).post(sources::create).delete(sources::remove),
        )
        .route(
            "/sources/{id}",
            get(sources::one).patch(sources::change).delete(sources::remove_one),
        )
        .route(
            "/webhooks",
            get(webhooks::list).post(webhooks::create).delete(webhooks::remove),
        )
        .route("/tasks", get(tasks::list).post(tasks::create).patch(tasks::change))
        .route("/tasks/{id}", get(tasks::one).patch(tasks::change_one));
    let leads = Router::new()
        .route("/leads/complex", post(complex::create))
        .route("/leads/pipelines", get(pipelines::list).post(pipelines::create))
        .route("/leads/pipelines/{id}", get(pipelines::one).delete(pipelines::remove))
        .route(
            "/leads/pipelines/{id}/statuses",
            get(pipelines::statuses).post(pipelines::add_statuses),
        )
        .route("/leads/pipelines/{id}/statuses/{status}", get(pipelines::status))
        .route("/leads/unsorted", get(unsorted::list))
        .route("/leads/unsorted/summary", get(unsorted::summary))
        .route("/leads/unsorted/forms", post(unsorted::forms))
        .route("/leads/unsorted/sip", post(unsorted::sip))
        .route("/leads/unsorted/{uid}", get(unsorted::one))
        .route("/leads/unsorted/{uid}/accept", post(unsorted::accept))
        .route("/leads/unsorted/{uid}/decline", delete(unsorted::decline))
        .route("/leads/unsorted/{uid}/link", post(unsorted::link));
    let any = Router::new()
        .route(
            "/{kind}",
            get(entities::list).post(entities::create).patch(entities::change),
        )
        .route("/{kind}/{id}", get(entities::one).patch(entities::change_one))
        .route("/{kind}/notes", get(notes::all).post(notes::create))
        .route(
            "/{kind}/{id}/notes",
            get(notes::list).post(notes::create_one).patch(notes::change),
        )
        .route("/{kind}/{id}/notes/{note}", get(notes::one).patch(notes::change_one))
        .route("/{kind}/notes/{note}", get(notes::by_number))
        .route("/{kind}/tags", get(tags::list).post(tags::create))
        .route(
            "/{kind}/custom_fields",
            get(custom_fields::list)
                .post(custom_fields::create)
                .patch(custom_fields::change),
        )
        .route(
            "/{kind}/custom_fields/{id}",
            get(custom_fields::one)
                .patch(custom_fields::change_one)
                .delete(custom_fields::remove),
        )
        .route("/{kind}/{id}/links", get(entity_links::list))
        .route("/{kind}/links", get(entity_links::of_many))
        .route("/{kind}/{id}/link", post(entity_links::link))
        .route("/{kind}/{id}/unlink", post(entity_links::unlink))
        .route(
            "/{kind}/{id}/files",
            put(files::attach).get(files::list).delete(files::detach),
        );
    Router::new()
        .nest("/api/v4", own.merge(leads).merge(any))
        .fallback(|| async { Problem::NotFound })
        .layer(DefaultBodyLimit::disable())
}
