use riskgate_model::{RiskLevel, SignInFacts};

use super::journey;
use crate::detections::samples::{moved, visited};
use crate::detections::{Detection, Sample};
use crate::{Finding, RiskConfig, RiskContext};

pub(in crate::detections) static DETECTION: Detection = Detection {
    risk_event_type: "mcasImpossibleTravel",
    title: "Impossible travel",
    explanation: "Two sign-ins of one user are so far apart that nobody travels as fast. Distance and speed are counted in the user's favour: what both places may be off is taken away first, twice what the location database says and 50 km.\n\nNothing is found when something else explains it: an address of a virtual private network, relay or hosting range; an address or network that several of the tenant's users share; a network or place the user is known at; the same device cookie at both ends; a place that is not known to 500 km. Sign-ins that come late are compared in both directions.\n\nThis one is for journeys to another country that is no neighbour; `unlikelyTravel` is for the others. A sign-in raises one of the two at most.",
    settings: &[
        ("travel.level", "medium", "level; one more if the device is new and no second factor was passed"),
        ("travel.distance", "500", "least distance in kilometres, after what both places may be off"),
        ("travel.speed", "900", "least speed in kilometres an hour"),
        ("travel.hours", "24", "how far back earlier sign-ins are looked at"),
        ("travel.sharedByUsers", "5", "users of the tenant who make an address or network a shared one"),
    ],
    samples,
    evaluate,
};

fn evaluate(facts: &SignInFacts, context: &RiskContext, config: &RiskConfig) -> Option<Finding> {
    let config = &config.travel;
    let journey = journey(facts, context, config).filter(|journey| journey.is_abroad)?;
    Some(Finding {
        risk_event_type: DETECTION.risk_event_type.to_owned(),
        risk_level: journey.level(facts, context, config),
        evidence: journey.evidence(config),
    })
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
