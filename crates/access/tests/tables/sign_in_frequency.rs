//! §3.8: how often a user signs in again.

use std::time::Duration;

use riskgate_access::Control::{AuthenticationStrength, Mfa, RegisterMfa, SignInAgain};
use riskgate_access::{BlockReason, SessionDemands};
use riskgate_model::AppliedConditionalAccessPolicyResult::{
    Failure, ReportOnlyInterrupted, ReportOnlySuccess, Success,
};
use riskgate_model::AuthenticationMethodKind::{Password, SoftwareOath};
use riskgate_model::{AuthenticationMethodKind, ClientAppType, MethodUse, RiskLevel, SignInFacts};
use serde_json::{Value, json};

use crate::case::{Case, asks, blocks, demands, grants, logs};
use crate::common::*;

const HOUR: u64 = 3_600;

/// The seconds since each use of a factor.
fn ages(uses: &[(AuthenticationMethodKind, u64)]) -> SignInFacts {
    facts_with(|f| {
        let used = |&(method, age)| MethodUse { method, at: now() - Duration::from_secs(age) };
        f.authentication.methods = uses.iter().map(used).collect();
    })
}

fn frequency(control: Value) -> Value {
    json!({"grantControls": null, "sessionControls": {"signInFrequency": control}})
}

fn hours(value: i32) -> Value {
    frequency(json!({"type": "hours", "value": value, "frequencyInterval": "timeBased"}))
}

fn second_hours(value: i32) -> Value {
    frequency(json!({"type": "hours", "value": value, "authenticationType": "secondaryAuthentication"}))
}

fn every_time() -> Value {
    frequency(json!({"frequencyInterval": "everyTime"}))
}

fn reported(mut patch: Value) -> Value {
    merge(&mut patch, json!({"state": "enabledForReportingButNotEnforced"}));
    patch
}

fn seconds(first: Option<u64>, second: Option<u64>) -> SessionDemands {
    SessionDemands {
        sign_in_frequency_seconds: first,
        secondary_frequency_seconds: second,
        ..SessionDemands::default()
    }
}

fn limits() -> Vec<Case> {
    let days = |value: i32| frequency(json!({"type": "days", "value": value}));
    let off = frequency(json!({"type": "hours", "value": 1, "isEnabled": false}));
    let elsewhere = || {
        let mut patch = hours(1);
        merge(&mut patch, json!({"conditions": {"users": {"includeUsers": [OTHER_USER]}}}));
        patch
    };
    let disabled = || {
        let mut patch = hours(1);
        merge(&mut patch, json!({"state": "disabled"}));
        patch
    };
    let old = || ages(&[(Password, 2 * HOUR)]);
    let ahead = || facts_with(|f| f.authentication.methods[0].at = now() + Duration::from_secs(60));
    let script = || {
        let mut facts = old();
        facts.application.client_app_type = ClientAppType::Other;
        facts
    };
    vec![
        grants("§3.8 A fresh password", ages(&[(Password, 0)]), hours(1)),
        grants("§3.8 Exactly as old as allowed is fresh", ages(&[(Password, HOUR)]), hours(1)),
        asks("§3.8 A second older is not", ages(&[(Password, HOUR + 1)]), hours(1), &[SignInAgain]),
        grants("§3.8 Days", ages(&[(Password, 24 * HOUR)]), days(1)),
        asks("§3.8 More than days", ages(&[(Password, 24 * HOUR + 1)]), days(1), &[SignInAgain]),
        grants("§3.8 The latest use counts", ages(&[(Password, 50 * HOUR), (Password, HOUR)]), hours(1)),
        grants("Contract §4.17 Every time leaves five minutes", ages(&[(Password, 300)]), every_time()),
        asks(
            "Contract §4.17 Every time after five minutes",
            ages(&[(Password, 301)]),
            every_time(),
            &[SignInAgain],
        ),
        asks("§3.2 A password that was never proven is not fresh", ages(&[]), hours(1), &[SignInAgain]),
        grants("§3.8 A control that is off does nothing", old(), off),
        grants("§3.1.2 A policy that does not apply does nothing", old(), elsewhere()),
        grants("§3.1.7 A disabled policy does nothing", old(), disabled()),
        grants("§3.1.7 A report-only policy does nothing", old(), reported(hours(1))),
        asks("§3.1.6 The shortest wins", old(), json!([hours(4), hours(1), hours(23)]), &[SignInAgain]),
        grants("§3.8 A use that seems to lie ahead is fresh", ahead(), every_time()),
        blocks(
            "§3.6 A client without a page cannot ask for a password",
            script(),
            hours(1),
            BlockReason::Policy,
        ),
        grants("§3.1.6 No limit, no age", ages(&[(Password, 9_999 * HOUR)]), json!({"grantControls": null})),
    ]
}

