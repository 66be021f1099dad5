//! Figures and their table.

use std::time::Duration;

use serde_json::json;

/// One measured figure.
pub(crate) struct Figure {
    /// What was measured, sizes named.
    pub(crate) name: String,
    /// How much.
    pub(crate) value: f64,
    /// Of what.
    pub(crate) unit: &'static str,
    /// What it is compared with, measured in the same run.
    pub(crate) against: Option<(String, f64)>,
    /// The goal: the value, or the ratio when there is a comparison, has to be…
    pub(crate) goal: Option<Goal>,
}

/// A goal.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    /// At least this.
    AtLeast(f64),
    /// At most this.
    AtMost(f64),
    /// The ratio to the comparison is at least this.
    RatioAtLeast(f64),
    /// The ratio to the comparison is at most this.
    RatioAtMost(f64),
}

impl Figure {
    fn ratio(&self) -> Option<f64> {
        self.against.as_ref().map(|(_, against)| self.value / against)
    }

    fn ok(&self) -> Option<bool> {
        Some(match self.goal? {
            Goal::AtLeast(goal) => self.value >= goal,
            Goal::AtMost(goal) => self.value <= goal,
            Goal::RatioAtLeast(goal) => self.ratio()? >= goal,
            Goal::RatioAtMost(goal) => self.ratio()? <= goal,
        })
    }

    fn goal_text(&self) -> String {
        match self.goal {
            None => String::new(),
            Some(Goal::AtLeast(goal)) => format!("≥ {goal}"),
            Some(Goal::AtMost(goal)) => format!("≤ {goal}"),
            Some(Goal::RatioAtLeast(goal)) => format!("ratio ≥ {goal}"),
            Some(Goal::RatioAtMost(goal)) => format!("ratio ≤ {goal}"),
        }
    }
}

/// All figures of a run.
pub(crate) struct Report {
    json: bool,
    figures: Vec<Figure>,
}

impl Report {
    pub(crate) fn new(json: bool) -> Self {
        Self {
            json,
            figures: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, figure: Figure) {
        eprintln!("{}: {:.2} {}", figure.name, figure.value, figure.unit);
        self.figures.push(figure);
    }

    /// Prints the table, or a line of JSON per figure.
    pub(crate) fn finish(&self) {
        for figure in &self.figures {
            let (against, ratio, goal, ok) = (&figure.against, figure.ratio(), figure.goal_text(), figure.ok());
            if self.json {
                let against = against
                    .as_ref()
                    .map(|(name, value)| json!({ "name": name, "value": value }));
                println!(
                    "{}",
                    json!({ "name": figure.name, "value": figure.value, "unit": figure.unit, "against": against,
                        "ratio": ratio, "goal": goal, "ok": ok })
                );
                continue;
            }
            let against = against
                .as_ref()
                .map(|(name, value)| format!("{name} {value:.1}"))
                .unwrap_or_default();
            let ratio = ratio.map(|ratio| format!("{ratio:.2}")).unwrap_or_default();
            let ok = ok.map_or("", |ok| if ok { "ok" } else { "MISSED" });
            let Figure { name, value, unit, .. } = figure;
            println!("{name:<70} {value:>12.2} {unit:<6} {against:<44} {ratio:>6}  {goal:<12} {ok}");
        }
    }
}

/// The duration that a share of all (0..=1) does not exceed, in milliseconds.
pub(crate) fn percentile(times: &mut [Duration], share: f64) -> f64 {
    times.sort_unstable();
    let last = times.len().saturating_sub(1);
    let at = ((times.len() as f64 * share).ceil() as usize)
        .saturating_sub(1)
        .min(last);
    times[at].as_secs_f64() * 1000.0
}
