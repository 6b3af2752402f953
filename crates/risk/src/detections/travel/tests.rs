use riskgate_model::{AnonymizerKind, AuthenticationMethodKind};

use super::*;
use crate::detections::samples::{moved, visited};
use crate::{PopulationFacts, RiskConfig, Seen, Spread, assess};

const SYDNEY: (&str, f64, f64) = ("AU", -33.87, 151.21);

fn oslo() -> Visit {
    visited("NO", 59.91, 10.75)
}

fn types(facts: &SignInFacts, context: &RiskContext) -> Vec<String> {
    let found = assess(facts, context, &RiskConfig::default()).findings;
    let types = found.into_iter().map(|finding| finding.risk_event_type);
    types.filter(|name| name.to_lowercase().contains("travel")).collect()
}

#[test]
fn a_journey_raises_one_of_the_two() {
    for (to, expected) in [(SYDNEY, "mcasImpossibleTravel"), (("NO", 69.65, 18.96), "unlikelyTravel")] {
        let (facts, context) = moved(&oslo(), 60, to);
        assert_eq!(types(&facts, &context), [expected]);
    }
}

#[test]
fn what_else_explains_it_is_no_journey() {
    type Change = fn(&mut SignInFacts, &mut RiskContext);
    let changes: [(&str, Change); 9] = [
        ("a virtual private network", |facts, _| facts.network.anonymizer = Some(AnonymizerKind::Vpn)),
        ("an egress before", |_, context| context.history.visits[0].is_egress = true),
        ("a place nobody is sure of", |facts, _| facts.network.accuracy_radius = Some(100)),
        ("a place nobody was sure of", |_, context| context.history.visits[0].accuracy_radius = Some(100)),
        ("the same browser", |facts, context| {
            facts.client.device_cookie_id = Some("one".to_owned());
            context.history.visits[0].device_cookie_id = Some("one".to_owned());
        }),
        ("a place of his own", |_, context| {
            context.history.values.insert(Feature::Place, Seen { days: 3, ..Seen::default() });
        }),
        ("a network of his own", |_, context| {
            context.history.values.insert(Feature::Prefix, Seen { days: 1, ..Seen::default() });
        }),
        ("an address many share", |_, context| {
            let spread = Spread { users: 5, ..Spread::default() };
            context.population =
                PopulationFacts { values: [(Feature::Address, spread)].into(), ..Default::default() };
        }),
        ("no coordinates", |facts, _| {
            facts.network.location.as_mut().unwrap().geo_coordinates = None;
        }),
    ];
    for (name, change) in changes {
        let (mut facts, mut context) = moved(&oslo(), 60, SYDNEY);
        change(&mut facts, &mut context);
        assert!(types(&facts, &context).is_empty(), "{name}");
    }
}

#[test]
fn a_sign_in_that_comes_late_is_compared_too() {
    let (mut facts, mut context) = moved(&oslo(), 0, SYDNEY);
    context.history.visits[0].at = facts.at + Duration::from_secs(1_800);
    assert_eq!(types(&facts, &context), ["mcasImpossibleTravel"]);
    facts.at = context.history.visits[0].at + Duration::from_secs(25 * 3_600);
    assert!(types(&facts, &context).is_empty(), "a day is long enough");
}

#[test]
fn a_second_factor_or_a_known_browser_makes_it_less() {
    let (mut facts, mut context) = moved(&oslo(), 60, SYDNEY);
    let level = |facts: &SignInFacts, context: &RiskContext| {
        assess(facts, context, &RiskConfig::default()).sign_in_level
    };
    assert_eq!(level(&facts, &context), RiskLevel::High);
    facts.authentication.pass(AuthenticationMethodKind::SoftwareOath, facts.at);
    assert_eq!(level(&facts, &context), RiskLevel::Medium);
    facts.authentication.methods.clear();
    let known = || Seen { days: 4, ..Seen::default() };
    context.history.values.extend([(Feature::Browser, known()), (Feature::OperatingSystem, known())]);
    assert_eq!(level(&facts, &context), RiskLevel::Medium);
}

#[test]
fn evidence_says_from_where_how_far_and_how_fast() {
    let (facts, context) = moved(&oslo(), 60, SYDNEY);
    let found = assess(&facts, &context, &RiskConfig::default()).findings;
    let finding = found.iter().find(|finding| finding.risk_event_type == "mcasImpossibleTravel").unwrap();
    let told: Vec<_> = finding.evidence.iter().map(|evidence| evidence.key.as_str()).collect();
    assert_eq!(told, ["from", "distance", "speed"]);
    assert!(finding.evidence[0].value.starts_with("NO, 192.0.2.1, at 1970-01-01"));
    assert_eq!(finding.evidence[2].expected.as_deref(), Some("at most 900 km/h"));
}
