//! Random grant and session controls.

use riskgate_model::*;

use super::super::world::*;
use super::choices::Choices;

pub fn grant(choices: &Choices) -> ConditionalAccessGrantControls {
    let mut grant = ConditionalAccessGrantControls {
        operator: choices
            .one(&[Some("AND"), Some("OR"), Some("OR"), Some("and"), Some("or"), None])
            .map(str::to_owned),
        ..ConditionalAccessGrantControls::default()
    };
    if choices.percent(12) {
        grant.built_in_controls = vec![ConditionalAccessGrantControl::Block];
        return grant;
    }
    if choices.percent(45) {
        grant.built_in_controls = vec![ConditionalAccessGrantControl::Mfa];
    } else if choices.percent(50) {
        grant.authentication_strength =
            Some(AuthenticationStrengthReference { id: choices.texts(STRENGTHS_AND_MISSING, 1).remove(0) });
    }
    if choices.percent(35) {
        let more: Vec<ConditionalAccessGrantControl> = choices.members(2, &["block", "mfa"]);
        grant.built_in_controls.extend(more);
    }
    if choices.percent(20) {
        grant.terms_of_use = choices.some(AGREEMENTS, 2).into_iter().map(str::to_owned).collect();
    }
    if choices.percent(3) {
        grant.custom_authentication_factors = vec!["Factor".to_owned()];
    }
    grant
}

pub fn session(choices: &Choices) -> ConditionalAccessSessionControls {
    let is_enabled = || choices.one(&[None, Some(true), Some(true), Some(false)]);
    ConditionalAccessSessionControls {
        application_enforced_restrictions: choices
            .sometimes(20, || ApplicationEnforcedRestrictionsSessionControl { is_enabled: is_enabled() }),
        cloud_app_security: choices.sometimes(5, || CloudAppSecuritySessionControl {
            is_enabled: is_enabled(),
            cloud_app_security_type: choices.sometimes(90, || choices.member(&[])),
        }),
        disable_resilience_defaults: choices.one(&[None, None, Some(true), Some(false)]),
        persistent_browser: choices.sometimes(25, || PersistentBrowserSessionControl {
            is_enabled: is_enabled(),
            mode: choices.sometimes(90, || choices.member(&[])),
        }),
        secure_sign_in_session: choices
            .sometimes(5, || SecureSignInSessionControl { is_enabled: is_enabled() }),
        sign_in_frequency: choices.sometimes(70, || SignInFrequencySessionControl {
            is_enabled: is_enabled(),
            ..frequency(choices)
        }),
    }
}

fn frequency(choices: &Choices) -> SignInFrequencySessionControl {
    use SignInFrequencyInterval::{EveryTime, TimeBased};
    let authentication_type = choices.sometimes(70, || choices.member(&[]));
    if choices.percent(25) {
        return SignInFrequencySessionControl {
            authentication_type,
            frequency_interval: Some(EveryTime),
            ..SignInFrequencySessionControl::default()
        };
    }
    SignInFrequencySessionControl {
        authentication_type,
        frequency_interval: choices.sometimes(80, || TimeBased),
        type_: Some(choices.member(&[])),
        value: Some(choices.one(&[1, 2, 23])),
        ..SignInFrequencySessionControl::default()
    }
}
