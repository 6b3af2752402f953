//! §4.3: authentication strengths.

use riskgate_access::BlockReason::{Policy, RegistrationBlockedByRisk};
use riskgate_access::Control::{AuthenticationStrength, Mfa, RegisterMfa};
use riskgate_model::{AuthenticationMethodKind, ClientAppType, RiskLevel};
use serde_json::{Value, json};

use crate::case::{Case, asks, blocks, grants};
use crate::common::*;

fn strength(id: &str) -> Value {
    json!({"grantControls": {"operator": "OR", "builtInControls": [], "authenticationStrength": {"id": id}}})
}

pub fn cases() -> Vec<Case> {
    let control = |id: &str| AuthenticationStrength { strength_id: id.into() };
    let newcomer = || facts_with(|f| f.user.registered_methods = [AuthenticationMethodKind::Password].into());
    let stranger = || facts_with(|f| f.user.registered_methods.clear());
    let script = || facts_with(|f| f.application.client_app_type = ClientAppType::Other);
    let only_code = || {
        let mut facts = facts_with_mfa();
        facts.authentication.methods.remove(0);
        facts
    };
    let only_passkey = || {
        facts_with(|f| {
            f.authentication.methods.clear();
            f.authentication.pass(AuthenticationMethodKind::Fido2, now());
        })
    };
    let approved = |first| {
        facts_with(|f| {
            f.authentication.methods.clear();
            f.authentication.pass(first, now());
            f.authentication.pass(AuthenticationMethodKind::MicrosoftAuthenticatorPush, now());
            f.user.registered_methods.insert(AuthenticationMethodKind::MicrosoftAuthenticatorPush);
        })
    };
    let by_risk = |id: &str| {
        let mut policy = strength(id);
        merge(&mut policy, json!({"conditions": {"signInRiskLevels": ["none"]}}));
        policy
    };
    let or_mfa = json!({"grantControls": {"operator": "OR", "builtInControls": ["mfa"], "authenticationStrength": {"id": PHISHING_RESISTANT_STRENGTH}}});
    vec![
        grants(
            "§4.3 Password and code satisfy the strength of MFA",
            facts_with_mfa(),
            strength(MFA_STRENGTH),
        ),
        grants("§4.3 A passkey alone satisfies the strength of MFA", only_passkey(), strength(MFA_STRENGTH)),
        grants("§4.3 It is passwordless", only_passkey(), strength(PASSWORDLESS_STRENGTH)),
        grants("§4.3 It resists phishing", only_passkey(), strength(PHISHING_RESISTANT_STRENGTH)),
        grants("§4.1 It is multifactor authentication", only_passkey(), json!({})),
        grants(
            "§4.3 Password and approval on a phone satisfy the strength of MFA",
            approved(AuthenticationMethodKind::Password),
            strength(MFA_STRENGTH),
        ),
        grants(
            "§4.3 So does a federated sign-in with it",
            approved(AuthenticationMethodKind::FederatedSingleFactor),
            strength(MFA_STRENGTH),
        ),
        blocks(
            "§4.3 It does not resist phishing",
            approved(AuthenticationMethodKind::Password),
            strength(PHISHING_RESISTANT_STRENGTH),
            Policy,
        ),
        asks(
            "§4.3 Who has one is asked for it after password and code",
            facts_with(|f| {
                *f = facts_with_mfa();
                f.user.registered_methods.insert(AuthenticationMethodKind::Fido2);
            }),
            strength(PHISHING_RESISTANT_STRENGTH),
            &[control(PHISHING_RESISTANT_STRENGTH)],
        ),
        asks(
            "§4.3 It is not the code a custom strength names",
            only_passkey(),
            strength(CODE_STRENGTH),
            &[control(CODE_STRENGTH)],
        ),
        grants("§4.3 They satisfy a custom strength", facts_with_mfa(), strength(CODE_STRENGTH)),
        grants(
            "§4.3 The id of a strength in capitals is the same",
            facts_with_mfa(),
            strength(&CODE_STRENGTH.to_uppercase()),
        ),
        asks(
            "§4.3 What can be completed is asked for",
            facts(),
            strength(MFA_STRENGTH),
            &[control(MFA_STRENGTH)],
        ),
        asks("§4.3 A custom one, too", facts(), strength(CODE_STRENGTH), &[control(CODE_STRENGTH)]),
        asks(
            "§4.3 A combination needs all its members",
            only_code(),
            strength(CODE_STRENGTH),
            &[control(CODE_STRENGTH)],
        ),
        grants("§4.3 One combination is enough", only_code(), strength(LONE_CODE_STRENGTH)),
        grants("§4.3 A password alone, where that is allowed", facts(), strength(PASSWORD_STRENGTH)),
        asks(
            "§4.3 The password can always be asked for",
            facts_with(|f| f.authentication.methods.clear()),
            strength(PASSWORD_STRENGTH),
            &[control(PASSWORD_STRENGTH)],
        ),
        asks(
            "§4.3 The password is also there when no method is listed",
            stranger(),
            strength(MFA_STRENGTH),
            &[RegisterMfa],
        ),
        asks(
            "§4.3 Who has none of the methods registers",
            newcomer(),
            strength(MFA_STRENGTH),
            &[RegisterMfa],
        ),
        asks("§4.3 A lone code can be registered", newcomer(), strength(LONE_CODE_STRENGTH), &[RegisterMfa]),
        blocks("§4.1 Not at risk", newcomer(), strength(MFA_STRENGTH), RegistrationBlockedByRisk)
            .at(RiskLevel::Medium),
        blocks(
            "§4.1 Not because of a policy about risk",
            newcomer(),
            by_risk(MFA_STRENGTH),
            RegistrationBlockedByRisk,
        ),
        asks(
            "§4.1 A registered user is asked by a policy about risk",
            facts(),
            by_risk(MFA_STRENGTH),
            &[control(MFA_STRENGTH)],
        ),
        blocks(
            "§4.3 Passwordless is out of reach",
            facts_with_mfa(),
            strength(PASSWORDLESS_STRENGTH),
            Policy,
        ),
        blocks(
            "§4.3 Phishing-resistant is out of reach",
            facts_with_mfa(),
            strength(PHISHING_RESISTANT_STRENGTH),
            Policy,
        ),
        blocks(
            "§4.3 No combination is satisfied by nothing",
            facts_with_mfa(),
            strength(EMPTY_STRENGTH),
            Policy,
        ),
        blocks(
            "§3.2 A strength that does not exist is impossible",
            facts_with_mfa(),
            strength(MISSING),
            Policy,
        ),
        blocks("§3.6 A client without a page cannot be asked", script(), strength(MFA_STRENGTH), Policy),
        grants("§4.3 OR: MFA is enough beside a strength out of reach", facts_with_mfa(), or_mfa.clone()),
        asks("§4.3 OR: MFA is asked for beside a strength out of reach", facts(), or_mfa, &[Mfa]),
        asks(
            "§3.2 Two strengths are asked for by id",
            facts(),
            json!([strength(CODE_STRENGTH), strength(MFA_STRENGTH)]),
            &[control(MFA_STRENGTH), control(CODE_STRENGTH)],
        ),
    ]
}
