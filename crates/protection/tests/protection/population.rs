//! What users have in common, on every node.

use std::time::Duration;

use riskgate_protection::{Protection, SignInKind};
use riskgate_risk::{Feature, PopulationFacts, RiskContext};

use crate::support::{HOME, TOR, World};

/// What a node knows of a sign-in from this address.
async fn about(it: &World, node: &Protection, address: &str) -> PopulationFacts {
    // From Tor it is recorded whatever it is; sessions teach nothing.
    let judged = node.judge(&it.attempt(SignInKind::SessionReuse, address)).await.unwrap();
    let context = it.record(&judged.sign_in_id).await.evidence.risk_context;
    serde_json::from_value::<RiskContext>(context).unwrap().population
}

fn users(facts: &PopulationFacts) -> (u64, u64) {
    (facts.users, facts.values[&Feature::Address].users)
}

pub(crate) async fn until_all_histories_were_read_the_evidence_says_so(it: World) {
    assert!(about(&it, &it.protection, HOME).await.is_incomplete);
    it.protection.follow_histories().await.unwrap();
    assert!(!about(&it, &it.protection, HOME).await.is_incomplete);
}

pub(crate) async fn a_node_knows_at_once_what_it_has_learned(it: World) {
    it.protection.follow_histories().await.unwrap();
    it.sign_in(HOME).await;
    assert_eq!(users(&about(&it, &it.protection, HOME).await), (1, 1));
    assert_eq!(users(&about(&it, &it.protection, TOR).await), (1, 0));
    it.sign_in(HOME).await;
    let twice = about(&it, &it.protection, HOME).await;
    assert_eq!(users(&twice), (1, 1), "the same user");
    assert!((twice.values[&Feature::Address].weight - 2.0).abs() < 1e-9);
}

pub(crate) async fn other_nodes_follow(it: World) {
    let node = it.other_node();
    it.sign_in(HOME).await;
    node.follow_histories().await.unwrap();
    assert_eq!(users(&about(&it, &node, HOME).await), (1, 1));
    it.clock.advance(Duration::from_secs(1));
    it.sign_in("203.0.113.99").await;
    node.follow_histories().await.unwrap();
    node.follow_histories().await.unwrap();
    let facts = about(&it, &node, "203.0.113.99").await;
    assert_eq!(users(&facts), (1, 1));
    assert_eq!(facts.values[&Feature::Address].distinct, 2);
}

pub(crate) async fn a_deleted_user_is_gone_after_a_day(it: World) {
    it.sign_in(HOME).await;
    it.protection.follow_histories().await.unwrap();
    it.directory.delete_user(&it.actor, &it.alice.id).await.unwrap();
    it.protection.follow_histories().await.unwrap();
    assert_eq!(about(&it, &it.protection, HOME).await.users, 1);
    it.clock.advance(Duration::from_secs(24 * 60 * 60));
    it.protection.follow_histories().await.unwrap();
    assert_eq!(users(&about(&it, &it.protection, HOME).await), (0, 0));
}
