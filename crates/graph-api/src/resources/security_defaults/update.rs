use riskgate_directory::{AuditEntry, Change, audit, modified, other_target};
use riskgate_model::{GraphType, IdentitySecurityDefaultsEnforcementPolicy};
use riskgate_store::{Batch, Versioned, retry};
use serde_json::Value as Json;

use super::interlock::allows_defaults;
use crate::answer::Answer;
use crate::body::conform;
use crate::call::Call;
use crate::error::GraphError;
use crate::resources::policies::exclusive;
use crate::route::Outcome;

/// Turns the security defaults on or off. Name and description are fixed; clients that send them back mean nothing by it.
pub(super) async fn update(call: Call) -> Outcome {
    let body = conform(call.json()?, IdentitySecurityDefaultsEnforcementPolicy::TYPE);
    let body = body.map_err(|found| call.area.bad_request(found.to_string()))?;
    if let Some(is_enabled) = body.get("isEnabled").and_then(Json::as_bool) {
        retry(|| once(&call, is_enabled)).await?;
    }
    Ok(Answer::no_content())
}

async fn once(call: &Call, is_enabled: bool) -> Result<(), GraphError> {
    let mut batch = exclusive(call).await?;
    let stored = super::stored(call).await?;
    if stored.as_ref().is_some_and(|row| row.record.is_enabled) == is_enabled {
        return Ok(());
    }
    if is_enabled {
        allows_defaults(call).await?;
    }
    let policy = IdentitySecurityDefaultsEnforcementPolicy {
        is_enabled,
        ..IdentitySecurityDefaultsEnforcementPolicy::initial()
    };
    match stored {
        Some(row) => batch.update(&Versioned { record: policy.clone(), version: row.version })?,
        None => batch.insert(&policy)?,
    }
    commit(call, batch, &policy).await
}

async fn commit(
    call: &Call,
    mut batch: Batch,
    policy: &IdentitySecurityDefaultsEnforcementPolicy,
) -> Result<(), GraphError> {
    let api = &call.service.api;
    let mut target = other_target("Policy", &policy.id, policy.display_name.as_deref());
    target.modified_properties = modified(&[Change {
        property: "isEnabled".to_owned(),
        old: Json::from(!policy.is_enabled),
        new: Json::from(policy.is_enabled),
    }]);
    let activity = if policy.is_enabled { "Enable security defaults" } else { "Disable security defaults" };
    let entry = AuditEntry::new(activity, "Policy", "Update").target(target);
    audit(&mut batch, &*api.clock, &*api.rng, &call.actor()?, entry)?;
    Ok(api.protection.commit_policies(&batch).await?)
}
