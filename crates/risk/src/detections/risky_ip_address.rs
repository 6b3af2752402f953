use riskgate_model::{AnonymizerKind, RiskLevel, SignInFacts};

use super::lists::at_most_medium;
use super::{Detection, Sample, sessions};
use crate::{Evidence, Feature, Finding, RiskConfig, RiskContext};

pub(super) static DETECTION: Detection = Detection {
    risk_event_type: "riskyIPAddress",
    title: "Activity from anonymous IP address",
    explanation: "A session that began at an ordinary address goes on at an exit of the Tor network or of a virtual private network the user was never seen at. The sign-in itself was not anonymous, so this is not the detection of anonymous addresses: somebody may have taken the session along.\n\nA user who uses a virtual private network now and then is not found once it is known of him. The level is medium at most.",
    settings: &[("riskyIpAddress.level", "medium", "its level; `none` switches it off")],
    samples,
    evaluate,
};

/// What it speaks for an attack, beyond what the egress says already.
const CONTRIBUTION: f64 = 1.0;

fn evaluate(facts: &SignInFacts, context: &RiskContext, config: &RiskConfig) -> Option<Finding> {
    let risk_level = at_most_medium(config.risky_ip_address.level)?;
    let session = context.session.as_ref()?;
    let name = match facts.network.anonymizer? {
        AnonymizerKind::Tor => "Tor exit",
        AnonymizerKind::Vpn => "virtual private network",
        AnonymizerKind::Hosting | AnonymizerKind::PrivateRelay => return None,
    };
    let is_usual = context.history.values.get(&Feature::Egress).is_some_and(|seen| seen.weight > 0.0);
    if session.began.is_egress || is_usual {
        return None;
    }
    let began = session.began.network_owner.clone().unwrap_or_else(|| "an ordinary address".to_owned());
    let evidence = vec![Evidence {
        expected: Some(began),
        contribution: Some(CONTRIBUTION),
        ..Evidence::new("egress", name)
    }];
    Some(Finding { risk_event_type: DETECTION.risk_event_type.to_owned(), risk_level, evidence })
}

fn samples() -> Vec<Sample> {
    use sessions::{Where, used};
    let home = Where { owner: 64500, country: "NO", browser: "Firefox 140", system: "Windows 10" };
    let sample = |case, kind, began_at_egress, expected| {
        let (mut facts, mut context) = used(home, home);
        facts.network.anonymizer = kind;
        context.session.iter_mut().for_each(|session| session.began.is_egress = began_at_egress);
        Sample { case, facts, context, expected }
    };
    vec![
        sample("a session moves to a Tor exit", Some(AnonymizerKind::Tor), false, Some(RiskLevel::Medium)),
        sample("it began at one", Some(AnonymizerKind::Tor), true, None),
        sample("it moves to a private relay", Some(AnonymizerKind::PrivateRelay), false, None),
        sample("it moves to an ordinary address", None, false, None),
    ]
}
