//! What a decision tells about how it came about.

mod common;

use common::*;
use riskgate_access::{Condition, ConditionSet, Decision, PolicyTrace, Reason, Rule};
use riskgate_model::AppliedConditionalAccessPolicyResult as PolicyResult;
use riskgate_model::{ClientAppType, RiskLevel, SignInFacts, UserAction};
use serde_json::{Value, json};

fn decide(facts: &SignInFacts, risk: RiskLevel, patches: &[Value]) -> Decision {
    Compiled.decide(facts, risk, &tenant(patches.iter().cloned().map(policy).collect()))
}

/// The trace of a single policy.
fn trace_of(facts: &SignInFacts, patch: Value) -> PolicyTrace {
    decide(facts, RiskLevel::None, &[patch]).trace.remove(0)
}

fn block() -> Value {
    json!({"operator": "OR", "builtInControls": ["block"]})
}

#[test]
fn every_condition_is_named_with_the_values_that_matched() {
    let trace = trace_of(
        &facts(),
        json!({"conditions": {
            "users": {"includeUsers": [USER], "includeGroups": [GROUP], "excludeRoles": [ROLE]},
            "applications": {"includeApplications": [APP]}, "clientAppTypes": ["browser"],
            "locations": {"includeLocations": [OFFICE]}, "signInRiskLevels": ["high"], "userRiskLevels": ["none"]}}),
    );
    assert_eq!(trace.result, PolicyResult::NotApplied);
    assert!(trace.enforced_grant_controls.is_empty());
    let names = |set: ConditionSet| set.iter().collect::<Vec<_>>();
    assert_eq!(
        names(trace.conditions_satisfied),
        [Condition::Application, Condition::ClientType, Condition::UserRisk]
    );
    assert_eq!(
        names(trace.conditions_not_satisfied),
        [Condition::Users, Condition::Location, Condition::SignInRisk]
    );
    assert_eq!(trace.include_rules.iter().collect::<Vec<_>>(), [Rule::AppId, Rule::GroupId, Rule::UserId]);
    assert_eq!(trace.exclude_rules.iter().collect::<Vec<_>>(), [Rule::RoleId]);
}

