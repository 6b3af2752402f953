//! Policies that are meant to hurt: what is stored stays as it was.

use riskgate_model::ConditionalAccessPolicy;
use serde_json::{Value as Json, json};

use crate::world::{UNKNOWN, World};

const POLICIES: &str = "/identity/conditionalAccess/policies";

fn policy(user: &str) -> Json {
    json!({
        "displayName": "Require MFA", "state": "enabled",
        "conditions": { "applications": { "includeApplications": ["All"] }, "users": { "includeUsers": [user] } },
        "grantControls": { "operator": "OR", "builtInControls": ["mfa"] },
    })
}

fn filter(rule: &str) -> Json {
    json!({ "deviceFilter": { "mode": "include", "rule": rule } })
}

/// An object in an object, `depth` times.
fn nested(depth: usize) -> Json {
    (0..depth).fold(json!(1), |inner, _| json!({ "users": inner }))
}

#[tokio::test]
async fn what_is_too_much_is_refused_and_nothing_is_changed() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    let token = world.admin_token().await;
    let made = world.post(POLICIES, &token, policy(&user.id)).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let path = format!("{POLICIES}/{}", made.json["id"].as_str().unwrap());
    let stored: Vec<ConditionalAccessPolicy> = world.all().await;
    let ids = |count: usize| vec![UNKNOWN; count];
    let long = format!("device.model -eq \"{}\"", "x".repeat(3_054));
    assert_eq!(long.len(), 3_073);
    let parentheses = format!("{}device.isCompliant -eq True{}", "(".repeat(1_500), ")".repeat(1_500));
    for (conditions, part) in [
        (json!({ "users": { "includeUsers": ["All"], "excludeUsers": ids(10_000) } }), "excludeUsers"),
        (json!({ "users": { "includeUsers": ["All"], "excludeGroups": ids(10_000) } }), "excludeGroups"),
        (
            json!({ "applications": { "includeApplications": ["All"], "excludeApplications": ids(10_000) } }),
            "excludeApplications",
        ),
        (json!({ "locations": { "includeLocations": ids(10_000) } }), "includeLocations"),
        (json!({ "devices": filter(&long) }), "deviceFilter"),
        (json!({ "devices": filter(&parentheses) }), "deviceFilter"),
        (json!({ "devices": filter("device.isCompliant -eq") }), "deviceFilter"),
        (json!({ "devices": filter("device.secret -eq \"a\"") }), "deviceFilter"),
        (json!({ "users": nested(100) }), "1007"),
        (
            json!({ "platforms": { "includePlatforms": vec!["windows"; 10_000], "excludePlatforms": ["beos"] } }),
            "beos",
        ),
        (json!({ "users": { "includeUsers": [user.id], "includeGuestsOrExternalUsers": 7 } }), "1007"),
    ] {
        let reply = world.patch(&path, &token, json!({ "conditions": conditions })).await;
        let shown: String = conditions.to_string().chars().take(80).collect();
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "BadRequest"), "{shown}");
        assert!(reply.message().contains(part), "{shown}: {}", reply.message());
        assert!(reply.message().len() < 1_000, "{shown}: an answer is short");
    }
    assert_eq!(world.all::<ConditionalAccessPolicy>().await, stored);
}

#[tokio::test]
async fn a_tenant_has_at_most_195_policies() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    let token = world.admin_token().await;
    let first = world.post(POLICIES, &token, policy(&user.id)).await;
    let template: ConditionalAccessPolicy = world.all().await.remove(0);
    let copies: Vec<_> = (1..195)
        .map(|n| ConditionalAccessPolicy {
            id: format!("{n:08x}-0000-4000-8000-000000000000"),
            ..template.clone()
        })
        .collect();
    world.put(&copies).await;
    let reply = world.post(POLICIES, &token, policy(&user.id)).await;
    assert_eq!((reply.status.as_u16(), reply.code()), (400, "BadRequest"), "{}", reply.text());
    assert!(reply.message().contains("at most 195"), "{}", reply.message());
    assert_eq!(world.all::<ConditionalAccessPolicy>().await.len(), 195);
    let path = format!("{POLICIES}/{}", first.json["id"].as_str().unwrap());
    assert_eq!(world.delete(&path, &token).await.status, 204);
    assert_eq!(world.post(POLICIES, &token, policy(&user.id)).await.status, 201);
}
