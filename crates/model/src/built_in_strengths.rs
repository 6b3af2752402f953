//! The combinations there are and the three strengths every tenant has from the beginning (Graph contract §1.2.2).

use riskgate_core::Timestamp;

use crate::{
    AuthenticationMethodModeDetail, AuthenticationMethodModes, AuthenticationStrengthPolicy,
    AuthenticationStrengthPolicyType, AuthenticationStrengthRequirements, BaseAuthenticationMethod,
};

/// `id` of the strength "Multifactor authentication".
pub const MULTIFACTOR_STRENGTH_ID: &str = "00000000-0000-0000-0000-000000000002";
/// `id` of the strength "Passwordless MFA".
pub const PASSWORDLESS_STRENGTH_ID: &str = "00000000-0000-0000-0000-000000000003";
/// `id` of the strength "Phishing resistant MFA".
pub const PHISHING_RESISTANT_STRENGTH_ID: &str = "00000000-0000-0000-0000-000000000004";

/// When the built-in strengths were made, everywhere: 2021-12-01T00:00:00Z.
const MADE: Timestamp = Timestamp::from_seconds(1_638_316_800);
/// How many of [`MULTIFACTOR`] resist phishing.
const PHISHING_RESISTANT: usize = 3;
/// How many of [`MULTIFACTOR`] need no password.
const PASSWORDLESS: usize = 4;

/// Combinations that are multifactor authentication, the strongest first.
const MULTIFACTOR: [&str; 19] = [
    "windowsHelloForBusiness",
    "fido2",
    "x509CertificateMultiFactor",
    "deviceBasedPush",
    "temporaryAccessPassOneTime",
    "temporaryAccessPassMultiUse",
    "password,microsoftAuthenticatorPush",
    "password,softwareOath",
    "password,hardwareOath",
    "password,x509CertificateSingleFactor",
    "password,x509CertificateMultiFactor",
    "password,sms",
    "password,voice",
    "federatedMultiFactor",
    "microsoftAuthenticatorPush,federatedSingleFactor",
    "softwareOath,federatedSingleFactor",
    "hardwareOath,federatedSingleFactor",
    "sms,federatedSingleFactor",
    "voice,federatedSingleFactor",
];

/// Combinations that are a single factor.
const SINGLE_FACTOR: [&str; 5] =
    ["x509CertificateSingleFactor", "federatedSingleFactor", "sms", "password", "qrCodePin"];

/// Methods of combinations: name there, what it is, name for people.
#[rustfmt::skip]
const MODES: [(&str, BaseAuthenticationMethod, &str); 16] = [
    ("password", BaseAuthenticationMethod::Password, "Password"),
    ("voice", BaseAuthenticationMethod::Voice, "Voice call"),
    ("hardwareOath", BaseAuthenticationMethod::HardwareOath, "Hardware token with one-time codes"),
    ("softwareOath", BaseAuthenticationMethod::SoftwareOath, "App with one-time codes"),
    ("sms", BaseAuthenticationMethod::Sms, "Text message"),
    ("fido2", BaseAuthenticationMethod::Fido2, "Passkey (FIDO2)"),
    ("windowsHelloForBusiness", BaseAuthenticationMethod::WindowsHelloForBusiness, "Windows Hello for Business or platform credential"),
    ("microsoftAuthenticatorPush", BaseAuthenticationMethod::MicrosoftAuthenticator, "Microsoft Authenticator (push notification)"),
    ("deviceBasedPush", BaseAuthenticationMethod::MicrosoftAuthenticator, "Microsoft Authenticator (sign-in with the phone)"),
    ("temporaryAccessPassOneTime", BaseAuthenticationMethod::TemporaryAccessPass, "Temporary Access Pass (used once)"),
    ("temporaryAccessPassMultiUse", BaseAuthenticationMethod::TemporaryAccessPass, "Temporary Access Pass (used several times)"),
    ("x509CertificateSingleFactor", BaseAuthenticationMethod::X509Certificate, "Certificate (single factor)"),
    ("x509CertificateMultiFactor", BaseAuthenticationMethod::X509Certificate, "Certificate (multifactor)"),
    ("federatedSingleFactor", BaseAuthenticationMethod::Federation, "Federated single factor"),
    ("federatedMultiFactor", BaseAuthenticationMethod::Federation, "Federated multifactor"),
    ("qrCodePin", BaseAuthenticationMethod::QrCodePin, "QR code with PIN"),
];

/// Every combination a strength may allow.
pub fn authentication_combinations() -> Vec<AuthenticationMethodModes> {
    MULTIFACTOR.iter().chain(&SINGLE_FACTOR).filter_map(|text| combination(text)).collect()
}

/// The combination of these methods in the order every strength writes them; `None` if no strength may allow it.
pub fn authentication_combination(sent: &AuthenticationMethodModes) -> Option<AuthenticationMethodModes> {
    let mut members = sent.members().to_vec();
    members.sort_unstable();
    authentication_combinations().into_iter().find(|known| {
        let mut own = known.members().to_vec();
        own.sort_unstable();
        own == members
    })
}

