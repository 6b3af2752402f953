//! How the open detections of a user add up (`entra-semantics` §2.4): many small ones of different kinds, close together, say
//! more than each of them.
//!
//! Every detection weighs by its level (low 1, medium 3, high 10) and half as much after each week. They are summed in two
//! ways and the smaller sum counts: by kind, where all of one kind weigh at most one and a half times the worst of it, and by
//! sign-in, where only the heaviest of each weighs. So neither the same thing over and over nor one strange sign-in makes a
//! compromised account. The sum grows by a quarter for each further attack tactic and a tenth for each further kind among
//! what was found within 48 hours. From 3 it is medium, from 10 high.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_model::RiskLevel;
use serde::{Deserialize, Serialize};

use super::{DetectionView, tactics::tactic};

const HALF_LIFE: Duration = Duration::from_secs(7 * 86_400);
const TOGETHER: Duration = Duration::from_secs(48 * 3_600);
const MOST_OF_ONE_KIND: f64 = 1.5;
const MEDIUM: f64 = 3.0;
const HIGH: f64 = 10.0;

/// The sum with its terms.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Compound {
    /// The sum.
    pub score: f64,
    /// What each kind of detection weighs.
    pub terms: Vec<Term>,
    /// What the heaviest detections of the sign-ins weigh together.
    pub sign_in_weight: f64,
    /// Kinds found within 48 hours.
    pub types_together: u32,
    /// Attack tactics among them.
    pub tactics_together: u32,
}

/// The share of one kind of detection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Term {
    /// `riskEventType`.
    pub risk_event_type: String,
    /// The tactic of MITRE ATT&CK it points to.
    pub tactic: String,
    /// How many there are.
    pub count: u32,
    /// What they weigh, before the factors.
    pub weight: f64,
}

impl Compound {
    /// The sum of open detections at a moment.
    pub fn of(detections: &[DetectionView<'_>], at: Timestamp) -> Self {
        let mut sorted: Vec<_> = detections.iter().collect();
        // In an order that depends on nothing else, so that the sum has the same bits however they were read.
        sorted.sort_by_key(|found| found.id);
        let mut terms = BTreeMap::<&str, Sum>::new();
        let mut by_sign_in = BTreeMap::<&str, f64>::new();
        for found in sorted {
            let full = weight(found.risk.level);
            let now = full * libm::exp2(-age(found, at).as_secs_f64() / HALF_LIFE.as_secs_f64());
            terms.entry(found.risk_event_type).or_default().add(now, full);
            let heaviest = by_sign_in.entry(found.sign_in_id.unwrap_or(found.id)).or_default();
            *heaviest = heaviest.max(now);
        }
        let recent = detections.iter().filter(|found| age(found, at) <= TOGETHER);
        let types: BTreeSet<&str> = recent.map(|found| found.risk_event_type).collect();
        let tactics: BTreeSet<&str> = types.iter().map(|kind| tactic(kind)).collect();
        let more = |set: &BTreeSet<&str>| u32::try_from(set.len().saturating_sub(1)).unwrap_or(u32::MAX);
        let by_kind: f64 = terms.values().map(Sum::capped).sum();
        let sign_in_weight: f64 = by_sign_in.values().sum();
        let factor = (1.0 + 0.25 * f64::from(more(&tactics))) * (1.0 + 0.1 * f64::from(more(&types)));
        let term = |(kind, sum): (&str, Sum)| Term {
            risk_event_type: kind.to_owned(),
            tactic: tactic(kind).to_owned(),
            count: sum.count,
            weight: sum.capped(),
        };
        Self {
            score: by_kind.min(sign_in_weight) * factor,
            sign_in_weight,
            terms: terms.into_iter().map(term).collect(),
            types_together: u32::try_from(types.len()).unwrap_or(u32::MAX),
            tactics_together: u32::try_from(tactics.len()).unwrap_or(u32::MAX),
        }
    }

    /// What it is worth as a level.
    pub fn level(&self) -> RiskLevel {
        match self.score {
            score if score >= HIGH => RiskLevel::High,
            score if score >= MEDIUM => RiskLevel::Medium,
            score if score > 0.0 => RiskLevel::Low,
            _ => RiskLevel::None,
        }
    }

    /// The sum in words, for `additionalInfo`.
    pub fn reasons(&self) -> Vec<String> {
        let one = |term: &Term| {
            format!("{} of {}: {:.2} ({})", term.count, term.risk_event_type, term.weight, term.tactic)
        };
        let mut reasons: Vec<String> = self.terms.iter().map(one).collect();
        let together = format!(
            "the heaviest of each sign-in: {:.2}; {} kinds and {} tactics within 48 hours; {:.2} in all, high from {HIGH:.0}",
            self.sign_in_weight, self.types_together, self.tactics_together, self.score
        );
        reasons.push(together);
        reasons
    }
}

#[derive(Default)]
struct Sum {
    weight: f64,
    worst: f64,
    count: u32,
}

impl Sum {
    fn add(&mut self, weight: f64, worst: f64) {
        self.weight += weight;
        self.worst = self.worst.max(worst);
        self.count = self.count.saturating_add(1);
    }

