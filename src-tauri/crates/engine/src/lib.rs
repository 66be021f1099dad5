#![doc = include_str!("../README.md")]

mod account;
mod auto_reply;
mod changes;
pub use changes::{Change, Changes};
mod delivery;
mod engine;
pub use engine::{Deps, Engine, EngineError};
mod failpoint;
pub use failpoint::BOUNDARIES;
mod fetch;
mod history;
pub use history::HistoryError;
mod ingest;
mod judge;
mod outgoing;
pub use outgoing::{Submission, SubmitError, SubmittedFile};
mod profiles;
mod reads;
mod rejudge;
pub use rejudge::{RejudgePreview, RejudgeSample};
mod rules;
pub use rules::{AutoReply, ChannelRules, RuleField, RuleSection, SECTIONS};
mod sink;
mod supervisor;
mod sweep;
mod tasks;
