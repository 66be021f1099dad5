use domain::{Reason, Verdict};

/// Why a message was judged as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Nothing speaks against it.
    Clean,
    /// It holds a word that the channel waits for.
    Wanted {
        /// As typed.
        rule: String,
        /// As it stood.
        word: String,
    },
    /// The sender is in the black list.
    BlackListed {
        /// The line of the list.
        entry: String,
    },
    /// A word rule speaks against it.
    Word {
        /// As typed.
        rule: String,
        /// As it stood.
        word: String,
    },
    /// Only matching messages are wanted, and it matches nothing.
    NoWord,
    /// Nothing but emoji.
    OnlyEmoji,
    /// Our own message to somebody who has never answered (CH-9).
    Mailing,
}

impl Why {
    /// What follows from it.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Clean | Self::Wanted { .. } => Verdict::Pass,
            Self::BlackListed { .. } | Self::Word { .. } | Self::NoWord | Self::OnlyEmoji => Verdict::Filtered,
            Self::Mailing => Verdict::Held,
        }
    }

    /// For people: the list, the rule as typed, the word as it stood.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Clean => Reason::new("verdict.clean"),
            Self::Wanted { rule, word } => Reason::new("verdict.wanted").with("rule", rule).with("word", word),
            Self::BlackListed { entry } => Reason::new("verdict.black_list").with("entry", entry),
            Self::Word { rule, word } => Reason::new("verdict.word").with("rule", rule).with("word", word),
            Self::NoWord => Reason::new("verdict.no_word"),
            Self::OnlyEmoji => Reason::new("verdict.only_emoji"),
            Self::Mailing => Reason::new("verdict.mailing"),
        }
    }
}
