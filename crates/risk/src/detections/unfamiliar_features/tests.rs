use super::samples::{abroad, context, history, other_device, tomorrow};
use super::*;
use crate::assess;

fn everything_new() -> SignInFacts {
    tomorrow(|facts| {
        abroad(facts);
        other_device(facts);
    })
}

#[test]
fn every_reason_has_what_was_seen_what_was_usual_and_what_it_counts() {
    let facts = everything_new();
    let found = assess(&facts, &context(&history(), &facts), &RiskConfig::default());
    let finding = found.findings.iter().find(|f| f.risk_event_type == "unfamiliarFeatures").unwrap();
    let first = &finding.evidence[0];
    assert_eq!((first.key.as_str(), first.value.as_str()), ("country", "BR"));
    assert_eq!(first.expected.as_deref(), Some("NO"));
    assert!(first.contribution.unwrap() > 5.0);
    let score = finding.evidence.iter().find(|evidence| evidence.key == "score").unwrap();
    assert_eq!(score.expected.as_deref(), Some("low from 4, medium from 6, high from 9"));
    let sum: f64 = finding.evidence.iter().filter_map(|evidence| evidence.contribution).sum();
    assert_eq!(format!("{sum:.2}"), score.value);
}

#[test]
fn a_known_device_is_low_at_most_and_a_trusted_location_one_level_less() {
    let facts = tomorrow(abroad);
    let mut context = context(&history(), &facts);
    let mut config = RiskConfig::default();
    config.unfamiliar_features.high = -10.0;
    config.unfamiliar_features.medium = -10.0;
    config.unfamiliar_features.low = -10.0;
    let level = |context: &RiskContext| evaluate(&facts, context, &config).unwrap().risk_level;
    assert_eq!(level(&context), RiskLevel::Low);
    context.history.values.get_mut(&Feature::DeviceCookie).unwrap().days = 1;
    assert_eq!(level(&context), RiskLevel::High);
    context.is_trusted_location = true;
    let found = assess(&facts, &context, &config);
    let lowered = found.findings.iter().find(|f| f.risk_event_type == "unfamiliarFeatures").unwrap();
    assert_eq!(lowered.risk_level, RiskLevel::Medium);
}

#[test]
fn a_network_many_colleagues_use_counts_against_nobody() {
    let facts = everything_new();
    let mut context = context(&history(), &facts);
    context.population.values.get_mut(&Feature::Prefix).unwrap().users = 5;
    let config = RiskConfig::default();
    let familiarity = Familiarity::of(&facts, &context, &config.unfamiliar_features);
    assert!(familiarity.contribution(TermKind::Network) <= 0.0);
    assert!(familiarity.contribution(TermKind::Place) <= 0.0);
}

#[test]
fn address_lists_alone_never_lift_above_medium() {
    let facts = tomorrow(|facts| facts.network.anonymizer = Some(riskgate_model::AnonymizerKind::Tor));
    let mut context = context(&history(), &facts);
    context.history.values.remove(&Feature::DeviceCookie);
    let mut config = RiskConfig::default();
    let familiarity = Familiarity::of(&facts, &context, &config.unfamiliar_features);
    assert!(familiarity.contribution(TermKind::Egress) > 1.5);
    let score = familiarity.score();
    config.unfamiliar_features.low = score - 0.1;
    config.unfamiliar_features.medium = score - 0.1;
    config.unfamiliar_features.high = score - 0.1;
    let found = evaluate(&facts, &context, &config).unwrap();
    assert_eq!(found.risk_level, RiskLevel::Medium);
    assert!(found.evidence.iter().any(|evidence| evidence.key == "list"));
}

#[test]
fn the_score_ranks_even_where_nothing_is_found() {
    let config = RiskConfig::default();
    let score = |facts: &SignInFacts| assess(facts, &context(&history(), facts), &config).score;
    let (usual, device) = (tomorrow(|_| {}), tomorrow(other_device));
    assert!(score(&usual) < score(&device));
    assert!(score(&device) < score(&everything_new()));
}

#[test]
fn every_group_can_be_switched_off() {
    let facts = everything_new();
    let context = context(&history(), &facts);
    let all = serde_json::to_value(RiskConfig::default()).unwrap();
    let names: Vec<_> = all["unfamiliarFeatures"]["weights"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(
        names.len(),
        Familiarity::of(&facts, &context, &RiskConfig::default().unfamiliar_features).terms.len()
    );
    for name in names {
        let mut changed = all.clone();
        changed["unfamiliarFeatures"]["weights"][&name] = serde_json::json!(0.0);
        let config: RiskConfig = serde_json::from_value(changed).unwrap();
        let terms = Familiarity::of(&facts, &context, &config.unfamiliar_features).terms;
        assert_eq!(terms.len(), 8, "{name}");
    }
}
