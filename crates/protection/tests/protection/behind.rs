//! Attacks that show after somebody got in.

use std::time::Duration;

use riskgate_model::{RiskDetection, RiskDetectionTimingType, RiskLevel};
use riskgate_protection::{Attempt, Protection, SignInKind};

use crate::support::{HOME, World};
use crate::windows::{fail, nobody};

const ATTACKER: &str = "198.51.100.77";

async fn spray(it: &World, address: &str, names: u32) {
    for n in 0..names {
        it.clock.advance(Duration::from_secs(1));
        fail(it, address, &nobody(&format!("user{n}")), false, &format!("password {n}")).await;
    }
}

/// What was found of a sign-in, and when.
async fn found(it: &World, sign_in_id: &str) -> Vec<(String, RiskDetectionTimingType)> {
    let detections = it.all::<RiskDetection>().await.into_iter();
    let own = detections.filter(|detection| detection.request_id.as_deref() == Some(sign_in_id));
    own.map(|d| (d.risk_event_type.unwrap(), d.detection_timing_type.unwrap()))
        .filter(|(kind, _)| kind == "passwordSpray")
        .collect()
}

fn spray_found(timing: RiskDetectionTimingType) -> Vec<(String, RiskDetectionTimingType)> {
    vec![("passwordSpray".to_owned(), timing)]
}

pub(crate) async fn a_sign_in_before_the_spray_showed_is_raised_once(it: World) {
    it.protection.follow_sign_ins().await.unwrap();
    let early = it.sign_in(ATTACKER).await;
    spray(&it, ATTACKER, 20).await;
    assert!(found(&it, &early.sign_in_id).await.is_empty());
    for _ in 0..3 {
        it.protection.follow_sign_ins().await.unwrap();
        assert_eq!(found(&it, &early.sign_in_id).await, spray_found(RiskDetectionTimingType::NearRealtime));
    }
    assert_eq!(it.risk().await.0, RiskLevel::High);
    assert!(!it.record(&early.sign_in_id).await.evidence.is_learned, "it teaches nothing anymore");
    let late = it.sign_in(ATTACKER).await;
    assert_eq!(found(&it, &late.sign_in_id).await, spray_found(RiskDetectionTimingType::Realtime));
}

pub(crate) async fn one_password_at_many_addresses_raises_who_had_it(it: World) {
    it.protection.follow_sign_ins().await.unwrap();
    let tag = Some(it.protection.password_tag("Spring2026!").await.unwrap());
    let attempt = Attempt { password_tag: tag, ..it.attempt(SignInKind::Interactive, ATTACKER) };
    let early = it.protection.judge(&attempt).await.unwrap();
    for n in 0..8 {
        fail(&it, &format!("192.0.{n}.1"), &nobody(&format!("user{n}")), false, "Spring2026!").await;
    }
    it.protection.follow_sign_ins().await.unwrap();
    assert_eq!(found(&it, &early.sign_in_id).await, spray_found(RiskDetectionTimingType::NearRealtime));
}

pub(crate) async fn whoever_was_looked_at_too_early_is_looked_at_again_without_another_failure(it: World) {
    it.protection.follow_sign_ins().await.unwrap();
    let early = it.sign_in(ATTACKER).await;
    let fail_at = async |n: u32| {
        fail(&it, ATTACKER, &nobody(&format!("user{n}")), false, "Spring2026!").await;
    };
    // The password is attacked before the address shows that it is.
    for n in 0..6 {
        fail_at(n).await;
    }
    it.protection.follow_sign_ins().await.unwrap();
    for n in 6..20 {
        fail_at(n).await;
    }
    it.protection.follow_sign_ins().await.unwrap();
    assert!(found(&it, &early.sign_in_id).await.is_empty(), "too soon");
    it.clock.advance(Duration::from_secs(1));
    it.protection.follow_sign_ins().await.unwrap();
    assert_eq!(found(&it, &early.sign_in_id).await, spray_found(RiskDetectionTimingType::NearRealtime));
}

pub(crate) async fn who_mistypes_or_is_elsewhere_is_not_raised(it: World) {
    it.protection.follow_sign_ins().await.unwrap();
    let elsewhere = it.sign_in(HOME).await;
    let early = it.sign_in(ATTACKER).await;
    for _ in 0..9 {
        fail(&it, ATTACKER, &it.alice, true, "typo").await;
    }
    it.protection.follow_sign_ins().await.unwrap();
    assert!(found(&it, &early.sign_in_id).await.is_empty());
    spray(&it, ATTACKER, 20).await;
    it.protection.follow_sign_ins().await.unwrap();
    assert!(found(&it, &elsewhere.sign_in_id).await.is_empty());
}

/// Twelve users of the directory fail at the attacker's address, so that it is in the log.
async fn spray_users(it: &World, node: &Protection) {
    for n in 0..12 {
        it.clock.advance(Duration::from_secs(1));
        let hash = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA".to_owned();
        let new = riskgate_directory::NewUser::new(&format!("user{n}@contoso.com"), "User", hash, false);
        let user = it.directory.create_user(&it.actor, &new).await.unwrap();
        let attempt = Attempt { user, ..it.attempt(SignInKind::Interactive, ATTACKER) };
        node.count_failure(&attempt, true).await.unwrap();
        let failed = riskgate_protection::FailedSignIn { attempt: &attempt, error_code: 50_126 };
        node.record_failure(&failed).await.unwrap();
    }
}

pub(crate) async fn what_another_node_saw_is_raised_by_any(it: World) {
    let (here, there) = (it.other_node(), it.other_node());
    let early = there.judge(&it.attempt(SignInKind::Interactive, ATTACKER)).await.unwrap();
    here.follow_sign_ins().await.unwrap();
    spray_users(&it, &there).await;
    here.follow_sign_ins().await.unwrap();
    assert_eq!(found(&it, &early.sign_in_id).await, spray_found(RiskDetectionTimingType::NearRealtime));
    there.follow_sign_ins().await.unwrap();
    assert_eq!(found(&it, &early.sign_in_id).await.len(), 1);
}

pub(crate) async fn what_a_killed_node_did_not_get_to_is_raised_at_the_next_start(it: World) {
    let killed = it.other_node();
    let early = killed.judge(&it.attempt(SignInKind::Interactive, ATTACKER)).await.unwrap();
    spray_users(&it, &killed).await;
    drop(killed);
    it.clock.advance(Duration::from_secs(3 * 60 * 60));
    it.other_node().follow_sign_ins().await.unwrap();
    assert_eq!(found(&it, &early.sign_in_id).await, spray_found(RiskDetectionTimingType::Offline));
}
