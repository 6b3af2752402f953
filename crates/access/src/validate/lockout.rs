use riskgate_model::{
    ConditionalAccessClientApp, ConditionalAccessConditionSet, ConditionalAccessGrantControl,
    ConditionalAccessPolicy, RiskLevel,
};

use crate::error::PolicyError;
use crate::keyword::{self, ALL};

/// Refuses a policy that blocks everyone from everything. Conditions that leave nothing out, such as all four risk
/// levels, count as no conditions.
pub(super) fn validate(policy: &ConditionalAccessPolicy) -> Result<(), PolicyError> {
    let controls = policy.grant_controls.as_ref().map(|controls| controls.built_in_controls.as_slice());
    let blocks = controls.is_some_and(|controls| controls.contains(&ConditionalAccessGrantControl::Block));
    let conditions = &policy.conditions;
    let is_unlimited = every_user(conditions)
        && every_application(conditions)
        && every_location(conditions)
        && every_client(&conditions.client_app_types)
        && every_level(&conditions.sign_in_risk_levels)
        && every_level(&conditions.user_risk_levels)
        && conditions.platforms.is_none()
        && conditions.devices.is_none()
        && conditions.authentication_flows.is_none()
        && conditions.insider_risk_levels.is_none();
    if blocks && is_unlimited { Err(PolicyError::LocksEveryoneOut) } else { Ok(()) }
}

fn every_user(conditions: &ConditionalAccessConditionSet) -> bool {
    conditions.users.as_ref().is_some_and(|users| {
        keyword::has(&users.include_users, ALL)
            && users.exclude_users.is_empty()
            && users.exclude_groups.is_empty()
            && users.exclude_roles.is_empty()
            && users.exclude_guests_or_external_users.is_none()
    })
}

fn every_application(conditions: &ConditionalAccessConditionSet) -> bool {
    conditions.applications.as_ref().is_some_and(|applications| {
        keyword::has(&applications.include_applications, ALL) && applications.exclude_applications.is_empty()
    })
}

fn every_location(conditions: &ConditionalAccessConditionSet) -> bool {
    conditions.locations.as_ref().is_none_or(|locations| {
        keyword::has(&locations.include_locations, ALL) && locations.exclude_locations.is_empty()
    })
}

fn every_client(types: &[ConditionalAccessClientApp]) -> bool {
    use ConditionalAccessClientApp::{All, Browser, MobileAppsAndDesktopClients, Other};
    types.is_empty()
        || types.contains(&All)
        || [Browser, MobileAppsAndDesktopClients, Other].iter().all(|kind| types.contains(kind))
}

fn every_level(levels: &[RiskLevel]) -> bool {
    use RiskLevel::{High, Low, Medium, None};
    levels.is_empty() || [None, Low, Medium, High].iter().all(|level| levels.contains(level))
}
