//! What managers set for a channel, as pure rules: who and what is filtered, when the auto-reply speaks and when it
//! keeps silent, which variants a text has.
//!
//! ```
//! use filters::{Facts, Filter, WordMode};
//! let filter = Filter::parse("+7 900 000-00-23", "реклам*", WordMode::AllButMatching, false).unwrap();
//! let judged = filter.judge(&Facts::said("Закажите рeкламу!")); // with a Latin «e»
//! assert_eq!(judged.reason().params["rule"], "реклам*");
//! assert_eq!(judged.reason().params["word"], "рeкламу");
//! ```
//!
//! Must not: be async, do I/O, read a clock, know a table or a network.

mod black_list;
pub use black_list::{BlackList, BlackListError, Person};
mod emoji;
pub use emoji::only_emoji;
mod filter;
pub use filter::{Facts, Filter, FilterErrors, WordMode};
mod fold;
mod guard;
pub use guard::{Answered, Hush, Limits, may_answer};
mod hours;
pub use hours::{DayOff, Holiday, Hours, HoursError};
mod letters;
mod placeholder;
pub use placeholder::{Filled, PLACEHOLDERS, PlaceholderError, Template};
mod rule;
pub use rule::{RuleError, RuleProblem, WordRule, parse_rules};
mod spintax;
pub use spintax::{Spintax, SpintaxError, SpintaxProblem};
mod why;
pub use why::Why;
mod words;
pub use words::Words;
