use riskgate_model::{RiskLevel, SignInFacts};

use super::{SETTINGS, explanation, find};
use crate::detections::samples::{moved, visited};
use crate::detections::{Detection, Sample};
use crate::{Finding, RiskConfig, RiskContext};

pub(in crate::detections) static DETECTION: Detection = Detection {
    risk_event_type: "unlikelyTravel",
    title: "Atypical travel",
    explanation: explanation!(
        "This one is for journeys within a country or to a neighbour of it; `mcasImpossibleTravel` is for those that lead farther. A sign-in raises one of the two at most."
    ),
    settings: SETTINGS,
    samples,
    evaluate,
};

fn evaluate(facts: &SignInFacts, context: &RiskContext, config: &RiskConfig) -> Option<Finding> {
    find(facts, context, config, DETECTION.risk_event_type, false)
}

fn samples() -> Vec<Sample> {
    use RiskLevel::High;
    let sample = |case, minutes, to, expected| {
        let (facts, context) = moved(&visited("NO", 59.91, 10.75), minutes, to);
        Sample { case, facts, context, expected }
    };
    vec![
        sample("Oslo and an hour later Tromsø", 60, ("NO", 69.65, 18.96), Some(High)),
        sample("Oslo and half an hour later Kiruna across the border", 30, ("SE", 67.86, 20.23), Some(High)),
        sample("Oslo and three hours later Tromsø", 180, ("NO", 69.65, 18.96), None),
        sample("Oslo and an hour later Bergen", 60, ("NO", 60.39, 5.32), None),
        sample("Oslo and an hour later Sydney", 60, ("AU", -33.87, 151.21), None),
    ]
}
