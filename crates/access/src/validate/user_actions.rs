use riskgate_model::{
    ConditionalAccessClientApp, ConditionalAccessGrantControl as Control, ConditionalAccessPolicy,
    ConditionalAccessPolicyState, UserAction,
};

use crate::conditions::user_action;
use crate::error::PolicyError;

/// Graph contract §4 rule 7 and `entra-semantics` §3.4: what a policy about a user action cannot ask for.
pub(super) fn validate(policy: &ConditionalAccessPolicy) -> Result<(), PolicyError> {
    let conditions = &policy.conditions;
    let actions = conditions.applications.as_ref().map(|applications| &applications.include_user_actions);
    let Some(action) = actions.and_then(|list| list.first()).and_then(|text| user_action(text)) else {
        return Ok(());
    };
    if policy.state == ConditionalAccessPolicyState::EnabledForReportingButNotEnforced {
        let problem = "a policy about a user action cannot be report-only";
        return Err(PolicyError::invalid("state", problem));
    }
    if action == UserAction::RegisterOrJoinDevices { register_device(policy) } else { Ok(()) }
}

/// The device does not exist yet, so nothing can be asked about it; and only proving oneself helps.
fn register_device(policy: &ConditionalAccessPolicy) -> Result<(), PolicyError> {
    let (conditions, property) = (&policy.conditions, "conditions/applications/includeUserActions");
    let is_every_client = conditions.client_app_types.iter().all(|t| *t == ConditionalAccessClientApp::All);
    if !is_every_client || conditions.devices.is_some() {
        let problem = "registering a device cannot be combined with client app types or a device filter";
        return Err(PolicyError::invalid(property, problem));
    }
    let only_mfa = policy.grant_controls.as_ref().is_some_and(|controls| {
        controls.built_in_controls.iter().all(|control| *control == Control::Mfa)
            && controls.terms_of_use.is_empty()
    });
    match only_mfa {
        true => Ok(()),
        false => Err(PolicyError::invalid(
            "grantControls/builtInControls",
            "registering a device can ask for 'mfa' or an authentication strength only",
        )),
    }
}
