use std::time::Duration;

use proptest::prelude::*;
use riskgate_core::Timestamp;
use riskgate_model::{AnonymizerKind, GeoCoordinates, SignInLocation};

use super::*;
use crate::detections::samples::facts_from;
use crate::{Features, Population, Seen, Spread, UserHistory};

/// A sign-in with a few possible values of everything.
fn sign_in() -> impl Strategy<Value = SignInFacts> {
    let network = (0_u8..4, 0_u8..4, 0_u8..3, 0_u8..3, prop::option::of(0_u8..4));
    let program = (0_u8..3, 130_u8..140, 0_u8..3, prop::option::of(0_u8..3));
    (network, program, 0_u64..400, 0_u64..24).prop_map(|(network, program, day, hour)| {
        let (host, subnet, owner, country, egress) = network;
        let (browser, version, system, cookie) = program;
        let mut facts = facts_from(&format!("192.{country}.{subnet}.{host}"));
        facts.at = Timestamp::from_seconds(1_770_000_000) + Duration::from_secs(day * 86_400 + hour * 3_600);
        facts.client.browser =
            Some(format!("{} {version}", ["Firefox", "Chrome", "Safari"][usize::from(browser)]));
        facts.client.operating_system =
            Some(["Windows 10", "Linux", "iOS 18"][usize::from(system)].to_owned());
        facts.client.device_cookie_id = cookie.map(|number| format!("device-{number}"));
        facts.network.autonomous_system_number = Some(64500 + u32::from(owner));
        facts.network.anonymizer = egress.map(|kind| {
            use AnonymizerKind::{Hosting, PrivateRelay, Tor, Vpn};
            [Hosting, PrivateRelay, Vpn, Tor][usize::from(kind)]
        });
        facts.network.location = Some(SignInLocation {
            city: None,
            state: None,
            country_or_region: Some(["NO", "SE", "BR"][usize::from(country)].to_owned()),
            geo_coordinates: Some(GeoCoordinates {
                altitude: None,
                latitude: Some(f64::from(country * 20 + owner)),
                longitude: Some(f64::from(subnet)),
            }),
        });
        facts
    })
}

fn score(facts: &SignInFacts, context: &RiskContext) -> f64 {
    Familiarity::of(facts, context, &UnfamiliarFeaturesConfig::default()).score()
}

fn context(history: &UserHistory, population: &Population, facts: &SignInFacts) -> RiskContext {
    let features = Features::of(facts);
    RiskContext {
        history: history.facts_for(&features, facts.at),
        population: population.facts_for(&features, facts.at),
        ..RiskContext::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// What the user just did is not more suspicious when he does it again.
    #[test]
    fn more_familiar_never_raises(
        past in prop::collection::vec(sign_in(), 1..30), others in prop::collection::vec(sign_in(), 0..30), attempt in sign_in()
    ) {
        let (mut history, mut colleague) = (UserHistory::default(), UserHistory::default());
        past.iter().for_each(|facts| drop(history.learn(facts)));
        others.iter().for_each(|facts| drop(colleague.learn(facts)));
        let mut attempt = attempt;
        attempt.at = history.last_sign_in_at.unwrap().max(attempt.at);
        let mut population = Population::default();
        population.add(&colleague);
        let before = score(&attempt, &context(&history, &population, &attempt));
        history.learn(&attempt);
        let after = score(&attempt, &context(&history, &population, &attempt));
        prop_assert!(after <= before + 1e-9, "{before} then {after}");
    }

    /// A value the user never had that is rarer among all users is not less suspicious.
    #[test]
    fn a_rarer_unseen_value_never_lowers(
        past in prop::collection::vec(sign_in(), 1..30), attempt in sign_in(),
        common in 0.0_f64..1_000.0, share in 0.0_f64..1.0, users in 0_u64..20, fewer in 0_u64..20, which in 0_usize..15
    ) {
        let mut history = UserHistory::default();
        past.iter().for_each(|facts| drop(history.learn(facts)));
        let mut known = context(&history, &Population::default(), &attempt);
        known.population.weight = 2_000.0;
        known.population.users = 30;
        for (feature, seen) in &known.history.values {
            let weight = if seen.weight > 0.0 { 500.0 } else { 0.0 };
            known.population.values.insert(*feature, Spread { weight, users: 1, distinct: 3 });
        }
        let unseen: Vec<_> =
            known.history.values.iter().filter(|(_, seen)| seen.weight == 0.0).map(|(feature, _)| *feature).collect();
        prop_assume!(!unseen.is_empty());
        let feature = unseen[which % unseen.len()];
        let with = |weight: f64, users| {
            let mut known = known.clone();
            known.population.values.insert(feature, Spread { weight, users, distinct: 3 });
            score(&attempt, &known)
        };
        let (usual, rare) = (with(common, users.max(fewer)), with(common * share, users.min(fewer)));
        prop_assert!(rare >= usual - 1e-9, "{feature:?}: {usual} then {rare}");
    }

    /// Nonsense gives a number.
    #[test]
    fn any_context_gives_a_finite_score(
        attempt in sign_in(), numbers in prop::collection::vec(any::<f64>(), 60), users in any::<u64>()
    ) {
        let mut known = RiskContext::default();
        let mut numbers = numbers.into_iter().cycle();
        let mut next = || numbers.next().unwrap();
        known.history.weight = next();
        known.population.weight = next();
        known.population.users = users;
        for feature in Features::of(&attempt).0.into_keys() {
            let seen = Seen { weight: next(), new_values: next(), new_within: next(), ..Seen::default() };
            known.history.values.insert(feature, seen);
            known.population.values.insert(feature, Spread { weight: next(), users, distinct: users });
        }
        prop_assert!(score(&attempt, &known).is_finite());
    }
}

/// Found by the property above: a new device beside a device that has a cookie.
#[test]
fn a_device_without_cookie_is_not_more_suspicious_for_having_been_seen() {
    let mut history = UserHistory::default();
    let mut usual = facts_from("192.0.2.7");
    usual.client.browser = Some("Firefox 140".to_owned());
    usual.client.operating_system = Some("Linux".to_owned());
    usual.client.device_cookie_id = Some("device-1".to_owned());
    (0..4).for_each(|_| drop(history.learn(&usual)));
    let mut attempt = usual;
    attempt.client.browser = Some("Safari 18".to_owned());
    attempt.client.device_cookie_id = None;
    let scores: Vec<_> = (0..4)
        .map(|_| {
            let before = score(&attempt, &context(&history, &Population::default(), &attempt));
            history.learn(&attempt);
            before
        })
        .collect();
    assert!(scores.is_sorted_by(|earlier, later| earlier > later), "{scores:?}");
}
