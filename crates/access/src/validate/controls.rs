use riskgate_model::{
    ConditionalAccessGrantControl, ConditionalAccessGrantControls, ConditionalAccessSessionControls,
};

use crate::error::PolicyError;

/// No session control is enforced yet; an object that sets none is the same as no object.
pub(super) fn validate_session(
    controls: Option<&ConditionalAccessSessionControls>,
) -> Result<(), PolicyError> {
    let Some(controls) = controls else { return Ok(()) };
    let set = [
        (
            "sessionControls/applicationEnforcedRestrictions",
            controls.application_enforced_restrictions.is_some(),
        ),
        ("sessionControls/cloudAppSecurity", controls.cloud_app_security.is_some()),
        // `false` is what holds without the property, so it promises nothing.
        ("sessionControls/disableResilienceDefaults", controls.disable_resilience_defaults == Some(true)),
        ("sessionControls/persistentBrowser", controls.persistent_browser.is_some()),
        ("sessionControls/secureSignInSession", controls.secure_sign_in_session.is_some()),
        ("sessionControls/signInFrequency", controls.sign_in_frequency.is_some()),
    ];
    match set.into_iter().find(|(_, is_set)| *is_set) {
        Some((property, _)) => Err(PolicyError::not_enforced(property)),
        None => Ok(()),
    }
}

/// Graph contract §4 rules 2 and 13 to 16.
pub(super) fn validate_grant(controls: Option<&ConditionalAccessGrantControls>) -> Result<(), PolicyError> {
    let controls = controls
        .ok_or_else(|| PolicyError::invalid("grantControls", "the policy must have a grant control"))?;
    match controls.operator.as_deref() {
        Some(operator) if ["AND", "OR"].iter().any(|known| operator.eq_ignore_ascii_case(known)) => {}
        _ => return Err(PolicyError::invalid("grantControls/operator", "it must be 'AND' or 'OR'")),
    }
    let built_in = &controls.built_in_controls;
    let has_others = !controls.custom_authentication_factors.is_empty() || !controls.terms_of_use.is_empty();
    if built_in.is_empty() && !has_others {
        let problem = "it must name at least one control, for example 'mfa' or 'block'";
        return Err(PolicyError::invalid("grantControls/builtInControls", problem));
    }
    let is_block = |control: &ConditionalAccessGrantControl| *control == ConditionalAccessGrantControl::Block;
    if built_in.iter().any(is_block) && (has_others || !built_in.iter().all(is_block)) {
        let problem = "'block' cannot be combined with another control";
        return Err(PolicyError::invalid("grantControls/builtInControls", problem));
    }
    only_enforced(controls)
}

fn only_enforced(controls: &ConditionalAccessGrantControls) -> Result<(), PolicyError> {
    use ConditionalAccessGrantControl::{Block, Mfa, UnknownFutureValue};
    for control in &controls.built_in_controls {
        match control {
            Block | Mfa => {}
            UnknownFutureValue => {
                let text = "The value 'unknownFutureValue' is not accepted in 'builtInControls'.";
                return Err(PolicyError::Schema(text.to_owned()));
            }
            other => return Err(PolicyError::value_not_enforced("grantControls/builtInControls", other)),
        }
    }
    if !controls.terms_of_use.is_empty() {
        return Err(PolicyError::not_enforced("grantControls/termsOfUse"));
    }
    if !controls.custom_authentication_factors.is_empty() {
        return Err(PolicyError::not_enforced("grantControls/customAuthenticationFactors"));
    }
    Ok(())
}
