//! §3.1 and §3.2: all policies together.

use std::time::Duration;

use riskgate_access::BlockReason::{
    DeviceNotCompliant, DeviceNotDomainJoined, Policy, RegistrationBlockedByRisk,
};
use riskgate_access::Control::{
    AcceptTerms, AuthenticationStrength, ChangePassword, Mfa, RegisterMfa, SignInAgain,
};
use riskgate_model::RiskLevel;
use serde_json::{Value, json};

use crate::case::{Case, asks, blocks, grants};
use crate::common::*;

fn grant(controls: &[&str]) -> Value {
    json!({"grantControls": {"operator": "AND", "builtInControls": controls}})
}

pub fn cases() -> Vec<Case> {
    let block = || grant(&["block"]);
    let terms =
        || json!({"grantControls": {"operator": "OR", "builtInControls": [], "termsOfUse": [AGREEMENT]}});
    let strength = || json!({"grantControls": {"operator": "OR", "builtInControls": [], "authenticationStrength": {"id": CODE_STRENGTH}}});
    let refused = || json!({"conditions": {"signInRiskLevels": ["none"]}});
    let hourly = || json!({"grantControls": null, "sessionControls": {"signInFrequency": {"type": "hours", "value": 1}}});
    let report_block = json!({"state": "enabledForReportingButNotEnforced", "grantControls": {"operator": "OR", "builtInControls": ["block"]}});
    let newcomer = || facts_with(|f| f.user.registered_methods.clear());
    let stale = || facts_with(|f| f.authentication.methods[0].at = now() - Duration::from_secs(7_200));
    let risky_and_stale = || {
        let mut facts = stale();
        facts.user.risk_level = RiskLevel::High;
        facts
    };
    let accept = || AcceptTerms { agreement_id: AGREEMENT.into() };
    let code = || AuthenticationStrength { strength_id: CODE_STRENGTH.into() };
    let change =
        || json!({"grantControls": {"operator": "AND", "builtInControls": ["mfa", "passwordChange"]}});
    vec![
        grants("§3.1.2 No policy, no demand", facts(), json!([])),
        asks("§3.1.5 Everything that applies is needed", facts(), json!([{}, terms()]), &[Mfa, accept()]),
        asks(
            "§3.2 Order of all controls",
            risky_and_stale(),
            json!([terms(), change(), strength(), hourly()]),
            &[SignInAgain, Mfa, code(), ChangePassword, accept()],
        ),
        asks(
            "§3.2 Order does not depend on the order of policies",
            risky_and_stale(),
            json!([hourly(), strength(), change(), terms()]),
            &[SignInAgain, Mfa, code(), ChangePassword, accept()],
        ),
        asks(
            "§3.2 Registration before what follows",
            newcomer(),
            json!([terms(), {}]),
            &[RegisterMfa, accept()],
        ),
        blocks("§3.1.4 A block ends it", facts_with_mfa(), json!([{}, block()]), Policy),
        blocks("§3.1.4 In any order", facts(), json!([block(), {}]), Policy),
        blocks("§3.1.4 A block outweighs a stale password", stale(), json!([hourly(), block()]), Policy),
        blocks(
            "§3.1.4 An impossible control outweighs what can be asked for",
            facts(),
            json!([{}, grant(&["compliantDevice"])]),
            DeviceNotCompliant,
        ),
        blocks(
            "§3.2 A block by policy comes before a device",
            facts(),
            json!([grant(&["compliantDevice"]), block()]),
            Policy,
        ),
        blocks(
            "§3.2 A compliant device comes before a joined one",
            facts(),
            json!([grant(&["domainJoinedDevice"]), grant(&["compliantDevice"])]),
            DeviceNotCompliant,
        ),
        blocks(
            "§3.2 A joined device comes before registration",
            newcomer(),
            json!([refused(), grant(&["domainJoinedDevice"])]),
            DeviceNotDomainJoined,
        ),
        blocks(
            "§3.2 A block by policy comes before registration",
            newcomer(),
            json!([refused(), block()]),
            Policy,
        ),
        blocks(
            "§4.1 Registration refused comes last and still blocks",
            newcomer(),
            json!([refused(), {}]),
            RegistrationBlockedByRisk,
        ),
        grants("§3.1.7 A report-only block blocks nothing", facts_with_mfa(), json!([{}, report_block])),
        grants(
            "§3.1.7 A disabled block blocks nothing",
            facts_with_mfa(),
            json!([{}, {"state": "disabled", "grantControls": {"operator": "OR", "builtInControls": ["block"]}}]),
        ),
    ]
}
