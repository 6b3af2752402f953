use riskgate_model::{ListHit, ListKind, RiskLevel, SignInFacts};

use super::lists::{at_most_medium, listed};
use super::samples::facts_from;
use super::{Detection, Sample};
use crate::{Finding, RiskConfig, RiskContext};

pub(super) static DETECTION: Detection = Detection {
    risk_event_type: "maliciousIPAddress",
    title: "Malicious IP address",
    explanation: "The sign-in came from an address that a reputation list names as a source of attacks. Addresses change hands and many people share some of them, so a list alone is medium at most.\n\nAddresses that a list of harmless ones names (`kind = \"benign\"`, for example public resolvers and delivery networks) are not taken from reputation lists. An address in a trusted named location counts one level less.\n\nNo reputation list is built in; configure the ones whose terms suit you as `[[feeds]]` of kind `malicious`.",
    settings: &[("maliciousIpAddress.listed", "medium", "level of an address in a reputation list")],
    samples,
    evaluate,
};

fn evaluate(facts: &SignInFacts, _: &RiskContext, config: &RiskConfig) -> Option<Finding> {
    let risk_level = at_most_medium(config.malicious_ip_address.listed)?;
    let evidence: Vec<_> = listed(&facts.network, ListKind::Malicious).collect();
    let risk_event_type = DETECTION.risk_event_type.to_owned();
    (!evidence.is_empty()).then_some(Finding { risk_event_type, risk_level, evidence })
}

fn samples() -> Vec<Sample> {
    let sample = |case, kinds: &[ListKind], expected| {
        let mut facts = facts_from("192.0.2.1");
        facts.network.list_hits = kinds.iter().map(|kind| hit(*kind)).collect();
        Sample { case, facts, context: RiskContext::default(), expected }
    };
    vec![
        sample("an address in a reputation list", &[ListKind::Malicious], Some(RiskLevel::Medium)),
        sample("a harmless address many share", &[ListKind::Benign], None),
        sample("an address no list knows", &[], None),
    ]
}

fn hit(kind: ListKind) -> ListHit {
    ListHit { source: "list".to_owned(), kind, entry: "192.0.2.0/24".to_owned(), last_seen: None, rule: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess;

    #[test]
    fn the_setting_switches_off_and_never_lifts_above_medium() {
        let mut facts = facts_from("192.0.2.1");
        facts.network.list_hits.push(hit(ListKind::Malicious));
        let level = |listed| {
            let mut config = RiskConfig::default();
            config.malicious_ip_address.listed = listed;
            assess(&facts, &RiskContext::default(), &config).sign_in_level
        };
        assert_eq!(level(RiskLevel::None), RiskLevel::None);
        assert_eq!(level(RiskLevel::Low), RiskLevel::Low);
        assert_eq!(level(RiskLevel::High), RiskLevel::Medium);
    }

    #[test]
    fn every_list_that_names_the_address_is_evidence() {
        let mut facts = facts_from("192.0.2.1");
        facts.network.list_hits = vec![hit(ListKind::Malicious), hit(ListKind::Malicious)];
        let found = assess(&facts, &RiskContext::default(), &RiskConfig::default());
        let values: Vec<_> =
            found.findings[0].evidence.iter().map(|evidence| evidence.value.as_str()).collect();
        assert_eq!(values, ["list has 192.0.2.0/24", "list has 192.0.2.0/24"]);
    }
}
