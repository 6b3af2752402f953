//! Writing a policy: the change, its audit entry, and telling whoever judges sign-ins.

use riskgate_directory::{AuditEntry, Change, audit, modified, other_target};
use riskgate_model::ConditionalAccessPolicy;
use riskgate_store::Batch;
use serde_json::{Map, Value as Json};

use crate::call::Call;
use crate::error::GraphError;

/// Adds the audit entry to a change and commits both.
///
/// # Errors
/// What the store fails with.
pub(super) async fn commit(
    call: &Call,
    mut batch: Batch,
    policy: &ConditionalAccessPolicy,
    (activity, operation): (&'static str, &'static str),
    changes: &[Change],
) -> Result<(), GraphError> {
    let mut target = other_target("Policy", &policy.id, Some(&policy.display_name));
    target.modified_properties = modified(changes);
    let api = &call.service.api;
    let entry = AuditEntry::new(activity, "Policy", operation).target(target);
    audit(&mut batch, &*api.clock, &*api.rng, &call.actor()?, entry)?;
    Ok(api.protection.commit_policies(&batch).await?)
}

/// What is different in `new`, property by property.
pub(in crate::resources) fn differences(old: &Map<String, Json>, new: &Map<String, Json>) -> Vec<Change> {
    let changed = new.iter().filter(|(name, value)| old.get(*name) != Some(*value));
    changed
        .map(|(name, value)| Change {
            property: name.clone(),
            old: old.get(name).cloned().unwrap_or(Json::Null),
            new: value.clone(),
        })
        .collect()
}
