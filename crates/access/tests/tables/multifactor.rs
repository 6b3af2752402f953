//! §3.7 and §4.1: multifactor authentication, and who may register for it.

use riskgate_access::BlockReason::{Policy, RegistrationBlockedByRisk};
use riskgate_access::Control::{Mfa, RegisterMfa};
use riskgate_model::RiskLevel::{self, *};
use riskgate_model::{AuthenticationMethodKind, ClientAppType, SignInFacts};
use serde_json::{Value, json};

use crate::case::{Case, asks, blocks, grants};
use crate::common::*;

fn newcomer(risk: RiskLevel) -> SignInFacts {
    facts_with(|f| {
        f.user.registered_methods = [AuthenticationMethodKind::Password].into();
        f.user.risk_level = risk;
    })
}

pub fn cases() -> Vec<Case> {
    let by_sign_in_risk = || json!({"conditions": {"signInRiskLevels": ["none", "low", "medium", "high"]}});
    let by_user_risk = || json!({"conditions": {"userRiskLevels": ["none", "low", "medium", "high"]}});
    let by_insider_risk = || json!({"conditions": {"insiderRiskLevels": "elevated"}});
    let all = || json!({});
    let kind = |mut facts: SignInFacts, kind| {
        facts.application.client_app_type = kind;
        facts
    };
    let two: Value = json!([{}, {"conditions": {"applications": {"includeApplications": [APP]}}}]);
    let mixed = json!([{}, {"conditions": {"signInRiskLevels": ["none"]}}]);
    let elevated = || {
        let mut facts = newcomer(None);
        facts.user.insider_risk_level = Some(riskgate_model::InsiderRiskLevel::Elevated);
        facts
    };
    vec![
        asks("§3.7 mfa is asked for", facts(), all(), &[Mfa]),
        grants("§3.7 A passed second factor satisfies it", facts_with_mfa(), all()),
        asks("§3.2 It is asked for once", facts(), two, &[Mfa]),
        asks(
            "§3.7 A native client can be asked",
            kind(facts(), ClientAppType::MobileAppsAndDesktopClients),
            all(),
            &[Mfa],
        ),
        blocks("§3.6 A client without a page cannot", kind(facts(), ClientAppType::Other), all(), Policy),
        grants("§3.6 It may have passed it before", kind(facts_with_mfa(), ClientAppType::Other), all()),
        blocks("§3.6 It cannot register either", kind(newcomer(None), ClientAppType::Other), all(), Policy),
        asks("§4.1 Without risk an unregistered user registers", newcomer(None), all(), &[RegisterMfa]),
        asks("§4.1 At low risk, too", newcomer(Low), all(), &[RegisterMfa]).at(Low),
        blocks("§4.1 Not at medium sign-in risk", newcomer(None), all(), RegistrationBlockedByRisk)
            .at(Medium),
        blocks("§4.1 Not at high sign-in risk", newcomer(None), all(), RegistrationBlockedByRisk).at(High),
        blocks("§4.1 Not at medium user risk", newcomer(Medium), all(), RegistrationBlockedByRisk),
        blocks("§4.1 Not at high user risk", newcomer(High), all(), RegistrationBlockedByRisk),
        blocks(
            "§3.2 Not at a sign-in risk that is not known",
            newcomer(None),
            all(),
            RegistrationBlockedByRisk,
        )
        .at(Hidden),
        blocks(
            "§3.2 Not at a user risk that is not known",
            newcomer(UnknownFutureValue),
            all(),
            RegistrationBlockedByRisk,
        ),
        blocks(
            "§4.1 Not because of a policy about sign-in risk",
            newcomer(None),
            by_sign_in_risk(),
            RegistrationBlockedByRisk,
        ),
        blocks(
            "§4.1 Not because of a policy about user risk",
            newcomer(None),
            by_user_risk(),
            RegistrationBlockedByRisk,
        ),
        asks("§4.1 Insider risk is not about who signs in", elevated(), by_insider_risk(), &[RegisterMfa]),
        blocks(
            "§3.1.4 One policy that refuses registration outweighs one that asks for it",
            newcomer(None),
            mixed,
            RegistrationBlockedByRisk,
        ),
        asks("§4.1 A registered user passes it at any risk", facts(), by_sign_in_risk(), &[Mfa]).at(High),
        grants(
            "§4.1 Who passed it before need not be registered",
            facts_with(|f| {
                *f = facts_with_mfa();
                f.user.registered_methods.clear();
            }),
            by_sign_in_risk(),
        )
        .at(High),
    ]
}
