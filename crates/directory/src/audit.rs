use riskgate_core::{Clock, Rng};
use riskgate_model::{
    Application, Device, DirectoryAudit, Group, KeyValue, ModifiedProperty, OperationResult,
    ServicePrincipal, TargetResource, User,
};
use riskgate_store::{Batch, StoreError};

use crate::Actor;
use crate::properties::Change;

/// What was done, for the audit log.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditEntry {
    /// `activityDisplayName`, for example `Add user`.
    pub activity: &'static str,
    /// `category`, for example `UserManagement`.
    pub category: &'static str,
    /// `operationType`: `Add`, `Update`, `Delete`, `Assign` or `Unassign`.
    pub operation: &'static str,
    /// What it was done to; the first carries the modified properties.
    pub targets: Vec<TargetResource>,
    /// `additionalDetails`, name and value.
    pub details: Vec<(&'static str, String)>,
    /// Why it was not done (`resultReason`); `None` for what was.
    pub failure: Option<&'static str>,
}

impl AuditEntry {
    /// An entry without targets.
    pub fn new(activity: &'static str, category: &'static str, operation: &'static str) -> Self {
        Self { activity, category, operation, targets: Vec::new(), details: Vec::new(), failure: None }
    }

    /// Says that it was not done, and why.
    #[must_use]
    pub fn failed(mut self, reason: &'static str) -> Self {
        self.failure = Some(reason);
        self
    }

    /// Adds something it was done to.
    #[must_use]
    pub fn target(mut self, target: TargetResource) -> Self {
        self.targets.push(target);
        self
    }

    /// Adds a detail.
    #[must_use]
    pub fn detail(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.details.push((name, value.into()));
        self
    }
}

/// Adds a `directoryAudit` to the changes it describes, so that neither can be there without the other.
///
/// # Errors
/// [`StoreError::Damaged`] if the entry cannot be written as JSON.
pub fn audit(
    batch: &mut Batch,
    clock: &dyn Clock,
    rng: &dyn Rng,
    actor: &Actor,
    entry: AuditEntry,
) -> Result<(), StoreError> {
    let details = entry.details.into_iter();
    batch.insert(&DirectoryAudit {
        id: format!("Directory_{}", rng.guid()),
        activity_date_time: clock.now(),
        activity_display_name: entry.activity.to_owned(),
        additional_details: details
            .map(|(key, value)| KeyValue { key: Some(key.to_owned()), value: Some(value) })
            .collect(),
        category: entry.category.to_owned(),
        correlation_id: Some(actor.correlation_id.clone().unwrap_or_else(|| rng.guid())),
        initiated_by: actor.initiated_by(),
        logged_by_service: Some("Core Directory".to_owned()),
        operation_type: Some(entry.operation.to_owned()),
        result: Some(entry.failure.map_or(OperationResult::Success, |_| OperationResult::Failure)),
        result_reason: Some(entry.failure.unwrap_or_default().to_owned()),
        target_resources: entry.targets,
    })
}

/// A user as target of an entry.
pub fn user_target(user: &User, changes: &[Change]) -> TargetResource {
    TargetResource {
        display_name: user.display_name.clone(),
        id: Some(user.id.clone()),
        modified_properties: modified(changes),
        type_: Some("User".to_owned()),
        user_principal_name: user.user_principal_name.clone(),
        ..TargetResource::default()
    }
}

/// A group as target of an entry.
pub fn group_target(group: &Group, changes: &[Change]) -> TargetResource {
    TargetResource {
        display_name: group.display_name.clone(),
        id: Some(group.id.clone()),
        modified_properties: modified(changes),
        type_: Some("Group".to_owned()),
        ..TargetResource::default()
    }
}

/// A device as target of an entry.
pub(crate) fn device_target(device: &Device, changes: &[Change]) -> TargetResource {
    TargetResource {
        modified_properties: modified(changes),
        ..other_target("Device", &device.id, device.display_name.as_deref())
    }
}

/// Anything else as target of an entry.
pub fn other_target(kind: &str, id: &str, display_name: Option<&str>) -> TargetResource {
    TargetResource {
        display_name: display_name.map(str::to_owned),
        id: Some(id.to_owned()),
        type_: Some(kind.to_owned()),
        ..TargetResource::default()
    }
}

pub(crate) fn application_target(application: &Application) -> TargetResource {
    other_target("Application", &application.id, application.display_name.as_deref())
}

pub(crate) fn service_principal_target(principal: &ServicePrincipal) -> TargetResource {
    other_target("ServicePrincipal", &principal.id, principal.display_name.as_deref())
}

/// Old and new values as JSON text, the way Graph shows them.
pub fn modified(changes: &[Change]) -> Vec<ModifiedProperty> {
    changes
        .iter()
        .map(|change| ModifiedProperty {
            display_name: Some(change.property.clone()),
            old_value: Some(change.old.to_string()),
            new_value: Some(change.new.to_string()),
        })
        .collect()
}
