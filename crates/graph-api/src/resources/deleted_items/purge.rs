use riskgate_directory::{AuditEntry, Capability, audit, other_target};
use riskgate_store::retry;
use serde_json::Value as Json;

use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::route::Outcome;

/// Deletes for good.
pub(super) async fn purge(call: Call) -> Outcome {
    retry(|| once(&call)).await?;
    Ok(Answer::no_content())
}

async fn once(call: &Call) -> Result<(), GraphError> {
    let (item, kind) = super::named(call).await?;
    let (needed, capability, target, category) = match kind {
        "user" => (super::USER_WRITE, Capability::DeleteUsers, "User", "UserManagement"),
        _ => (super::GROUP_WRITE, Capability::WriteGroups, "Group", "GroupManagement"),
    };
    let caller = call.caller()?;
    if !caller.has_any(needed) || !caller.may(capability) {
        return Err(call.area.missing_permission());
    }
    let name = item.record.document.get("displayName").and_then(Json::as_str);
    let target = other_target(target, &item.record.id, name);
    let mut batch = call.batch();
    batch.delete(&item);
    let api = &call.service.api;
    let activity = if kind == "user" { "Hard delete user" } else { "Hard delete group" };
    let entry = AuditEntry::new(activity, category, "Delete").target(target);
    audit(&mut batch, &*api.clock, &*api.rng, &call.actor()?, entry)?;
    Ok(api.store.commit(batch).await?)
}
