use riskgate_model::{RiskLevel, SignInFacts};
use serde::{Deserialize, Serialize};

use crate::familiarity::Familiarity;
use crate::{RiskConfig, RiskContext, detections};

/// What was found about a sign-in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Assessment {
    /// The detections, in the order of [`detections::ALL`].
    pub findings: Vec<Finding>,
    /// `riskLevelDuringSignIn`: the worst of them, `none` without any.
    pub sign_in_level: RiskLevel,
    /// How unfamiliar the sign-in is, found or not, and what the detections beside that contribute, in log-odds: higher is
    /// riskier. Ranks sign-ins more finely than levels.
    #[serde(default)]
    pub score: f64,
}

/// A detection that fired.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// `riskEventType`.
    pub risk_event_type: String,
    /// How severe.
    pub risk_level: RiskLevel,
    /// Why, in a form a program can read.
    pub evidence: Vec<Evidence>,
}

/// One reason of a [`Finding`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// What it is about.
    pub key: String,
    /// What was seen.
    pub value: String,
    /// What would have been usual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// How much it speaks for an attack, in log-odds; below zero it speaks against one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contribution: Option<f64>,
}

impl Evidence {
    /// Evidence about `key`.
    pub fn new(key: &str, value: impl Into<String>) -> Self {
        Self { key: key.to_owned(), value: value.into(), expected: None, contribution: None }
    }
}

/// Runs every detection on a sign-in whose first factor was correct. A trusted location lowers what is found by one level,
/// except where the operator chose the level himself.
pub fn assess(facts: &SignInFacts, context: &RiskContext, config: &RiskConfig) -> Assessment {
    let findings: Vec<_> = detections::ALL
        .iter()
        .filter_map(|detection| (detection.evaluate)(facts, context, config))
        .filter_map(|finding| if context.is_trusted_location { lower(finding) } else { Some(finding) })
        .collect();
    let sign_in_level =
        findings.iter().fold(RiskLevel::None, |level, finding| level.worst(finding.risk_level));
    let others = findings.iter().filter(|finding| finding.risk_event_type != detections::UNFAMILIAR_FEATURES);
    let contributions =
        others.flat_map(|finding| &finding.evidence).filter_map(|evidence| evidence.contribution);
    let unfamiliarity = Familiarity::of(facts, context, &config.unfamiliar_features).score();
    Assessment { sign_in_level, score: unfamiliarity + contributions.sum::<f64>(), findings }
}

/// One level less; what was low is gone.
fn lower(mut finding: Finding) -> Option<Finding> {
    if detections::CHOSEN_BY_OPERATOR.contains(&finding.risk_event_type.as_str()) {
        return Some(finding);
    }
    finding.risk_level = finding.risk_level.one_less();
    if finding.risk_level == RiskLevel::None {
        return None;
    }
    finding
        .evidence
        .push(Evidence::new("trustedLocation", "the address is in a trusted named location: one level less"));
    Some(finding)
}