    fn capped(&self) -> f64 {
        self.weight.min(MOST_OF_ONE_KIND * self.worst)
    }
}

fn age(found: &DetectionView<'_>, at: Timestamp) -> Duration {
    found.detected_at.map_or(Duration::ZERO, |detected| at.since(detected))
}

fn weight(level: RiskLevel) -> f64 {
    match level {
        RiskLevel::Low => 1.0,
        RiskLevel::Medium => 3.0,
        RiskLevel::High => 10.0,
        RiskLevel::None | RiskLevel::Hidden | RiskLevel::UnknownFutureValue => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use riskgate_model::{RiskDetail, RiskState};

    use super::*;
    use crate::state::Risk;

    const DAY: i64 = 86_400;

    fn found<'a>(
        id: &'a str,
        sign_in: &'a str,
        kind: &'a str,
        level: RiskLevel,
        day: i64,
    ) -> DetectionView<'a> {
        DetectionView {
            id,
            sign_in_id: Some(sign_in),
            risk_event_type: kind,
            detected_at: Some(Timestamp::from_seconds(day * DAY)),
            risk: Risk { level, state: RiskState::AtRisk, detail: RiskDetail::None },
        }
    }

    fn sum(detections: &[DetectionView<'_>], day: i64) -> Compound {
        Compound::of(detections, Timestamp::from_seconds(day * DAY))
    }

    #[test]
    fn different_kinds_close_together_add_up_to_high() {
        let all = [
            found("a", "s1", "anonymizedIPAddress", RiskLevel::Medium, 0),
            found("b", "s2", "passwordSpray", RiskLevel::Medium, 0),
            found("c", "s3", "unlikelyTravel", RiskLevel::Medium, 1),
        ];
        let compound = sum(&all, 1);
        assert_eq!((compound.types_together, compound.tactics_together), (3, 3));
        let expected = (3.0 + 2.0 * 3.0 * libm::exp2(-1.0 / 7.0)) * 1.5 * 1.2;
        assert!((compound.score - expected).abs() < 1e-9, "{compound:?}");
        assert_eq!(compound.level(), RiskLevel::High);
        assert_eq!(compound.reasons().len(), 4);
    }

    #[test]
    fn the_same_over_and_over_stays_what_it_is() {
        let names: Vec<String> = (0..50).map(|n| format!("s{n}")).collect();
        for (level, expected) in [(RiskLevel::Low, RiskLevel::Low), (RiskLevel::Medium, RiskLevel::Medium)] {
            let all: Vec<_> = names.iter().map(|n| found(n, n, "anonymizedIPAddress", level, 0)).collect();
            assert_eq!(sum(&all, 0).level(), expected);
        }
    }

    #[test]
    fn one_strange_sign_in_is_no_compromised_account() {
        let kinds =
            ["anonymizedIPAddress", "passwordSpray", "unlikelyTravel", "newCountry", "suspiciousBrowser"];
        let all: Vec<_> = kinds.iter().map(|kind| found(kind, "s1", kind, RiskLevel::Medium, 0)).collect();
        assert_eq!(sum(&all, 0).level(), RiskLevel::Medium);
        assert_eq!(sum(&all, 0).sign_in_weight, 3.0, "the heaviest counts");
    }

    #[test]
    fn what_is_old_weighs_less_and_is_not_together_with_what_is_new() {
        let (old, new) = (
            found("a", "s1", "anonymizedIPAddress", RiskLevel::Medium, 0),
            found("b", "s2", "passwordSpray", RiskLevel::Medium, 7),
        );
        let compound = sum(&[old, new], 7);
        assert_eq!(compound.types_together, 1);
        assert!((compound.score - 4.5).abs() < 1e-9, "{compound:?}");
        assert!(sum(&[old], 14).score < sum(&[old], 7).score);
    }

    proptest! {
        #[test]
        fn more_never_says_less_and_order_never_matters(
            picks in proptest::collection::vec((0..6usize, 0..4usize, 0..3usize, 0..20i64), 1..20), shift in 0..20usize,
        ) {
            let kinds = ["anonymizedIPAddress", "passwordSpray", "unlikelyTravel", "anomalousUserActivity"];
            let levels = [RiskLevel::Low, RiskLevel::Medium, RiskLevel::High];
            let ids: Vec<(String, String)> =
                picks.iter().enumerate().map(|(n, (s, ..))| (format!("d{n}"), format!("s{s}"))).collect();
            let mut all: Vec<_> = picks.iter().zip(&ids).map(|((_, kind, level, day), (id, sign_in))| {
                found(id, sign_in, kinds[*kind], levels[*level], *day)
            }).collect();
            let whole = sum(&all, 20);
            let fewer = sum(&all[1..], 20);
            prop_assert!(whole.score >= fewer.score - 1e-9, "{:?} {:?}", whole, fewer);
            let places = shift % all.len();
            all.rotate_left(places);
            prop_assert_eq!(sum(&all, 20), whole);
        }
    }
}
