//! Why a policy does not apply, in Graph's words.

use riskgate_access::{Condition, PolicyTrace};
use riskgate_model::{ConditionalAccessPolicy, ConditionalAccessPolicyState, UserAction};
use riskgate_protection::WhatIf;

/// Conditions in the order their reasons are named.
const ORDER: [Condition; 12] = [
    Condition::Users,
    Condition::ServicePrincipals,
    Condition::Application,
    Condition::DevicePlatform,
    Condition::DeviceState,
    Condition::ClientType,
    Condition::Location,
    Condition::SignInRisk,
    Condition::UserRisk,
    Condition::ServicePrincipalRisk,
    Condition::InsiderRisk,
    Condition::AuthenticationFlows,
];

/// Every reason, by the names of `whatIfAnalysisReasons`; none when the policy applies.
pub(super) fn of(
    trace: &PolicyTrace,
    policy: &ConditionalAccessPolicy,
    question: &WhatIf,
) -> Vec<&'static str> {
    if policy.state == ConditionalAccessPolicyState::Disabled {
        return vec!["policyNotEnabled"];
    }
    let failed = ORDER.into_iter().filter(|condition| trace.conditions_not_satisfied.contains(*condition));
    let mut reasons: Vec<&'static str> = Vec::new();
    for reason in failed.map(|condition| reason(condition, question)) {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons
}

fn reason(condition: Condition, question: &WhatIf) -> &'static str {
    let application = &question.application;
    match condition {
        Condition::Users => "users",
        Condition::ServicePrincipals | Condition::ServicePrincipalRisk => "workloadIdentities",
        Condition::Application
            if application.user_action.is_some_and(|a| a != UserAction::UnknownFutureValue) =>
        {
            "userActions"
        }
        Condition::Application if !application.authentication_contexts.is_empty() => "authenticationContext",
        Condition::Application => "application",
        Condition::DevicePlatform => "devicePlatform",
        Condition::DeviceState => "devices",
        Condition::ClientType => "clientApps",
        Condition::Location => "location",
        Condition::SignInRisk => "signInRisk",
        Condition::UserRisk => "userRisk",
        Condition::InsiderRisk => "insiderRisk",
        Condition::AuthenticationFlows => "authenticationFlow",
    }
}
