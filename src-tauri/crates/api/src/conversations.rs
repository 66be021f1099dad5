//! The list, heads, reading, switches, drafts.

use contracts::channel::Activity;
use domain::{ConversationId, Direction, Reason};
use engine::Change;
use store::{ConversationChange, inbox, inbox::InboxRow};

use crate::{
    app::App,
    error::ApiError,
    wire::{
        ChangeConversations, ConversationCounts, ConversationFilter, ConversationPage, ConversationRef,
        ConversationRow, ConversationView, Draft, Empty, LastMessage, ListConversations, LoadedOlder, MarkRead,
        SaveDraft, SetTags, TagCount,
    },
};

/// Rows of the first page: three screens of the list.
const PAGE: u32 = 60;
const LARGEST_PAGE: u32 = 200;

pub(crate) async fn list(app: &App, request: ListConversations) -> Result<ConversationPage, ApiError> {
    let limit = request.limit.unwrap_or(PAGE).clamp(1, LARGEST_PAGE);
    let query = inbox::Query {
        view: view(request.filter),
        account_ids: request.account_ids,
        tag: request.tag,
        after: request.cursor.as_deref().map(read_cursor).transpose()?,
        limit: i64::from(limit) + 1,
        ..inbox::Query::default()
    };
    let mut rows = inbox::list(app.store().read(), &query).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let cursor = rows.last().filter(|_| more).map(cursor);
    Ok(ConversationPage {
        items: rows.into_iter().map(row).collect(),
        cursor,
    })
}

fn view(filter: ConversationFilter) -> inbox::View {
    match filter {
        ConversationFilter::All => inbox::View::All,
        ConversationFilter::Unread => inbox::View::Unread,
        ConversationFilter::Unanswered => inbox::View::Waiting,
        ConversationFilter::Mine => inbox::View::Mine,
        ConversationFilter::Archived => inbox::View::Archived,
        ConversationFilter::Filtered => inbox::View::Filtered,
    }
}

fn cursor(row: &InboxRow) -> String {
    let (pinned, moved_at, id) = row.place();
    format!("{}.{moved_at}.{id}", u8::from(pinned))
}

fn read_cursor(cursor: &str) -> Result<inbox::Place, ApiError> {
    let mut parts = cursor.split('.').map(str::parse::<i64>);
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(Ok(pinned)), Some(Ok(moved_at)), Some(Ok(id)), None) => Ok((pinned != 0, moved_at, id)),
        _ => Err(ApiError::field("cursor", Reason::new("error.wrong_shape"))),
    }
}

pub(crate) fn row(row: InboxRow) -> ConversationRow {
    ConversationRow {
        id: row.id,
        account_id: row.account_id,
        channel: row.channel,
        kind: row.kind,
        title: row.title,
        contact_id: row.contact_id,
        avatar_id: row.avatar_id,
        last: row.last.map(|last| LastMessage {
            id: last.id,
            direction: last.direction,
            author: last.author,
            preview: last.preview,
            system: last.system,
            sent_at: last.sent_at,
            tick: last.tick.filter(|_| last.direction == Direction::Out),
            deleted: last.deleted,
        }),
        moved_at: row.moved_at,
        filtered: row.filtered,
        unread: row.unread,
        marked_unread: row.marked_unread,
        waiting_since: row.waiting_since,
        pinned: row.pinned,
        muted: row.muted,
        archived: row.archived,
        draft: row
            .draft
            .and_then(|json| serde_json::from_str::<Draft>(&json).ok())
            .map(|draft| draft.text),
        mine: row.mine,
        tags: row.tags,
    }
}

pub(crate) async fn counts(app: &App, _: Empty) -> Result<ConversationCounts, ApiError> {
    let db = app.store().read();
    let (unread, unanswered, mine, filtered) = inbox::counts(db).await?;
    let tags = inbox::tags(db)
        .await?
        .into_iter()
        .map(|(tag, count)| TagCount { tag, count })
        .collect();
    Ok(ConversationCounts {
        unread,
        unanswered,
        mine,
        filtered,
        tags,
    })
}

pub(crate) async fn get(app: &App, request: ConversationRef) -> Result<ConversationView, ApiError> {
    let (db, id) = (app.store().read(), request.conversation_id);
    let facts = store::conversations::get(db, id).await?;
    let rows = inbox::list(db, &inbox::Query::only(id)).await?;
    let row = rows.into_iter().next().map(row).ok_or(store::StoreError::NotFound)?;
    let account = match facts.account_id {
        None => None,
        Some(account) => Some(store::accounts::get(db, account).await?),
    };
    Ok(ConversationView {
        row,
        account_name: account.as_ref().map(|account| account.name.clone()),
        connection: account.map(|account| account.connection),
        reachability: facts.reachability,
        first_unread_id: store::thread::first_unread(db, id, facts.read_at).await?,
        draft: facts.draft.and_then(|json| serde_json::from_str(&json).ok()),
        pending: inbox::pending(db, id).await?,
    })
}

