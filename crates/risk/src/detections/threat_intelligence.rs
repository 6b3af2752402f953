use riskgate_model::{ListHit, ListKind, RiskLevel, SignInFacts};

use super::lists::watched;
use super::samples::{facts_from, watch_hit};
use super::{Detection, Sample};
use crate::{Finding, RiskConfig, RiskContext};

pub(super) static DETECTION: Detection = Detection {
    risk_event_type: "investigationsThreatIntelligence",
    title: "Threat intelligence",
    explanation: "The sign-in came from an address or a network owner, or with a user agent, on a watch list of yours (`[[feeds]]` of kind `threat-intelligence`): what your own investigations or people you trust found. You choose the level with each rule, up to high; it holds also in a trusted named location, until the rule expires. The rule and its author are in the evidence.\n\nOthers who were hit by the same rule have the same identifier in `additionalInfo`.",
    settings: &[],
    samples,
    evaluate,
};

fn evaluate(facts: &SignInFacts, _: &RiskContext, _: &RiskConfig) -> Option<Finding> {
    let (risk_level, evidence) = watched(facts, ListKind::ThreatIntelligence)?;
    Some(Finding { risk_event_type: DETECTION.risk_event_type.to_owned(), risk_level, evidence })
}

fn samples() -> Vec<Sample> {
    let sample = |case, hits: Vec<ListHit>, expected| {
        let mut facts = facts_from("192.0.2.1");
        facts.network.list_hits = hits;
        Sample { case, facts, context: RiskContext::default(), expected }
    };
    let other = ListHit { kind: ListKind::Malicious, rule: None, ..hit("TI-1", RiskLevel::High) };
    vec![
        sample(
            "an address on a watch list of medium level",
            vec![hit("TI-1", RiskLevel::Medium)],
            Some(RiskLevel::Medium),
        ),
        sample(
            "an address on two watch lists: the worse one counts",
            vec![hit("TI-1", RiskLevel::Low), hit("TI-2", RiskLevel::High)],
            Some(RiskLevel::High),
        ),
        sample("an address in a reputation list alone", vec![other], None),
        Sample {
            case: "a user agent on a watch list",
            facts: with_agent(hit("TI-3", RiskLevel::High)),
            context: RiskContext::default(),
            expected: Some(RiskLevel::High),
        },
    ]
}

fn with_agent(hit: ListHit) -> SignInFacts {
    let mut facts = facts_from("192.0.2.1");
    facts.client.list_hits = vec![ListHit { entry: "*sqlmap*".to_owned(), ..hit }];
    facts
}

fn hit(rule: &str, level: RiskLevel) -> ListHit {
    watch_hit(ListKind::ThreatIntelligence, rule, level)
}

#[cfg(test)]
mod tests {
    use riskgate_core::Timestamp;

    use super::*;
    use crate::assess;

    #[test]
    fn the_level_holds_in_a_trusted_location_and_the_rule_is_evidence() {
        let mut facts = facts_from("192.0.2.1");
        let mut hit = hit("R-1", RiskLevel::High);
        hit.rule.as_mut().unwrap().expires_at = Some(Timestamp::from_seconds(86_400));
        facts.network.list_hits.push(hit);
        let trusted = RiskContext { is_trusted_location: true, ..RiskContext::default() };
        let found = assess(&facts, &trusted, &RiskConfig::default());
        assert_eq!(found.sign_in_level, RiskLevel::High);
        let told: Vec<_> =
            found.findings[0].evidence.iter().map(|e| (e.key.as_str(), e.value.as_str())).collect();
        assert_eq!(
            told,
            [("rule", "R-1 by SOC, until 1970-01-02T00:00:00Z"), ("list", "watched has 192.0.2.1")]
        );
    }
    #[test]
    fn a_rule_about_a_user_agent_counts_until_it_expires() {
        let mut watched = hit("TI-3", RiskLevel::High);
        watched.rule.as_mut().unwrap().expires_at = Some(Timestamp::from_seconds(1));
        let mut facts = with_agent(watched);
        let found = |facts: &SignInFacts| evaluate(facts, &RiskContext::default(), &RiskConfig::default());
        assert_eq!(found(&facts).unwrap().evidence[1].value, "watched has *sqlmap*");
        facts.at = Timestamp::from_seconds(1);
        assert_eq!(found(&facts), None);
    }
}