fn second_factor() -> Vec<Case> {
    let both = |password, code| ages(&[(Password, password), (SoftwareOath, code)]);
    let with_mfa = |mut patch: Value| {
        merge(&mut patch, json!({"grantControls": {"operator": "OR", "builtInControls": ["mfa"]}}));
        patch
    };
    let with_strength = |mut patch: Value| {
        merge(
            &mut patch,
            json!({"grantControls": {"operator": "OR", "builtInControls": [], "authenticationStrength": {"id": LONE_CODE_STRENGTH}}}),
        );
        patch
    };
    let newcomer = || {
        let mut facts = both(0, 2 * HOUR);
        facts.user.registered_methods.clear();
        facts
    };
    let strength = || AuthenticationStrength { strength_id: LONE_CODE_STRENGTH.into() };
    vec![
        grants("§3.8 Both factors are fresh", both(HOUR, HOUR), with_mfa(hours(1))),
        asks(
            "§3.8 Both factors are limited: the second is old",
            both(0, 2 * HOUR),
            with_mfa(hours(1)),
            &[Mfa],
        ),
        asks(
            "§3.8 Both factors are limited: the first is old",
            both(2 * HOUR, 0),
            with_mfa(hours(1)),
            &[SignInAgain],
        ),
        asks("§3.8 Both factors are old", both(2 * HOUR, 2 * HOUR), with_mfa(hours(1)), &[SignInAgain, Mfa]),
        grants(
            "§3.8 secondaryAuthentication does not limit the first",
            both(2 * HOUR, 0),
            with_mfa(second_hours(1)),
        ),
        asks(
            "§3.8 secondaryAuthentication limits the second",
            both(0, 2 * HOUR),
            with_mfa(second_hours(1)),
            &[Mfa],
        ),
        asks(
            "§3.8 An old second factor is asked for again although nothing demands it",
            both(0, 2 * HOUR),
            second_hours(1),
            &[Mfa],
        ),
        asks("§4.1 Who has no method any more registers one", newcomer(), second_hours(1), &[RegisterMfa]),
        blocks("§4.1 But not at risk", newcomer(), second_hours(1), BlockReason::RegistrationBlockedByRisk)
            .at(RiskLevel::High),
        grants("§3.8 One that was never passed is not", ages(&[(Password, 0)]), second_hours(1)),
        asks(
            "§3.8 The limit of one policy counts for the demand of another",
            both(0, 2 * HOUR),
            json!([second_hours(1), {}]),
            &[Mfa],
        ),
        asks(
            "§3.8 An old second factor satisfies no strength",
            both(0, 2 * HOUR),
            with_strength(second_hours(1)),
            &[Mfa, strength()],
        ),
        grants(
            "§3.8 The latest second factor counts",
            ages(&[(Password, 0), (SoftwareOath, 9 * HOUR), (SoftwareOath, HOUR)]),
            with_mfa(hours(1)),
        ),
        asks(
            "Contract §4.17 Every time is also for the second factor",
            both(0, 301),
            with_mfa(every_time()),
            &[Mfa],
        ),
    ]
}

fn in_the_log() -> Vec<Case> {
    let old = || ages(&[(Password, 2 * HOUR)]);
    let passed = || ages(&[(Password, 0), (SoftwareOath, 2 * HOUR)]);
    let reported_mfa = |mut patch: Value| {
        merge(&mut patch, json!({"grantControls": {"operator": "OR", "builtInControls": ["mfa"]}}));
        reported(patch)
    };
    vec![
        logs(
            "§3.10 The policy that carries the limit fails",
            old(),
            json!([hours(1), hours(4), {"grantControls": null}]),
            &[Failure, Success, Success],
        ),
        logs(
            "§3.10 A report-only limit would interrupt",
            old(),
            reported(hours(1)),
            &[ReportOnlyInterrupted],
        ),
        logs("§3.10 A report-only limit that is kept", old(), reported(hours(4)), &[ReportOnlySuccess]),
        logs(
            "§3.10 A report-only policy is judged by its own limit, too",
            passed(),
            reported_mfa(second_hours(1)),
            &[ReportOnlyInterrupted],
        ),
        logs(
            "§3.10 And by those of the enforced",
            passed(),
            json!([second_hours(1), reported_mfa(hours(4))]),
            &[Failure, ReportOnlyInterrupted],
        ),
        logs(
            "§3.10 The enforced are not judged by its limit",
            passed(),
            json!([{}, reported(second_hours(1))]),
            &[Success, ReportOnlyInterrupted],
        ),
        demands("§3.8 A limit for both factors", facts(), hours(4), seconds(Some(4 * HOUR), None)),
        demands(
            "§3.8 A limit for the second factor",
            facts(),
            second_hours(4),
            seconds(None, Some(4 * HOUR)),
        ),
        demands("§3.8 Every time is zero seconds", facts(), every_time(), seconds(Some(0), None)),
        demands(
            "§3.1.6 The shortest of each",
            facts(),
            json!([hours(4), hours(2), second_hours(3), second_hours(1)]),
            seconds(Some(2 * HOUR), Some(HOUR)),
        ),
        demands("§3.1.7 Report-only demands nothing", facts(), reported(hours(1)), seconds(None, None)),
    ]
}

pub fn cases() -> Vec<Case> {
    [limits(), second_factor(), in_the_log()].into_iter().flatten().collect()
}
