//! Which dialogs push delivery has told completely: numbers in a dialog have no gaps, so a gap in what was heard is a
//! message that was missed.

use std::collections::HashMap;

/// What was heard of each dialog in this session: some 16 bytes each, so all of them are kept.
#[derive(Debug, Default)]
pub(super) struct Heard(HashMap<i64, Dialog>);

#[derive(Debug, Clone, Copy)]
struct Dialog {
    /// The highest number heard.
    last: i64,
    /// Every number before it was heard, or was known before.
    whole: bool,
}

impl Heard {
    /// A message of this number was told.
    pub(super) fn told(&mut self, peer: i64, cmid: i64) {
        let dialog = self.0.entry(peer).or_insert(Dialog {
            last: cmid,
            // What came before this session is not known, but for the very first message.
            whole: cmid == 1,
        });
        if cmid > dialog.last {
            dialog.whole &= cmid == dialog.last + 1;
            dialog.last = cmid;
        }
    }

    /// The dialog was read up to this number.
    pub(super) fn read(&mut self, peer: i64, cmid: i64) {
        let whole = true;
        self.0.insert(peer, Dialog { last: cmid, whole });
    }

    /// Whether a dialog that ends with this number holds nothing unheard.
    pub(super) fn is_whole(&self, peer: i64, cmid: i64) -> bool {
        self.0
            .get(&peer)
            .is_some_and(|dialog| dialog.whole && dialog.last >= cmid)
    }
}