/// One policy for each fact that may be missing; it must apply and say which one it was.
#[test]
fn a_fact_that_is_not_known_is_named() {
    let nothing_known = facts_with(|f| {
        f.client.platform = None;
        f.user.insider_risk_level = None;
        f.user.risk_level = RiskLevel::Hidden;
    });
    let guest = facts_with(|f| f.user.is_guest = true);
    let action = facts_with(|f| f.application.user_action = Some(UserAction::UnknownFutureValue));
    let kinds = json!({"includeUsers": [], "includeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "serviceProvider"}});
    let actions = json!({"includeApplications": [], "includeUserActions": ["urn:user:registerdevice"]});
    let filter = |rule: &str| {
        json!({"applications": {"includeApplications": [], "applicationFilter":
        {"mode": "include", "rule": rule}}})
    };
    for (facts, conditions, reason) in [
        (&nothing_known, json!({"locations": {"includeLocations": [COUNTRY]}}), Reason::LocationUnknown),
        (
            &nothing_known,
            json!({"locations": {"includeLocations": ["All"], "excludeLocations": [COUNTRY]}}),
            Reason::LocationUnknown,
        ),
        (&nothing_known, json!({"locations": {"includeLocations": [MISSING]}}), Reason::LocationMissing),
        (&nothing_known, json!({"platforms": {"includePlatforms": ["iOS"]}}), Reason::PlatformUnknown),
        (&nothing_known, json!({"insiderRiskLevels": "elevated"}), Reason::InsiderRiskUnknown),
        (&nothing_known, json!({"userRiskLevels": ["high"]}), Reason::RiskLevelUnknown),
        (
            &nothing_known,
            json!({"devices": {"deviceFilter": {"mode": "include", "rule": "?"}}}),
            Reason::DeviceFilterUnreadable,
        ),
        (
            &nothing_known,
            filter("CustomSecurityAttribute.Team_Project -eq \"Atlas\""),
            Reason::SecurityAttributesUnknown,
        ),
        (&nothing_known, filter("?"), Reason::ApplicationFilterUnreadable),
        (&guest, json!({"users": kinds}), Reason::GuestKindUnknown),
        (&action, json!({"applications": actions}), Reason::UserActionUnknown),
    ] {
        let trace = trace_of(facts, json!({"conditions": conditions, "grantControls": block()}));
        assert_eq!(trace.result, PolicyResult::Failure, "{conditions}");
        assert_eq!(trace.reasons, [reason], "{conditions}");
    }
    let unknown = json!({"locations": {"includeLocations": [COUNTRY_OR_UNKNOWN]}});
    assert_eq!(trace_of(&facts(), json!({"conditions": unknown, "grantControls": block()})).reasons, []);
}

#[test]
fn what_led_to_the_verdict_is_named() {
    let script = facts_with(|f| f.application.client_app_type = ClientAppType::Other);
    let grant = |operator: &str, controls: Value| json!({"grantControls": {"operator": operator, "builtInControls": controls}});
    for (facts, patch, reasons) in [
        (&facts(), json!({}), &[Reason::MfaRequired][..]),
        (&facts_with_mfa(), json!({}), &[Reason::MfaPassed]),
        (&script, json!({}), &[Reason::ClientNotInteractive]),
        (
            &facts_with_mfa(),
            grant("AND", json!(["mfa", "approvedApplication"])),
            &[Reason::MfaPassed, Reason::ControlNotEnforced],
        ),
        (
            &facts_with_mfa(),
            grant("AND", json!(["mfa", "compliantDevice"])),
            &[Reason::MfaPassed, Reason::DeviceNotCompliant],
        ),
        (&facts_with_mfa(), grant("OR", json!(["mfa", "compliantDevice"])), &[Reason::MfaPassed]),
    ] {
        assert_eq!(trace_of(facts, patch.clone()).reasons, reasons, "{patch}");
    }
}

#[test]
fn the_sign_in_log_gets_name_result_and_controls() {
    let decision = decide(&facts_with_mfa(), RiskLevel::None, &[json!({})]);
    let applied = &decision.applied_policies()[0];
    assert_eq!(applied.result, Some(PolicyResult::Success));
    assert_eq!(applied.enforced_grant_controls, ["mfa"]);
    assert_eq!(applied.display_name.as_deref(), Some("Policy"));
}

#[test]
fn disabled_policies_are_listed_and_not_examined() {
    let trace = trace_of(&facts(), json!({"state": "disabled", "grantControls": block()}));
    assert_eq!(trace.result, PolicyResult::NotEnabled);
    assert!(trace.conditions_satisfied.is_empty() && trace.include_rules.is_empty());
}

#[test]
fn mfa_driven_by_sign_in_risk_is_told_apart_before_and_after_it_is_passed() {
    let strength = |id: &str, strength: &str| {
        json!({"id": id, "conditions": {"signInRiskLevels": ["medium"]}, "grantControls":
            {"operator": "OR", "builtInControls": [], "authenticationStrength": {"id": strength}}})
    };
    let all = [
        json!({"id": "risk", "conditions": {"signInRiskLevels": ["medium", "high"]}}),
        json!({"id": "user", "conditions": {"userRiskLevels": ["none"]}}),
        json!({"id": "all"}),
        strength("strength", MFA_STRENGTH),
        strength("weak strength", PASSWORD_STRENGTH),
    ];
    for facts in [facts(), facts_with_mfa()] {
        let risky = decide(&facts, RiskLevel::Medium, &all);
        let found: Vec<_> = risky.risk_based_mfa_policies.iter().map(|id| id.as_ref()).collect();
        assert_eq!(found, ["risk", "strength"]);
        assert!(!decide(&facts, RiskLevel::None, &all).has_risk_based_mfa());
    }
    let blocking = json!({"conditions": {"signInRiskLevels": ["medium"]}, "grantControls": block()});
    assert!(!decide(&facts(), RiskLevel::Medium, &[blocking]).has_risk_based_mfa());
}

/// The codes of §3.11.
#[test]
fn an_outcome_has_the_code_of_the_sign_in_log() {
    let newcomer = facts_with(|f| f.user.registered_methods.clear());
    let code =
        |facts: &SignInFacts, patch: Value| decide(facts, RiskLevel::None, &[patch]).outcome.error_code();
    let grant = |control: &str| json!({"grantControls": {"operator": "OR", "builtInControls": [control]}});
    let terms =
        json!({"grantControls": {"operator": "OR", "builtInControls": [], "termsOfUse": [AGREEMENT]}});
    let hourly =
        json!({"grantControls": null, "sessionControls": {"signInFrequency": {"type": "hours", "value": 1}}});
    let unproven = facts_with(|f| f.authentication.methods.clear());
    let at_risk = facts_with(|f| f.user.risk_level = RiskLevel::High);
    let registering =
        facts_with(|f| f.application.user_action = Some(UserAction::RegisterSecurityInformation));
    assert_eq!(code(&facts_with_mfa(), json!({})), None);
    assert_eq!(code(&facts(), json!({})), Some(50_076));
    assert_eq!(code(&newcomer, json!({})), Some(50_072));
    assert_eq!(code(&newcomer, json!({"conditions": {"signInRiskLevels": ["none"]}})), Some(53_004));
    assert_eq!(code(&unproven, hourly), Some(70_043));
    assert_eq!(code(&at_risk, grant("passwordChange")), Some(50_135));
    assert_eq!(code(&facts(), terms), Some(50_158));
    assert_eq!(code(&facts(), grant("block")), Some(53_003));
    assert_eq!(code(&registering, grant("block")), Some(53_010));
    assert_eq!(code(&facts(), grant("compliantDevice")), Some(53_000));
    assert_eq!(code(&facts(), grant("domainJoinedDevice")), Some(53_001));
}
