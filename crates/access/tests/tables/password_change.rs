//! §3.7: a new password because the account is at risk.

use riskgate_access::BlockReason::{Policy, RegistrationBlockedByRisk};
use riskgate_access::Control::{AuthenticationStrength, ChangePassword, Mfa};
use riskgate_model::RiskLevel::{self, *};
use riskgate_model::{ClientAppType, SignInFacts};
use serde_json::{Value, json};

use crate::case::{Case, asks, blocks, grants};
use crate::common::*;

fn at_risk(mut facts: SignInFacts, level: RiskLevel) -> SignInFacts {
    facts.user.risk_level = level;
    facts
}

fn password_change() -> Value {
    json!({"conditions": {"userRiskLevels": ["high"]}, "grantControls": {"operator": "AND", "builtInControls": ["mfa", "passwordChange"]}})
}

fn remediation() -> Value {
    json!({"conditions": {"userRiskLevels": ["high"]}, "grantControls": {"operator": "AND", "builtInControls": ["riskRemediation"],
        "authenticationStrength": {"id": MFA_STRENGTH}}})
}

pub fn cases() -> Vec<Case> {
    let newcomer = || at_risk(facts_with(|f| f.user.registered_methods.clear()), High);
    let everyone =
        |control: &str| json!({"grantControls": {"operator": "AND", "builtInControls": ["mfa", control]}});
    let script = |mut facts: SignInFacts| {
        facts.application.client_app_type = ClientAppType::Other;
        facts
    };
    let strength = || AuthenticationStrength { strength_id: MFA_STRENGTH.into() };
    vec![
        asks(
            "§3.7 First MFA, then a new password",
            at_risk(facts(), High),
            password_change(),
            &[Mfa, ChangePassword],
        ),
        asks(
            "§3.7 After MFA the new password",
            at_risk(facts_with_mfa(), High),
            password_change(),
            &[ChangePassword],
        ),
        grants("§3.7 Without risk the policy does not apply", facts(), password_change()),
        grants("§3.7 Closed risk satisfies it", facts_with_mfa(), everyone("passwordChange")),
        asks(
            "§3.7 Low risk is risk",
            at_risk(facts_with_mfa(), Low),
            everyone("passwordChange"),
            &[ChangePassword],
        ),
        asks(
            "§3.2 Unknown risk is risk",
            at_risk(facts_with_mfa(), Hidden),
            everyone("passwordChange"),
            &[ChangePassword],
        ),
        blocks(
            "§4.1 Who is not registered is blocked",
            newcomer(),
            password_change(),
            RegistrationBlockedByRisk,
        ),
        blocks(
            "§3.6 A client without a page cannot change it",
            script(at_risk(facts_with_mfa(), High)),
            password_change(),
            Policy,
        ),
        asks(
            "§3.7 riskRemediation needs its strength first",
            at_risk(facts(), High),
            remediation(),
            &[strength(), ChangePassword],
        ),
        asks(
            "§3.7 riskRemediation asks for a new password",
            at_risk(facts_with_mfa(), High),
            remediation(),
            &[ChangePassword],
        ),
        grants(
            "§3.7 riskRemediation is satisfied by closed risk",
            facts_with_mfa(),
            everyone("riskRemediation"),
        ),
        asks(
            "§3.2 Two policies ask for one new password",
            at_risk(facts_with_mfa(), High),
            json!([password_change(), remediation()]),
            &[ChangePassword],
        ),
    ]
}
