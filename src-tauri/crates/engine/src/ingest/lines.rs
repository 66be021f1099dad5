//! Lines of the system that no network sends as a message.

use contracts::Clock;
use domain::{At, Content, ConversationId, ConversationKind, Direction, Moved, PreviewKind, Reachability, Reason};
use store::{NewMessage, StoreError, Tx};

use crate::changes::Gathered;

/// What a change of reachability is to people.
pub(super) fn reachable(kind: ConversationKind, now: Reachability) -> Reason {
    Reason::new(match (kind, now) {
        (ConversationKind::Group, Reachability::Blocked) => "system.shut_out",
        (ConversationKind::Group, Reachability::Open) => "system.let_in",
        (_, Reachability::Blocked) => "system.blocked",
        (_, Reachability::Open) => "system.opened",
    })
}

/// Puts a line into a conversation that is there. Rings at nobody, keeps nobody waiting.
pub(super) async fn say(
    tx: &mut Tx,
    clock: &dyn Clock,
    conversation: ConversationId,
    line: Reason,
    at: At,
    gathered: &mut Gathered,
) -> Result<(), StoreError> {
    let message = NewMessage {
        uid: clock.uid(),
        conversation_id: conversation,
        remote_id: None,
        client_key: None,
        direction: Direction::System,
        author_id: None,
        author_name: None,
        sent_at: at,
        content: Content::default(),
        system: Some(line),
        preview: PreviewKind::Text,
        reply_to: None,
        reply_author: None,
        reply_text: None,
        forwarded_from: None,
        album: None,
        edited_at: None,
        tick: None,
        automatic: false,
        catch_up: false,
        raw: None,
    };
    let stored = store::messages::insert(tx, std::slice::from_ref(&message), clock.now()).await?;
    let mut flow = store::conversations::flow(&mut **tx, conversation).await?;
    for new in stored {
        flow.take(Moved {
            id: new.id,
            direction: Direction::System,
            sent_at: at,
            read: true,
            automatic: false,
        });
    }
    store::conversations::save_flows(tx, [(conversation, &flow)]).await?;
    gathered.thread(conversation);
    Ok(())
}
