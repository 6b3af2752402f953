//! Random policies: all that validation lets through, and some that it would refuse.

use riskgate_model::*;

use super::super::world::*;
use super::choices::Choices;
use super::filter_rules::{device_rule, security_attribute_rule};
use super::grant::{grant, session};

/// A policy of any state with this identifier.
pub fn policy(choices: &Choices, id: String) -> ConditionalAccessPolicy {
    use ConditionalAccessPolicyState::{Disabled, Enabled, EnabledForReportingButNotEnforced};
    let state = choices.one(&[Enabled, Enabled, Enabled, EnabledForReportingButNotEnforced, Disabled]);
    let grant_controls = choices.sometimes(90, || grant(choices));
    ConditionalAccessPolicy {
        deleted_date_time: None,
        conditions: if choices.percent(12) { workload_conditions(choices) } else { user_conditions(choices) },
        created_date_time: None,
        description: None,
        display_name: format!("Policy {id}"),
        id,
        modified_date_time: None,
        session_controls: choices.sometimes(45, || session(choices)),
        grant_controls,
        state,
        template_id: None,
    }
}

/// One to three conditions beside users and applications, so that policies often apply.
fn user_conditions(choices: &Choices) -> ConditionalAccessConditionSet {
    let mut conditions = ConditionalAccessConditionSet {
        users: choices.sometimes(97, || users(choices)),
        applications: choices.sometimes(97, || applications(choices)),
        ..ConditionalAccessConditionSet::default()
    };
    for _ in 0..choices.below(4) {
        add_condition(choices, &mut conditions);
    }
    conditions
}

fn add_condition(choices: &Choices, conditions: &mut ConditionalAccessConditionSet) {
    let levels = || choices.members(3, &["hidden"]);
    match choices.below(9) {
        0 => conditions.client_app_types = client_app_types(choices),
        1 => conditions.platforms = Some(platforms(choices)),
        2 | 3 => conditions.locations = Some(locations(choices)),
        4 => conditions.devices = Some(devices(choices)),
        5 => conditions.sign_in_risk_levels = levels(),
        6 => conditions.user_risk_levels = levels(),
        7 => {
            let levels = ConditionalAccessInsiderRiskLevels::TYPE;
            conditions.insider_risk_levels = Some(choices.flags(levels, 2, &[]));
        }
        _ => {
            let transfer_methods = choices.flags(ConditionalAccessTransferMethods::TYPE, 2, &[]);
            conditions.authentication_flows = Some(ConditionalAccessAuthenticationFlows { transfer_methods });
        }
    }
}

fn users(choices: &Choices) -> ConditionalAccessUsers {
    let guests = || choices.sometimes(25, || guests(choices));
    let mut users = ConditionalAccessUsers::default();
    match choices.below(10) {
        0..=4 => users.include_users = choices.texts(&["All"], 1),
        5 => users.include_users = choices.texts(&["None"], 1),
        _ => {
            users.include_users = choices.texts(&["GuestsOrExternalUsers", USER, OTHER_USER], 2);
            users.include_groups = choices.sometimes(50, || choices.texts(GROUPS, 2)).unwrap_or_default();
            users.include_roles = choices.sometimes(50, || choices.texts(ROLES, 2)).unwrap_or_default();
            users.include_guests_or_external_users = guests();
            if choices.percent(40) {
                users.include_users = Vec::new();
            }
        }
    }
    if choices.percent(25) {
        let named = &["GuestsOrExternalUsers", USER, OTHER_USER];
        users.exclude_users = choices.sometimes(40, || choices.texts(named, 2)).unwrap_or_default();
        users.exclude_groups = choices.sometimes(40, || choices.texts(GROUPS, 1)).unwrap_or_default();
        users.exclude_roles = choices.sometimes(40, || choices.texts(ROLES, 1)).unwrap_or_default();
        users.exclude_guests_or_external_users = guests();
    }
    users
}

fn guests(choices: &Choices) -> ConditionalAccessGuestsOrExternalUsers {
    let kinds = ConditionalAccessGuestOrExternalUserTypes::TYPE;
    let external_tenants = choices.sometimes(70, || match choices.percent(30) {
        true => AnyExternalTenants::All(ConditionalAccessAllExternalTenants {
            membership_kind: Some(ConditionalAccessExternalTenantsMembershipKind::All),
        }),
        false => AnyExternalTenants::Enumerated(ConditionalAccessEnumeratedExternalTenants {
            membership_kind: Some(ConditionalAccessExternalTenantsMembershipKind::Enumerated),
            members: choices.texts(TENANTS, 1),
        }),
    });
    ConditionalAccessGuestsOrExternalUsers {
        external_tenants,
        guest_or_external_user_types: choices.flags(kinds, 4, &[]),
    }
}

