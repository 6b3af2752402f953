use riskgate_model::{AnonymizerKind, ListKind, RiskLevel, SignInFacts};

use super::lists::{at_most_medium, listed};
use super::samples::facts_from;
use super::{Detection, Sample};
use crate::{Evidence, Finding, RiskConfig, RiskContext};

pub(super) static DETECTION: Detection = Detection {
    risk_event_type: "anonymizedIPAddress",
    title: "Anonymous IP address",
    explanation: "The sign-in came from an address that hides where the person is: an exit of the Tor network, a commercial virtual private network, or a browser in a range where servers live. People use these to protect themselves, and attackers use them so as not to be found, so the level is medium at most: it is a reason to ask for a second factor, not proof of an attack.\n\nA relay of a device maker (iCloud Private Relay) hides the address but keeps country and accountability, and is no detection. An address in a trusted named location counts one level less. An address that was a Tor exit within the last year still counts.\n\nIf your people use a virtual private network you know, add its ranges as a trusted named location.",
    settings: &[
        ("anonymizedIpAddress.tor", "medium", "level of a Tor exit"),
        ("anonymizedIpAddress.vpn", "low", "level of a commercial virtual private network"),
        ("anonymizedIpAddress.hosting", "low", "level of a browser in a hosting range"),
    ],
    samples,
    evaluate,
};

fn evaluate(facts: &SignInFacts, _: &RiskContext, config: &RiskConfig) -> Option<Finding> {
    let kind = facts.network.anonymizer?;
    let levels = &config.anonymized_ip_address;
    let level = match kind {
        AnonymizerKind::Tor => levels.tor,
        AnonymizerKind::Vpn => levels.vpn,
        AnonymizerKind::Hosting if facts.client.is_browser => levels.hosting,
        AnonymizerKind::Hosting | AnonymizerKind::PrivateRelay => RiskLevel::None,
    };
    let risk_level = at_most_medium(level)?;
    let mut evidence = vec![Evidence::new("egress", name(kind))];
    evidence.extend(listed(&facts.network, ListKind::Anonymizer(kind)));
    Some(Finding { risk_event_type: DETECTION.risk_event_type.to_owned(), risk_level, evidence })
}

fn name(kind: AnonymizerKind) -> &'static str {
    match kind {
        AnonymizerKind::Tor => "Tor exit",
        AnonymizerKind::Vpn => "virtual private network",
        AnonymizerKind::Hosting => "hosting range",
        AnonymizerKind::PrivateRelay => "private relay",
    }
}

fn samples() -> Vec<Sample> {
    use AnonymizerKind::{Hosting, PrivateRelay, Tor, Vpn};
    let sample = |case, kind, is_browser, expected| Sample {
        case,
        facts: facts(kind, is_browser),
        context: RiskContext::default(),
        expected,
    };
    vec![
        sample("a browser at a Tor exit", Some(Tor), true, Some(RiskLevel::Medium)),
        sample("a program at a Tor exit", Some(Tor), false, Some(RiskLevel::Medium)),
        sample("a virtual private network", Some(Vpn), true, Some(RiskLevel::Low)),
        sample("a browser in a hosting range", Some(Hosting), true, Some(RiskLevel::Low)),
        sample("a program in a hosting range", Some(Hosting), false, None),
        sample("a private relay", Some(PrivateRelay), true, None),
        sample("an address no list knows", None, true, None),
    ]
}

/// Facts of a sign-in from an address of this kind.
fn facts(kind: Option<AnonymizerKind>, is_browser: bool) -> SignInFacts {
    let mut facts = facts_from("192.0.2.1");
    facts.network.anonymizer = kind;
    facts.client.is_browser = is_browser;
    facts
}

#[cfg(test)]
mod tests {
    use riskgate_core::Timestamp;
    use riskgate_model::{ListHit, SourceVersion};

    use super::*;
    use crate::{additional_info, assess};

    #[test]
    fn a_trusted_location_counts_one_level_less() {
        let (tor, vpn) = (facts(Some(AnonymizerKind::Tor), true), facts(Some(AnonymizerKind::Vpn), true));
        let trusted = RiskContext { is_trusted_location: true, ..RiskContext::default() };
        let lowered = assess(&tor, &trusted, &RiskConfig::default());
        assert_eq!(lowered.sign_in_level, RiskLevel::Low);
        assert_eq!(lowered.findings[0].evidence.last().unwrap().key, "trustedLocation");
        assert!(assess(&vpn, &trusted, &RiskConfig::default()).findings.is_empty());
    }

    #[test]
    fn settings_switch_off_and_never_lift_above_medium() {
        let facts = facts(Some(AnonymizerKind::Tor), true);
        let level = |tor| {
            let mut config = RiskConfig::default();
            config.anonymized_ip_address.tor = tor;
            assess(&facts, &RiskContext::default(), &config).sign_in_level
        };
        assert_eq!(level(RiskLevel::None), RiskLevel::None);
        assert_eq!(level(RiskLevel::Low), RiskLevel::Low);
        assert_eq!(level(RiskLevel::High), RiskLevel::Medium);
    }

    #[test]
    fn the_list_and_its_version_are_evidence() {
        let mut facts = facts(Some(AnonymizerKind::Tor), true);
        facts.network.list_hits.push(ListHit {
            source: "tor-exits".to_owned(),
            kind: ListKind::Anonymizer(AnonymizerKind::Tor),
            entry: "192.0.2.1".to_owned(),
            last_seen: None,
            rule: None,
        });
        facts.network.sources.push(SourceVersion {
            source: "tor-exits".to_owned(),
            version: "0123456789abcdef".to_owned(),
            as_of: Timestamp::from_seconds(0),
            is_stale: true,
        });
        let found = assess(&facts, &RiskContext::default(), &RiskConfig::default());
        let told = "tor-exits has 192.0.2.1, version 0123456789abcdef of 1970-01-01T00:00:00Z, stale";
        assert!(found.findings[0].evidence.iter().any(|e| e.key == "list" && e.value == told));
        let info: serde_json::Value =
            serde_json::from_str(&additional_info(&found.findings[0], &facts)).unwrap();
        assert_eq!(info[0]["Key"], "userAgent");
        assert_eq!(info[1]["Value"], "192.0.2.1");
    }
}
