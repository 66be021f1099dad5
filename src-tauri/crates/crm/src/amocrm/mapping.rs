//! A message as the text of a note, with what this CRM makes of its files.

use contracts::crm::Work;
use domain::At;

use super::drive::Kept;
use crate::shared;

/// What became of the files of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Attached {
    /// Those that are on the drive, by their place in the message, with their names there.
    pub(super) kept: Vec<(usize, Kept)>,
    /// Short forms of addresses.
    pub(super) short: Vec<(String, String)>,
}

/// The whole note.
pub(super) fn note(work: &Work, now: At, offset_secs: i32, attached: &Attached) -> String {
    let kept: Vec<usize> = attached.kept.iter().map(|(at, _)| *at).collect();
    shared::note(work, now, offset_secs, &kept, &attached.short)
}
