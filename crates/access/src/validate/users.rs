use riskgate_model::{ConditionalAccessConditionSet, ConditionalAccessUsers};

use super::{alone, items};
use crate::error::PolicyError;
use crate::keyword::{ALL, GUESTS, NONE};
use crate::known::{KnownObjects, ObjectKind};

/// Graph contract §4 rules 3 to 5.
pub(super) fn validate(
    conditions: &ConditionalAccessConditionSet,
    known: &impl KnownObjects,
) -> Result<(), PolicyError> {
    if conditions.client_applications.is_some() {
        return Err(PolicyError::not_enforced("conditions/clientApplications"));
    }
    if !conditions.service_principal_risk_levels.is_empty() {
        return Err(PolicyError::not_enforced("conditions/servicePrincipalRiskLevels"));
    }
    let missing =
        || PolicyError::invalid("conditions/users", "it must specify the users, groups or roles to include");
    let users = conditions.users.as_ref().ok_or_else(missing)?;
    no_guest_kinds(users)?;
    if users.include_users.is_empty() && users.include_groups.is_empty() && users.include_roles.is_empty() {
        return Err(missing());
    }
    alone("conditions/users/includeUsers", &users.include_users, &[ALL, NONE])?;
    let (user, group, role) = (ObjectKind::User, ObjectKind::Group, ObjectKind::RoleTemplate);
    items("conditions/users/includeUsers", &users.include_users, user, &[ALL, NONE, GUESTS], known)?;
    items("conditions/users/excludeUsers", &users.exclude_users, user, &[GUESTS], known)?;
    items("conditions/users/includeGroups", &users.include_groups, group, &[], known)?;
    items("conditions/users/excludeGroups", &users.exclude_groups, group, &[], known)?;
    items("conditions/users/includeRoles", &users.include_roles, role, &[], known)?;
    items("conditions/users/excludeRoles", &users.exclude_roles, role, &[], known)
}

fn no_guest_kinds(users: &ConditionalAccessUsers) -> Result<(), PolicyError> {
    if users.include_guests_or_external_users.is_some() {
        return Err(PolicyError::not_enforced("conditions/users/includeGuestsOrExternalUsers"));
    }
    if users.exclude_guests_or_external_users.is_some() {
        return Err(PolicyError::not_enforced("conditions/users/excludeGuestsOrExternalUsers"));
    }
    Ok(())
}
