//! Parameters of a request as PHP writes them: `filter[created_at][from]=1`, `filter[id][]=5`, `filter[id][0]=5`.

use std::ops::RangeInclusive;

/// Decoded pairs of the query, in order.
#[derive(Debug, Clone, Default)]
pub(in crate::amocrm) struct Query(Vec<(String, String)>);

impl Query {
    pub(in crate::amocrm) fn parse(text: &str) -> Self {
        Self(url::form_urlencoded::parse(text.as_bytes()).into_owned().collect())
    }

    pub(in crate::amocrm) fn one(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    pub(in crate::amocrm) fn number(&self, name: &str) -> Option<i64> {
        self.one(name)?.parse().ok()
    }

    /// All values of `name`, `name[]` and `name[0]`, lists with commas taken apart; none when there is no such filter.
    pub(in crate::amocrm) fn many(&self, name: &str) -> Option<Vec<&str>> {
        let of = |key: &str| {
            let rest = key.strip_prefix(name)?;
            let bracketed = rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            let place = bracketed.is_some_and(|place| place.chars().all(|digit| digit.is_ascii_digit()));
            (rest.is_empty() || place).then_some(())
        };
        let found: Vec<&str> = self
            .0
            .iter()
            .filter(|(key, _)| of(key).is_some())
            .flat_map(|(_, value)| value.split(','))
            .map(str::trim)
            .collect();
        (!found.is_empty()).then_some(found)
    }

    pub(in crate::amocrm) fn numbers(&self, name: &str) -> Option<Vec<i64>> {
        let found = self.many(name)?;
        Some(found.into_iter().filter_map(|one| one.parse().ok()).collect())
    }

    /// `name[from]`, `name[to]`, or `name=from,to`.
    pub(in crate::amocrm) fn range(&self, name: &str) -> Option<RangeInclusive<i64>> {
        let (from, to) = (
            self.number(&format!("{name}[from]")),
            self.number(&format!("{name}[to]")),
        );
        if from.is_some() || to.is_some() {
            return Some(from.unwrap_or(i64::MIN)..=to.unwrap_or(i64::MAX));
        }
        let found = self.numbers(name)?;
        let from = *found.first()?;
        Some(from..=found.get(1).copied().unwrap_or(i64::MAX))
    }

    /// The words of `with`.
    pub(in crate::amocrm) fn with(&self) -> Vec<&str> {
        self.many("with").unwrap_or_default()
    }

    /// `order[created_at]=desc` as the field and whether it goes down.
    pub(in crate::amocrm) fn order(&self) -> Option<(&str, bool)> {
        let (key, value) = self.0.iter().find(|(key, _)| key.starts_with("order["))?;
        let field = key.strip_prefix("order[")?.strip_suffix(']')?;
        Some((field, value.eq_ignore_ascii_case("desc")))
    }

    /// Pairs `[pipeline, status]` of `filter[statuses][0][pipeline_id]` and `…[status_id]`.
    pub(in crate::amocrm) fn statuses(&self) -> Option<Vec<(i64, i64)>> {
        let pair = |place: usize| {
            let name = format!("filter[statuses][{place}]");
            let pipeline = self.number(&format!("{name}[pipeline_id]"))?;
            Some((pipeline, self.number(&format!("{name}[status_id]"))?))
        };
        let found: Vec<_> = (0..).map_while(pair).collect();
        (!found.is_empty()).then_some(found)
    }

    /// The query without its page, for the link to another one.
    pub(in crate::amocrm) fn with_page(&self, page: usize) -> String {
        let rest = self.0.iter().filter(|(key, _)| key != "page");
        url::form_urlencoded::Serializer::new(String::new())
            .append_pair("page", &page.to_string())
            .extend_pairs(rest)
            .finish()
    }
}
