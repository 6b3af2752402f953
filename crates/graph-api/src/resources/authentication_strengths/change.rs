use riskgate_directory::{AuditEntry, Change, audit, modified, other_target};
use riskgate_model::AuthenticationStrengthPolicy;
use riskgate_store::Batch;

use crate::call::Call;
use crate::error::GraphError;

/// Adds the audit entry to a change, commits both, and tells whoever judges sign-ins.
///
/// # Errors
/// What the store fails with.
pub(super) async fn commit(
    call: &Call,
    mut batch: Batch,
    strength: &AuthenticationStrengthPolicy,
    (activity, operation): (&'static str, &'static str),
    changes: &[Change],
) -> Result<(), GraphError> {
    let mut target = other_target(super::KIND, &strength.id, Some(&strength.display_name));
    target.modified_properties = modified(changes);
    let api = &call.service.api;
    let entry = AuditEntry::new(activity, "Policy", operation).target(target);
    audit(&mut batch, &*api.clock, &*api.rng, &call.actor()?, entry)?;
    Ok(api.protection.commit_policies(&batch).await?)
}
