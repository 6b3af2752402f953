//! Tokens that are refused before they expire, and what a client that handles claims challenges is told.

use std::time::Duration;

use axum::http::Method;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use riskgate_model::{ConditionalAccessPolicy, RiskDetail, RiskLevel, RiskState, RiskyUser, User};
use riskgate_store::{Batch, StoreExt};
use serde_json::{Value as Json, json};

use crate::world::{Reply, World};

const SCOPES: [&str; 1] = ["User.Read"];

/// The claims of a challenge as clients read them.
fn claims(reply: &Reply) -> Option<Json> {
    assert_eq!((reply.status.as_u16(), reply.code()), (401, "InvalidAuthenticationToken"));
    let header = reply.headers["www-authenticate"].to_str().unwrap();
    assert!(header.starts_with("Bearer "), "{header}");
    let (_, rest) = header.split_once(" claims=\"")?;
    assert!(header.contains("error=\"insufficient_claims\""), "{header}");
    let encoded = rest.strip_suffix('"').unwrap();
    Some(serde_json::from_slice(&STANDARD.decode(encoded).unwrap()).unwrap())
}

fn since(seconds: i64) -> Json {
    json!({ "access_token": { "nbf": { "essential": true, "value": seconds.to_string() } } })
}

#[tokio::test]
async fn a_revocation_challenges_clients_that_can_and_refuses_the_others() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    let (able, plain) = (world.able_token(&user, &SCOPES).await, world.user_token(&user, &SCOPES).await);
    assert_eq!(world.get("/me", &able).await.status, 200);
    world.clock.advance(Duration::from_secs(5));
    let admin = world.admin_token().await;
    let path = format!("/users/{}/revokeSignInSessions", user.id);
    assert_eq!(world.send(Method::POST, &path, &admin, None).await.status, 200);
    assert_eq!(claims(&world.get("/me", &able).await), Some(since(world.now().as_seconds())));
    let refused = world.get("/me", &plain).await;
    assert_eq!(claims(&refused), None, "it would not know what to do with them");
    assert!(refused.headers["www-authenticate"].to_str().unwrap().contains("error=\"invalid_token\""));
}

#[tokio::test]
async fn a_disabled_account_is_a_challenge_as_well() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    let able = world.able_token(&user, &SCOPES).await;
    let issued = world.now().as_seconds();
    let admin = world.admin_token().await;
    let body = json!({ "accountEnabled": false });
    assert_eq!(world.patch(&format!("/users/{}", user.id), &admin, body).await.status, 204);
    assert_eq!(claims(&world.get("/me", &able).await), Some(since(issued)));
}

/// What the policy is about and asks for.
async fn policy(world: &World, levels: &[&str], control: &str) {
    let policy: ConditionalAccessPolicy = serde_json::from_value(json!({
        "id": "5f1c9c1e-0000-4000-8000-00000000c0c1",
        "displayName": "Risk of users",
        "state": "enabled",
        "conditions": {
            "users": { "includeUsers": ["All"] },
            "applications": { "includeApplications": ["All"] },
            "clientAppTypes": ["all"],
            "userRiskLevels": levels,
        },
        "grantControls": { "operator": "OR", "builtInControls": [control] },
    }))
    .unwrap();
    let mut batch = Batch::new(world.tenant);
    batch.insert(&policy).unwrap();
    world.protection.commit_policies(&batch).await.unwrap();
}

async fn raise(world: &World, user: &User, level: RiskLevel) {
    world
        .put(&[RiskyUser {
            id: user.id.clone(),
            risk_level: Some(level),
            risk_state: Some(RiskState::AtRisk),
            risk_detail: Some(RiskDetail::None),
            user_display_name: user.display_name.clone(),
            user_principal_name: user.user_principal_name.clone(),
            is_deleted: Some(false),
            is_processing: Some(false),
            risk_last_updated_date_time: Some(world.now()),
        }])
        .await;
}

#[tokio::test]
async fn risk_that_policies_block_takes_the_token_back_and_gives_it_again_when_it_is_closed() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    policy(&world, &["high"], "block").await;
    let (able, plain) = (world.able_token(&user, &SCOPES).await, world.user_token(&user, &SCOPES).await);
    world.clock.advance(Duration::from_secs(60));
    raise(&world, &user, RiskLevel::High).await;
    let raised = world.now().as_seconds();
    assert_eq!(claims(&world.get("/me", &able).await), Some(since(raised)));
    assert_eq!(claims(&world.get("/me", &plain).await), None);
    let mut found = world.store.load::<RiskyUser>(world.tenant, &user.id).await.unwrap().unwrap();
    found.record.risk_level = Some(RiskLevel::None);
    found.record.risk_state = Some(RiskState::Dismissed);
    let mut batch = Batch::new(world.tenant);
    batch.update(&found).unwrap();
    world.store.commit(batch).await.unwrap();
    assert_eq!(world.get("/me", &able).await.status, 200);
}

#[tokio::test]
async fn risk_no_policy_names_and_tokens_got_at_that_risk_are_left_alone() {
    let world = World::new().await;
    let (megan, alex) = (world.user("megan", &[]).await, world.user("alex", &[]).await);
    policy(&world, &["high"], "mfa").await;
    let before = world.able_token(&megan, &SCOPES).await;
    let of_alex = world.able_token(&alex, &SCOPES).await;
    world.clock.advance(Duration::from_secs(60));
    raise(&world, &megan, RiskLevel::High).await;
    raise(&world, &alex, RiskLevel::Low).await;
    assert_eq!(world.get("/me", &before).await.status, 401, "no second factor");
    assert_eq!(world.get("/me", &of_alex).await.status, 200, "the policy names another level");
    let after = world.able_token(&megan, &SCOPES).await;
    assert_eq!(world.get("/me", &after).await.status, 200, "whoever issued it knew of the risk");
}
