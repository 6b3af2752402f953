use riskgate_model::{
    ConditionalAccessPolicy, ConditionalAccessSessionControls, PersistentBrowserSessionControl,
    SignInFrequencyAuthenticationType, SignInFrequencyInterval, SignInFrequencySessionControl,
    SigninFrequencyType,
};

use super::is_everything;
use crate::error::PolicyError;

/// Graph contract §4 rules 17 to 19.
pub(super) fn validate(policy: &ConditionalAccessPolicy) -> Result<(), PolicyError> {
    let Some(controls) = &policy.session_controls else { return Ok(()) };
    for (property, is_set) in [
        ("sessionControls/cloudAppSecurity", controls.cloud_app_security.is_some()),
        ("sessionControls/secureSignInSession", controls.secure_sign_in_session.is_some()),
    ] {
        if is_set {
            return Err(PolicyError::not_enforced(property));
        }
    }
    controls.sign_in_frequency.as_ref().map_or(Ok(()), sign_in_frequency)?;
    controls.persistent_browser.as_ref().map_or(Ok(()), |control| persistent_browser(control, policy))
}

/// Whether some session control is on.
pub(super) fn has_control(controls: Option<&ConditionalAccessSessionControls>) -> bool {
    let is_on = |flag: Option<bool>| flag != Some(false);
    controls.is_some_and(|controls| {
        controls.sign_in_frequency.as_ref().is_some_and(|control| is_on(control.is_enabled))
            || controls.persistent_browser.as_ref().is_some_and(|control| is_on(control.is_enabled))
            || controls.application_enforced_restrictions.as_ref().is_some_and(|c| is_on(c.is_enabled))
            || controls.disable_resilience_defaults == Some(true)
    })
}

fn sign_in_frequency(control: &SignInFrequencySessionControl) -> Result<(), PolicyError> {
    let refuse = |problem: &str| Err(PolicyError::invalid("sessionControls/signInFrequency", problem));
    if control.frequency_interval == Some(SignInFrequencyInterval::UnknownFutureValue)
        || control.authentication_type == Some(SignInFrequencyAuthenticationType::UnknownFutureValue)
    {
        return refuse("'unknownFutureValue' is not accepted");
    }
    if control.frequency_interval == Some(SignInFrequencyInterval::EveryTime) {
        return match control.value.is_none() && control.type_.is_none() {
            true => Ok(()),
            false => refuse("'everyTime' allows no 'value' and no 'type'"),
        };
    }
    match (control.type_, control.value) {
        (Some(SigninFrequencyType::Hours), Some(1..=23))
        | (Some(SigninFrequencyType::Days), Some(1..=365)) => Ok(()),
        (Some(SigninFrequencyType::Hours), Some(_)) => refuse("'value' must be 1 to 23 hours"),
        (Some(SigninFrequencyType::Days), Some(_)) => refuse("'value' must be 1 to 365 days"),
        _ => refuse("it must have a 'type' (hours or days) and a 'value', or be 'everyTime'"),
    }
}

fn persistent_browser(
    control: &PersistentBrowserSessionControl,
    policy: &ConditionalAccessPolicy,
) -> Result<(), PolicyError> {
    let refuse = |problem: &str| Err(PolicyError::invalid("sessionControls/persistentBrowser", problem));
    if control.mode.is_none() {
        return refuse("'mode' must be 'always' or 'never'");
    }
    match is_everything(policy.conditions.applications.as_ref()) {
        true => Ok(()),
        false => refuse("a browser has one session for all applications: include 'All' and exclude none"),
    }
}
