//! Conditional Access policies.

use riskgate_model::ConditionalAccessPolicy;
use riskgate_store::{Batch, StoreExt};
use serde_json::{Value as Json, json};

use super::World;

/// A policy for everybody and every application, with one control.
pub(crate) async fn policy(world: &World, control: &str) -> String {
    policy_for(world, "All", control).await
}

/// A policy for everybody and this application.
pub(crate) async fn policy_for(world: &World, app_id: &str, control: &str) -> String {
    let controls = json!({ "operator": "OR", "builtInControls": [control] });
    let conditions = json!({ "applications": { "includeApplications": [app_id] } });
    policy_with(world, conditions, json!({ "grantControls": controls })).await
}

/// A policy for everybody and every application but for these conditions, with these controls. It takes the place of
/// one from before.
pub(crate) async fn policy_with(world: &World, conditions: Json, controls: Json) -> String {
    let id = "5f1c9c1e-0000-4000-8000-00000000c0a1".to_owned();
    let mut policy = json!({
        "id": id,
        "displayName": "A name nobody is told",
        "state": "enabled",
        "conditions": {
            "users": { "includeUsers": ["All"] },
            "applications": { "includeApplications": ["All"] },
            "clientAppTypes": ["all"],
        },
    });
    for (name, value) in conditions.as_object().unwrap() {
        policy["conditions"][name] = value.clone();
    }
    for (name, value) in controls.as_object().unwrap() {
        policy[name] = value.clone();
    }
    let policy: ConditionalAccessPolicy = serde_json::from_value(policy).unwrap();
    let mut batch = Batch::new(world.tenant);
    match world.store.load::<ConditionalAccessPolicy>(world.tenant, &id).await.unwrap() {
        Some(mut found) => {
            found.record = policy;
            batch.update(&found).unwrap();
        }
        None => batch.insert(&policy).unwrap(),
    }
    world.protection.commit_policies(&batch).await.unwrap();
    id
}