pub(crate) async fn mark_read(app: &App, request: MarkRead) -> Result<Empty, ApiError> {
    let id = request.conversation_id;
    let mut tx = app.store().write().await?;
    let up_to = match request.up_to {
        Some(message) => Some(message),
        None => store::conversations::flow(&mut *tx, id)
            .await?
            .last
            .map(|(_, message)| message),
    };
    let Some(up_to) = up_to else { return Ok(Empty {}) };
    let message = store::messages::get(&mut *tx, up_to).await?;
    store::conversations::mark_read(&mut tx, id, message.sent_at).await?;
    tx.commit().await?;
    changed(app, id);
    tell_network(app, id, message.remote_id);
    Ok(Empty {})
}

/// The network learns what was read, where it wants to know. Losing it costs nothing: the next reading tells more.
fn tell_network(app: &App, id: ConversationId, message: Option<domain::RemoteId>) {
    let (app, Some(message)) = (app.clone(), message) else {
        return;
    };
    tokio::spawn(async move {
        let Ok(conversation) = store::conversations::get(app.store().read(), id).await else {
            return;
        };
        let connector = conversation
            .account_id
            .and_then(|account| app.engine().connector(account));
        if let Some(marks) = connector.as_ref().and_then(|connector| connector.read_marks())
            && let Err(error) = marks.mark_read(&conversation.remote_id, &message).await
        {
            tracing::info!(conversation = %id, %error, "the network was not told of the reading");
        }
    });
}

pub(crate) async fn change(app: &App, request: ChangeConversations) -> Result<Empty, ApiError> {
    let switches = ConversationChange {
        pinned: request.pinned,
        muted: request.muted,
        archived: request.archived,
        marked_unread: request.marked_unread,
        mine: request.mine,
    };
    let mut tx = app.store().write().await?;
    for id in &request.conversation_ids {
        store::conversations::change(&mut tx, *id, switches).await?;
        if request.waiting == Some(false) {
            store::conversations::set_answered(&mut tx, *id, app.now()).await?;
        }
    }
    tx.commit().await?;
    app.engine()
        .changes()
        .announce(Change::Conversations(request.conversation_ids));
    Ok(Empty {})
}

pub(crate) async fn set_tags(app: &App, request: SetTags) -> Result<Empty, ApiError> {
    let mut tags: Vec<String> = request.tags.iter().map(|tag| tag.trim().to_owned()).collect();
    tags.retain(|tag| !tag.is_empty());
    if tags.len() > 20 || tags.iter().any(|tag| tag.chars().count() > 40) {
        return Err(ApiError::field("tags", Reason::new("error.tags")));
    }
    let mut tx = app.store().write().await?;
    store::conversations::set_tags(&mut tx, request.conversation_id, &tags).await?;
    tx.commit().await?;
    changed(app, request.conversation_id);
    Ok(Empty {})
}

pub(crate) async fn save_draft(app: &App, request: SaveDraft) -> Result<Empty, ApiError> {
    let draft = request
        .draft
        .filter(|draft| !draft.text.trim().is_empty() || draft.reply_to.is_some());
    let json = draft.and_then(|draft| serde_json::to_string(&draft).ok());
    let mut tx = app.store().write().await?;
    store::conversations::set_draft(&mut tx, request.conversation_id, json.as_deref()).await?;
    tx.commit().await?;
    changed(app, request.conversation_id);
    Ok(Empty {})
}

/// Shown to the client for a few seconds, where the network can. Nothing is lost when it fails.
pub(crate) async fn typing(app: &App, request: ConversationRef) -> Result<Empty, ApiError> {
    let conversation = store::conversations::get(app.store().read(), request.conversation_id).await?;
    let connector = conversation
        .account_id
        .and_then(|account| app.engine().connector(account));
    if let Some(connector) = connector {
        tokio::spawn(async move {
            if let Some(signals) = connector.live_signals()
                && let Err(error) = signals.show(&conversation.remote_id, Activity::Typing).await
            {
                tracing::debug!(%error, "typing not shown");
            }
        });
    }
    Ok(Empty {})
}

pub(crate) async fn load_older(app: &App, request: ConversationRef) -> Result<LoadedOlder, ApiError> {
    let (loaded, more) = app.engine().load_older(request.conversation_id).await?;
    Ok(LoadedOlder {
        loaded: i64::try_from(loaded).unwrap_or(0),
        more,
    })
}

fn changed(app: &App, id: ConversationId) {
    app.engine().changes().announce(Change::Conversations(vec![id]));
}
