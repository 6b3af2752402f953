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
