//! Managers' messages from CRMs (LOG-2).

use store::journal::{self, RepliesQuery};

use crate::{
    app::App,
    error::ApiError,
    journal::{page_size, people, place, trim, written},
    messages,
    wire::{Empty, ListReplies, MessageRef, RepliesPage, ReplyItem, ReplyRef},
};

pub(crate) async fn list(app: &App, request: ListReplies) -> Result<RepliesPage, ApiError> {
    let (limit, filter) = (page_size(request.limit), request.filter);
    let query = RepliesQuery {
        from: filter.from,
        before: filter.before,
        link_ids: filter.link_ids,
        account_ids: filter.account_ids,
        contact_ids: people(app, filter.client.as_ref()).await?,
        state: filter.status,
        after: request.after.as_deref().and_then(place),
        limit: limit + 1,
    };
    let mut rows = journal::replies(app.store().read(), &query).await?;
    let more = trim(&mut rows, limit);
    let next = more
        .then(|| rows.last().map(|row| written(row.written_at, row.id.0)))
        .flatten();
    let items = rows.into_iter().map(|row| {
        let (conversation_id, account_id, channel) = match row.to {
            None => (None, None, None),
            Some((conversation, account, channel, _)) => (Some(conversation), account, Some(channel)),
        };
        ReplyItem {
            id: row.id,
            link_id: row.link_id,
            author: row.author,
            automatic: row.automatic,
            conversation_id,
            account_id,
            channel,
            client: row.contact,
            text: row.text,
            files: row.files,
            written_at: row.written_at,
            status: row.state,
            reason: row.reason,
            attempts: row.attempts,
            updated_at: row.updated_at,
        }
    });
    Ok(RepliesPage {
        items: items.collect(),
        next,
    })
}

/// Once more. Where a message was made of it already, that message is sent once more: never a second one.
pub(crate) async fn retry(app: &App, request: ReplyRef) -> Result<Empty, ApiError> {
    for message_id in app.engine().retry_reply(request.reply_id).await? {
        messages::retry_if_failed(app, MessageRef { message_id }).await?;
    }
    Ok(Empty {})
}
