use riskgate_model::{
    ConditionalAccessClientApp, ConditionalAccessClientApplications, ConditionalAccessConditionSet,
    ConditionalAccessGrantControl, ConditionalAccessPolicy, ConditionalAccessUsers, FilterMode,
};

use super::{items, security_attributes};
use crate::error::PolicyError;
use crate::keyword::{self, NONE, OWN_SERVICE_PRINCIPALS};
use crate::known::{KnownObjects, ObjectKind};

/// Graph contract §4 rule 3 and `entra-semantics` §3.3: a policy about applications that act on their own behalf concerns
/// no person, looks at location, risk of the service principal and authentication contexts alone, and can only block.
pub(super) fn validate(
    policy: &ConditionalAccessPolicy,
    clients: &ConditionalAccessClientApplications,
    known: &impl KnownObjects,
) -> Result<(), PolicyError> {
    let (include, exclude) = (&clients.include_service_principals, &clients.exclude_service_principals);
    let filter = clients.service_principal_filter.as_ref();
    if let Some(filter) = filter {
        let property = "conditions/clientApplications/servicePrincipalFilter";
        security_attributes::validate(property, filter, include, OWN_SERVICE_PRINCIPALS, known)?;
    }
    if include.is_empty() && filter.is_none_or(|filter| filter.mode == FilterMode::Exclude) {
        let problem = format!("it must name service principals, by 'id', or '{OWN_SERVICE_PRINCIPALS}'");
        let property = "conditions/clientApplications/includeServicePrincipals";
        return Err(PolicyError::invalid(property, problem));
    }
    let kind = ObjectKind::ServicePrincipal;
    let property = "conditions/clientApplications/includeServicePrincipals";
    items(property, include, kind, &[OWN_SERVICE_PRINCIPALS], known)?;
    items("conditions/clientApplications/excludeServicePrincipals", exclude, kind, &[], known)?;
    let conditions = &policy.conditions;
    if conditions.users.as_ref().is_some_and(names_people) {
        let problem =
            "a policy with 'clientApplications' is about no person: 'includeUsers' must be ['None']";
        return Err(PolicyError::invalid("conditions/users", problem));
    }
    if let Some(property) = other_condition(conditions) {
        let problem = "it cannot be combined with 'conditions/clientApplications'";
        return Err(PolicyError::invalid(property, problem));
    }
    let controls = policy.grant_controls.as_ref().map(|controls| controls.built_in_controls.as_slice());
    if controls != Some(&[ConditionalAccessGrantControl::Block]) {
        let problem = "applications that act on their own behalf can only be blocked: it must be ['block']";
        return Err(PolicyError::invalid("grantControls/builtInControls", problem));
    }
    if policy.session_controls.is_some() {
        let problem = "it cannot be combined with 'conditions/clientApplications'";
        return Err(PolicyError::invalid("sessionControls", problem));
    }
    Ok(())
}

fn names_people(users: &ConditionalAccessUsers) -> bool {
    let nobody = ConditionalAccessUsers::default();
    let rest = ConditionalAccessUsers { include_users: Vec::new(), ..users.clone() };
    rest != nobody || !users.include_users.iter().all(|text| keyword::is(text, NONE))
}

/// A condition that has nothing to look at when no person signs in.
fn other_condition(conditions: &ConditionalAccessConditionSet) -> Option<&'static str> {
    let is_every_client = |types: &[ConditionalAccessClientApp]| {
        types.is_empty() || types.contains(&ConditionalAccessClientApp::All)
    };
    let applications = conditions.applications.as_ref();
    let actions = applications.is_some_and(|applications| !applications.include_user_actions.is_empty());
    [
        ("conditions/applications/includeUserActions", actions),
        ("conditions/clientAppTypes", !is_every_client(&conditions.client_app_types)),
        ("conditions/platforms", conditions.platforms.is_some()),
        ("conditions/devices", conditions.devices.is_some()),
        ("conditions/authenticationFlows", conditions.authentication_flows.is_some()),
        ("conditions/signInRiskLevels", !conditions.sign_in_risk_levels.is_empty()),
        ("conditions/userRiskLevels", !conditions.user_risk_levels.is_empty()),
        ("conditions/insiderRiskLevels", conditions.insider_risk_levels.is_some()),
    ]
    .into_iter()
    .find_map(|(property, is_set)| is_set.then_some(property))
}
