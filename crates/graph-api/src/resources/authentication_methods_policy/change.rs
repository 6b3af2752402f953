//! Writing the policy: the change, its audit entry, and telling whoever judges sign-ins.

use riskgate_directory::{AuditEntry, audit, modified, other_target};
use riskgate_model::AuthenticationMethodsPolicy;
use riskgate_store::Versioned;
use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::call::Call;
use crate::error::GraphError;
use crate::resources::policies::change::differences;

/// Writes what became of `old`, if anything is different.
///
/// # Errors
/// What the store fails with.
pub(super) async fn commit(
    call: &Call,
    stored: Option<Versioned<AuthenticationMethodsPolicy>>,
    old: &AuthenticationMethodsPolicy,
    mut new: AuthenticationMethodsPolicy,
    activity: &'static str,
) -> Result<(), GraphError> {
    new.last_modified_date_time = old.last_modified_date_time;
    let changes = differences(&flat(old)?, &flat(&new)?);
    if changes.is_empty() {
        return Ok(());
    }
    new.last_modified_date_time = Some(call.context.at);
    let mut batch = call.batch();
    match stored {
        Some(row) => batch.update(&Versioned { record: new.clone(), version: row.version })?,
        None => batch.insert(&new)?,
    }
    let mut target = other_target("Policy", &new.id, new.display_name.as_deref());
    target.modified_properties = modified(&changes);
    let api = &call.service.api;
    let entry = AuditEntry::new(activity, "Policy", "Update").target(target);
    audit(&mut batch, &*api.clock, &*api.rng, &call.actor()?, entry)?;
    Ok(api.protection.commit_policies(&batch).await?)
}

/// An object with its properties by name.
///
/// # Errors
/// 500 if it is none.
pub(super) fn as_object(value: &impl Serialize) -> Result<Map<String, Json>, GraphError> {
    match serde_json::to_value(value) {
        Ok(Json::Object(object)) => Ok(object),
        _ => Err(GraphError::internal()),
    }
}

/// The policy with each configuration under a name of its own, so that the audit log names the method that was changed.
fn flat(policy: &AuthenticationMethodsPolicy) -> Result<Map<String, Json>, GraphError> {
    let mut object = as_object(policy)?;
    object.remove("authenticationMethodConfigurations");
    for configuration in &policy.authentication_method_configurations {
        let name = format!("authenticationMethodConfigurations/{}", configuration.id());
        object.insert(name, Json::Object(as_object(configuration)?));
    }
    Ok(object)
}
