use riskgate_directory::{AuditEntry, audit, other_target};
use riskgate_store::retry;

use super::Kind;
use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::route::Outcome;

/// Deletes for good.
pub(super) async fn purge(call: Call, kind: Kind) -> Outcome {
    retry(|| once(&call, kind)).await?;
    Ok(Answer::no_content())
}

async fn once(call: &Call, kind: Kind) -> Result<(), GraphError> {
    let item = super::named(call, kind).await?;
    let name = item.record.document.get("displayName").and_then(serde_json::Value::as_str);
    let target = other_target(kind.name, &item.record.id, name);
    let mut batch = call.batch();
    batch.delete(&item);
    let api = &call.service.api;
    let entry = AuditEntry::new("Hard delete", "Policy", "Delete").target(target);
    audit(&mut batch, &*api.clock, &*api.rng, &call.actor()?, entry)?;
    Ok(api.store.commit(batch).await?)
}
