//! VK's reactions are numbers; people see pictures. The sixteen that every message offers, in VK's order.

const REACTIONS: [&str; 16] = [
    "❤️", "🔥", "😂", "👍", "💩", "❓", "😭", "😡", "👎", "👌", "😃", "🤔", "🙏", "😘", "😍", "🎉",
];

/// The number of a picture; with or without the sign that asks for a coloured heart.
pub(super) fn number(picture: &str) -> Option<i64> {
    let bare = |text: &str| text.trim_end_matches('\u{fe0f}').to_owned();
    (1i64..)
        .zip(REACTIONS)
        .find(|(_, known)| bare(known) == bare(picture))
        .map(|(number, _)| number)
}

/// The picture of a number; a question mark in a box for numbers without one.
pub(super) fn picture(number: i64) -> &'static str {
    usize::try_from(number - 1)
        .ok()
        .and_then(|at| REACTIONS.get(at))
        .copied()
        .unwrap_or("⍰")
}
