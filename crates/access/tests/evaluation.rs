//! Each rule of evaluation, by example.

mod common;

use common::*;
use riskgate_access::{BlockReason, Condition, Control, Outcome, Reason, Rule};
use riskgate_model::RiskLevel::{High, Low, Medium, None as NoRisk};
use riskgate_model::{
    AppliedConditionalAccessPolicyResult as PolicyResult, ClientAppType, ConditionalAccessStatus, RiskLevel,
};
use serde_json::{Value, json};

const BLOCK: &str = r#"{"operator": "OR", "builtInControls": ["block"]}"#;

fn block() -> Value {
    serde_json::from_str(BLOCK).unwrap()
}

#[test]
fn users_are_included_by_any_value_and_excluded_by_any_value() {
    let (member, mut guest) = (facts(), facts());
    guest.user.is_guest = true;
    for (users, applies_to_member, applies_to_guest) in [
        (json!({"includeUsers": ["All"]}), true, true),
        (json!({"includeUsers": ["all"]}), true, true),
        (json!({"includeUsers": ["None"]}), false, false),
        (json!({"includeUsers": ["GuestsOrExternalUsers"]}), false, true),
        (json!({"includeUsers": [USER.to_uppercase()]}), true, true),
        (json!({"includeUsers": [OTHER_USER]}), false, false),
        (json!({"includeUsers": ["None"], "includeGroups": [GROUP]}), true, true),
        (json!({"includeUsers": [], "includeRoles": [ROLE.to_uppercase()]}), true, true),
        (json!({"includeUsers": [OTHER_USER], "includeGroups": ["x"], "includeRoles": ["x"]}), false, false),
        (json!({"includeUsers": []}), false, false),
        (json!({"excludeUsers": [USER]}), false, false),
        (json!({"excludeUsers": [OTHER_USER]}), true, true),
        (json!({"excludeUsers": ["GuestsOrExternalUsers"]}), true, false),
        (json!({"excludeGroups": [GROUP]}), false, false),
        (json!({"excludeRoles": [ROLE]}), false, false),
        (json!({"includeUsers": [USER], "excludeUsers": [USER]}), false, false),
    ] {
        assert_eq!(applies(&member, NoRisk, json!({"users": users})), applies_to_member, "member, {users}");
        assert_eq!(applies(&guest, NoRisk, json!({"users": users})), applies_to_guest, "guest, {users}");
    }
}

#[test]
fn a_policy_applies_if_one_resource_is_included_and_not_excluded() {
    for (applications, resources, expected) in [
        (json!({"includeApplications": ["All"]}), vec![APP], true),
        (json!({"includeApplications": ["All"]}), vec![], true),
        (json!({"includeApplications": ["None"]}), vec![APP], false),
        (json!({"includeApplications": ["none"]}), vec![APP], false),
        (json!({"includeApplications": [APP]}), vec![APP], true),
        (json!({"includeApplications": [APP.to_uppercase()]}), vec![APP], true),
        (json!({"includeApplications": [APP]}), vec![OTHER_APP], false),
        (json!({"includeApplications": [APP]}), vec![OTHER_APP, APP], true),
        (json!({"includeApplications": [APP]}), vec![], false),
        (json!({"excludeApplications": [APP]}), vec![APP], false),
        (json!({"excludeApplications": [APP]}), vec![OTHER_APP, APP], true),
        (json!({"excludeApplications": [APP, OTHER_APP]}), vec![OTHER_APP, APP], false),
    ] {
        let mut facts = facts();
        facts.application.resource_app_ids = resources.iter().map(ToString::to_string).collect();
        assert_eq!(
            applies(&facts, NoRisk, json!({"applications": applications})),
            expected,
            "{applications} {resources:?}"
        );
    }
}

#[test]
fn the_client_that_asks_is_no_target() {
    assert!(!applies(&facts(), NoRisk, json!({"applications": {"includeApplications": [OTHER_APP]}})));
}

#[test]
fn client_kinds_are_matched_exactly() {
    for (types, browser, native) in [
        (json!(["all"]), true, true),
        (json!([]), true, true),
        (json!(["browser"]), true, false),
        (json!(["mobileAppsAndDesktopClients", "other"]), false, true),
        (json!(["exchangeActiveSync"]), false, false),
    ] {
        let mut facts = facts();
        assert_eq!(applies(&facts, NoRisk, json!({"clientAppTypes": types})), browser, "{types}");
        facts.application.client_app_type = ClientAppType::MobileAppsAndDesktopClients;
        assert_eq!(applies(&facts, NoRisk, json!({"clientAppTypes": types})), native, "{types}");
    }
}

