use std::time::Duration;

use super::*;
use crate::detections::samples::facts_from;

fn history(address: &str, days: &[u64]) -> UserHistory {
    let mut history = UserHistory::default();
    for day in days {
        let mut facts = facts_from(address);
        facts.at = Timestamp::from_seconds(1_700_000_000) + Duration::from_secs(day * 86_400);
        history.learn(&facts);
    }
    history
}

fn about(population: &Population, address: &str, day: u64) -> PopulationFacts {
    let at = Timestamp::from_seconds(1_700_000_000) + Duration::from_secs(day * 86_400);
    population.facts_for(&Features::of(&facts_from(address)), at)
}

#[test]
fn users_and_decayed_sign_ins_are_counted() {
    let mut population = Population::default();
    population.add(&history("192.0.2.1", &[0]));
    population.add(&history("192.0.2.1", &[60]));
    population.add(&history("198.51.100.1", &[60]));
    let facts = about(&population, "192.0.2.1", 60);
    let spread = &facts.values[&Feature::Address];
    assert_eq!((facts.users, spread.users, spread.distinct), (3, 2, 2));
    assert!((spread.weight - 1.5).abs() < 1e-9, "{spread:?}");
    assert!((facts.weight - 2.5).abs() < 1e-9, "{facts:?}");
}

#[test]
fn who_is_taken_out_leaves_nothing() {
    let (one, other) = (history("192.0.2.1", &[0, 3, 90]), history("198.51.100.1", &[40]));
    let mut population = Population::default();
    population.add(&one);
    population.add(&other);
    population.remove(&one);
    let facts = about(&population, "192.0.2.1", 90);
    assert_eq!(facts.values[&Feature::Address], Spread { distinct: 1, ..Spread::default() });
    population.remove(&other);
    assert_eq!(about(&population, "192.0.2.1", 90).weight, 0.0);
}

#[test]
fn following_a_history_gives_what_putting_it_in_anew_would() {
    let (mut followed, mut anew) = (Population::default(), Population::default());
    let mut histories = [UserHistory::default(), UserHistory::default()];
    for n in 0..200_u64 {
        let (user, host) = (usize::from(n % 3 == 0), n * 7 % 45);
        let mut facts = facts_from(&format!("192.0.2.{host}"));
        facts.at = Timestamp::from_seconds(1_700_000_000) + Duration::from_secs(n * 20_000);
        followed.learn(&histories[user].learn(&facts));
    }
    histories.iter().for_each(|history| anew.add(history));
    for host in 0..45 {
        let address = format!("192.0.2.{host}");
        let (left, right) = (about(&followed, &address, 50), about(&anew, &address, 50));
        assert!((left.weight - right.weight).abs() < 1e-9);
        for (feature, spread) in &right.values {
            let other = &left.values[feature];
            assert_eq!((other.users, other.distinct), (spread.users, spread.distinct), "{feature:?}");
            assert!((other.weight - spread.weight).abs() < 1e-9, "{feature:?} {other:?} {spread:?}");
        }
    }
}
