use riskgate_directory::{AuditEntry, Change, audit, modified, other_target};
use riskgate_model::{AttributeSet, CustomSecurityAttributeDefinition};
use riskgate_store::{Batch, Versioned};
use serde_json::{Value as Json, json};

use super::KIND;
use crate::call::Call;
use crate::error::GraphError;
use crate::resources::attribute_sets::{MOST_ATTRIBUTES, all, available};

/// Refuses one more available attribute in a set, if set or tenant are full.
///
/// # Errors
/// 400 with the limit.
pub(super) async fn has_room(call: &Call, set: &AttributeSet) -> Result<(), GraphError> {
    let definitions = all::<CustomSecurityAttributeDefinition>(call).await?;
    if definitions.iter().filter(|row| row.record.is_available()).count() >= MOST_ATTRIBUTES {
        let problem = format!("There can be at most {MOST_ATTRIBUTES} attributes that are available.");
        return Err(call.area.bad_request(problem));
    }
    let max = set.max_attributes_per_set.and_then(|max| usize::try_from(max).ok());
    match max.filter(|max| available(&definitions, &set.id) >= *max) {
        None => Ok(()),
        Some(max) => Err(call
            .area
            .bad_request(format!("The attribute set '{}' can have at most {max} attributes.", set.id))),
    }
}

/// Writes a definition that was changed from `old`, with its audit entry.
///
/// # Errors
/// What the store fails with.
pub(super) async fn update(
    call: &Call,
    mut batch: Batch,
    old: &CustomSecurityAttributeDefinition,
    changed: Versioned<CustomSecurityAttributeDefinition>,
) -> Result<(), GraphError> {
    if *old == changed.record {
        return Ok(());
    }
    batch.update(&changed)?;
    let (before, after) = (json!(old), json!(changed.record));
    let properties = after.as_object().into_iter().flatten();
    let changes: Vec<Change> = properties
        .map(|(name, new)| Change { property: name.clone(), old: of(&before, name), new: new.clone() })
        .filter(|change| change.old != change.new)
        .collect();
    let activity = ("Update custom security attribute definition in an attribute set", "Update");
    commit(call, batch, &changed.record, activity, &changes).await
}

fn of(object: &Json, name: &str) -> Json {
    object.get(name).cloned().unwrap_or_default()
}

/// Adds the audit entry to a change and commits both.
///
/// # Errors
/// What the store fails with.
pub(super) async fn commit(
    call: &Call,
    mut batch: Batch,
    definition: &CustomSecurityAttributeDefinition,
    (activity, operation): (&'static str, &'static str),
    changes: &[Change],
) -> Result<(), GraphError> {
    let mut target = other_target(KIND, &definition.id, Some(&definition.name));
    target.modified_properties = modified(changes);
    let api = &call.service.api;
    let entry = AuditEntry::new(activity, "AttributeManagement", operation).target(target);
    audit(&mut batch, &*api.clock, &*api.rng, &call.actor()?, entry)?;
    Ok(api.store.commit(batch).await?)
}
