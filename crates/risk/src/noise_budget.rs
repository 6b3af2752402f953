//! Thresholds from the tenant's own history: the administrator says which share of honest sign-ins may be found, the scores
//! of past sign-ins say from which score on that is.

use serde::{Deserialize, Serialize};

use crate::{Share, UnfamiliarFeaturesConfig};

/// Largest shares of honest sign-ins that may be found at a level or above.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct NoiseBudget {
    /// At low or above.
    pub low: f64,
    /// At medium or above.
    pub medium: f64,
    /// At high.
    pub high: f64,
}

impl Default for NoiseBudget {
    fn default() -> Self {
        Self { low: 0.02, medium: 0.005, high: 0.001 }
    }
}

/// Thresholds that keep to a budget.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BudgetedThresholds {
    /// For low.
    pub low: BudgetedThreshold,
    /// For medium.
    pub medium: BudgetedThreshold,
    /// For high.
    pub high: BudgetedThreshold,
}

/// A threshold, and what it would have done.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BudgetedThreshold {
    /// Scores from this one on are found.
    pub score: f64,
    /// Share of the past sign-ins that are; never more than the budget, but what it is in truth may be.
    pub achieved: Share,
}

impl NoiseBudget {
    /// The thresholds that use the budget up, from scores of honest sign-ins: those that ended well and were not confirmed
    /// as attacks afterwards. No threshold is below one of a lower level. What is no number is left out; without any score
    /// the thresholds are infinite, and nothing is found.
    pub fn thresholds(&self, scores: impl IntoIterator<Item = f64>) -> BudgetedThresholds {
        let mut scores: Vec<f64> = scores.into_iter().filter(|score| score.is_finite()).collect();
        scores.sort_unstable_by(|a, b| b.total_cmp(a));
        let low = threshold(&scores, self.low);
        let medium = threshold(&scores, self.medium.min(self.low));
        let high = threshold(&scores, self.high.min(self.medium).min(self.low));
        BudgetedThresholds { low, medium, high }
    }
}

impl BudgetedThresholds {
    /// The settings with these thresholds.
    pub fn apply_to(&self, config: &mut UnfamiliarFeaturesConfig) {
        (config.low, config.medium, config.high) = (self.low.score, self.medium.score, self.high.score);
    }
}

/// The lowest threshold that at most this share of the scores, the highest first, reaches. Equal scores are found together
/// or not at all.
fn threshold(scores: &[f64], share: f64) -> BudgetedThreshold {
    let allowed = (share.clamp(0.0, 1.0) * scores.len() as f64) as usize;
    let first_below = scores.get(allowed).copied().unwrap_or(f64::NEG_INFINITY);
    let found = scores.iter().take(allowed).take_while(|score| **score > first_below);
    let found_count = found.clone().count() as u64;
    let score = found.last().copied();
    let above_all = || scores.first().map_or(f64::INFINITY, |highest| highest.next_up());
    BudgetedThreshold {
        score: score.unwrap_or_else(above_all),
        achieved: Share::of(found_count, scores.len() as u64),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_budget_is_used_up_and_told_with_its_interval() {
        let thresholds = NoiseBudget::default().thresholds((0..10_000).map(f64::from));
        assert_eq!(thresholds.low.score, 9_800.0);
        assert_eq!(thresholds.medium.score, 9_950.0);
        assert_eq!(thresholds.high.score, 9_990.0);
        assert_eq!(thresholds.medium.achieved.counted, 0.005);
        assert!(thresholds.medium.achieved.at_least > 0.003 && thresholds.medium.achieved.at_most < 0.007);
        let mut config = UnfamiliarFeaturesConfig::default();
        thresholds.apply_to(&mut config);
        assert_eq!((config.low, config.medium, config.high), (9_800.0, 9_950.0, 9_990.0));
    }

    #[test]
    fn equal_scores_do_not_exceed_the_budget() {
        let scores = std::iter::repeat_n(5.0, 50).chain(std::iter::repeat_n(1.0, 950));
        let thresholds = NoiseBudget { low: 0.02, ..NoiseBudget::default() }.thresholds(scores);
        assert!(thresholds.low.score > 5.0);
        assert_eq!(thresholds.low.achieved.counted, 0.0);
    }

    #[test]
    fn little_history_says_so() {
        let few = NoiseBudget::default().thresholds([1.0, 2.0, f64::NAN]);
        assert!(few.high.achieved.at_most > 0.5);
        assert_eq!(NoiseBudget::default().thresholds([]).low.score, f64::INFINITY);
    }

    proptest! {
        #[test]
        fn the_budget_holds_for_any_scores(
            scores in prop::collection::vec(any::<f64>(), 0..400), low in 0.0_f64..1.0, medium in 0.0_f64..1.0, high in 0.0_f64..1.0
        ) {
            let budget = NoiseBudget { low, medium, high };
            let thresholds = budget.thresholds(scores.iter().copied());
            let finite: Vec<f64> = scores.into_iter().filter(|score| score.is_finite()).collect();
            for (threshold, share) in [(thresholds.low, low), (thresholds.medium, medium), (thresholds.high, high)] {
                let found = finite.iter().filter(|score| **score >= threshold.score).count();
                prop_assert!(found as f64 <= share * finite.len() as f64 + 1e-9);
                prop_assert_eq!(threshold.achieved, Share::of(found as u64, finite.len() as u64));
            }
            prop_assert!(thresholds.low.score <= thresholds.medium.score);
            prop_assert!(thresholds.medium.score <= thresholds.high.score);
        }
    }
}
