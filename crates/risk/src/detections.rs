//! The detections, one file each.

mod anomalous_token;
mod anonymized_ip_address;
mod attacker_in_the_middle;
mod familiar;
mod lists;
mod malicious_ip_address;
mod nation_state_ip;
mod new_country;
mod password_spray;
mod risky_ip_address;
pub mod samples;
mod sessions;
mod suspicious_browser;
mod threat_intelligence;
mod token_issuer_anomaly;
mod travel;
mod unfamiliar_features;

use riskgate_model::{RiskLevel, SignInFacts};

use crate::{Finding, RiskConfig, RiskContext};

/// Every detection that runs inside a sign-in.
pub static ALL: &[&Detection] = &[
    &anonymized_ip_address::DETECTION,
    &malicious_ip_address::DETECTION,
    &nation_state_ip::DETECTION,
    &threat_intelligence::DETECTION,
    &new_country::DETECTION,
    &password_spray::DETECTION,
    &travel::impossible::DETECTION,
    &travel::unlikely::DETECTION,
    &unfamiliar_features::DETECTION,
    &anomalous_token::DETECTION,
    &suspicious_browser::DETECTION,
    &risky_ip_address::DETECTION,
    &attacker_in_the_middle::DETECTION,
    &token_issuer_anomaly::DETECTION,
];

/// Those that rest on the operator's own watch lists: the level is the one he chose, in a trusted location too.
pub(crate) static CHOSEN_BY_OPERATOR: &[&str] =
    &[nation_state_ip::DETECTION.risk_event_type, threat_intelligence::DETECTION.risk_event_type];

/// `riskEventType` of the detection the score is computed for, found or not.
pub(crate) const UNFAMILIAR_FEATURES: &str = "unfamiliarFeatures";

/// A detection: what it is, and the function that decides.
pub struct Detection {
    /// `riskEventType`, Graph's own name.
    pub risk_event_type: &'static str,
    /// What it is called for people.
    pub title: &'static str,
    /// What it finds, why that is a risk, and what an administrator can do; Markdown.
    pub explanation: &'static str,
    /// Its settings: key, default, meaning.
    pub settings: &'static [(&'static str, &'static str, &'static str)],
    /// Cases with what is found, for the documentation and the tests.
    pub samples: fn() -> Vec<Sample>,
    /// Decides.
    pub evaluate: fn(&SignInFacts, &RiskContext, &RiskConfig) -> Option<Finding>,
}

/// A case of a detection.
pub struct Sample {
    /// In words.
    pub case: &'static str,
    /// The facts.
    pub facts: SignInFacts,
    /// What it is compared with.
    pub context: RiskContext,
    /// What is found; `None` is nothing.
    pub expected: Option<RiskLevel>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_found_as_it_says() {
        for detection in ALL {
            let samples = (detection.samples)();
            assert!(
                samples.iter().any(|s| s.expected.is_some()) && samples.iter().any(|s| s.expected.is_none())
            );
            for sample in samples {
                let found = (detection.evaluate)(&sample.facts, &sample.context, &RiskConfig::default())
                    .map(|finding| finding.risk_level);
                assert_eq!(found, sample.expected, "{}: {}", detection.risk_event_type, sample.case);
            }
        }
    }
}
