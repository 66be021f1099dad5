//! Texts with variants: `{{Здравствуйте;Добрый день}}, {{ждём;будем рады}}!`. Groups may stand in groups. A placeholder
//! in single braces (`{contact.name}`) is text here, and `\;` is a semicolon inside a group.

use domain::Reason;

/// Deeper than anybody means; a runaway paste is deeper.
const DEEPEST: usize = 20;

/// A text with its variants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spintax {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    /// Each alternative with the number of its variants.
    Choice(Vec<(Spintax, u64)>),
}

/// What is wrong with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpintaxProblem {
    /// `{{` without its `}}`.
    Unclosed,
    /// `}}` without its `{{`.
    Unopened,
    /// Groups in groups, too deep.
    TooDeep,
}

/// A text that can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{problem:?} at character {at}")]
pub struct SpintaxError {
    /// What is wrong.
    pub problem: SpintaxProblem,
    /// Where, in characters from 1.
    pub at: usize,
}

impl SpintaxError {
    /// For people: what is wrong and what to do.
    pub fn reason(&self) -> Reason {
        let key = match self.problem {
            SpintaxProblem::Unclosed => "error.spintax_unclosed",
            SpintaxProblem::Unopened => "error.spintax_unopened",
            SpintaxProblem::TooDeep => "error.spintax_too_deep",
        };
        Reason::new(key).with("at", self.at)
    }
}

impl Spintax {
    /// Reads a text as typed.
    ///
    /// # Errors
    /// [`SpintaxError`] with its place.
    pub fn parse(typed: &str) -> Result<Self, SpintaxError> {
        let chars: Vec<char> = typed.chars().collect();
        let mut parser = Parser { chars: &chars, at: 0 };
        let text = parser.sequence(0)?;
        if parser.at < chars.len() {
            return Err(parser.error(SpintaxProblem::Unopened, parser.at));
        }
        Ok(text)
    }

    /// How many variants there are; the largest number when there are more.
    pub fn variants(&self) -> u64 {
        self.parts
            .iter()
            .fold(1, |all, part| all.saturating_mul(part.variants()))
    }

    /// The variant with this number, from 0; beyond the last it begins anew.
    pub fn variant(&self, number: u64) -> String {
        let mut pieces = Vec::with_capacity(self.parts.len());
        let mut number = number;
        for part in self.parts.iter().rev() {
            let variants = part.variants().max(1);
            pieces.push(part.variant(number % variants));
            number /= variants;
        }
        pieces.into_iter().rev().collect()
    }

    /// The variant that an even chance in 0..1 picks.
    pub fn pick(&self, chance: f64) -> String {
        /// As many steps as the chance itself has.
        const STEPS: u64 = 1 << 53;
        let step = (chance.clamp(0.0, 1.0) * STEPS as f64) as u64;
        let number = u128::from(step.min(STEPS - 1)) * u128::from(self.variants()) / u128::from(STEPS);
        self.variant(u64::try_from(number).unwrap_or(u64::MAX))
    }

    /// At most `limit` variants, spread over all of them.
    pub fn preview(&self, limit: u64) -> Vec<String> {
        let all = self.variants();
        let shown = all.min(limit);
        let nth = |at: u64| u128::from(at) * u128::from(all) / u128::from(shown.max(1));
        (0..shown)
            .map(|at| self.variant(u64::try_from(nth(at)).unwrap_or(u64::MAX)))
            .collect()
    }
}

impl Part {
    fn variants(&self) -> u64 {
        match self {
            Self::Text(_) => 1,
            Self::Choice(all) => all.iter().fold(0, |sum, (_, variants)| sum.saturating_add(*variants)),
        }
    }

    fn variant(&self, number: u64) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Choice(all) => {
                let mut number = number;
                for (alternative, variants) in all {
                    if number < *variants {
                        return alternative.variant(number);
                    }
                    number -= variants;
                }
                String::new()
            }
        }
    }
}

struct Parser<'a> {
    chars: &'a [char],
    at: usize,
}

impl Parser<'_> {
    fn error(&self, problem: SpintaxProblem, at: usize) -> SpintaxError {
        SpintaxError { problem, at: at + 1 }
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn pair(&self, brace: char) -> bool {
        self.peek(0) == Some(brace) && self.peek(1) == Some(brace)
    }

    /// Text and groups, up to the end; inside a group up to what ends the alternative.
    fn sequence(&mut self, depth: usize) -> Result<Spintax, SpintaxError> {
        let (mut parts, mut text) = (Vec::new(), String::new());
        while let Some(c) = self.peek(0) {
            if self.pair('{') {
                if !text.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut text)));
                }
                parts.push(self.choice(depth + 1)?);
            } else if self.pair('}') || (c == ';' && depth > 0) {
                break;
            } else if c == '{' {
                text.push_str(&self.placeholder());
            } else {
                let escaped = c == '\\' && matches!(self.peek(1), Some('\\' | ';' | '{' | '}'));
                self.at += usize::from(escaped);
                text.extend(self.peek(0));
                self.at += 1;
            }
        }
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
        Ok(Spintax { parts })
    }

    fn choice(&mut self, depth: usize) -> Result<Part, SpintaxError> {
        let opened = self.at;
        if depth > DEEPEST {
            return Err(self.error(SpintaxProblem::TooDeep, opened));
        }
        self.at += 2;
        let mut alternatives = Vec::new();
        loop {
            let alternative = self.sequence(depth)?;
            let variants = alternative.variants();
            alternatives.push((alternative, variants));
            if self.pair('}') {
                self.at += 2;
                return Ok(Part::Choice(alternatives));
            }
            if self.peek(0).is_none() {
                return Err(self.error(SpintaxProblem::Unclosed, opened));
            }
            self.at += 1;
        }
    }

    /// A placeholder as a whole, so that its brace never counts as half of a group's; else the lone brace.
    fn placeholder(&mut self) -> String {
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let inside = rest
            .iter()
            .skip(1)
            .take_while(|c| !matches!(c, '{' | '}' | ';' | '\n'))
            .count();
        let length = if rest.get(inside + 1) == Some(&'}') {
            inside + 2
        } else {
            1
        };
        self.at += length;
        rest.iter().take(length).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(typed: &str) -> Vec<String> {
        Spintax::parse(typed).unwrap().preview(100)
    }

    #[test]
    fn groups_in_groups_give_every_variant_once() {
        assert_eq!(
            all("{{Привет;Добрый {{день;вечер}}}}, Анна{{!;.}}"),
            [
                "Привет, Анна!",
                "Привет, Анна.",
                "Добрый день, Анна!",
                "Добрый день, Анна.",
                "Добрый вечер, Анна!",
                "Добрый вечер, Анна."
            ]
        );
        assert_eq!(all("{{да;}}"), ["да", ""]);
        assert_eq!(all(r"{{a\;b;c}}; {"), ["a;b; {", "c; {"]);
        assert_eq!(all("{{a;{contact.name}}}"), ["a", "{contact.name}"]);
    }

    #[test]
    fn an_error_says_where() {
        let error = |typed: &str| Spintax::parse(typed).unwrap_err();
        assert_eq!(
            error("Да {{а;б"),
            SpintaxError {
                problem: SpintaxProblem::Unclosed,
                at: 4
            }
        );
        assert_eq!(
            error("а}} б"),
            SpintaxError {
                problem: SpintaxProblem::Unopened,
                at: 2
            }
        );
        assert_eq!(error(&"{{".repeat(500)).problem, SpintaxProblem::TooDeep);
    }
}
