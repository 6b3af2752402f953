use riskgate_model::{ListHit, ListKind, RiskLevel, SignInFacts};

use super::lists::watched;
use super::samples::{facts_from, watch_hit};
use super::{Detection, Sample};
use crate::{Finding, RiskConfig, RiskContext};

pub(super) static DETECTION: Detection = Detection {
    risk_event_type: "nationStateIP",
    title: "Address of somebody acting for a state",
    explanation: "The sign-in came from an address or a network owner, or with a user agent, on a watch list of yours for people who act for a state (`[[feeds]]` of kind `nation-state`). Such a list rests on an investigation, so the level is always high, also in a trusted named location, until the rule expires. Riskgate knows no such addresses by itself and says nothing about who is behind them; the rule and its author are in the evidence.\n\nOthers who were hit by the same rule have the same identifier in `additionalInfo`.",
    settings: &[],
    samples,
    evaluate,
};

fn evaluate(facts: &SignInFacts, _: &RiskContext, _: &RiskConfig) -> Option<Finding> {
    let (_, evidence) = watched(facts, ListKind::NationState)?;
    let risk_event_type = DETECTION.risk_event_type.to_owned();
    Some(Finding { risk_event_type, risk_level: RiskLevel::High, evidence })
}

fn samples() -> Vec<Sample> {
    let sample = |case, hits: Vec<ListHit>, expected| {
        let mut facts = facts_from("192.0.2.1");
        facts.network.list_hits = hits;
        Sample { case, facts, context: RiskContext::default(), expected }
    };
    let other = ListHit { kind: ListKind::Malicious, rule: None, ..hit("TI-1", RiskLevel::High) };
    vec![
        sample("an address on a watch list", vec![hit("NS-1", RiskLevel::High)], Some(RiskLevel::High)),
        sample("an address in a reputation list alone", vec![other], None),
    ]
}

fn hit(rule: &str, level: RiskLevel) -> ListHit {
    watch_hit(ListKind::NationState, rule, level)
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
}
