use riskgate_core::is_guid;
use riskgate_model::{
    AnyExternalTenants, ConditionalAccessConditionSet, ConditionalAccessExternalTenantsMembershipKind,
    ConditionalAccessGuestsOrExternalUsers,
};

use super::{MAX_ITEMS, alone, items};
use crate::error::{PolicyError, shortened};
use crate::keyword::{self, ALL, GUESTS, NONE};
use crate::known::{KnownObjects, ObjectKind};

/// Graph contract §4 rules 3 to 5.
pub(super) fn validate(
    conditions: &ConditionalAccessConditionSet,
    known: &impl KnownObjects,
) -> Result<(), PolicyError> {
    if !conditions.service_principal_risk_levels.is_empty() {
        let problem = "it can be used with 'conditions/clientApplications' only";
        return Err(PolicyError::invalid("conditions/servicePrincipalRiskLevels", problem));
    }
    let missing =
        || PolicyError::invalid("conditions/users", "it must specify the users, groups or roles to include");
    let users = conditions.users.as_ref().ok_or_else(missing)?;
    let includes_guests = users.include_guests_or_external_users.as_ref();
    guests("conditions/users/includeGuestsOrExternalUsers", includes_guests, &users.include_users)?;
    let excludes_guests = users.exclude_guests_or_external_users.as_ref();
    guests("conditions/users/excludeGuestsOrExternalUsers", excludes_guests, &users.exclude_users)?;
    let names_objects = !users.include_users.is_empty()
        || !users.include_groups.is_empty()
        || !users.include_roles.is_empty();
    if !names_objects && includes_guests.is_none() {
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

fn guests(
    property: &'static str,
    guests: Option<&ConditionalAccessGuestsOrExternalUsers>,
    users: &[String],
) -> Result<(), PolicyError> {
    let Some(guests) = guests else { return Ok(()) };
    if keyword::has(users, GUESTS) {
        let problem = "it cannot be combined with 'GuestsOrExternalUsers' in the list of users";
        return Err(PolicyError::invalid(property, problem));
    }
    let kinds = guests.guest_or_external_user_types.members();
    if kinds.contains(&"unknownFutureValue") {
        return Err(PolicyError::invalid(property, "'unknownFutureValue' is no kind of guest"));
    }
    if kinds.is_empty() || kinds.contains(&"none") {
        let problem = "'guestOrExternalUserTypes' must name kinds of guests; leave the object out for none";
        return Err(PolicyError::invalid(property, problem));
    }
    tenants(property, guests.external_tenants.as_ref())
}

fn tenants(property: &'static str, tenants: Option<&AnyExternalTenants>) -> Result<(), PolicyError> {
    use ConditionalAccessExternalTenantsMembershipKind::{All, Enumerated};
    match tenants {
        None => Ok(()),
        Some(AnyExternalTenants::All(all)) if matches!(all.membership_kind, None | Some(All)) => Ok(()),
        Some(AnyExternalTenants::Enumerated(some))
            if matches!(some.membership_kind, None | Some(Enumerated)) =>
        {
            if some.members.is_empty() || some.members.len() > MAX_ITEMS {
                let problem = format!("'members' must name 1 to {MAX_ITEMS} tenants");
                return Err(PolicyError::invalid(property, problem));
            }
            match some.members.iter().find(|id| !is_guid(id)) {
                None => Ok(()),
                Some(id) => {
                    Err(PolicyError::invalid(property, format!("'{}' is no tenant id", shortened(id))))
                }
            }
        }
        Some(_) => {
            Err(PolicyError::invalid(property, "'membershipKind' must agree with the type of the tenants"))
        }
    }
}
