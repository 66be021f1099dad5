//! `send*` against `sendMessage`.

/// Whether `name` fits `pattern`, where `*` stands for any stretch and letter case does not matter.
pub(super) fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.to_lowercase(), name.to_lowercase());
    let Some((head, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(mut left) = name.strip_prefix(head) else {
        return false;
    };
    let mut pieces: Vec<&str> = rest.split('*').collect();
    let tail = pieces.pop().unwrap_or_default();
    for piece in pieces {
        match left.find(piece).and_then(|at| left.get(at + piece.len()..)) {
            Some(after) => left = after,
            None => return false,
        }
    }
    left.ends_with(tail)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_stands_for_any_stretch() {
        assert!(matches("*", "getUpdates"));
        assert!(matches("send*", "sendMessage"));
        assert!(matches("messages.*", "messages.send"));
        assert!(matches("*upload*", "photos.getMessagesUploadServer"));
        assert!(matches("GETUPDATES", "getUpdates"));
        assert!(!matches("send*", "getUpdates"));
        assert!(!matches("send", "sendMessage"));
        assert!(!matches("a*a", "a"));
    }
}
