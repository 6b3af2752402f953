//! A recording judged as it would have been.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_model::{AnonymizerKind, RiskLevel, SignInFacts};
use riskgate_replay::{RecordedSignIn, Replay};
use riskgate_risk::detections::samples::facts_from;
use riskgate_risk::{
    Activity, ActivityKeys, Attempt, Features, FirstFactor, Population, RiskConfig, RiskContext, UserHistory,
    assess,
};

fn recorded(n: u64, is_success: bool, facts: SignInFacts) -> RecordedSignIn {
    let first_factor = if is_success { FirstFactor::Right } else { FirstFactor::Wrong };
    RecordedSignIn { index: n.to_string(), first_factor, is_success, facts }
}

/// One sign-in an hour, of a few people from a few places.
fn recording(length: u64) -> Vec<RecordedSignIn> {
    let sign_in = |n: u64| {
        let (user, host) = (n % 7, (n * n) % 11);
        let mut facts = facts_from(&format!("192.0.2.{}", user * 10 + host / 9));
        facts.user.id = format!("user {user}");
        facts.at = Timestamp::from_seconds(1_700_000_000) + Duration::from_secs(n * 3_600);
        facts.client.browser = Some(format!("Firefox {}", 130 + n / 100));
        facts.network.anonymizer = (n % 50 == 49).then_some(AnonymizerKind::Tor);
        recorded(n, n % 5 != 4 || n % 50 == 49, facts)
    };
    (0..length).map(sign_in).collect()
}

#[test]
fn each_is_judged_by_those_before_it_alone() {
    let recording = recording(400);
    let (mut replay, mut shorter) = (Replay::new(RiskConfig::default()), Replay::new(RiskConfig::default()));
    let judged: Vec<_> = recording.iter().map(|sign_in| replay.judge(sign_in)).collect();
    let first: Vec<_> = recording.iter().take(200).map(|sign_in| shorter.judge(sign_in)).collect();
    assert_eq!(judged[..200], first[..]);
    assert_eq!(replay.users(), 7);
}

#[test]
fn it_judges_as_the_engine_with_whole_histories_does() {
    let config = RiskConfig::default();
    let mut replay = Replay::new(config.clone());
    let mut histories = std::collections::BTreeMap::<String, UserHistory>::new();
    let mut population = Population::default();
    let mut activity = Activity::new(4_096);
    for sign_in in recording(400) {
        let facts = &sign_in.facts;
        let features = Features::of(facts);
        let known = histories.get(&facts.user.id);
        let keys = ActivityKeys::of(facts, None);
        let outcome = sign_in.first_factor;
        activity.record(&keys, &Attempt { id: &sign_in.index, at: facts.at, user: &facts.user.id, outcome });
        let context = RiskContext {
            history: known.map(|known| known.facts_for(&features, facts.at)).unwrap_or_default(),
            population: population.facts_for(&features, facts.at),
            activity: activity.facts_for(&keys, facts.at),
            ..RiskContext::default()
        };
        let expected = assess(facts, &context, &config);
        let judged = replay.judge(&sign_in);
        assert_eq!(judged.score.to_bits(), expected.score.to_bits(), "{}", sign_in.index);
        if sign_in.is_success {
            assert_eq!(judged.level, expected.sign_in_level);
            let history = histories.entry(facts.user.id.clone()).or_default();
            population.learn(&history.learn(facts));
        }
    }
}

#[test]
fn a_wrong_password_raises_nothing_and_teaches_nothing() {
    let mut facts = facts_from("192.0.2.1");
    facts.network.anonymizer = Some(AnonymizerKind::Tor);
    let sign_in = |is_success| recorded(u64::from(is_success), is_success, facts.clone());
    let mut replay = Replay::new(RiskConfig::default());
    let failed = replay.judge(&sign_in(false));
    assert_eq!((failed.level, failed.detections.len(), replay.users()), (RiskLevel::None, 0, 0));
    let right = replay.judge(&sign_in(true));
    assert_eq!(right.level, RiskLevel::Medium);
    assert!(right.detections.contains(&"anonymizedIPAddress".to_owned()), "{right:?}");
    assert_eq!(replay.users(), 1);
}

#[test]
fn only_clean_sign_ins_teach_if_wanted() {
    let mut facts = facts_from("192.0.2.1");
    facts.network.anonymizer = Some(AnonymizerKind::Tor);
    let mut replay = Replay::new(RiskConfig::default()).learning_only_clean();
    replay.judge(&recorded(0, true, facts.clone()));
    assert_eq!(replay.users(), 0);
    facts.network.anonymizer = None;
    replay.judge(&recorded(1, true, facts));
    assert_eq!(replay.users(), 1);
}
