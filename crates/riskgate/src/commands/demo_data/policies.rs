use riskgate_core::{Rng, TenantId, Timestamp};
use riskgate_model::ConditionalAccessPolicy;
use riskgate_protection::Protection;
use riskgate_store::Batch;
use serde_json::{Value as Json, json};

/// Policies worth looking at: one that asks, one that blocks, one that is only tried.
pub(super) async fn create(
    protection: &Protection,
    rng: &dyn Rng,
    tenant: TenantId,
    at: Timestamp,
) -> anyhow::Result<()> {
    let mut batch = Batch::new(tenant);
    let policies = [
        (
            "Second factor when a sign-in is risky",
            "enabled",
            json!({ "signInRiskLevels": ["medium"] }),
            "mfa",
        ),
        ("No access at high sign-in risk", "enabled", json!({ "signInRiskLevels": ["high"] }), "block"),
        (
            "No browser at any risk (on trial)",
            "enabledForReportingButNotEnforced",
            json!({ "signInRiskLevels": ["low", "medium", "high"], "clientAppTypes": ["browser"] }),
            "block",
        ),
    ];
    for (name, state, conditions, control) in policies {
        batch.insert(&ConditionalAccessPolicy {
            created_date_time: Some(at),
            ..policy(rng.guid(), name, state, conditions, control)?
        })?;
    }
    Ok(protection.commit_policies(&batch).await?)
}

fn policy(
    id: String,
    name: &str,
    state: &str,
    conditions: Json,
    control: &str,
) -> anyhow::Result<ConditionalAccessPolicy> {
    let mut body = json!({
        "id": id, "displayName": name, "state": state,
        "conditions": {
            "users": { "includeUsers": ["All"] }, "applications": { "includeApplications": ["All"] },
            "clientAppTypes": ["all"],
        },
        "grantControls": { "operator": "OR", "builtInControls": [control] },
    });
    if let (Json::Object(more), Some(all)) = (conditions, body["conditions"].as_object_mut()) {
        all.extend(more);
    }
    Ok(serde_json::from_value(body)?)
}
