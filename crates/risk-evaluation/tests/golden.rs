//! The reference model gives the published scores: 1,536 of them, computed by the published code on made-up histories
//! (MIT, © 2022 Stephan Wiefling; the file holds data only), and the worked example.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::hash::{DefaultHasher, Hash, Hasher};

use riskgate_risk_evaluation::reference::{FeatureSet, Reference, Values};
use serde_json::Value;

const SETS: [(&str, FeatureSet); 4] = [
    ("ip_ua", FeatureSet::PUBLISHED),
    ("ip", FeatureSet { network: true, agent: false, round_trip: false }),
    ("ua", FeatureSet { network: false, agent: true, round_trip: false }),
    ("ip_ua_rtt", FeatureSet { network: true, agent: true, round_trip: true }),
];

fn digest(value: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.to_string().hash(&mut hasher);
    hasher.finish()
}

/// `userid, ip, country, asn, user_agent, browser, os, device_type, rtt_bucket, login_ok`.
fn read(row: &Value) -> (u64, Values) {
    let at = |column: usize| digest(&row[column]);
    let values =
        Values { network: [at(1), at(3), at(2)], agent: [at(4), at(5), at(6), at(7)], round_trip: at(8) };
    assert_eq!(row[9], true, "only successful sign-ins are in a history");
    (row[0].as_u64().unwrap(), values)
}

/// Compares the scores of an attempt with the published ones and says how many there were.
fn compare(model: &Reference, attempt: &Value, name: &str) -> usize {
    let (user, values) = read(&attempt["event"]);
    for (set, features) in SETS {
        let expected = attempt["scores"][set].as_f64().unwrap();
        let score = model.score(user, &values, features).unwrap();
        let tolerance = 1e-9 * expected.abs().max(1.0);
        assert!((score - expected).abs() <= tolerance, "{name} {set}: {score} is not {expected}");
    }
    SETS.len()
}

fn learn(rows: &Value) -> Reference {
    let mut model = Reference::default();
    for row in rows.as_array().unwrap() {
        let (user, values) = read(row);
        model.learn(user, &values);
    }
    model
}

#[test]
fn every_published_score_is_reproduced() {
    let golden: Value = serde_json::from_str(include_str!("data/rba-golden.json")).unwrap();
    let mut compared = 0;
    for case in golden["cases"].as_array().unwrap() {
        let model = learn(&case["history"]);
        for attempt in case["attempts"].as_array().unwrap() {
            compared += compare(&model, attempt, &format!("case {} {}", case["id"], attempt["kind"]));
        }
    }
    assert_eq!(compared, 1_536);
}

#[test]
fn the_worked_example_is_reproduced() {
    let golden: Value = serde_json::from_str(include_str!("data/rba-golden.json")).unwrap();
    let model = learn(&golden["worked_example"]["rows"]);
    for (name, attempt) in golden["worked_example"]["attempts"].as_object().unwrap() {
        compare(&model, attempt, name);
    }
}

#[test]
fn nothing_is_said_of_a_user_without_history() {
    let values = Values { network: [1; 3], agent: [2; 4], round_trip: 3 };
    assert_eq!(Reference::default().score(1, &values, FeatureSet::PUBLISHED), None);
}