/// Every method of combinations, described.
pub fn authentication_method_modes() -> Vec<AuthenticationMethodModeDetail> {
    let detail = |(id, authentication_method, name): &(&str, _, &str)| AuthenticationMethodModeDetail {
        id: (*id).to_owned(),
        authentication_method: *authentication_method,
        display_name: (*name).to_owned(),
    };
    MODES.iter().map(detail).collect()
}

/// What a strength satisfies that allows these combinations: `mfa` if each of them is multifactor authentication.
pub fn requirements_of(combinations: &[AuthenticationMethodModes]) -> AuthenticationStrengthRequirements {
    let is_multifactor = |own: &AuthenticationMethodModes| {
        MULTIFACTOR.iter().any(|text| combination(text).as_ref() == Some(own))
    };
    AuthenticationStrengthRequirements::of(match combinations.iter().all(is_multifactor) {
        true => "mfa",
        false => "none",
    })
}

/// The strengths that exist in every tenant and cannot be changed.
pub fn built_in_strengths() -> Vec<AuthenticationStrengthPolicy> {
    [
        (
            MULTIFACTOR_STRENGTH_ID,
            "Multifactor authentication",
            "Any combination of methods that is multifactor authentication, for example a password and a one-time code.",
            MULTIFACTOR.len(),
        ),
        (
            PASSWORDLESS_STRENGTH_ID,
            "Passwordless MFA",
            "Multifactor authentication without a password, for example a passkey.",
            PASSWORDLESS,
        ),
        (
            PHISHING_RESISTANT_STRENGTH_ID,
            "Phishing resistant MFA",
            "Multifactor authentication that a false page cannot pass on, for example a security key.",
            PHISHING_RESISTANT,
        ),
    ]
    .into_iter()
    .map(|(id, name, description, allowed)| built_in(id, name, description, allowed))
    .collect()
}

fn built_in(id: &str, name: &str, description: &str, allowed: usize) -> AuthenticationStrengthPolicy {
    AuthenticationStrengthPolicy {
        id: id.to_owned(),
        allowed_combinations: MULTIFACTOR.iter().take(allowed).filter_map(|text| combination(text)).collect(),
        created_date_time: MADE,
        description: Some(description.to_owned()),
        display_name: name.to_owned(),
        modified_date_time: MADE,
        policy_type: AuthenticationStrengthPolicyType::BuiltIn,
        requirements_satisfied: AuthenticationStrengthRequirements::of("mfa"),
        combination_configurations: Vec::new(),
    }
}

fn combination(text: &str) -> Option<AuthenticationMethodModes> {
    AuthenticationMethodModes::try_from(text.to_owned()).ok()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_combination_is_of_described_methods() {
        let modes = authentication_method_modes();
        let all = authentication_combinations();
        assert_eq!(all.len(), MULTIFACTOR.len() + SINGLE_FACTOR.len(), "each is one of the enumeration");
        for combination in &all {
            for member in combination.members() {
                assert!(modes.iter().any(|mode| mode.id == *member), "{member}");
            }
        }
        let ids: HashSet<_> = modes.iter().map(|mode| &mode.id).collect();
        assert_eq!(ids.len(), modes.len());
    }

    #[test]
    fn the_built_in_strengths_narrow_each_other_and_are_multifactor() {
        let [multifactor, passwordless, resistant] = &built_in_strengths()[..] else { panic!("three") };
        let counts = [multifactor, passwordless, resistant].map(|s| s.allowed_combinations.len());
        assert_eq!(counts, [19, 4, 3]);
        for strength in [multifactor, passwordless, resistant] {
            assert!(
                strength.allowed_combinations.iter().all(|c| multifactor.allowed_combinations.contains(c))
            );
            assert_eq!(requirements_of(&strength.allowed_combinations), strength.requirements_satisfied);
        }
        assert!(passwordless.allowed_combinations.iter().all(|c| !c.members().contains(&"password")));
        assert_eq!(MADE.to_string(), "2021-12-01T00:00:00Z");
    }

    #[test]
    fn a_combination_is_known_in_any_order_and_nothing_else_is() {
        let sent = combination("sms,password").unwrap();
        assert_eq!(authentication_combination(&sent), combination("password,sms"));
        for text in ["email", "voice", "fido2,password", "password,password", "unknownFutureValue"] {
            assert_eq!(authentication_combination(&combination(text).unwrap()), None, "{text}");
        }
    }

    #[test]
    fn one_single_factor_is_enough_to_satisfy_nothing() {
        let mixed = ["fido2", "password"].map(|text| combination(text).unwrap());
        assert_eq!(requirements_of(&mixed), AuthenticationStrengthRequirements::of("none"));
    }
}
