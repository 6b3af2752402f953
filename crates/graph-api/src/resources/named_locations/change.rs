use riskgate_directory::{AuditEntry, audit, other_target};
use riskgate_model::AnyNamedLocation;
use riskgate_store::Batch;

use crate::call::Call;
use crate::error::GraphError;

/// Adds the audit entry to a change and commits both.
///
/// # Errors
/// What the store fails with.
pub(super) async fn commit(
    call: &Call,
    mut batch: Batch,
    location: &AnyNamedLocation,
    (activity, operation): (&'static str, &'static str),
) -> Result<(), GraphError> {
    let target = other_target("NamedLocation", location.id(), Some(display_name(location)));
    let api = &call.service.api;
    let entry = AuditEntry::new(activity, "Policy", operation).target(target);
    audit(&mut batch, &*api.clock, &*api.rng, &call.actor()?, entry)?;
    Ok(api.protection.commit_policies(&batch).await?)
}

fn display_name(location: &AnyNamedLocation) -> &str {
    match location {
        AnyNamedLocation::Ip(location) => &location.display_name,
        AnyNamedLocation::Country(location) => &location.display_name,
    }
}
