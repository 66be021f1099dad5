//! Reading source as words: enough to tell `VkClient` and `vk_client` from `devkit`.

/// The lower-case words of a line: split where letters end, at `_`, and before a capital (`VkClient` → vk, client).
pub(super) fn words(line: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut previous = ' ';
    for c in line.chars() {
        let begins = !previous.is_alphanumeric() || (c.is_uppercase() && previous.is_lowercase());
        if c.is_alphanumeric() {
            if begins {
                found.push(String::new());
            }
            if let Some(word) = found.last_mut() {
                word.extend(c.to_lowercase());
            }
        }
        previous = c;
    }
    found
}

/// Lines of a Rust or TypeScript file with their numbers (from 1), comment lines left out.
pub(super) fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(at, line)| (at + 1, line))
}

/// The lines before `#[cfg(test)]` that opens a test module: tests may know what code may not.
pub(super) fn before_tests(text: &str) -> &str {
    let end = text.find("#[cfg(test)]\nmod ").unwrap_or(text.len());
    text.get(..end).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn names_in_every_case_fall_into_their_words() {
        assert_eq!(
            words("let VkClient = vk_messages::X;"),
            ["let", "vk", "client", "vk", "messages", "x"]
        );
        assert_eq!(words("devkit"), ["devkit"]);
    }
}