fn applications(choices: &Choices) -> ConditionalAccessApplications {
    let mut applications = ConditionalAccessApplications {
        application_filter: choices.sometimes(15, || security_attribute_filter(choices)),
        ..ConditionalAccessApplications::default()
    };
    if applications.application_filter.is_some() && choices.percent(30) {
        return applications;
    }
    let include = match choices.below(20) {
        0..=8 => choices.texts(&["All"], 1),
        9 => choices.texts(&["None"], 1),
        10 | 11 => {
            let actions = &["urn:user:registersecurityinfo", "urn:user:registerdevice"];
            applications.include_user_actions = choices.texts(actions, 2);
            return applications;
        }
        12 | 13 => {
            applications.include_authentication_context_class_references = choices.texts(CONTEXTS, 2);
            return applications;
        }
        _ => choices.texts(&["Office365", "MicrosoftAdminPortals", APP, OTHER_APP], 2),
    };
    applications.include_applications = include;
    if choices.percent(25) {
        let all = &["Office365", "MicrosoftAdminPortals", APP, OTHER_APP];
        applications.exclude_applications = choices.texts(all, 2);
    }
    applications
}

fn security_attribute_filter(choices: &Choices) -> ConditionalAccessFilter {
    ConditionalAccessFilter { mode: choices.member(&[]), rule: security_attribute_rule(choices) }
}

fn client_app_types(choices: &Choices) -> Vec<ConditionalAccessClientApp> {
    match choices.percent(20) {
        true => vec![ConditionalAccessClientApp::All],
        false => choices.members(3, &["all"]),
    }
}

fn platforms(choices: &Choices) -> ConditionalAccessPlatforms {
    use ConditionalAccessDevicePlatform::All;
    ConditionalAccessPlatforms {
        include_platforms: if choices.percent(40) { vec![All] } else { choices.members(4, &["all"]) },
        exclude_platforms: choices.sometimes(50, || choices.members(3, &[])).unwrap_or_default(),
    }
}

fn locations(choices: &Choices) -> ConditionalAccessLocations {
    let known: Vec<_> = LOCATIONS.iter().copied().chain(["AllTrusted", MISSING]).collect();
    ConditionalAccessLocations {
        include_locations: match choices.percent(40) {
            true => choices.texts(&["All"], 1),
            false => choices.texts(&known, 3),
        },
        exclude_locations: match choices.below(20) {
            0 => choices.texts(&["All"], 1),
            1..=9 => choices.texts(&known, 3),
            _ => Vec::new(),
        },
    }
}

fn devices(choices: &Choices) -> ConditionalAccessDevices {
    let filter = || ConditionalAccessFilter { mode: choices.member(&[]), rule: device_rule(choices) };
    ConditionalAccessDevices { device_filter: choices.sometimes(95, filter) }
}

/// A policy about service principals (contract §4 rule 3).
fn workload_conditions(choices: &Choices) -> ConditionalAccessConditionSet {
    let include = match choices.percent(40) {
        true => choices.texts(&["ServicePrincipalsInMyTenant"], 1),
        false => choices.texts(SERVICE_PRINCIPALS, 2),
    };
    let exclude = choices.sometimes(30, || choices.texts(SERVICE_PRINCIPALS, 1));
    let service_principal_filter = choices.sometimes(40, || security_attribute_filter(choices));
    let is_by_filter_alone = service_principal_filter.is_some() && choices.percent(30);
    let users = ConditionalAccessUsers {
        include_users: choices.texts(&["None"], 1),
        ..ConditionalAccessUsers::default()
    };
    ConditionalAccessConditionSet {
        users: choices.sometimes(80, || users),
        applications: Some(applications(choices)),
        client_applications: Some(ConditionalAccessClientApplications {
            include_service_principals: if is_by_filter_alone { Vec::new() } else { include },
            exclude_service_principals: exclude.unwrap_or_default(),
            service_principal_filter,
        }),
        locations: choices.sometimes(40, || locations(choices)),
        service_principal_risk_levels: choices
            .sometimes(40, || choices.members(2, &["hidden"]))
            .unwrap_or_default(),
        ..ConditionalAccessConditionSet::default()
    }
}
