//! The security defaults, and how they and enabled policies exclude each other.

use riskgate_model::{ConditionalAccessPolicy, DirectoryAudit, IdentitySecurityDefaultsEnforcementPolicy};
use serde_json::{Value as Json, json};

use crate::world::{BASE, World};

const DEFAULTS: &str = "/policies/identitySecurityDefaultsEnforcementPolicy";
const POLICIES: &str = "/identity/conditionalAccess/policies";

async fn token(world: &World) -> String {
    let scopes =
        ["Policy.Read.All", "Policy.ReadWrite.SecurityDefaults", "Policy.ReadWrite.ConditionalAccess"];
    world.user_token(&world.admin, &scopes).await
}

fn policy(state: &str) -> Json {
    json!({
        "displayName": "Require MFA", "state": state,
        "conditions": { "applications": { "includeApplications": ["All"] }, "users": { "includeUsers": ["All"] } },
        "grantControls": { "operator": "OR", "builtInControls": ["mfa"] },
    })
}

#[tokio::test]
async fn they_are_off_until_somebody_turns_them_on() {
    let world = World::new().await;
    let token = token(&world).await;
    let initial = world.get(DEFAULTS, &token).await;
    assert_eq!(
        initial.json["@odata.context"],
        format!("{BASE}/v1.0/$metadata#policies/identitySecurityDefaultsEnforcementPolicy/$entity")
    );
    assert_eq!(initial.json["id"], "00000000-0000-0000-0000-000000000005");
    assert_eq!(
        (&initial.json["displayName"], &initial.json["isEnabled"]),
        (&json!("Security Defaults"), &json!(false))
    );
    assert_eq!(world.patch(DEFAULTS, &token, json!({})).await.status, 204);
    assert_eq!(world.patch(DEFAULTS, &token, json!({ "isEnabled": false })).await.status, 204);
    assert!(world.all::<IdentitySecurityDefaultsEnforcementPolicy>().await.is_empty());
    // Clients send back what they read.
    let mut update = initial.json.clone();
    update["isEnabled"] = json!(true);
    update["displayName"] = json!("Ours");
    assert_eq!(world.patch(DEFAULTS, &token, update).await.status, 204);
    let got = world.get(DEFAULTS, &token).await.json;
    assert_eq!((&got["displayName"], &got["isEnabled"]), (&json!("Security Defaults"), &json!(true)));
    assert!(world.get(POLICIES, &token).await.ids().is_empty(), "what they do is in no list of policies");
    assert_eq!(world.patch(DEFAULTS, &token, json!({ "isEnabled": false })).await.status, 204);
    assert_eq!(world.get(DEFAULTS, &token).await.json, initial.json);
    let audits: Vec<DirectoryAudit> = world.all().await;
    let mut activities: Vec<_> = audits.iter().map(|audit| audit.activity_display_name.as_str()).collect();
    activities.retain(|activity| activity.contains("security defaults"));
    activities.sort_unstable();
    assert_eq!(activities, ["Disable security defaults", "Enable security defaults"]);
    for body in [json!({ "isEnabled": null }), json!({ "isEnabled": "true" }), json!({ "enabled": true })] {
        let reply = world.patch(DEFAULTS, &token, body.clone()).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "BadRequest"), "{body}");
    }
}

#[tokio::test]
async fn no_policy_is_enabled_beside_them() {
    let world = World::new().await;
    let token = token(&world).await;
    let on_and_deleted = world.post(POLICIES, &token, policy("enabled")).await;
    let id = on_and_deleted.json["id"].as_str().unwrap();
    assert_eq!(world.delete(&format!("{POLICIES}/{id}"), &token).await.status, 204);
    assert_eq!(world.patch(DEFAULTS, &token, json!({ "isEnabled": true })).await.status, 204);
    let text = "Security Defaults is enabled in the tenant. You must disable Security defaults before enabling a \
                Conditional Access policy.";
    let refused = world.post(POLICIES, &token, policy("enabled")).await;
    assert_eq!((refused.status.as_u16(), refused.code(), refused.message()), (400, "BadRequest", text));
    let restore = format!("/identity/conditionalAccess/deletedItems/policies/{id}/restore");
    assert_eq!(world.send(axum::http::Method::POST, &restore, &token, None).await.message(), text);
    for state in ["disabled", "enabledForReportingButNotEnforced"] {
        let made = world.post(POLICIES, &token, policy(state)).await;
        assert_eq!(made.status, 201, "{}", made.text());
        let path = format!("{POLICIES}/{}", made.json["id"].as_str().unwrap());
        assert_eq!(world.patch(&path, &token, json!({ "state": "enabled" })).await.message(), text);
        assert_eq!(world.patch(&path, &token, json!({ "description": "not yet" })).await.status, 204);
    }
    assert!(
        world
            .all::<ConditionalAccessPolicy>()
            .await
            .iter()
            .all(|policy| policy.state.to_string() != "enabled")
    );
}

#[tokio::test]
async fn they_are_not_enabled_beside_a_policy() {
    let world = World::new().await;
    let token = token(&world).await;
    let made = world.post(POLICIES, &token, policy("enabled")).await;
    let id = made.json["id"].as_str().unwrap();
    let refused = world.patch(DEFAULTS, &token, json!({ "isEnabled": true })).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (400, "BadRequest"));
    assert!(refused.message().contains(id), "{}", refused.message());
    assert_eq!(
        world.patch(&format!("{POLICIES}/{id}"), &token, json!({ "state": "disabled" })).await.status,
        204
    );
    assert_eq!(world.patch(DEFAULTS, &token, json!({ "isEnabled": true })).await.status, 204);
}

#[tokio::test]
async fn of_two_changes_at_the_same_moment_one_wins() {
    for _ in 0..8 {
        let world = World::new().await;
        let token = token(&world).await;
        let enable = world.patch(DEFAULTS, &token, json!({ "isEnabled": true }));
        let create = world.post(POLICIES, &token, policy("enabled"));
        let (enable, create) = tokio::join!(enable, create);
        let outcomes = [enable.status.as_u16(), create.status.as_u16()];
        assert!([[204, 400], [400, 201]].contains(&outcomes), "{outcomes:?}");
    }
}
