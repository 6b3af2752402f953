use riskgate_model::{
    AnyExternalTenants, AuthenticationStrengthReference, ConditionalAccessApplications,
    ConditionalAccessClientApp, ConditionalAccessExternalTenantsMembershipKind as MembershipKind,
    ConditionalAccessGrantControl, ConditionalAccessGuestsOrExternalUsers, ConditionalAccessPolicy,
    ConditionalAccessSessionControls, ConditionalAccessUsers, SignInFrequencyAuthenticationType,
    SignInFrequencyInterval, SignInFrequencySessionControl,
};

use crate::keyword::{
    self, ADMIN_PORTALS, ALL, ALL_TRUSTED, GUESTS, NONE, OFFICE365, OWN_SERVICE_PRINCIPALS, REGISTER_DEVICE,
    REGISTER_SECURITY_INFORMATION,
};

/// The built-in strength that any multifactor authentication satisfies (Graph contract §1.2.2).
const MULTIFACTOR_STRENGTH_ID: &str = "00000000-0000-0000-0000-000000000002";

/// Fills in what Graph echoes for everything a client left out (Graph contract §4, default echo), and writes keywords
/// and the operator as documented. Lists keep their order.
pub fn with_defaults(mut policy: ConditionalAccessPolicy) -> ConditionalAccessPolicy {
    let conditions = &mut policy.conditions;
    if conditions.client_app_types.is_empty() {
        conditions.client_app_types.push(ConditionalAccessClientApp::All);
    }
    canonicalize_applications(conditions.applications.get_or_insert_default());
    canonicalize_users(conditions.users.get_or_insert_default());
    if let Some(clients) = &mut conditions.client_applications {
        keyword::canonicalize(&mut clients.include_service_principals, &[OWN_SERVICE_PRINCIPALS]);
        let users = conditions.users.get_or_insert_default();
        if *users == ConditionalAccessUsers::default() {
            users.include_users.push(NONE.to_owned());
        }
    }
    if let Some(locations) = &mut conditions.locations {
        keyword::canonicalize(&mut locations.include_locations, &[ALL, ALL_TRUSTED]);
        keyword::canonicalize(&mut locations.exclude_locations, &[ALL_TRUSTED]);
    }
    if let Some(operator) = policy.grant_controls.as_mut().and_then(|controls| controls.operator.as_mut()) {
        operator.make_ascii_uppercase();
    }
    if policy.session_controls == Some(ConditionalAccessSessionControls::default()) {
        policy.session_controls = None;
    }
    complete_remediation(&mut policy);
    if let Some(frequency) = policy.session_controls.as_mut().and_then(|c| c.sign_in_frequency.as_mut()) {
        frequency.authentication_type.get_or_insert(DEFAULT_AUTHENTICATION_TYPE);
        frequency.frequency_interval.get_or_insert(SignInFrequencyInterval::TimeBased);
    }
    policy
}

/// What a sign-in frequency is about when nothing is said.
const DEFAULT_AUTHENTICATION_TYPE: SignInFrequencyAuthenticationType =
    SignInFrequencyAuthenticationType::PrimaryAndSecondaryAuthentication;

fn canonicalize_applications(applications: &mut ConditionalAccessApplications) {
    let groups = [OFFICE365, ADMIN_PORTALS];
    keyword::canonicalize(&mut applications.include_applications, &[&[ALL, NONE], &groups[..]].concat());
    keyword::canonicalize(&mut applications.exclude_applications, &groups);
    let actions = [REGISTER_SECURITY_INFORMATION, REGISTER_DEVICE];
    keyword::canonicalize(&mut applications.include_user_actions, &actions);
    for context in &mut applications.include_authentication_context_class_references {
        context.make_ascii_lowercase();
    }
}

fn canonicalize_users(users: &mut ConditionalAccessUsers) {
    keyword::canonicalize(&mut users.include_users, &[ALL, NONE, GUESTS]);
    keyword::canonicalize(&mut users.exclude_users, &[GUESTS]);
    let guests = [&mut users.include_guests_or_external_users, &mut users.exclude_guests_or_external_users];
    guests.into_iter().flatten().for_each(say_membership_kind);
}

/// The kind of membership follows from the type of the tenants.
fn say_membership_kind(guests: &mut ConditionalAccessGuestsOrExternalUsers) {
    match &mut guests.external_tenants {
        Some(AnyExternalTenants::All(all)) => {
            all.membership_kind.get_or_insert(MembershipKind::All);
        }
        Some(AnyExternalTenants::Enumerated(some)) => {
            some.membership_kind.get_or_insert(MembershipKind::Enumerated);
        }
        None => {}
    }
}

/// Remediation of risk brings its own strength and sign-in frequency (Graph contract §4 rule 15).
fn complete_remediation(policy: &mut ConditionalAccessPolicy) {
    let Some(controls) = &mut policy.grant_controls else { return };
    let has = |control| controls.built_in_controls.contains(&control);
    if !has(ConditionalAccessGrantControl::RiskRemediation) {
        return;
    }
    if !has(ConditionalAccessGrantControl::Mfa) {
        controls.authentication_strength.get_or_insert_with(|| AuthenticationStrengthReference {
            id: MULTIFACTOR_STRENGTH_ID.to_owned(),
        });
    }
    let session = policy.session_controls.get_or_insert_default();
    session.sign_in_frequency.get_or_insert_with(|| SignInFrequencySessionControl {
        is_enabled: Some(true),
        authentication_type: Some(DEFAULT_AUTHENTICATION_TYPE),
        frequency_interval: Some(SignInFrequencyInterval::EveryTime),
        ..SignInFrequencySessionControl::default()
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_minimal_policy_is_echoed_with_every_default() {
        let policy: ConditionalAccessPolicy = serde_json::from_value(json!({
            "id": "11111111-0000-0000-0000-000000000000", "displayName": "Require MFA", "state": "enabled",
            "conditions": {"signInRiskLevels": ["high", "medium"], "applications": {"includeApplications": ["all"]},
                "users": {"includeUsers": ["22222222-0000-0000-0000-000000000000"]}},
            "sessionControls": {},
            "grantControls": {"operator": "or", "builtInControls": ["mfa"]},
        }))
        .unwrap();
        let echoed = serde_json::to_value(with_defaults(policy)).unwrap();
        let conditions = json!({
            "userRiskLevels": [], "signInRiskLevels": ["high", "medium"], "clientAppTypes": ["all"],
            "servicePrincipalRiskLevels": [], "insiderRiskLevels": null, "platforms": null, "locations": null,
            "devices": null, "clientApplications": null, "authenticationFlows": null,
            "applications": {"includeApplications": ["All"], "excludeApplications": [], "includeUserActions": [],
                "includeAuthenticationContextClassReferences": [], "applicationFilter": null},
            "users": {"includeUsers": ["22222222-0000-0000-0000-000000000000"], "excludeUsers": [], "includeGroups": [],
                "excludeGroups": [], "includeRoles": [], "excludeRoles": [], "includeGuestsOrExternalUsers": null,
                "excludeGuestsOrExternalUsers": null},
        });
        assert_eq!(echoed["conditions"], conditions);
        assert_eq!(echoed["grantControls"]["operator"], "OR");
        for property in
            ["sessionControls", "templateId", "createdDateTime", "modifiedDateTime", "description"]
        {
            assert_eq!(echoed[property], json!(null), "{property}");
        }
    }
}
