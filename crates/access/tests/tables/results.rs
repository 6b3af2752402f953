//! §3.10: what the sign-in log says.

use riskgate_model::AppliedConditionalAccessPolicyResult::*;
use riskgate_model::{ClientAppType, ConditionalAccessStatus as Status};
use serde_json::{Value, json};

use crate::case::{Case, logs, rolls_up};
use crate::common::*;

fn with(state: &str, mut patch: Value) -> Value {
    merge(&mut patch, json!({"state": state}));
    patch
}

fn reported(patch: Value) -> Value {
    with("enabledForReportingButNotEnforced", patch)
}

fn results() -> Vec<Case> {
    let block = || json!({"grantControls": {"operator": "OR", "builtInControls": ["block"]}});
    let elsewhere = || json!({"conditions": {"signInRiskLevels": ["high"]}});
    let compliance = || json!({"grantControls": {"operator": "OR", "builtInControls": ["compliantDevice"]}});
    let terms =
        || json!({"grantControls": {"operator": "OR", "builtInControls": [], "termsOfUse": [AGREEMENT]}});
    let newcomer = || facts_with(|f| f.user.registered_methods.clear());
    let by_risk = || json!({"conditions": {"signInRiskLevels": ["none"]}});
    let script = || facts_with(|f| f.application.client_app_type = ClientAppType::Other);
    let workload = || json!({"conditions": {"users": {"includeUsers": ["None"]}, "clientApplications": {"includeServicePrincipals": ["ServicePrincipalsInMyTenant"]}}});
    let everyones_workload =
        || json!({"conditions": {"clientApplications": {"includeServicePrincipals": [USER]}}});
    vec![
        logs("§3.10 success", facts_with_mfa(), json!({}), &[Success]),
        logs("§3.10 success without a control", facts(), json!({"grantControls": null}), &[Success]),
        logs("§3.10 failure: something is asked for", facts(), json!({}), &[Failure]),
        logs("§3.10 failure: blocked", facts(), block(), &[Failure]),
        logs("§3.10 failure: impossible", facts_with_mfa(), compliance(), &[Failure]),
        logs("§3.10 notApplied", facts(), elsewhere(), &[NotApplied]),
        logs("§3.10 notEnabled", facts(), with("disabled", block()), &[NotEnabled]),
        logs(
            "§3.10 notEnabled although it does not apply",
            facts(),
            with("disabled", elsewhere()),
            &[NotEnabled],
        ),
        logs("§3.10 reportOnlySuccess", facts_with_mfa(), reported(json!({})), &[ReportOnlySuccess]),
        logs("§3.10 reportOnlyFailure: block", facts_with_mfa(), reported(block()), &[ReportOnlyFailure]),
        logs(
            "§3.10 reportOnlyFailure: device",
            facts_with_mfa(),
            reported(compliance()),
            &[ReportOnlyFailure],
        ),
        logs(
            "§3.10 reportOnlyFailure: registration refused",
            newcomer(),
            reported(by_risk()),
            &[ReportOnlyFailure],
        ),
        logs("§3.10 reportOnlyFailure: no page", script(), reported(json!({})), &[ReportOnlyFailure]),
        logs("§3.10 reportOnlyInterrupted: MFA", facts(), reported(json!({})), &[ReportOnlyInterrupted]),
        logs(
            "§3.10 reportOnlyInterrupted: registration",
            newcomer(),
            reported(json!({})),
            &[ReportOnlyInterrupted],
        ),
        logs(
            "§3.10 reportOnlyInterrupted: terms of use",
            facts_with_mfa(),
            reported(terms()),
            &[ReportOnlyInterrupted],
        ),
        logs("§3.10 reportOnlyNotApplied", facts(), reported(elsewhere()), &[ReportOnlyNotApplied]),
        logs(
            "§3.10 success although another policy blocks",
            facts_with_mfa(),
            json!([{}, block()]),
            &[Success, Failure],
        ),
        logs("§3.3 A policy about service principals applies to no user", facts(), workload(), &[NotApplied]),
        logs("§3.3 Not even if it names all users", facts(), everyones_workload(), &[NotApplied]),
        logs("§3.3 Nor in report-only", facts(), reported(everyones_workload()), &[ReportOnlyNotApplied]),
    ]
}

fn roll_up() -> Vec<Case> {
    let elsewhere = || json!({"conditions": {"signInRiskLevels": ["high"]}});
    let other_user = json!({"conditions": {"users": {"includeUsers": [OTHER_USER]}}});
    let other_app = json!({"conditions": {"applications": {"includeApplications": [OTHER_APP]}}});
    let everyones_workload =
        json!({"conditions": {"clientApplications": {"includeServicePrincipals": [USER]}}});
    vec![
        rolls_up("§3.10 success: satisfied", facts_with_mfa(), json!({}), Status::Success),
        rolls_up(
            "§3.10 success: about the user and application, none applied",
            facts(),
            elsewhere(),
            Status::Success,
        ),
        rolls_up("§3.10 failure: interrupted", facts(), json!({}), Status::Failure),
        rolls_up("§3.10 notApplied: no policy", facts(), json!([]), Status::NotApplied),
        rolls_up("§3.10 notApplied: about another user", facts(), other_user, Status::NotApplied),
        rolls_up("§3.10 notApplied: about another application", facts(), other_app, Status::NotApplied),
        rolls_up("§3.10 notApplied: only reported", facts(), reported(json!({})), Status::NotApplied),
        rolls_up("§3.10 notApplied: disabled", facts(), with("disabled", json!({})), Status::NotApplied),
        rolls_up(
            "§3.10 notApplied: about service principals",
            facts(),
            everyones_workload,
            Status::NotApplied,
        ),
    ]
}

pub fn cases() -> Vec<Case> {
    [results(), roll_up()].into_iter().flatten().collect()
}
