//! What first factors are counted, and under what.

use riskgate_model::User;
use riskgate_protection::{Attempt, FailedSignIn, Judgement, SignInKind};
use riskgate_risk::{ActivityFacts, RiskContext};
use riskgate_store::records::SignInRecord;

use crate::support::{HOME, World};

/// Somebody types a wrong password for a user, or for a name that does not exist.
pub(crate) async fn fail(it: &World, address: &str, user: &User, is_known: bool, password: &str) {
    let attempt = Attempt {
        user: user.clone(),
        password_tag: Some(it.protection.password_tag(password)),
        ..it.attempt(SignInKind::Interactive, address)
    };
    it.protection.count_failure(&attempt, is_known);
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
    let tag = Some(it.protection.password_tag("Spring2026!"));
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

pub(crate) async fn passwords_and_their_tags_are_not_kept(it: World) {
    let tag = it.protection.password_tag("Spring2026!");
    fail(&it, HOME, &it.alice, true, "Spring2026!").await;
    let attempt = Attempt { password_tag: Some(tag), ..it.attempt(SignInKind::Interactive, HOME) };
    it.protection.judge(&attempt).await.unwrap();
    let all = serde_json::to_string(&it.all::<SignInRecord>().await).unwrap();
    assert!(!all.contains("Spring2026!") && !all.contains(&tag.to_string()));
}
