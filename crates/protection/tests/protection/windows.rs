//! What first factors are counted, and under what.

use std::sync::Arc;
use std::time::Duration;

use riskgate_keystore::MasterKey;
use riskgate_model::User;
use riskgate_protection::{Attempt, FailedSignIn, Judgement, Protection, SignInKind};
use riskgate_risk::{ActivityFacts, RiskContext};
use riskgate_store::records::{DayKey, FailedFirstFactor, SignInRecord};

use crate::support::{HOME, World};

/// Somebody types a wrong password for a user, or for a name that does not exist.
pub(crate) async fn fail(it: &World, address: &str, user: &User, is_known: bool, password: &str) {
    let attempt = Attempt {
        user: user.clone(),
        password_tag: Some(it.protection.password_tag(password).await.unwrap()),
        ..it.attempt(SignInKind::Interactive, address)
    };
    it.protection.count_failure(&attempt, is_known).await.unwrap();
    if is_known {
        let failed = FailedSignIn { attempt: &attempt, error_code: 50_126 };
        it.protection.record_failure(&failed).await.unwrap();
    }
}

pub(crate) fn nobody(name: &str) -> User {
    User { id: format!("name:{name}"), ..User::default() }
}

async fn activity_of(it: &World, judged: &Judgement) -> ActivityFacts {
    let context = it.record(&judged.sign_in_id).await.evidence.risk_context;
    serde_json::from_value::<RiskContext>(context).unwrap().activity
}

pub(crate) async fn every_first_factor_is_counted_once(it: World) {
    it.protection.follow_sign_ins().await.unwrap();
    fail(&it, HOME, &it.alice, true, "one").await;
    fail(&it, HOME, &nobody("zoe"), false, "two").await;
    fail(&it, HOME, &nobody("yan"), false, "two").await;
    it.protection.follow_sign_ins().await.unwrap();
    let judged = it.sign_in(HOME).await;
    it.protection.follow_sign_ins().await.unwrap();
    let counted = activity_of(&it, &judged).await.address.ten_minutes;
    assert_eq!((counted.failures, counted.successes), (3, 1));
    assert_eq!((counted.failed_users, counted.unknown_users), (3, 2));
    let later = it.protection.judge(&it.attempt(SignInKind::SessionReuse, HOME)).await.unwrap();
    assert_eq!(activity_of(&it, &later).await.address.ten_minutes, counted, "a session is no first factor");
}

pub(crate) async fn one_password_at_many_addresses_is_noticed(it: World) {
    for n in 1..=5 {
        fail(&it, &format!("198.51.100.{n}"), &nobody(&format!("user{n}")), false, "Spring2026!").await;
    }
    let tag = Some(it.protection.password_tag("Spring2026!").await.unwrap());
    let attempt = Attempt { password_tag: tag, ..it.attempt(SignInKind::Interactive, HOME) };
    let judged = it.protection.judge(&attempt).await.unwrap();
    let counted = activity_of(&it, &judged).await;
    assert_eq!((counted.password.hour.failed_users, counted.address.hour.failed_users), (5, 0));
    let other = it.sign_in(HOME).await;
    assert_eq!(activity_of(&it, &other).await.password.hour.failed_users, 0);
}

pub(crate) async fn other_nodes_count_from_the_log_and_so_does_one_that_starts(it: World) {
    let node = it.other_node();
    node.follow_sign_ins().await.unwrap();
    for _ in 0..3 {
        fail(&it, HOME, &it.alice, true, "one").await;
    }
    it.sign_in(HOME).await;
    let started = it.node_on(it.store.clone());
    for node in [node, started] {
        node.follow_sign_ins().await.unwrap();
        node.follow_sign_ins().await.unwrap();
        let attempt = it.attempt(SignInKind::SessionReuse, HOME);
        let counted = activity_of(&it, &node.judge(&attempt).await.unwrap()).await.address.day;
        assert_eq!((counted.failures, counted.successes, counted.failed_users), (3, 1, 1));
    }
}

pub(crate) async fn a_node_that_starts_knows_passwords_and_names_that_do_not_exist(it: World) {
    let key = Arc::new(MasterKey::ephemeral(it.rng.clone()));
    let before = it.other_node().with_seal(key.clone());
    let attempt = async |node: &Protection, address: &str, user: User| Attempt {
        user,
        password_tag: Some(node.password_tag("Spring2026!").await.unwrap()),
        ..it.attempt(SignInKind::Interactive, address)
    };
    for n in 1..=5 {
        let address = format!("198.51.100.{n}");
        let failed = attempt(&before, &address, nobody(&format!("user{n}"))).await;
        before.count_failure(&failed, false).await.unwrap();
    }
    let failed = attempt(&before, HOME, it.alice.clone()).await;
    before.count_failure(&failed, true).await.unwrap();
    before.record_failure(&FailedSignIn { attempt: &failed, error_code: 50_126 }).await.unwrap();
    drop(before);
    let started = it.other_node().with_seal(key);
    started.follow_sign_ins().await.unwrap();
    let right = attempt(&started, HOME, it.alice.clone()).await;
    let counted = activity_of(&it, &started.judge(&right).await.unwrap()).await;
    let password = counted.password.hour;
    assert_eq!((password.failures, password.failed_users, password.unknown_users), (6, 6, 5), "once each");
    assert_eq!((counted.address.hour.failures, counted.address.hour.failed_users), (1, 1));
    it.clock.advance(Duration::from_secs(24 * 60 * 60));
    let tomorrow = attempt(&started, HOME, it.alice.clone()).await;
    assert_ne!(tomorrow.password_tag, right.password_tag, "another key");
}

pub(crate) async fn a_key_of_another_master_key_is_done_without(it: World) {
    let node = |_| it.other_node().with_seal(Arc::new(MasterKey::ephemeral(it.rng.clone())));
    let tags = [node(1).password_tag("one").await.unwrap(), node(2).password_tag("one").await.unwrap()];
    assert_ne!(tags[0], tags[1]);
}

pub(crate) async fn passwords_and_names_that_were_typed_are_not_kept(it: World) {
    let node = it.other_node().with_seal(Arc::new(MasterKey::ephemeral(it.rng.clone())));
    let tag = node.password_tag("Spring2026!").await.unwrap();
    assert!(tag < 1 << 24);
    let typed = Attempt {
        user: nobody("hunter2"),
        password_tag: Some(tag),
        ..it.attempt(SignInKind::Interactive, HOME)
    };
    node.count_failure(&typed, false).await.unwrap();
    let right = Attempt { password_tag: Some(tag), ..it.attempt(SignInKind::Interactive, HOME) };
    node.judge(&right).await.unwrap();
    let log = serde_json::to_string(&it.all::<SignInRecord>().await).unwrap();
    assert!(!log.contains("Spring2026!") && !log.contains(&tag.to_string()), "nothing of right passwords");
    let failures = serde_json::to_string(&it.all::<FailedFirstFactor>().await).unwrap();
    assert!(failures.contains(&tag.to_string()) && !failures.contains("hunter2") && !failures.contains("Spring"));
    let keys = serde_json::to_string(&it.all::<DayKey>().await).unwrap();
    assert!(keys.contains("sealedKey"));
}
