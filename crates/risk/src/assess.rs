use riskgate_model::{RiskLevel, SignInFacts};
use serde::{Deserialize, Serialize};

use crate::{RiskConfig, detections};

/// What was found about a sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Assessment {
    /// The detections, in the order of [`detections::ALL`].
    pub findings: Vec<Finding>,
    /// `riskLevelDuringSignIn`: the worst of them, `none` without any.
    pub sign_in_level: RiskLevel,
}

/// A detection that fired.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// What it is about.
    pub key: String,
    /// What was seen.
    pub value: String,
}

impl Evidence {
    /// Evidence about `key`.
    pub fn new(key: &str, value: impl Into<String>) -> Self {
        Self { key: key.to_owned(), value: value.into() }
    }
}

/// Runs every detection on a sign-in whose first factor was correct. `is_trusted_location` says whether the address lies
/// in a named location marked as trusted; that lowers what is found by one level.
pub fn assess(facts: &SignInFacts, is_trusted_location: bool, config: &RiskConfig) -> Assessment {
    let findings: Vec<_> = detections::ALL
        .iter()
        .filter_map(|detection| (detection.evaluate)(facts, config))
        .filter_map(|finding| if is_trusted_location { lower(finding) } else { Some(finding) })
        .collect();
    let sign_in_level =
        findings.iter().fold(RiskLevel::None, |level, finding| level.worst(finding.risk_level));
    Assessment { findings, sign_in_level }
}

/// One level less; what was low is gone.
fn lower(mut finding: Finding) -> Option<Finding> {
    finding.risk_level = match finding.risk_level {
        RiskLevel::High => RiskLevel::Medium,
        RiskLevel::Medium => RiskLevel::Low,
        _ => return None,
    };
    finding
        .evidence
        .push(Evidence::new("trustedLocation", "the address is in a trusted named location: one level less"));
    Some(finding)
}
