//! What is noticed about people besides their sign-ins.

use std::time::Duration;

use riskgate_directory::{Actor, NewUser, role};
use riskgate_model::*;
use riskgate_protection::SignInKind;
use riskgate_store::records::RiskDetectionRecord;

use crate::support::{HOME, TOR, World};

type Kept = RiskDetectionRecord<RiskDetection>;
const HOUR: Duration = Duration::from_secs(3_600);
const READER: &str = "5d6b6bb7-de71-4623-b4af-96380a352509";

/// Alice at an address.
fn alice(it: &World, address: &str) -> Actor {
    let name = it.alice.user_principal_name.as_deref().unwrap();
    Actor { ip_address: Some(address.to_owned()), ..Actor::user(&it.alice.id, name) }
}

/// Alice signs in at home for so many days.
async fn lives_at_home(it: &World, days: u32) {
    for _ in 0..days {
        it.protection.judge(&it.attempt(SignInKind::Interactive, HOME)).await.unwrap();
        it.clock.advance(24 * HOUR);
    }
}

async fn gives_role(it: &World, address: &str) {
    let reader = role(READER).unwrap().template_id;
    let made = it.directory.add_role_assignment(&alice(it, address), &it.admin_id, reader, "/").await.unwrap();
    it.directory.remove_role_assignment(&it.actor, &made.id).await.unwrap();
    it.clock.advance(Duration::from_secs(10));
    while it.protection.watch_activity().await.unwrap() {}
}

pub(crate) async fn the_first_role_given_away_elsewhere_raises_the_user(it: World) {
    lives_at_home(&it, 20).await;
    gives_role(&it, TOR).await;
    let [kept] = it.all::<Kept>().await.try_into().unwrap();
    let found = &kept.detection;
    assert_eq!(found.risk_event_type.as_deref(), Some("anomalousUserActivity"));
    assert_eq!((found.activity, found.ip_address.as_deref()), (Some(ActivityType::User), Some(TOR)));
    assert_eq!(found.detection_timing_type, Some(RiskDetectionTimingType::NearRealtime));
    assert_eq!(kept.evidence["evidence"][0]["value"], "Add member to role");
    assert!(found.additional_info.as_deref().unwrap().contains("firstTime: Add member to role"));
    let [risky] = it.all::<RiskyUser>().await.try_into().unwrap();
    assert_eq!((&risky.id, risky.risk_level), (&it.alice.id, Some(RiskLevel::Medium)));
    gives_role(&it, TOR).await;
    assert_eq!(it.all::<Kept>().await.len(), 1, "it is known now");
}

pub(crate) async fn power_used_at_home_and_ones_own_account_raise_nothing(it: World) {
    lives_at_home(&it, 20).await;
    gives_role(&it, HOME).await;
    let own = alice(&it, TOR);
    it.directory.set_password(&own, &it.alice.id, "$argon2id$", false).await.unwrap();
    it.clock.advance(Duration::from_secs(10));
    while it.protection.watch_activity().await.unwrap() {}
    assert!(it.all::<Kept>().await.is_empty());
}

pub(crate) async fn a_burst_is_found_by_two_nodes_once_and_late_when_nobody_ran(it: World) {
    let create = async |n: u32| {
        let name = format!("user{n}@contoso.com");
        let new = NewUser::new(&name, "User", "$argon2id$".to_owned(), false);
        it.directory.create_user(&alice(&it, HOME), &new).await.unwrap();
    };
    create(0).await;
    it.clock.advance(20 * 24 * HOUR);
    for n in 1..40 {
        create(n).await;
    }
    it.clock.advance(HOUR);
    let other = it.other_node();
    loop {
        let (one, two) = tokio::join!(it.protection.watch_activity(), other.watch_activity());
        if !(one.unwrap() || two.unwrap()) {
            break;
        }
    }
    let [kept] = it.all::<Kept>().await.try_into().unwrap();
    assert_eq!(kept.detection.detection_timing_type, Some(RiskDetectionTimingType::Offline));
    assert_eq!(kept.evidence["evidence"][0]["key"], "activitiesInAnHour");
}

fn reads(it: &World, objects: std::ops::Range<u32>) {
    let ids: Vec<_> = objects.map(|object| format!("object {object}")).collect();
    it.protection.count_reads(&it.alice.id, TOR.parse().unwrap(), ids.iter().map(String::as_str));
}

pub(crate) async fn whoever_reads_the_whole_directory_is_found_once_a_day(it: World) {
    reads(&it, 0..30);
    it.protection.watch_reads().await.unwrap();
    it.clock.advance(15 * 24 * HOUR);
    reads(&it, 0..150);
    it.protection.watch_reads().await.unwrap();
    assert!(it.all::<Kept>().await.is_empty(), "he reads 30, and few enough for anybody");
    it.clock.advance(HOUR);
    reads(&it, 0..2_000);
    it.protection.watch_reads().await.unwrap();
    let [kept] = it.all::<Kept>().await.try_into().unwrap();
    assert_eq!(kept.detection.risk_event_type.as_deref(), Some("suspiciousAPITraffic"));
    assert_eq!(kept.detection.ip_address.as_deref(), Some(TOR));
    assert_eq!(kept.evidence["evidence"][0]["value"], "2000");
    it.clock.advance(HOUR);
    reads(&it, 0..3_000);
    it.protection.watch_reads().await.unwrap();
    assert_eq!(it.all::<Kept>().await.len(), 1, "said today");
    it.protection.dismiss_users(it.alice_alone(), &it.actor).await.unwrap();
    it.clock.advance(24 * HOUR);
    reads(&it, 0..3_000);
    it.protection.watch_reads().await.unwrap();
    assert_eq!(it.all::<Kept>().await.len(), 1, "somebody looked at it and closed it: it is usual");
}
