//! What keeps two robots from talking forever (CH-7).

use std::time::Duration;

use domain::{At, Reason};

use crate::fold::fold;

/// How often the auto-reply may speak in one conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// At most so many answers …
    pub answers: u32,
    /// … in this time.
    pub within: Duration,
}

/// An auto-reply of the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// When.
    pub at: At,
    /// What the client had said.
    pub heard: String,
    /// What was answered.
    pub said: String,
}

/// Why the auto-reply keeps silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hush {
    /// It has spoken often enough.
    Enough,
    /// Our own words came back.
    Echo,
    /// The same words for the third time: nobody at the other end listens.
    Again,
}

impl Hush {
    /// For people.
    pub fn reason(self) -> Reason {
        Reason::new(match self {
            Self::Enough => "auto_reply.enough",
            Self::Echo => "auto_reply.echo",
            Self::Again => "auto_reply.again",
        })
    }
}

/// The same words for the third time are a robot's: people rephrase.
const SAME_WORDS: usize = 2;

/// Whether the auto-reply may answer; `past` holds what it answered in this conversation.
///
/// # Errors
/// Why it keeps silent.
pub fn may_answer(now: At, heard: &str, past: &[Answered], limits: Limits) -> Result<(), Hush> {
    let since = now.minus(limits.within);
    let recent: Vec<&Answered> = past.iter().filter(|answer| answer.at > since).collect();
    let heard = fold(heard).bytes;
    let spoken = !heard.trim_ascii().is_empty();
    let same = |text: &str| fold(text).bytes.trim_ascii() == heard.trim_ascii();
    // A quotation of our words around something new is a person; our words alone are a robot.
    if spoken && recent.iter().any(|answer| same(&answer.said)) {
        return Err(Hush::Echo);
    }
    if spoken && recent.iter().filter(|answer| same(&answer.heard)).count() >= SAME_WORDS {
        return Err(Hush::Again);
    }
    if recent.len() >= limits.answers as usize {
        return Err(Hush::Enough);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Limits = Limits {
        answers: 5,
        within: Duration::from_secs(3600),
    };

    fn answered(minute: i64, heard: &str, said: &str) -> Answered {
        Answered {
            at: At::from_secs(minute * 60),
            heard: heard.to_owned(),
            said: said.to_owned(),
        }
    }

    #[test]
    fn a_robot_is_known_by_its_words_and_a_person_is_answered() {
        let now = At::from_secs(100 * 60);
        let past = [
            answered(90, "Здравствуйте", "Мы закрыты"),
            answered(95, "здравствуйте!", "Мы закрыты."),
        ];
        assert_eq!(may_answer(now, "МЫ ЗАКРЫТЫ", &past, HOUR), Err(Hush::Echo));
        assert_eq!(may_answer(now, "А завтра?", &past, HOUR), Ok(()));
        let robot = [answered(90, "Я бот", "Мы закрыты"), answered(95, "Я бот", "Ждём утром")];
        assert_eq!(may_answer(now, "Я бот", &robot, HOUR), Err(Hush::Again));
    }

    #[test]
    fn the_limit_is_forgotten_with_time() {
        let past: Vec<_> = (0..5)
            .map(|n| answered(n, &format!("вопрос {n}"), "Мы закрыты"))
            .collect();
        assert_eq!(
            may_answer(At::from_secs(10 * 60), "ещё", &past, HOUR),
            Err(Hush::Enough)
        );
        assert_eq!(may_answer(At::from_secs(63 * 60), "ещё", &past, HOUR), Ok(()));
    }
}