#[test]
fn risk_levels_are_exact_and_not_at_least() {
    let at = |levels: Value, level| {
        let mut facts = facts();
        let by_sign_in = applies(&facts, level, json!({"signInRiskLevels": levels}));
        facts.user.risk_level = level;
        assert_eq!(
            applies(&facts, NoRisk, json!({"userRiskLevels": levels})),
            by_sign_in,
            "{levels} {level:?}"
        );
        by_sign_in
    };
    for (levels, none, low, medium, high) in [
        (json!([]), true, true, true, true),
        (json!(["medium"]), false, false, true, false),
        (json!(["high"]), false, false, false, true),
        (json!(["high", "medium"]), false, false, true, true),
        (json!(["none", "low"]), true, true, false, false),
    ] {
        let found = [NoRisk, Low, Medium, High].map(|level| at(levels.clone(), level));
        assert_eq!(found, [none, low, medium, high], "{levels}");
    }
}

#[test]
fn sign_in_risk_and_user_risk_of_one_policy_are_both_needed() {
    let levels = json!({"signInRiskLevels": ["high"], "userRiskLevels": ["high"]});
    let mut facts = facts();
    assert!(!applies(&facts, High, levels.clone()));
    facts.user.risk_level = High;
    assert!(!applies(&facts, NoRisk, levels.clone()));
    assert!(applies(&facts, High, levels));
}

#[test]
fn a_level_that_is_not_known_closes() {
    let policy = policy(json!({"conditions": {"signInRiskLevels": ["high"]}, "grantControls": block()}));
    let decision = decide(&facts(), RiskLevel::Hidden, &[policy]);
    assert_eq!(decision.outcome, Outcome::Block { reason: BlockReason::Policy });
    assert_eq!(decision.trace[0].reasons, [Reason::RiskLevelUnknown]);
}

