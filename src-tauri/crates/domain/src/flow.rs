use crate::{At, Direction, MessageId};

/// What a conversation remembers of its messages: unread, waiting, newest. Messages may come in any order; each is
/// taken once (the store recognises repetitions), and late ones never move anything back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Flow {
    /// The newest message by time of writing.
    pub last: Option<(At, MessageId)>,
    /// Order of the list.
    pub moved_at: At,
    /// Incoming messages not read here.
    pub unread: i64,
    /// Messages written until then are read.
    pub read_at: At,
    /// Since when the client waits for an answer.
    pub waiting_since: Option<At>,
    /// Our last answer, or «no answer needed».
    pub answered_at: At,
    /// Put away; a new incoming message brings it back.
    pub archived: bool,
    /// Filtered messages: they move nothing else.
    pub filtered: i64,
    /// The newest of them by time of writing.
    pub last_filtered: Option<(At, MessageId)>,
}

/// What of a message moves a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// The message.
    pub id: MessageId,
    /// Who speaks.
    pub direction: Direction,
    /// When it was written.
    pub sent_at: At,
    /// The network already counts it as read.
    pub read: bool,
    /// The auto-reply wrote it: nobody has read or answered anything.
    pub automatic: bool,
}

impl Flow {
    /// Takes one more message.
    pub fn take(&mut self, message: Moved) {
        let Moved {
            id,
            direction,
            sent_at,
            read,
            automatic,
        } = message;
        if self.last.is_none_or(|last| last <= (sent_at, id)) {
            self.last = Some((sent_at, id));
            self.moved_at = self.moved_at.max(sent_at);
        }
        match direction {
            Direction::In => self.take_incoming(sent_at, read),
            Direction::Out if !automatic => self.take_outgoing(sent_at),
            Direction::Out | Direction::System => {}
        }
    }

    /// Takes a message that the rules of the channel have filtered: a conversation of nothing else stays out of the list.
    pub fn take_filtered(&mut self, id: MessageId, sent_at: At) {
        self.filtered += 1;
        self.last_filtered = self.last_filtered.max(Some((sent_at, id)));
    }

    fn take_incoming(&mut self, sent_at: At, read: bool) {
        if !read && sent_at > self.read_at {
            self.unread += 1;
            self.archived = false;
        }
        // Messages that are read elsewhere and old still wait, unless we have answered after them.
        if sent_at > self.answered_at && self.waiting_since.is_none_or(|since| sent_at < since) {
            self.waiting_since = Some(sent_at);
        }
    }

    /// Whoever of us answers has read what came before.
    fn take_outgoing(&mut self, sent_at: At) {
        self.answered_at = self.answered_at.max(sent_at);
        if self.waiting_since.is_some_and(|since| since <= self.answered_at) {
            self.waiting_since = None;
        }
        if self.last.is_some_and(|(last, _)| last <= sent_at) {
            self.read_at = self.read_at.max(sent_at);
            self.unread = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(direction: Direction, at: i64) -> Moved {
        Moved {
            id: MessageId(at),
            direction,
            sent_at: At(at),
            read: false,
            automatic: false,
        }
    }

    #[test]
    fn anna_waits_from_her_first_unanswered_word() {
        let mut flow = Flow::default();
        for message in [
            said(Direction::In, 10),
            said(Direction::In, 20),
            said(Direction::Out, 30),
            said(Direction::In, 40),
        ] {
            flow.take(message);
        }
        assert_eq!(
            (flow.unread, flow.waiting_since, flow.moved_at),
            (1, Some(At(40)), At(40))
        );
    }

    #[test]
    fn an_automatic_answer_answers_nobody() {
        let mut flow = Flow::default();
        flow.take(said(Direction::In, 10));
        let automatic = Moved {
            automatic: true,
            ..said(Direction::Out, 11)
        };
        flow.take(automatic);
        assert_eq!(
            (flow.unread, flow.waiting_since, flow.moved_at),
            (1, Some(At(10)), At(11))
        );
    }

    #[test]
    fn a_filtered_message_moves_nothing() {
        let mut flow = Flow::default();
        flow.take_filtered(MessageId(2), At(20));
        flow.take_filtered(MessageId(1), At(10));
        assert_eq!((flow.last, flow.unread, flow.moved_at), (None, 0, At(0)));
        assert_eq!((flow.filtered, flow.last_filtered), (2, Some((At(20), MessageId(2)))));
    }

    #[test]
    fn an_old_message_found_later_moves_nothing_back() {
        let mut flow = Flow::default();
        flow.take(said(Direction::Out, 30));
        flow.take(said(Direction::In, 10));
        assert_eq!(
            (flow.last, flow.unread, flow.waiting_since),
            (Some((At(30), MessageId(30))), 0, None)
        );
    }
}
