use std::time::Duration;

use riskgate_core::Timestamp;

use super::*;
use crate::detections::samples::facts_from;

const DAY: u64 = 86_400;

fn sign_in(address: &str, day: u64) -> SignInFacts {
    let mut facts = facts_from(address);
    facts.at = Timestamp::from_seconds(0) + Duration::from_secs(day * DAY);
    facts
}

fn about(history: &UserHistory, facts: &SignInFacts) -> HistoryFacts {
    history.facts_for(&Features::of(facts), facts.at)
}

#[test]
fn what_is_long_ago_counts_less() {
    let mut history = UserHistory::default();
    history.learn(&sign_in("192.0.2.1", 0));
    let facts = about(&history, &sign_in("192.0.2.1", 60));
    assert_eq!(facts.values[&Feature::Address].weight, 0.5);
    assert_eq!(facts.weight, 0.5);
    assert_eq!(facts.sign_ins, 1);
}

#[test]
fn days_are_counted_once() {
    let mut history = UserHistory::default();
    for day in [0, 0, 1, 1, 5] {
        history.learn(&sign_in("192.0.2.1", day));
    }
    let seen = &about(&history, &sign_in("192.0.2.1", 5)).values[&Feature::Address];
    assert_eq!((seen.days, seen.distinct), (3, 1));
    assert_eq!(seen.first_at, Some(Timestamp::from_seconds(0)));
}

#[test]
fn a_million_sign_ins_stay_small() {
    let mut history = UserHistory::default();
    for n in 0..100_000_u32 {
        let [_, a, b, c] = n.to_be_bytes();
        history.learn(&sign_in(&format!("10.{a}.{b}.{c}"), u64::from(n) / 100));
    }
    assert!(history.values.values().all(|known| known.len() <= MAX_VALUES));
    assert!(serde_json::to_string(&history).unwrap().len() < 16_000);
}

#[test]
fn the_least_used_value_makes_room() {
    let mut history = UserHistory::default();
    for day in 0..10 {
        history.learn(&sign_in("192.0.2.1", day));
    }
    for n in 0..100 {
        history.learn(&sign_in(&format!("198.51.100.{n}"), 10));
    }
    let facts = about(&history, &sign_in("192.0.2.1", 10));
    assert!(facts.values[&Feature::Address].weight > 8.0);
}

#[test]
fn time_that_goes_back_is_learned_as_now() {
    let mut history = UserHistory::default();
    history.learn(&sign_in("192.0.2.1", 10));
    history.learn(&sign_in("192.0.2.2", 3));
    assert_eq!(history.last_sign_in_at, Some(sign_in("", 10).at));
    assert_eq!(about(&history, &sign_in("192.0.2.2", 10)).values[&Feature::Address].weight, 1.0);
}

#[test]
fn it_reads_back_to_the_bit() {
    let mut history = UserHistory::default();
    for day in [0, 7, 31] {
        history.learn(&sign_in("192.0.2.1", day));
    }
    let text = serde_json::to_string(&history).unwrap();
    assert_eq!(serde_json::from_str::<UserHistory>(&text).unwrap(), history);
}

#[test]
fn what_was_not_the_user_is_taken_back() {
    let mut history = UserHistory::default();
    for day in 0..5 {
        history.learn(&sign_in("192.0.2.1", day));
    }
    let before = history.clone();
    let attack = sign_in("198.51.100.9", 5);
    history.learn(&attack);
    history.unlearn(&attack);
    for (address, day) in [("192.0.2.1", 6), ("198.51.100.9", 6)] {
        let attempt = sign_in(address, day);
        let (before, after) = (about(&before, &attempt), about(&history, &attempt));
        assert_eq!(before.sign_ins, after.sign_ins);
        assert_eq!(before.visits, after.visits);
        assert!((before.weight - after.weight).abs() < 1e-9);
        let news = |facts: &HistoryFacts| facts.values[&Feature::Address].new_values;
        assert!((news(&before) - news(&after)).abs() < 1e-9, "{address}");
        let weights = |facts: &HistoryFacts| facts.values[&Feature::Address].weight;
        assert!((weights(&before) - weights(&after)).abs() < 1e-9, "{address}");
        assert_eq!(before.values[&Feature::Address].distinct, after.values[&Feature::Address].distinct);
    }
    history.unlearn(&attack);
    assert_eq!(about(&history, &attack).values[&Feature::Address].weight, 0.0);
}

#[test]
fn what_is_learned_late_was_visited_when_it_was() {
    let place = |address: &str, day| {
        let mut facts = sign_in(address, day);
        let point = riskgate_model::GeoCoordinates {
            latitude: Some(1.0),
            longitude: Some(1.0),
            ..Default::default()
        };
        facts.network.location =
            Some(riskgate_model::SignInLocation { geo_coordinates: Some(point), ..Default::default() });
        facts
    };
    let mut history = UserHistory::default();
    for (address, day) in [("192.0.2.1", 1), ("192.0.2.3", 3), ("192.0.2.2", 2)] {
        history.learn(&place(address, day));
    }
    let addresses: Vec<_> = history.visits.iter().map(|visit| visit.address.as_str()).collect();
    assert_eq!(addresses, ["192.0.2.3", "192.0.2.2", "192.0.2.1"]);
    assert_eq!(history.visits[1].at, place("192.0.2.2", 2).at);
}

#[test]
fn how_often_something_is_new_is_known_by_where() {
    let mut history = UserHistory::default();
    let at_home = |host: u64, day| {
        let mut facts = sign_in(&format!("192.0.2.{host}"), day);
        facts.network.autonomous_system_number = Some(64500);
        facts
    };
    for (host, day) in [(1, 0), (1, 0), (2, 0), (1, 0), (3, 0)] {
        history.learn(&at_home(host, day));
    }
    let seen = about(&history, &at_home(9, 0)).values;
    assert_eq!(seen[&Feature::Address].new_values, 2.0, "the first of all does not count");
    assert_eq!(seen[&Feature::NetworkOwner].new_within, 3.0);
    assert_eq!(seen[&Feature::Address].usual, ["192.0.2.1", "192.0.2.2", "192.0.2.3"]);
    assert_eq!(about(&history, &at_home(9, 60)).values[&Feature::NetworkOwner].new_within, 1.5);
}

#[test]
fn a_device_that_does_not_show_its_cookie_is_at_a_new_spot() {
    let mut history = UserHistory::default();
    for cookie in [None, Some("a"), Some("a"), None] {
        let mut facts = sign_in("192.0.2.1", 0);
        facts.client.browser = Some("Firefox 140".to_owned());
        facts.client.device_cookie_id = cookie.map(str::to_owned);
        history.learn(&facts);
    }
    let mut facts = sign_in("192.0.2.1", 0);
    facts.client.browser = Some("Firefox 133".to_owned());
    let known = about(&history, &facts);
    assert_eq!(known.values[&Feature::Device].new_within, 1.0, "a new device has none, a new cookie is one");
    assert_eq!(known.device_cookies, 1);
    assert_eq!(known.newest_version, Some(140));
}
