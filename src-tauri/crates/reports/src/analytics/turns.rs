//! From what was said to turns: who asked, when, and who answered.

use domain::{At, Direction, MessageId};
use store::reports::counting::{Beginning, Spoken};

/// A turn: from the client's first word after our last one to our answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Turn {
    pub(super) asked: Beginning,
    pub(super) end: End,
    /// Who answered, else who answered last before; empty: not known.
    pub(super) operator: String,
}

/// How a turn ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Waits,
    Answered(At),
    Dismissed(At),
}

/// The turns of a conversation from a place on at which nobody waits. `operator` wrote last before.
pub(super) fn turns(said: &[Spoken], operator: String) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    let mut operator = operator;
    let mut asked: Option<Beginning> = None;
    for one in said {
        let end = match (one.direction, one.id) {
            (Direction::In, id) => {
                asked = asked.or(Some((one.at, id.unwrap_or(MessageId(0)))));
                continue;
            }
            (Direction::Out, _) => {
                operator.clone_from(&one.operator);
                End::Answered(one.at)
            }
            (Direction::System, _) => End::Dismissed(one.at),
        };
        if let Some(asked) = asked.take() {
            let operator = operator.clone();
            turns.push(Turn { asked, end, operator });
        }
    }
    if let Some(asked) = asked {
        turns.push(Turn {
            asked,
            end: End::Waits,
            operator,
        });
    }
    turns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(at: i64, direction: Direction, operator: &str) -> Spoken {
        let id = (direction != Direction::System).then_some(MessageId(at));
        Spoken {
            at: At(at),
            id,
            direction,
            operator: operator.to_owned(),
        }
    }

    #[test]
    fn a_turn_begins_with_the_first_word_and_ends_with_the_first_answer() {
        use Direction::{In, Out, System};
        let story = [
            said(1, Out, "Олег"),
            said(2, In, ""),
            said(3, In, ""),
            said(5, Out, "Ирина"),
            said(6, Out, "Олег"),
            said(7, In, ""),
            said(8, System, ""),
            said(9, Out, ""),
            said(10, In, ""),
        ];
        let told: Vec<_> = turns(&story, String::new())
            .into_iter()
            .map(|turn| (turn.asked.0.0, turn.end, turn.operator))
            .collect();
        assert_eq!(
            told,
            [
                (2, End::Answered(At(5)), "Ирина".to_owned()),
                (7, End::Dismissed(At(8)), "Олег".to_owned()),
                (10, End::Waits, String::new()),
            ]
        );
    }

    #[test]
    fn whoever_answered_last_before_is_asked_about_those_who_wait() {
        let told = turns(&[said(3, Direction::In, "")], "Ирина".to_owned());
        assert_eq!(told.first().map(|turn| turn.operator.as_str()), Some("Ирина"));
    }
}
