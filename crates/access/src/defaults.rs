use riskgate_model::{
    ConditionalAccessApplications, ConditionalAccessClientApp, ConditionalAccessPolicy,
    ConditionalAccessSessionControls, ConditionalAccessUsers,
};

use crate::keyword::{self, ALL, ALL_TRUSTED, GUESTS, NONE};

/// Fills in what Graph echoes for everything a client left out (Graph contract §4, default echo), and writes keywords
/// and the operator as documented. Lists keep their order.
pub fn with_defaults(mut policy: ConditionalAccessPolicy) -> ConditionalAccessPolicy {
    let conditions = &mut policy.conditions;
    if conditions.client_app_types.is_empty() {
        conditions.client_app_types.push(ConditionalAccessClientApp::All);
    }
    let applications = conditions.applications.get_or_insert_with(ConditionalAccessApplications::default);
    keyword::canonicalize(&mut applications.include_applications, &[ALL, NONE]);
    let users = conditions.users.get_or_insert_with(ConditionalAccessUsers::default);
    keyword::canonicalize(&mut users.include_users, &[ALL, NONE, GUESTS]);
    keyword::canonicalize(&mut users.exclude_users, &[GUESTS]);
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
    policy
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
