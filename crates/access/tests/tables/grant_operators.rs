//! §3.7: AND, OR, block, and what cannot be given.

use riskgate_access::BlockReason::{
    DeviceNotCompliant, DeviceNotDomainJoined, Policy, RegistrationBlockedByRisk,
};
use riskgate_access::Control::{AcceptTerms, ChangePassword, Mfa};
use riskgate_model::{ClientAppType, DeviceFacts, RiskLevel, SignInFacts};
use serde_json::{Value, json};

use crate::case::{Case, asks, blocks, grants};
use crate::common::*;

fn grant(operator: &str, controls: &[&str]) -> Value {
    json!({"grantControls": {"operator": operator, "builtInControls": controls}})
}

fn compliant(mut facts: SignInFacts) -> SignInFacts {
    facts.device = Some(DeviceFacts { is_compliant: Some(true), ..DeviceFacts::default() });
    facts
}

pub fn cases() -> Vec<Case> {
    let accept = || AcceptTerms { agreement_id: AGREEMENT.into() };
    let risky = || facts_with(|f| f.user.risk_level = RiskLevel::High);
    let script = || facts_with(|f| f.application.client_app_type = ClientAppType::Other);
    let newcomer = || facts_with(|f| f.user.registered_methods.clear());
    let terms = |operator: &str| json!({"grantControls": {"operator": operator, "builtInControls": ["mfa"], "termsOfUse": [AGREEMENT]}});
    let no_operator =
        json!({"grantControls": {"operator": null, "builtInControls": ["mfa", "compliantDevice"]}});
    let custom = |operator: &str| json!({"grantControls": {"operator": operator, "builtInControls": ["mfa"], "customAuthenticationFactors": ["x"]}});
    vec![
        blocks("§3.7 block blocks", facts_with_mfa(), grant("OR", &["block"]), Policy),
        blocks("§3.7 block with AND blocks", facts_with_mfa(), grant("AND", &["block"]), Policy),
        blocks(
            "§3.1.4 block beside another control blocks",
            facts_with_mfa(),
            grant("OR", &["block", "mfa"]),
            Policy,
        ),
        grants("§3.1 No grant control asks for nothing", facts(), json!({"grantControls": null})),
        asks(
            "§3.7 AND: the one that is missing is asked for",
            compliant(facts()),
            grant("AND", &["mfa", "compliantDevice"]),
            &[Mfa],
        ),
        grants(
            "§3.7 AND: both are satisfied",
            compliant(facts_with_mfa()),
            grant("AND", &["mfa", "compliantDevice"]),
        ),
        blocks(
            "§3.7 AND: one is impossible",
            facts_with_mfa(),
            grant("AND", &["mfa", "compliantDevice"]),
            DeviceNotCompliant,
        ),
        blocks(
            "§3.7 AND: one is impossible, the other is not asked for",
            facts(),
            grant("AND", &["mfa", "compliantDevice"]),
            DeviceNotCompliant,
        ),
        asks(
            "§3.7 AND: everything missing, in order",
            risky(),
            grant("AND", &["passwordChange", "mfa"]),
            &[Mfa, ChangePassword],
        ),
        blocks("§3.7 AND is the default", facts_with_mfa(), no_operator, DeviceNotCompliant),
        grants("§3.7 OR: one is enough", facts_with_mfa(), grant("OR", &["mfa", "compliantDevice"])),
        grants("§3.7 OR: the other is enough", compliant(facts()), grant("OR", &["mfa", "compliantDevice"])),
        grants("§3.7 The operator in any case", compliant(facts()), grant("or", &["mfa", "compliantDevice"])),
        asks("§3.7 OR: what can be asked for is", facts(), grant("OR", &["compliantDevice", "mfa"]), &[Mfa]),
        blocks(
            "§3.7 OR: nothing is possible",
            facts(),
            grant("OR", &["compliantDevice", "domainJoinedDevice"]),
            DeviceNotCompliant,
        ),
        blocks(
            "§3.7 OR: nothing is possible, the first reason counts",
            facts(),
            grant("OR", &["domainJoinedDevice", "approvedApplication"]),
            Policy,
        ),
        asks("§3.2 OR: MFA is asked for before terms of use", facts(), terms("OR"), &[Mfa]),
        asks("§3.2 AND: MFA and terms of use", facts(), terms("AND"), &[Mfa, accept()]),
        asks(
            "§3.2 OR: MFA is asked for before a password",
            risky(),
            grant("OR", &["passwordChange", "mfa"]),
            &[Mfa],
        ),
        asks("§3.7 OR: terms of use where MFA cannot be registered", newcomer(), terms("OR"), &[accept()])
            .at(RiskLevel::High),
        blocks(
            "§3.7 AND: not where MFA cannot be registered",
            newcomer(),
            terms("AND"),
            RegistrationBlockedByRisk,
        )
        .at(RiskLevel::High),
        blocks("§3.6 OR: a client without a page can do neither", script(), terms("OR"), Policy),
        blocks(
            "§3.7 approvedApplication is impossible",
            facts_with_mfa(),
            grant("OR", &["approvedApplication"]),
            Policy,
        ),
        blocks(
            "§3.7 compliantApplication is impossible",
            facts_with_mfa(),
            grant("AND", &["mfa", "compliantApplication"]),
            Policy,
        ),
        grants(
            "§3.7 OR beside approvedApplication",
            facts_with_mfa(),
            grant("OR", &["approvedApplication", "mfa"]),
        ),
        blocks("§3.7 A custom factor is impossible", facts_with_mfa(), custom("AND"), Policy),
        grants("§3.7 OR beside a custom factor", facts_with_mfa(), custom("OR")),
        blocks(
            "§3.7 A control of the future is impossible",
            facts_with_mfa(),
            grant("AND", &["unknownFutureValue"]),
            Policy,
        ),
        blocks(
            "§3.7 AND: the reason that comes first",
            facts(),
            grant("AND", &["domainJoinedDevice", "compliantDevice"]),
            DeviceNotCompliant,
        ),
        blocks(
            "§3.7 domainJoinedDevice alone",
            facts(),
            grant("AND", &["domainJoinedDevice"]),
            DeviceNotDomainJoined,
        ),
    ]
}
