use riskgate_model::{
    ConditionalAccessClientApp, ConditionalAccessConditionSet, ConditionalAccessGrantControl as Control,
    ConditionalAccessGrantControls, ConditionalAccessPolicy, SignInFrequencyInterval,
};

use super::is_everything;
use crate::error::PolicyError;

/// Graph contract §4 rules 14, 15, 17 and 18: a new password, or the remediation that chooses for itself, closes the risk
/// of a user, so it is asked for because of that and with multifactor authentication, and for everything.
pub(super) fn validate(policy: &ConditionalAccessPolicy) -> Result<(), PolicyError> {
    let Some(controls) = &policy.grant_controls else { return Ok(()) };
    let has = |control| controls.built_in_controls.contains(&control);
    match (has(Control::PasswordChange), has(Control::RiskRemediation)) {
        (false, false) => Ok(()),
        (true, true) => refuse("'passwordChange' and 'riskRemediation' cannot be combined."),
        (is_password_change, _) => {
            let name = if is_password_change { "passwordChange" } else { "riskRemediation" };
            grant(name, controls)?;
            conditions(name, &policy.conditions)?;
            session(name, policy)
        }
    }
}

fn grant(name: &str, controls: &ConditionalAccessGrantControls) -> Result<(), PolicyError> {
    let has_mfa =
        controls.built_in_controls.contains(&Control::Mfa) || controls.authentication_strength.is_some();
    let is_and = controls.operator.as_deref().is_some_and(|operator| operator.eq_ignore_ascii_case("AND"));
    if !has_mfa || !is_and {
        return refuse(format!(
            "'{name}' must be combined with 'mfa' or an authentication strength by 'AND'."
        ));
    }
    let is_own = |control: &Control| {
        matches!(control, Control::Mfa | Control::PasswordChange | Control::RiskRemediation)
    };
    if !controls.built_in_controls.iter().all(is_own) || !controls.terms_of_use.is_empty() {
        return refuse(format!(
            "'{name}' cannot be combined with other controls than 'mfa' or an authentication strength."
        ));
    }
    Ok(())
}

fn conditions(name: &str, conditions: &ConditionalAccessConditionSet) -> Result<(), PolicyError> {
    if conditions.user_risk_levels.is_empty() {
        return refuse(format!("'{name}' needs 'userRiskLevels': it is there to close the risk of a user."));
    }
    if !is_everything(conditions.applications.as_ref()) {
        return refuse(format!("'{name}' needs 'includeApplications' ['All'] and no exclusions."));
    }
    let is_every_client = conditions.client_app_types.iter().all(|t| *t == ConditionalAccessClientApp::All);
    let has_other = !is_every_client
        || conditions.platforms.is_some()
        || conditions.devices.is_some()
        || conditions.locations.is_some()
        || conditions.authentication_flows.is_some()
        || conditions.insider_risk_levels.is_some()
        || !conditions.sign_in_risk_levels.is_empty();
    match has_other {
        true => refuse(format!("'{name}' allows no other conditions than users and 'userRiskLevels'.")),
        false => Ok(()),
    }
}

fn session(name: &str, policy: &ConditionalAccessPolicy) -> Result<(), PolicyError> {
    let Some(controls) = &policy.session_controls else { return Ok(()) };
    let frequency = controls.sign_in_frequency.as_ref();
    let is_every_time =
        frequency.is_none_or(|f| f.frequency_interval == Some(SignInFrequencyInterval::EveryTime));
    if !is_every_time {
        return refuse(format!("The only sign-in frequency '{name}' can be combined with is 'everyTime'."));
    }
    match controls.persistent_browser.is_some() {
        true => refuse(format!("'{name}' cannot be combined with 'persistentBrowser'.")),
        false => Ok(()),
    }
}

fn refuse(problem: impl Into<String>) -> Result<(), PolicyError> {
    Err(PolicyError::PasswordChange(problem.into()))
}
