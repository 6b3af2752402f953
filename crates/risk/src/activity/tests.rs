use std::time::Duration;

use riskgate_model::SignInFacts;

use super::*;
use crate::detections::samples::facts_from;
use crate::{BrowserUse, Counts};

const START: Timestamp = Timestamp::from_seconds(1_800_000_000);

fn after(seconds: u64) -> Timestamp {
    START + Duration::from_secs(seconds)
}

fn network(address: &str) -> SignInFacts {
    let mut facts = facts_from(address);
    facts.network.autonomous_system_number = Some(64500);
    facts
}

/// Windows, and a count of what was recorded to name the attempts by.
struct World(Activity, u64);

impl World {
    fn new() -> Self {
        Self(Activity::new(100), 0)
    }

    fn record(&mut self, address: &str, user: &str, outcome: FirstFactor, at: Timestamp) {
        self.1 += 1;
        let id = self.1.to_string();
        let keys = ActivityKeys::of(&network(address), Some(7));
        self.0.record(&keys, &Attempt { id: &id, at, user, outcome });
    }

    fn facts(&self, address: &str, at: Timestamp) -> ActivityFacts {
        self.0.facts_for(&ActivityKeys::of(&network(address), Some(7)), at)
    }
}

#[test]
fn each_length_of_time_counts_its_own() {
    let mut world = World::new();
    for (seconds, user) in [(0, "a"), (80_000, "b"), (83_500, "c"), (86_000, "a")] {
        world.record("192.0.2.1", user, FirstFactor::Wrong, after(seconds));
    }
    world.record("192.0.2.1", "d", FirstFactor::Right, after(86_050));
    let windows = world.facts("192.0.2.1", after(86_100)).address;
    assert_eq!(windows.ten_minutes, Counts { failures: 1, successes: 1, failed_users: 1, unknown_users: 0 });
    assert_eq!((windows.hour.failures, windows.hour.failed_users), (2, 2));
    assert_eq!((windows.day.failures, windows.day.failed_users), (4, 3));
    assert_eq!(world.facts("192.0.2.1", after(300_000)), ActivityFacts::default());
}

#[test]
fn networks_and_passwords_add_up_what_addresses_split() {
    let mut world = World::new();
    for n in 0..40 {
        world.record(&format!("198.51.{n}.1"), &format!("user {n}"), FirstFactor::UnknownUser, after(n));
    }
    let facts = world.facts("198.51.3.1", after(40));
    let failed = |windows: crate::Windows| (windows.hour.failed_users, windows.hour.unknown_users);
    assert_eq!(failed(facts.address), (1, 1));
    assert_eq!(failed(facts.prefix), (1, 1));
    assert_eq!(failed(facts.network_owner_and_program), (40, 40));
    assert_eq!(failed(facts.password), (40, 40));
}

#[test]
fn the_same_attempt_twice_counts_once() {
    let mut world = World::new();
    let keys = ActivityKeys::of(&network("192.0.2.1"), None);
    let attempt = Attempt { id: "1", at: START, user: "a", outcome: FirstFactor::Wrong };
    world.0.record(&keys, &attempt);
    world.0.record(&keys, &attempt);
    assert_eq!(world.facts("192.0.2.1", START).address.day.failures, 1);
}

#[test]
fn late_attempts_count_where_they_belong() {
    let (mut in_order, mut late) = (World::new(), World::new());
    let times = [0_u64, 500, 3_000, 50_000, 86_000];
    for seconds in times {
        in_order.record("192.0.2.1", "a", FirstFactor::Wrong, after(seconds));
    }
    for seconds in times.iter().rev() {
        late.record("192.0.2.1", "a", FirstFactor::Wrong, after(*seconds));
    }
    assert_eq!(late.facts("192.0.2.1", after(86_100)), in_order.facts("192.0.2.1", after(86_100)));
    late.record("192.0.2.1", "b", FirstFactor::Wrong, START - Duration::from_secs(10));
    assert_eq!(late.facts("192.0.2.1", after(86_100)).address.day.failures, 5);
}

#[test]
fn one_address_with_a_million_users_stays_small_and_right() {
    let mut world = World::new();
    for n in 0..1_000_000_u64 {
        if n == 1_000 {
            let counted = world.facts("192.0.2.1", after(1)).address.hour;
            assert_eq!(counted.failures, 1_000);
            assert!((860..1_140).contains(&counted.failed_users), "{counted:?}");
            assert!((430..570).contains(&counted.unknown_users), "{counted:?}");
        }
        let outcome = if n % 2 == 0 { FirstFactor::Wrong } else { FirstFactor::UnknownUser };
        world.record("192.0.2.1", &n.to_string(), outcome, after(n / 1_000));
    }
    let counted = world.facts("192.0.2.1", after(1_000)).address.hour;
    assert_eq!(counted.failures, 1_000_000);
    assert!((3_000..=3_200).contains(&counted.failed_users), "{counted:?}");
}

#[test]
fn many_addresses_make_room_and_the_busy_one_stays() {
    let mut world = World::new();
    for n in 0..10_000_u32 {
        let [_, a, b, c] = n.to_be_bytes();
        world.record(&format!("10.{a}.{b}.{c}"), "a", FirstFactor::Wrong, START);
        if n % 50 == 0 {
            world.record("192.0.2.1", &n.to_string(), FirstFactor::Wrong, START);
        }
    }
    assert!(world.0.addresses.len() <= 200);
    assert_eq!(world.facts("192.0.2.1", START).address.day.failures, 200);
    world.record("192.0.2.2", "a", FirstFactor::Wrong, after(100_000));
    world.record("192.0.2.3", "a", FirstFactor::Wrong, after(200_000));
    assert!(world.0.addresses.len() <= 2, "what is older than a day goes");
}

#[test]
fn a_browser_is_known_by_who_used_it_and_where() {
    let mut activity = Activity::new(10);
    let keys = |country: &str| {
        let mut facts = network("192.0.2.1");
        facts.client.device_cookie_id = Some("cookie".to_owned());
        facts.network.location = Some(riskgate_model::SignInLocation {
            country_or_region: Some(country.to_owned()),
            ..Default::default()
        });
        ActivityKeys::of(&facts, None)
    };
    for (id, user, country) in [("1", "a", "NO"), ("2", "b", "NO"), ("3", "a", "SE"), ("4", "b", "NO")] {
        activity.record(&keys(country), &Attempt { id, at: START, user, outcome: FirstFactor::Right });
    }
    let wrong = Attempt { id: "5", at: START, user: "c", outcome: FirstFactor::Wrong };
    activity.record(&keys("DK"), &wrong);
    assert_eq!(activity.facts_for(&keys("NO"), START).browser, BrowserUse { users: 2, countries: 2 });
    assert_eq!(activity.facts_for(&keys("NO"), after(90_000)).browser, BrowserUse::default());
}
