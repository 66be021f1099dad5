//! A word rule as typed (CH-5): `word`, `word*`, `*word`, `*word*`.

use domain::Reason;

use crate::{fold::fold, letters::in_word};

/// More rules than a person can keep in mind; a list pasted by mistake is larger.
const MOST: usize = 5000;

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordRule {
    /// As typed.
    pub typed: String,
    /// What is looked for, folded.
    pub(crate) body: Vec<u8>,
    /// The same with digits read as letters, where that is another form.
    pub(crate) disguised: Option<Vec<u8>>,
    /// Anything may stand before it in the word.
    pub(crate) open_left: bool,
    /// Anything may stand after it in the word.
    pub(crate) open_right: bool,
}

/// What is wrong with a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleProblem {
    /// `*` alone: everything would match.
    OnlyAsterisks,
    /// `*` inside of the word.
    InnerAsterisk,
    /// Nothing of it can be seen.
    Nothing,
    /// Mentions are not looked at.
    Mention,
    /// Too many rules.
    TooMany,
}

/// A rule that can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("rule {rule:?} in line {line}: {problem:?}")]
pub struct RuleError {
    /// As typed.
    pub rule: String,
    /// Its line, from 1.
    pub line: usize,
    /// Its number, from 1.
    pub number: usize,
    /// What is wrong.
    pub problem: RuleProblem,
}

impl RuleError {
    /// For people: what is wrong and what to do.
    pub fn reason(&self) -> Reason {
        let key = match self.problem {
            RuleProblem::OnlyAsterisks => "error.rule_only_asterisks",
            RuleProblem::InnerAsterisk => "error.rule_inner_asterisk",
            RuleProblem::Nothing => "error.rule_nothing",
            RuleProblem::Mention => "error.rule_mention",
            RuleProblem::TooMany => "error.rule_list_long",
        };
        Reason::new(key)
            .with("rule", &self.rule)
            .with("line", self.line)
            .with("most", MOST)
    }
}

/// Rules as typed, separated by spaces, line breaks, commas or semicolons.
///
/// # Errors
/// Every rule that can't be used.
pub fn parse_rules(typed: &str) -> Result<Vec<WordRule>, Vec<RuleError>> {
    let (mut rules, mut errors): (Vec<WordRule>, _) = (Vec::new(), Vec::new());
    let lines = typed.lines().enumerate();
    let pieces = lines.flat_map(|(line, text)| {
        let separator = |c: char| c.is_whitespace() || matches!(c, ',' | ';');
        text.split(separator)
            .filter(|piece| !piece.is_empty())
            .map(move |piece| (line + 1, piece))
    });
    for (at, (line, piece)) in pieces.enumerate() {
        let error = |problem| RuleError {
            rule: piece.to_owned(),
            line,
            number: at + 1,
            problem,
        };
        if at >= MOST {
            errors.push(error(RuleProblem::TooMany));
            break;
        }
        match WordRule::parse(piece) {
            Ok(rule) if !rules.contains(&rule) => rules.push(rule),
            Ok(_) => {}
            Err(problem) => errors.push(error(problem)),
        }
    }
    if errors.is_empty() { Ok(rules) } else { Err(errors) }
}

impl WordRule {
    /// One rule as typed.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, RuleProblem> {
        let (open_left, rest) = typed.strip_prefix('*').map_or((false, typed), |rest| (true, rest));
        let (open_right, body) = rest.strip_suffix('*').map_or((false, rest), |rest| (true, rest));
        if !typed.is_empty() && typed.chars().all(|c| c == '*') {
            return Err(RuleProblem::OnlyAsterisks);
        }
        if body.contains('*') {
            return Err(RuleProblem::InnerAsterisk);
        }
        if body.starts_with('@') {
            return Err(RuleProblem::Mention);
        }
        let folded = fold(body);
        if folded.bytes.trim_ascii().is_empty() {
            return Err(RuleProblem::Nothing);
        }
        // A sign is no word: it is looked for wherever it stands.
        let sign = !folded.bytes.iter().copied().any(in_word);
        let disguised = folded.disguised.trim_ascii_start().to_vec();
        Ok(Self {
            typed: typed.to_owned(),
            body: folded.bytes,
            disguised: (!disguised.is_empty()).then_some(disguised),
            open_left: open_left || sign,
            open_right: open_right || sign,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_however_it_is_separated() {
        let rules = parse_rules("таргет* *реклам*\nвакансия, seo;t.me*").unwrap();
        let typed: Vec<&str> = rules.iter().map(|rule| rule.typed.as_str()).collect();
        assert_eq!(typed, ["таргет*", "*реклам*", "вакансия", "seo", "t.me*"]);
    }

    #[test]
    fn an_error_names_the_rule_and_its_line() {
        let errors = parse_rules("цена\nре*лама **\n@anna \u{200b}").unwrap_err();
        let told: Vec<_> = errors
            .iter()
            .map(|error| (error.rule.as_str(), error.line, error.problem))
            .collect();
        assert_eq!(
            told,
            [
                ("ре*лама", 2, RuleProblem::InnerAsterisk),
                ("**", 2, RuleProblem::OnlyAsterisks),
                ("@anna", 3, RuleProblem::Mention),
                ("\u{200b}", 3, RuleProblem::Nothing),
            ]
        );
        assert_eq!(errors[0].reason().key, "error.rule_inner_asterisk");
    }
}
