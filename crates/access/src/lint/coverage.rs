//! Whether one policy's conditions are met whenever another's are. What cannot be told from the policies alone counts as
//! no: a policy is only called superfluous when it is.

use std::collections::HashSet;

use riskgate_model::{
    ConditionalAccessApplications, ConditionalAccessClientApp, ConditionalAccessConditionSet,
    ConditionalAccessDevicePlatform, ConditionalAccessLocations, ConditionalAccessPlatforms,
    ConditionalAccessUsers, RiskLevel,
};

use crate::keyword::{self, ALL};

/// Whether every request that meets `narrow` meets `broad`.
pub(super) fn covers(broad: &ConditionalAccessConditionSet, narrow: &ConditionalAccessConditionSet) -> bool {
    users(broad.users.as_ref(), narrow.users.as_ref())
        && applications(broad.applications.as_ref(), narrow.applications.as_ref())
        && broad.client_applications == narrow.client_applications
        && client_app_types(&broad.client_app_types, &narrow.client_app_types)
        && locations(broad.locations.as_ref(), narrow.locations.as_ref())
        && platforms(broad.platforms.as_ref(), narrow.platforms.as_ref())
        && levels(&broad.sign_in_risk_levels, &narrow.sign_in_risk_levels)
        && levels(&broad.user_risk_levels, &narrow.user_risk_levels)
        && levels(&broad.service_principal_risk_levels, &narrow.service_principal_risk_levels)
        && absent_or_equal(&broad.devices, &narrow.devices)
        && absent_or_equal(&broad.authentication_flows, &narrow.authentication_flows)
        && absent_or_equal(&broad.insider_risk_levels, &narrow.insider_risk_levels)
}

fn absent_or_equal<T: PartialEq>(broad: &Option<T>, narrow: &Option<T>) -> bool {
    broad.is_none() || broad == narrow
}

fn users(broad: Option<&ConditionalAccessUsers>, narrow: Option<&ConditionalAccessUsers>) -> bool {
    let (Some(broad), Some(narrow)) = (broad, narrow) else { return broad.is_none() && narrow.is_none() };
    let includes = keyword::has(&broad.include_users, ALL)
        || contains_all(&broad.include_users, &narrow.include_users)
            && contains_all(&broad.include_groups, &narrow.include_groups)
            && contains_all(&broad.include_roles, &narrow.include_roles)
            && absent_or_equal(
                &narrow.include_guests_or_external_users,
                &broad.include_guests_or_external_users,
            );
    includes
        && contains_all(&narrow.exclude_users, &broad.exclude_users)
        && contains_all(&narrow.exclude_groups, &broad.exclude_groups)
        && contains_all(&narrow.exclude_roles, &broad.exclude_roles)
        && absent_or_equal(&broad.exclude_guests_or_external_users, &narrow.exclude_guests_or_external_users)
}

fn applications(
    broad: Option<&ConditionalAccessApplications>,
    narrow: Option<&ConditionalAccessApplications>,
) -> bool {
    let (Some(broad), Some(narrow)) = (broad, narrow) else { return broad.is_none() && narrow.is_none() };
    // `All` stands for every user action as well, and for every context of an application that is not excluded.
    let is_all = keyword::has(&broad.include_applications, ALL);
    let contexts = contains_all(
        &broad.include_authentication_context_class_references,
        &narrow.include_authentication_context_class_references,
    );
    broad.application_filter == narrow.application_filter
        && (is_all || contains_all(&broad.include_applications, &narrow.include_applications))
        && contains_all(&narrow.exclude_applications, &broad.exclude_applications)
        && (is_all || contains_all(&broad.include_user_actions, &narrow.include_user_actions))
        && (is_all && broad.exclude_applications.is_empty() || contexts)
}

fn client_app_types(broad: &[ConditionalAccessClientApp], narrow: &[ConditionalAccessClientApp]) -> bool {
    let is_every = |types: &[ConditionalAccessClientApp]| {
        types.is_empty() || types.contains(&ConditionalAccessClientApp::All)
    };
    is_every(broad) || !is_every(narrow) && narrow.iter().all(|kind| broad.contains(kind))
}

fn locations(
    broad: Option<&ConditionalAccessLocations>,
    narrow: Option<&ConditionalAccessLocations>,
) -> bool {
    let everywhere = ConditionalAccessLocations {
        include_locations: vec![ALL.to_owned()],
        ..ConditionalAccessLocations::default()
    };
    let (broad, narrow) = (broad.unwrap_or(&everywhere), narrow.unwrap_or(&everywhere));
    contains_all_or_everything(&broad.include_locations, &narrow.include_locations)
        && contains_all(&narrow.exclude_locations, &broad.exclude_locations)
}

fn platforms(
    broad: Option<&ConditionalAccessPlatforms>,
    narrow: Option<&ConditionalAccessPlatforms>,
) -> bool {
    let Some(broad) = broad else { return true };
    let Some(narrow) = narrow else { return false };
    let names = |platforms: &[ConditionalAccessDevicePlatform]| {
        platforms.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    contains_all_or_everything(&names(&broad.include_platforms), &names(&narrow.include_platforms))
        && contains_all(&names(&narrow.exclude_platforms), &names(&broad.exclude_platforms))
}

fn levels(broad: &[RiskLevel], narrow: &[RiskLevel]) -> bool {
    broad.is_empty() || !narrow.is_empty() && narrow.iter().all(|level| broad.contains(level))
}

fn contains_all_or_everything(list: &[String], items: &[String]) -> bool {
    keyword::has(list, ALL) || contains_all(list, items)
}

/// Whether every item is in the list, in any case. Lists can have thousands of items.
pub(super) fn contains_all(list: &[String], items: &[String]) -> bool {
    if items.is_empty() {
        return true;
    }
    let list: HashSet<String> = list.iter().map(|item| item.to_ascii_lowercase()).collect();
    items.iter().all(|item| list.contains(&item.to_ascii_lowercase()))
}
