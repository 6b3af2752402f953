use riskgate_model::{RiskLevel, SignInFacts};

use super::{SETTINGS, explanation, find};
use crate::detections::samples::{moved, visited};
use crate::detections::{Detection, Sample};
use crate::{Finding, RiskConfig, RiskContext};

pub(in crate::detections) static DETECTION: Detection = Detection {
    risk_event_type: "mcasImpossibleTravel",
    title: "Impossible travel",
    explanation: explanation!(
        "This one is for journeys to another country that is no neighbour; `unlikelyTravel` is for the others. A sign-in raises one of the two at most."
    ),
    settings: SETTINGS,
    samples,
    evaluate,
};

fn evaluate(facts: &SignInFacts, context: &RiskContext, config: &RiskConfig) -> Option<Finding> {
    find(facts, context, config, DETECTION.risk_event_type, true)
}

fn samples() -> Vec<Sample> {
    use RiskLevel::High;
    let sample = |case, minutes, to, expected| {
        let (facts, context) = moved(&visited("NO", 59.91, 10.75), minutes, to);
        Sample { case, facts, context, expected }
    };
    vec![
        sample("Oslo and an hour later Sydney", 60, ("AU", -33.87, 151.21), Some(High)),
        sample("Oslo and a day later Sydney", 24 * 60, ("AU", -33.87, 151.21), None),
        sample("Oslo and an hour later Tromsø", 60, ("NO", 69.65, 18.96), None),
    ]
}