#[test]
fn places_are_matched_by_address_and_country_and_the_unknown_closes() {
    let mut in_office = facts();
    in_office.network.ip_address = "192.0.2.200".parse().unwrap();
    let (nowhere, norway, sweden) = (facts(), facts_from("NO"), facts_from("SE"));
    // Expected for: in the office (country unknown), unknown place, Norway, Sweden.
    for (locations, expected) in [
        (json!({"includeLocations": ["All"]}), [true, true, true, true]),
        (json!({"includeLocations": ["AllTrusted"]}), [true, false, false, false]),
        (json!({"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}), [false, true, true, true]),
        (json!({"includeLocations": [OFFICE]}), [true, false, false, false]),
        (json!({"includeLocations": ["All"], "excludeLocations": [OFFICE]}), [false, true, true, true]),
        (json!({"includeLocations": [COUNTRY]}), [true, true, true, false]),
        (json!({"includeLocations": ["All"], "excludeLocations": [COUNTRY]}), [true, true, false, true]),
        (json!({"includeLocations": [COUNTRY_OR_UNKNOWN]}), [true, true, true, false]),
        (
            json!({"includeLocations": ["All"], "excludeLocations": [COUNTRY_OR_UNKNOWN]}),
            [false, false, false, true],
        ),
        (json!({"includeLocations": ["All"], "excludeLocations": ["deleted"]}), [true, true, true, true]),
        (json!({"includeLocations": ["deleted"]}), [true, true, true, true]),
        (
            json!({"includeLocations": [COUNTRY, OFFICE], "excludeLocations": [OFFICE]}),
            [false, true, true, false],
        ),
    ] {
        let found = [&in_office, &nowhere, &norway, &sweden]
            .map(|facts| applies(facts, NoRisk, json!({"locations": locations})));
        assert_eq!(found, expected, "{locations}");
    }
}

#[test]
fn the_trace_names_why_an_unknown_place_closed() {
    let at = |locations: Value| {
        trace_of(&facts(), policy(json!({"conditions": {"locations": locations}}))).reasons
    };
    let mfa = Reason::MfaRequired;
    assert_eq!(at(json!({"includeLocations": [COUNTRY]})), [Reason::LocationUnknown, mfa]);
    assert_eq!(
        at(json!({"includeLocations": ["All"], "excludeLocations": [COUNTRY]})),
        [Reason::LocationUnknown, mfa]
    );
    assert_eq!(at(json!({"includeLocations": ["deleted"]})), [Reason::LocationMissing, mfa]);
    assert_eq!(at(json!({"includeLocations": [COUNTRY_OR_UNKNOWN]})), [mfa]);
}

#[test]
fn the_trace_names_every_condition_and_the_values_that_matched() {
    let trace = trace_of(
        &facts(),
        policy(json!({"conditions": {
            "users": {"includeUsers": [USER], "includeGroups": [GROUP], "excludeRoles": [ROLE]},
            "applications": {"includeApplications": [APP]}, "clientAppTypes": ["browser"],
            "locations": {"includeLocations": [OFFICE]}, "signInRiskLevels": ["high"], "userRiskLevels": ["none"]}})),
    );
    assert_eq!(trace.result, PolicyResult::NotApplied);
    assert!(trace.enforced_grant_controls.is_empty());
    let names = |set: riskgate_access::ConditionSet| set.iter().collect::<Vec<_>>();
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

#[test]
fn mfa_is_asked_for_once_and_satisfied_by_a_passed_second_factor() {
    let before = decide(&facts(), NoRisk, &[policy(json!({})), policy(json!({"id": "b"}))]);
    assert_eq!(before.outcome, Outcome::Interrupt { controls: vec![Control::Mfa] });
    assert_eq!(before.outcome.error_code(), Some(50076));
    assert_eq!(before.conditional_access_status, ConditionalAccessStatus::Failure);
    let after = decide(&facts_with_mfa(), NoRisk, &[policy(json!({}))]);
    assert_eq!(after.outcome, Outcome::Grant);
    assert_eq!(after.outcome.error_code(), None);
    assert_eq!(after.trace[0].reasons, [Reason::MfaPassed]);
    let applied = &after.applied_policies()[0];
    assert_eq!(applied.result, Some(PolicyResult::Success));
    assert_eq!(applied.enforced_grant_controls, ["mfa"]);
    assert_eq!(applied.display_name.as_deref(), Some("Policy"));
}

#[test]
fn a_block_outweighs_every_other_demand() {
    let policies = [policy(json!({})), policy(json!({"id": "b", "grantControls": block()}))];
    for facts in [facts(), facts_with_mfa()] {
        let decision = decide(&facts, NoRisk, &policies);
        assert_eq!(decision.outcome, Outcome::Block { reason: BlockReason::Policy });
        assert_eq!(decision.outcome.error_code(), Some(53003));
    }
}

#[test]
fn a_user_without_a_method_may_register_one_only_without_risk() {
    let mut person = facts();
    person.user.registered_methods.clear();
    let by_risk =
        || policy(json!({"id": "b", "conditions": {"signInRiskLevels": ["none", "low", "medium"]}}));
    let by_user_risk =
        || policy(json!({"id": "c", "conditions": {"userRiskLevels": ["none", "low", "medium"]}}));
    let (register, refused) = (Some(50072), Some(53004));
    for (policy_, sign_in_risk, user_risk, code) in [
        (policy(json!({})), NoRisk, NoRisk, register),
        (policy(json!({})), Low, Low, register),
        (policy(json!({})), Medium, NoRisk, refused),
        (policy(json!({})), NoRisk, Medium, refused),
        (policy(json!({})), High, High, refused),
        (policy(json!({})), RiskLevel::Hidden, NoRisk, refused),
        (by_risk(), NoRisk, NoRisk, refused),
        (by_risk(), Medium, NoRisk, refused),
        (by_user_risk(), NoRisk, Low, refused),
    ] {
        person.user.risk_level = user_risk;
        let decision = decide(&person, sign_in_risk, &[policy_]);
        assert_eq!(decision.outcome.error_code(), code, "{sign_in_risk:?} {user_risk:?}");
    }
    person.user.risk_level = NoRisk;
    let both = decide(&person, NoRisk, &[policy(json!({})), by_risk()]);
    assert_eq!(both.outcome, Outcome::Block { reason: BlockReason::RegistrationBlockedByRisk });
    let blocked = decide(&person, NoRisk, &[by_risk(), policy(json!({"grantControls": block()}))]);
    assert_eq!(blocked.outcome.error_code(), Some(53003));
}

#[test]
fn a_client_that_cannot_show_a_page_is_blocked_where_mfa_is_needed() {
    let mut script = facts();
    script.application.client_app_type = ClientAppType::Other;
    let decision = decide(&script, NoRisk, &[policy(json!({}))]);
    assert_eq!(decision.outcome, Outcome::Block { reason: BlockReason::Policy });
    assert_eq!(decision.trace[0].reasons, [Reason::ClientNotInteractive]);
}

#[test]
fn policies_that_only_report_say_what_they_would_have_done() {
    let report = |patch: Value| {
        let mut policy = policy(patch);
        policy.state = riskgate_model::ConditionalAccessPolicyState::EnabledForReportingButNotEnforced;
        policy
    };
    let mut newcomer = facts();
    newcomer.user.registered_methods.clear();
    for (facts, patch, result) in [
        (facts(), json!({}), PolicyResult::ReportOnlyInterrupted),
        (facts_with_mfa(), json!({}), PolicyResult::ReportOnlySuccess),
        (facts(), json!({"grantControls": block()}), PolicyResult::ReportOnlyFailure),
        (facts(), json!({"conditions": {"signInRiskLevels": ["high"]}}), PolicyResult::ReportOnlyNotApplied),
        (newcomer.clone(), json!({}), PolicyResult::ReportOnlyInterrupted),
        (newcomer, json!({"conditions": {"signInRiskLevels": ["none"]}}), PolicyResult::ReportOnlyFailure),
    ] {
        let decision = decide(&facts, NoRisk, &[report(patch)]);
        assert_eq!(decision.trace[0].result, result);
        assert_eq!(decision.outcome, Outcome::Grant);
        assert_eq!(decision.conditional_access_status, ConditionalAccessStatus::NotApplied);
        assert!(!decision.has_risk_based_mfa());
    }
}

#[test]
fn disabled_policies_are_listed_and_not_examined() {
    let trace = trace_of(&facts(), policy(json!({"state": "disabled", "grantControls": block()})));
    assert_eq!(trace.result, PolicyResult::NotEnabled);
    assert!(trace.conditions_satisfied.is_empty() && trace.include_rules.is_empty());
}

#[test]
fn the_status_is_success_when_a_policy_is_about_this_user_and_application() {
    let status = |patch: Value| decide(&facts(), NoRisk, &[policy(patch)]).conditional_access_status;
    let other_user = json!({"conditions": {"users": {"includeUsers": [OTHER_USER]}}});
    let other_app = json!({"conditions": {"applications": {"includeApplications": [OTHER_APP]}}});
    assert_eq!(
        status(json!({"conditions": {"signInRiskLevels": ["high"]}})),
        ConditionalAccessStatus::Success
    );
    assert_eq!(status(json!({"grantControls": null})), ConditionalAccessStatus::Success);
    assert_eq!(status(other_user), ConditionalAccessStatus::NotApplied);
    assert_eq!(status(other_app), ConditionalAccessStatus::NotApplied);
    assert_eq!(status(json!({"state": "disabled"})), ConditionalAccessStatus::NotApplied);
    assert_eq!(decide(&facts(), NoRisk, &[]).conditional_access_status, ConditionalAccessStatus::NotApplied);
}

#[test]
fn mfa_driven_by_sign_in_risk_is_told_apart_before_and_after_it_is_passed() {
    let by_risk = policy(json!({"id": "risk", "conditions": {"signInRiskLevels": ["medium", "high"]}}));
    let by_user_risk = policy(json!({"id": "user", "conditions": {"userRiskLevels": ["none"]}}));
    let everyone = policy(json!({"id": "all"}));
    let all = [by_risk, by_user_risk, everyone];
    for facts in [facts(), facts_with_mfa()] {
        let risky = decide(&facts, Medium, &all);
        assert!(risky.has_risk_based_mfa());
        assert_eq!(risky.risk_based_mfa_policies.iter().map(|id| id.as_ref()).collect::<Vec<_>>(), ["risk"]);
        assert!(!decide(&facts, NoRisk, &all).has_risk_based_mfa());
    }
    let blocking = policy(json!({"conditions": {"signInRiskLevels": ["medium"]}, "grantControls": block()}));
    assert!(!decide(&facts(), Medium, &[blocking]).has_risk_based_mfa());
}

#[test]
fn what_is_not_enforced_closes_if_it_gets_into_the_store() {
    let strict = |grant: Value| decide(&facts_with_mfa(), NoRisk, &[policy(json!({"grantControls": grant}))]);
    let unenforceable = strict(json!({"operator": "AND", "builtInControls": ["mfa", "approvedApplication"]}));
    assert_eq!(unenforceable.outcome.error_code(), Some(53003));
    assert_eq!(unenforceable.trace[0].reasons, [Reason::MfaPassed, Reason::ControlNotEnforced]);
    let custom =
        strict(json!({"operator": "OR", "builtInControls": [], "customAuthenticationFactors": ["a"]}));
    assert_eq!(custom.outcome.error_code(), Some(53003));
    let either = strict(json!({"operator": "OR", "builtInControls": ["mfa", "approvedApplication"]}));
    assert_eq!(either.outcome, Outcome::Grant);
    let filter = json!({"mode": "include", "rule": "CustomSecurityAttribute.Team.Project -eq \"Atlas\""});
    let conditions = json!({"applications": {"includeApplications": [], "applicationFilter": filter}});
    let trace = trace_of(&facts(), policy(json!({"conditions": conditions, "grantControls": block()})));
    assert_eq!(trace.result, PolicyResult::Failure);
    assert!(trace.reasons.contains(&Reason::ConditionNotEnforced));
}
