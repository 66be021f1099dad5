//! Links, mentions, hashtags and commands that the server finds in any text by itself.

use crate::telegram_bot::text::{Entity, utf16};

/// Endings that make a bare name a link; the real server knows them all.
const DOMAINS: &[&str] = &[
    "ru", "com", "org", "net", "рф", "me", "io", "by", "kz", "su", "info", "shop", "store", "su",
];

/// Finds entities in plain text.
pub(crate) fn detect(text: &str) -> Vec<Entity> {
    let mut found = Vec::new();
    let mut offset = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece
            .trim_matches(|c: char| c.is_whitespace() || "()[]{}«»\"',;!?".contains(c))
            .trim_end_matches(['.', ':']);
        if let Some(kind) = kind(word) {
            let start = piece.find(word).and_then(|at| piece.get(..at)).map_or(0, utf16);
            found.push(Entity::new(kind, offset + start, utf16(word)));
        }
        offset += utf16(piece);
    }
    found
}

fn kind(word: &str) -> Option<&'static str> {
    let name =
        |rest: &str, least: usize| rest.len() >= least && rest.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if let Some(rest) = word.strip_prefix('@') {
        return name(rest, 3).then_some("mention");
    }
    if let Some(rest) = word.strip_prefix('/') {
        let command = rest.split_once('@').map_or(rest, |(command, _)| command);
        return (name(command, 1) && command.len() <= 64).then_some("bot_command");
    }
    if let Some(rest) = word.strip_prefix('#') {
        let tag = !rest.is_empty() && rest.chars().all(|c| c.is_alphanumeric() || c == '_');
        return (tag && !rest.chars().all(|c| c.is_ascii_digit())).then_some("hashtag");
    }
    if word.starts_with("http://") || word.starts_with("https://") {
        return word.contains('.').then_some("url");
    }
    if let Some((user, host)) = word.split_once('@') {
        return (!user.is_empty() && has_domain(host)).then_some("email");
    }
    has_domain(word.split(['/', '?', '#']).next().unwrap_or_default()).then_some("url")
}

fn has_domain(host: &str) -> bool {
    let plain = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let known = host
        .rsplit_once('.')
        .is_some_and(|(_, ending)| DOMAINS.contains(&ending.to_lowercase().as_str()));
    known && host.split('.').all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_network_are_found() {
        let text = "🎁 /start @kupi_divan, сайт mebel.ru/kuhni и почта ivan@mebel.ru #заказ. Не: п.5, 3.14, т.к.";
        let kinds: Vec<_> = detect(text).into_iter().map(|entity| entity.kind).collect();
        assert_eq!(kinds, ["bot_command", "mention", "url", "email", "hashtag"]);
        assert_eq!(detect(text)[0], Entity::new("bot_command", 3, 6));
    }
}
