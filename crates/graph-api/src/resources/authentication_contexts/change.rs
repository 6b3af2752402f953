use riskgate_directory::{AuditEntry, audit, other_target};
use riskgate_model::AuthenticationContextClassReference;
use riskgate_store::{Batch, Versioned};

use crate::call::Call;
use crate::error::GraphError;

/// Writes what a context is from now on: instead of `old`, or as a new one. The batch is one of `policies::exclusive`, so
/// that of two who describe the same context at the same moment one comes after the other.
///
/// # Errors
/// What the store fails with.
pub(super) async fn put(
    call: &Call,
    mut batch: Batch,
    old: Option<Versioned<AuthenticationContextClassReference>>,
    context: AuthenticationContextClassReference,
) -> Result<(), GraphError> {
    let words = match old {
        Some(Versioned { version, record }) if record != context => {
            batch.update(&Versioned { record: context.clone(), version })?;
            ("Update authentication context", "Update")
        }
        Some(_) => return Ok(()),
        None => {
            batch.insert(&context)?;
            ("Add authentication context", "Add")
        }
    };
    commit(call, batch, &context, words).await
}

/// Adds the audit entry to a change and commits both.
///
/// # Errors
/// What the store fails with.
pub(super) async fn commit(
    call: &Call,
    mut batch: Batch,
    context: &AuthenticationContextClassReference,
    (activity, operation): (&'static str, &'static str),
) -> Result<(), GraphError> {
    let target = other_target(super::KIND, &context.id, context.display_name.as_deref());
    let api = &call.service.api;
    let entry = AuditEntry::new(activity, "Policy", operation).target(target);
    audit(&mut batch, &*api.clock, &*api.rng, &call.actor()?, entry)?;
    Ok(api.store.commit(batch).await?)
}
