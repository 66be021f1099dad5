//! Just enough of SQL to list the columns that a script makes, and whether a comment stands beside each.

/// What a script does to columns, in its order.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Change {
    Column {
        table: String,
        name: String,
        line: usize,
        commented: bool,
    },
    TableRenamed {
        from: String,
        to: String,
    },
    ColumnRenamed {
        table: String,
        from: String,
        to: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Sign(char),
    Comment,
}

type Placed = (usize, Token);

pub(super) fn changes(script: &str) -> Vec<Change> {
    let tokens = tokens(script);
    statements(&tokens).into_iter().flat_map(statement).collect()
}

/// Splits at `;`. A comment line before a statement belongs to it.
fn statements(tokens: &[Placed]) -> Vec<&[Placed]> {
    tokens.split(|(_, token)| *token == Token::Sign(';')).collect()
}

fn statement(tokens: &[Placed]) -> Vec<Change> {
    let words: Vec<&str> = tokens.iter().filter_map(|(_, token)| word(token)).collect();
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let keywords: Vec<&str> = lower.iter().map(String::as_str).collect();
    match keywords.as_slice() {
        ["create", "table", ..] => {
            let skip = if keywords.get(2) == Some(&"if") { 5 } else { 2 };
            words
                .get(skip)
                .map(|table| table_body(table, tokens))
                .unwrap_or_default()
        }
        ["alter", "table", _, "add", rest @ ..] => {
            let name = usize::from(rest.first() == Some(&"column")) + 4;
            let commented = tokens.iter().any(|(_, token)| *token == Token::Comment);
            let line = tokens
                .iter()
                .find(|(_, token)| word(token).is_some())
                .map_or(0, |(line, _)| *line);
            let column = |(table, name): (&&str, &&str)| Change::Column {
                table: (*table).to_owned(),
                name: (*name).to_owned(),
                line,
                commented,
            };
            words.get(2).zip(words.get(name)).map(column).into_iter().collect()
        }
        ["alter", "table", _, "rename", "to", _] => match words.as_slice() {
            [_, _, from, _, _, to] => vec![Change::TableRenamed {
                from: (*from).into(),
                to: (*to).into(),
            }],
            _ => Vec::new(),
        },
        ["alter", "table", _, "rename", "column", _, "to", _] => match words.as_slice() {
            [_, _, table, _, _, from, _, to] => {
                vec![Change::ColumnRenamed {
                    table: (*table).into(),
                    from: (*from).into(),
                    to: (*to).into(),
                }]
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Words that open a constraint of the table, where a column's name would stand.
const CONSTRAINTS: &[&str] = &["primary", "unique", "check", "foreign", "constraint"];

/// Walks the items between the outer parentheses. A comment on the line where code ended belongs to the item
/// before it, a comment on a line of its own to the item after it.
fn table_body(table: &str, tokens: &[Placed]) -> Vec<Change> {
    let mut columns: Vec<Change> = Vec::new();
    let (mut depth, mut first, mut comment_above, mut code_line) = (0_usize, true, false, 0);
    for (line, token) in tokens {
        match token {
            Token::Sign('(') => depth += 1,
            Token::Sign(')') => depth = depth.saturating_sub(1),
            Token::Sign(',') if depth == 1 => (first, comment_above) = (true, false),
            Token::Comment if depth == 1 && first && *line != code_line => comment_above = true,
            Token::Comment if depth >= 1 => {
                if let Some(Change::Column { commented, .. }) = columns.last_mut() {
                    *commented = true;
                }
            }
            Token::Word(name) if depth == 1 && first => {
                first = false;
                if !CONSTRAINTS.contains(&name.to_lowercase().as_str()) {
                    let (table, name) = (table.to_owned(), name.clone());
                    columns.push(Change::Column {
                        table,
                        name,
                        line: *line,
                        commented: comment_above,
                    });
                }
            }
            _ => {}
        }
        if *token != Token::Comment {
            code_line = *line;
        }
    }
    columns
}

fn word(token: &Token) -> Option<&str> {
    match token {
        Token::Word(word) => Some(word),
        _ => None,
    }
}

fn tokens(script: &str) -> Vec<Placed> {
    let mut found = Vec::new();
    for (at, line) in script.lines().enumerate() {
        let mut rest = line.trim_start();
        while let Some(c) = rest.chars().next() {
            let (token, length) = match c {
                '-' if rest.starts_with("--") => (Token::Comment, rest.len()),
                '\'' | '"' | '`' => {
                    let inner = rest.get(1..).unwrap_or_default();
                    let end = inner.find(c).unwrap_or(inner.len());
                    (
                        Token::Word(inner.get(..end).unwrap_or_default().to_owned()),
                        (end + 2).min(rest.len()),
                    )
                }
                c if c.is_alphanumeric() || c == '_' => {
                    let end = rest
                        .find(|c: char| !c.is_alphanumeric() && c != '_')
                        .unwrap_or(rest.len());
                    (Token::Word(rest.get(..end).unwrap_or_default().to_owned()), end)
                }
                c => (Token::Sign(c), c.len_utf8()),
            };
            found.push((at + 1, token));
            rest = rest.get(length..).unwrap_or_default().trim_start();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(script: &str) -> Vec<(String, bool)> {
        let named = |change| match change {
            Change::Column { name, commented, .. } => Some((name, commented)),
            _ => None,
        };
        changes(script).into_iter().filter_map(named).collect()
    }

    fn pairs<const N: usize>(expected: [(&str, bool); N]) -> Vec<(String, bool)> {
        expected.map(|(name, commented)| (name.to_owned(), commented)).to_vec()
    }

    #[test]
    fn comments_stand_after_or_above_their_column() {
        let script = "CREATE TABLE t (
            -- the key
            id INTEGER PRIMARY KEY,
            a TEXT NOT NULL, -- after the comma
            b TEXT CHECK (b IN ('x', 'y')) -- before the end
        ) STRICT;";
        assert_eq!(columns(script), pairs([("id", true), ("a", true), ("b", true)]));
    }

    #[test]
    fn a_constraint_is_no_column_and_takes_no_comment_for_one() {
        let script = "CREATE TABLE IF NOT EXISTS t (
            a TEXT,
            -- one row per a
            UNIQUE (a, b), CHECK (a <> '')
        );";
        assert_eq!(columns(script), pairs([("a", false)]));
    }

    #[test]
    fn a_column_spread_over_lines_owns_the_comments_inside_it() {
        let script = "CREATE TABLE t (
            a TEXT -- what it is
                NOT NULL,
            b TEXT
        );";
        assert_eq!(columns(script), pairs([("a", true), ("b", false)]));
    }

    #[test]
    fn renames_are_told() {
        let script = "ALTER TABLE new_t RENAME TO t; ALTER TABLE t RENAME COLUMN a TO b;";
        let table = Change::TableRenamed {
            from: "new_t".into(),
            to: "t".into(),
        };
        let column = Change::ColumnRenamed {
            table: "t".into(),
            from: "a".into(),
            to: "b".into(),
        };
        assert_eq!(changes(script), [table, column]);
    }
}
