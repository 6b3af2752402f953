use riskgate_model::{
    ConditionalAccessGrantControl as Control, ConditionalAccessGrantControls, ConditionalAccessPolicy,
};

use super::items;
use crate::error::PolicyError;
use crate::known::{KnownObjects, ObjectKind};

/// Graph contract §4 rules 2 and 13 to 16. A policy without a session control must have a grant control.
pub(super) fn validate(
    policy: &ConditionalAccessPolicy,
    known: &impl KnownObjects,
) -> Result<(), PolicyError> {
    let Some(controls) = &policy.grant_controls else {
        return match super::session::has_control(policy.session_controls.as_ref()) {
            true => Ok(()),
            false => Err(PolicyError::invalid(
                "grantControls",
                "the policy must have a grant control or a session control",
            )),
        };
    };
    match controls.operator.as_deref() {
        Some(operator) if ["AND", "OR"].iter().any(|known| operator.eq_ignore_ascii_case(known)) => {}
        _ => return Err(PolicyError::invalid("grantControls/operator", "it must be 'AND' or 'OR'")),
    }
    let has_session_control = super::session::has_control(policy.session_controls.as_ref());
    if controls.built_in_controls.is_empty() && !has_others(controls) && !has_session_control {
        let problem = "it must name at least one control, for example 'mfa' or 'block'";
        return Err(PolicyError::invalid("grantControls/builtInControls", problem));
    }
    only_enforced(controls)?;
    combinations(controls)?;
    let (kind, terms) = (ObjectKind::Agreement, &controls.terms_of_use);
    items("grantControls/termsOfUse", terms, kind, &[], known)?;
    match &controls.authentication_strength {
        None => Ok(()),
        Some(reference) => {
            let kind = ObjectKind::AuthenticationStrength;
            let id = std::slice::from_ref(&reference.id);
            items("grantControls/authenticationStrength", id, kind, &[], known)
        }
    }
}

fn has_others(controls: &ConditionalAccessGrantControls) -> bool {
    !controls.custom_authentication_factors.is_empty()
        || !controls.terms_of_use.is_empty()
        || controls.authentication_strength.is_some()
}

fn combinations(controls: &ConditionalAccessGrantControls) -> Result<(), PolicyError> {
    let (property, built_in) = ("grantControls/builtInControls", &controls.built_in_controls);
    let has = |control| built_in.contains(&control);
    if has(Control::Block) && (has_others(controls) || built_in.iter().any(|c| *c != Control::Block)) {
        return Err(PolicyError::invalid(property, "'block' cannot be combined with another control"));
    }
    if has(Control::Mfa) && controls.authentication_strength.is_some() {
        let problem = "'mfa' cannot be combined with an authentication strength: the strength says more";
        return Err(PolicyError::invalid(property, problem));
    }
    Ok(())
}

fn only_enforced(controls: &ConditionalAccessGrantControls) -> Result<(), PolicyError> {
    for control in &controls.built_in_controls {
        match control {
            Control::Block
            | Control::Mfa
            | Control::CompliantDevice
            | Control::DomainJoinedDevice
            | Control::PasswordChange
            | Control::RiskRemediation => {}
            Control::UnknownFutureValue => {
                let text = "The value 'unknownFutureValue' is not accepted in 'builtInControls'.";
                return Err(PolicyError::Schema(text.to_owned()));
            }
            Control::ApprovedApplication | Control::CompliantApplication => {
                return Err(PolicyError::value_not_enforced("grantControls/builtInControls", control));
            }
        }
    }
    match controls.custom_authentication_factors.is_empty() {
        true => Ok(()),
        false => Err(PolicyError::not_enforced("grantControls/customAuthenticationFactors")),
    }
}
