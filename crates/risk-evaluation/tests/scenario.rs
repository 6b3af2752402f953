//! A seed gives the same organisation everywhere, and what happens in it is what the report says.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};

use riskgate_risk_evaluation::{Attacker, Event, Label, Outcome, Scenario};

fn small() -> Scenario {
    Scenario::new(11, 300, 240, 2)
}

fn honest(scenario: &Scenario) -> impl Iterator<Item = &Event> {
    scenario.events.iter().filter(|event| event.label == Label::Honest)
}

#[test]
fn a_seed_gives_the_same_events_on_every_machine() {
    assert_eq!(
        Scenario::new(1, 50, 60, 2).digest(),
        "c660a3a71f37e355aeea288c2712acfd73842e2248a30d6f967f0acf6c9b17fc"
    );
    assert_ne!(Scenario::new(1, 50, 60, 2).digest(), Scenario::new(2, 50, 60, 2).digest());
}

#[test]
fn events_are_in_order_and_labelled() {
    let scenario = small();
    assert!(scenario.events.is_sorted_by_key(|event| event.at));
    let mut kinds: BTreeMap<Label, usize> = BTreeMap::new();
    for event in &scenario.events {
        *kinds.entry(event.label).or_default() += 1;
    }
    assert_eq!(kinds.len(), 12, "{kinds:?}");
    let probes: BTreeSet<usize> = Attacker::PROBES.iter().map(|kind| kinds[&Label::Attack(*kind)]).collect();
    assert_eq!(probes.len(), 1, "every kind of attacker comes as often as the others");
}

#[test]
fn people_fail_as_often_as_people_do() {
    let scenario = small();
    let failed = honest(&scenario).filter(|event| event.outcome != Outcome::Success).count();
    let share = failed as f64 / honest(&scenario).count() as f64;
    assert!((0.07..0.2).contains(&share), "{share}");
}

#[test]
fn nobody_is_seen_on_the_way_of_a_journey() {
    let scenario = small();
    let mut journeys = 0;
    for event in honest(&scenario).filter(|event| event.outcome == Outcome::Success) {
        for trip in &scenario.people[event.user as usize].trips {
            journeys += 1;
            assert!(!(trip.leaves..trip.arrives).contains(&event.at));
            assert!(!(trip.returns..trip.is_back).contains(&event.at));
        }
    }
    assert!(journeys > 0);
}

#[test]
fn devices_move_forward_and_keep_their_cookies() {
    let scenario = small();
    let mut last: BTreeMap<(u32, u32), u16> = BTreeMap::new();
    let mut with_cookie = 0;
    for event in honest(&scenario).filter(|event| event.device_cookie != 0) {
        with_cookie += 1;
        let before = last.insert((event.user, event.device_cookie), event.release).unwrap_or(0);
        assert!(event.release >= before, "a release is never taken back");
    }
    let share = f64::from(with_cookie) / honest(&scenario).count() as f64;
    assert!((0.75..0.97).contains(&share), "{share}");
}

#[test]
fn every_attacker_comes_from_where_he_says() {
    let scenario = small();
    let of = |kind| scenario.events.iter().filter(move |event| event.label == Label::Attack(kind));
    let home = scenario.plan.country;
    let country = |event: &Event| scenario.world.networks[usize::from(event.network)].country;
    assert!(of(Attacker::Naive).all(|event| country(event) != home));
    assert!(of(Attacker::Vpn).all(|event| country(event) == home));
    for event in of(Attacker::VeryTargeted) {
        let victim = &scenario.people[event.user as usize];
        let network = if victim.is_mobile_only { victim.mobile_network } else { victim.home_network };
        assert_eq!(usize::from(event.network), network);
        assert_eq!(event.device_cookie, 0);
    }
    let addresses: BTreeSet<_> =
        of(Attacker::SpraySingle).map(|event| (event.campaign, event.address)).collect();
    let campaigns: BTreeSet<_> = of(Attacker::SpraySingle).map(|event| event.campaign).collect();
    assert_eq!(addresses.len(), campaigns.len(), "one address each");
    for campaign in campaigns {
        let hits =
            of(Attacker::SpraySingle).filter(|e| e.campaign == campaign && e.outcome == Outcome::Success);
        assert!(hits.count() >= 1, "somebody has chosen the password");
    }
}

#[test]
fn what_the_product_would_know_is_complete() {
    let scenario = small();
    for event in scenario.events.iter().take(2_000) {
        let facts = scenario.facts(event);
        let place = facts.network.location.unwrap().geo_coordinates.unwrap();
        assert!(place.latitude.unwrap().abs() <= 90.0 && place.longitude.unwrap().abs() <= 180.0);
        assert!(facts.network.autonomous_system_number.is_some() && facts.client.user_agent.is_some());
    }
}
