use riskgate_model::{RiskLevel, SignInFacts};

use super::{Detection, Sample, sessions};
use crate::features::{family, version};
use crate::{Evidence, Feature, Features, Finding, RiskConfig, RiskContext, SessionFacts, SessionUse};

pub(super) static DETECTION: Detection = Detection {
    risk_event_type: "anomalousToken",
    title: "Anomalous token",
    explanation: "A session is used from somewhere else than it began: another network owner, another country, another program (browser family, operating system, or an older version of the browser, which no device goes back to). A person who moves changes the network and perhaps the country; a thief of a token usually brings his own program too. Two differences are medium, all three high; one is nothing, because people walk from the office to the train.\n\nAlso found is a session that is used from two countries within ten minutes.\n\nA relay or a virtual private network at one end makes network and country uncertain, so then only the program counts and the known device cookie explains the rest. The reuse of a refresh token that was already exchanged is handled where it happens: the whole session is revoked.",
    settings: &[
        ("anomalousToken.threeDifferences", "high", "level when network owner, country and program differ"),
        ("anomalousToken.twoDifferences", "medium", "level when two of them differ"),
        ("anomalousToken.overlap", "medium", "level of use from two countries within ten minutes"),
    ],
    samples,
    evaluate,
};

/// What each difference speaks for an attack.
const CONTRIBUTION: f64 = 1.0;

fn evaluate(facts: &SignInFacts, context: &RiskContext, config: &RiskConfig) -> Option<Finding> {
    let session = context.session.as_ref()?;
    let config = &config.anomalous_token;
    let is_known = |feature| context.history.values.get(&feature).is_some_and(|seen| seen.weight > 0.0);
    let features = Features::of(facts);
    let mut evidence = differences(facts, &features, &session.began);
    // The browser the session was given to has its cookie, wherever it goes.
    if is_known(Feature::DeviceCookie) && is_known(Feature::NetworkOwner) {
        return None;
    }
    let by_differences = match evidence.len() {
        0 | 1 => RiskLevel::None,
        2 => config.two_differences,
        _ => config.three_differences,
    };
    let overlap = overlap(facts, &features, session);
    let by_overlap = if overlap.is_some() { config.overlap } else { RiskLevel::None };
    evidence.extend(overlap);
    let risk_level = by_differences.worst(by_overlap);
    let is_found = matches!(risk_level, RiskLevel::Low | RiskLevel::Medium | RiskLevel::High);
    is_found.then(|| Finding { risk_event_type: DETECTION.risk_event_type.to_owned(), risk_level, evidence })
}

/// In what the use differs from the beginning; what one of them does not know is no difference.
fn differences(facts: &SignInFacts, features: &Features, began: &SessionUse) -> Vec<Evidence> {
    let is_uncertain = began.is_egress || crate::history::is_egress(facts.network.anonymizer);
    let differs = |key: &str, now: Option<&str>, then: Option<&str>| {
        let (now, then) = now.zip(then).filter(|(now, then)| now != then)?;
        Some(different(key, now, then))
    };
    let owner = differs("networkOwner", features.get(Feature::NetworkOwner), began.network_owner.as_deref());
    let country = differs("country", features.get(Feature::Country), began.country.as_deref());
    let places =
        [owner, country].into_iter().flatten().filter(|_| !is_uncertain || owner_is_new(facts, began));
    places.chain(program(facts, began)).collect()
}

/// Behind a shared egress a network counts only where the session did not begin at one.
fn owner_is_new(facts: &SignInFacts, began: &SessionUse) -> bool {
    !began.is_egress && crate::history::is_egress(facts.network.anonymizer)
}

fn program(facts: &SignInFacts, began: &SessionUse) -> Option<Evidence> {
    let client = &facts.client;
    let (now, then) = (client.browser.as_deref()?, began.browser.as_deref()?);
    let is_older = version(now).zip(version(then)).is_some_and(|(now, then)| now < then);
    let system = client.operating_system.as_deref().zip(began.operating_system.as_deref());
    let is_other_system = system.is_some_and(|(now, then)| family(now) != family(then));
    let name = |browser: &str, system: Option<&str>| {
        format!("{browser} on {}", system.unwrap_or("an unknown system"))
    };
    (family(now) != family(then) || is_older || is_other_system).then(|| {
        let then = name(then, began.operating_system.as_deref());
        different("program", &name(now, client.operating_system.as_deref()), &then)
    })
}

fn different(key: &str, now: &str, then: &str) -> Evidence {
    Evidence { expected: Some(then.to_owned()), contribution: Some(CONTRIBUTION), ..Evidence::new(key, now) }
}

/// A use within ten minutes in another country, neither at a shared egress.
fn overlap(facts: &SignInFacts, features: &Features, session: &SessionFacts) -> Option<Evidence> {
    let country = features.get(Feature::Country)?;
    if crate::history::is_egress(facts.network.anonymizer) {
        return None;
    }
    let is_apart = |used: &&SessionUse| {
        let seconds = facts.at.since(used.at).max(used.at.since(facts.at)).as_secs();
        let is_elsewhere = used.country.as_deref().is_some_and(|other| other != country);
        seconds <= 600
            && !used.is_egress
            && is_elsewhere
            && used.network_owner.as_deref() != features.get(Feature::NetworkOwner)
    };
    let other = session.recent.iter().find(is_apart)?;
    Some(different("usedElsewhere", country, &format!("{} at {}", other.country.as_deref()?, other.at)))
}

fn samples() -> Vec<Sample> {
    use sessions::{Where, used};
    let sample = |case, (facts, context), expected| Sample { case, facts, context, expected };
    let home = Where { owner: 64500, country: "NO", browser: "Firefox 140", system: "Windows 10" };
    let abroad = Where { owner: 64511, country: "BR", ..home };
    vec![
        sample("as it began", used(home, home), None),
        sample("an upgraded browser", used(home, Where { browser: "Firefox 141", ..home }), None),
        sample("another network of the country", used(home, Where { owner: 64501, ..home }), None),
        sample("another network and country", used(home, abroad), Some(RiskLevel::Medium)),
        sample(
            "another network and an older browser",
            used(home, Where { owner: 64501, browser: "Firefox 139", ..home }),
            Some(RiskLevel::Medium),
        ),
        sample(
            "another network, country and system",
            used(home, Where { system: "Linux", ..abroad }),
            Some(RiskLevel::High),
        ),
        sample(
            "used at home five minutes ago, now abroad",
            sessions::overlapping(home, abroad),
            Some(RiskLevel::Medium),
        ),
        sample("the known device abroad, in a network it knows", sessions::known_device(home, abroad), None),
    ]
}
