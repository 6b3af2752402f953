//! Each rule a policy is accepted or refused by.

mod common;

use common::*;
use riskgate_access::{ObjectKind, PolicyError, references, validate};
use riskgate_model::ConditionalAccessPolicy;
use serde_json::{Value, json};

const UNKNOWN: &str = "5f0c6f1e-0000-4000-8000-000000000bad";

fn known(kind: ObjectKind, id: &str) -> bool {
    match kind {
        ObjectKind::User => [USER, OTHER_USER].contains(&id),
        ObjectKind::Group => id == GROUP,
        ObjectKind::RoleTemplate => id == ROLE,
        ObjectKind::Application => [APP, OTHER_APP].contains(&id),
        ObjectKind::NamedLocation => [OFFICE, COUNTRY].contains(&id),
        _ => false,
    }
}

fn check(policy: &ConditionalAccessPolicy) -> Result<(), PolicyError> {
    validate(policy, &known)
}

fn refused(patch: Value) -> String {
    match check(&policy(patch.clone())) {
        Ok(()) => panic!("accepted: {patch}"),
        Err(error) => error.to_string(),
    }
}

fn conditions(conditions: Value) -> Value {
    json!({"conditions": conditions})
}

#[test]
fn policies_that_are_enforced_are_accepted_in_every_state() {
    for patch in [
        json!({}),
        conditions(json!({"signInRiskLevels": ["high", "medium", "low", "none"]})),
        conditions(
            json!({"users": {"includeUsers": ["None"]}, "applications": {"includeApplications": ["none"]}}),
        ),
        conditions(
            json!({"users": {"includeUsers": [USER, "GuestsOrExternalUsers"], "excludeRoles": [ROLE]}}),
        ),
        conditions(json!({"users": {"includeUsers": [], "includeGroups": [GROUP]}})),
        conditions(json!({"users": {"excludeUsers": ["GuestsOrExternalUsers"]}})),
        conditions(
            json!({"applications": {"includeApplications": [APP], "excludeApplications": [OTHER_APP]}}),
        ),
        conditions(json!({"clientAppTypes": ["browser", "other"]})),
        conditions(json!({"clientAppTypes": []})),
        conditions(
            json!({"locations": {"includeLocations": ["All"], "excludeLocations": ["AllTrusted", OFFICE]}}),
        ),
        conditions(json!({"locations": {"includeLocations": ["AllTrusted", COUNTRY]}})),
        json!({"grantControls": {"operator": "and"}}),
        json!({"sessionControls": {"disableResilienceDefaults": false}}),
        json!({"grantControls": {"builtInControls": ["block"]},
            "conditions": {"users": {"includeUsers": ["None"]}, "applications": {"includeApplications": ["None"]}}}),
    ] {
        for state in ["enabled", "disabled", "enabledForReportingButNotEnforced"] {
            let mut policy = policy(patch.clone());
            policy.state = serde_json::from_value(json!(state)).unwrap();
            assert_eq!(check(&policy), Ok(()), "{patch}");
        }
    }
}

#[test]
fn numbered_errors_begin_with_the_number_of_the_real_service() {
    let both =
        json!({"includeApplications": ["All"], "includeUserActions": ["urn:user:registersecurityinfo"]});
    let acrs = json!({"includeApplications": [], "includeUserActions": ["urn:user:registersecurityinfo"],
        "includeAuthenticationContextClassReferences": ["c1"]});
    for (number, patch) in [
        ("1007", conditions(json!({"signInRiskLevels": ["hidden"]}))),
        ("1007", conditions(json!({"userRiskLevels": ["unknownFutureValue"]}))),
        ("1007", conditions(json!({"clientAppTypes": ["unknownFutureValue"]}))),
        ("1007", json!({"grantControls": {"builtInControls": ["unknownFutureValue"]}})),
        ("1011", conditions(json!({"applications": {"includeApplications": []}}))),
        ("1011", conditions(json!({"applications": null}))),
        ("1012", conditions(json!({"applications": both}))),
        ("1012", conditions(json!({"applications": acrs}))),
        ("1040", conditions(json!({"locations": {"includeLocations": [UNKNOWN]}}))),
        (
            "1040",
            conditions(json!({"locations": {"includeLocations": ["All"], "excludeLocations": [UNKNOWN]}})),
        ),
        (
            "1040",
            conditions(json!({"locations": {"includeLocations": ["All"], "excludeLocations": ["All"]}})),
        ),
    ] {
        let message = refused(patch);
        assert!(message.starts_with(&format!("{number}: ")), "{message}");
    }
    assert_eq!(
        refused(conditions(json!({"locations": {"includeLocations": [UNKNOWN]}}))),
        format!("1040: NamedLocation with id {UNKNOWN} does not exist in the directory.")
    );
}

#[test]
fn objects_that_do_not_exist_are_named() {
    for (text, patch) in [
        ("User with id", json!({"users": {"includeUsers": [UNKNOWN]}})),
        ("User with id", json!({"users": {"excludeUsers": [UNKNOWN]}})),
        ("Group with id", json!({"users": {"includeGroups": [UNKNOWN]}})),
        ("Group with id", json!({"users": {"excludeGroups": [UNKNOWN]}})),
        ("DirectoryRoleTemplate with id", json!({"users": {"includeRoles": [UNKNOWN]}})),
        ("DirectoryRoleTemplate with id", json!({"users": {"excludeRoles": [UNKNOWN]}})),
        ("ServicePrincipal with appId", json!({"applications": {"includeApplications": [UNKNOWN]}})),
        ("ServicePrincipal with appId", json!({"applications": {"excludeApplications": [UNKNOWN]}})),
    ] {
        assert_eq!(refused(conditions(patch)), format!("{text} {UNKNOWN} does not exist in the directory."));
    }
    let long = refused(conditions(json!({"users": {"includeUsers": ["x".repeat(100_000)]}})));
    assert!(long.len() < 200, "{} characters", long.len());
    assert_eq!(
        refused(conditions(json!({"users": {"excludeUsers": ["All"]}}))),
        "User with id All does not exist in the directory."
    );
}

#[test]
fn values_that_contradict_each_other_are_refused_with_the_property_named() {
    for (property, patch) in [
        ("displayName", json!({"displayName": "  "})),
        ("displayName", json!({"displayName": "x".repeat(257)})),
        ("conditions/users", conditions(json!({"users": null}))),
        ("conditions/users", conditions(json!({"users": {"includeUsers": [], "excludeUsers": [USER]}}))),
        ("conditions/users/includeUsers", conditions(json!({"users": {"includeUsers": ["All", USER]}}))),
        ("conditions/users/includeUsers", conditions(json!({"users": {"includeUsers": ["None", USER]}}))),
        ("conditions/users/includeUsers", conditions(json!({"users": {"includeUsers": vec![USER; 5_001]}}))),
        (
            "conditions/applications/includeApplications",
            conditions(json!({"applications": {"includeApplications": ["All", APP]}})),
        ),
        ("conditions/clientAppTypes", conditions(json!({"clientAppTypes": ["all", "browser"]}))),
        ("conditions/locations/includeLocations", conditions(json!({"locations": {"includeLocations": []}}))),
        (
            "conditions/locations/includeLocations",
            conditions(json!({"locations": {"includeLocations": ["All", OFFICE]}})),
        ),
        ("grantControls", json!({"grantControls": null})),
        ("grantControls/operator", json!({"grantControls": {"operator": null}})),
        ("grantControls/operator", json!({"grantControls": {"operator": "XOR"}})),
        ("grantControls/builtInControls", json!({"grantControls": {"builtInControls": []}})),
        ("grantControls/builtInControls", json!({"grantControls": {"builtInControls": ["block", "mfa"]}})),
        (
            "grantControls/builtInControls",
            json!({"grantControls": {"builtInControls": ["block"], "termsOfUse": ["a"]}}),
        ),
    ] {
        let message = refused(patch);
        assert!(message.starts_with(&format!("'{property}' is not valid: ")), "{property}: {message}");
    }
}

#[test]
fn what_is_valid_but_not_enforced_is_refused_by_name() {
    for (name, patch) in [
        (
            "locations",
            conditions(json!({"locations": {"includeLocations": ["00000000-0000-0000-0000-000000000000"]}})),
        ),
        (
            "approvedApplication",
            json!({"grantControls": {"builtInControls": ["mfa", "approvedApplication"]}}),
        ),
        ("compliantApplication", json!({"grantControls": {"builtInControls": ["compliantApplication"]}})),
        ("customAuthenticationFactors", json!({"grantControls": {"customAuthenticationFactors": ["a"]}})),
        ("cloudAppSecurity", json!({"sessionControls": {"cloudAppSecurity": {"isEnabled": true}}})),
        ("secureSignInSession", json!({"sessionControls": {"secureSignInSession": {"isEnabled": true}}})),
    ] {
        let message = refused(patch);
        assert!(message.contains(name), "{name}: {message}");
        assert!(
            message.ends_with("is valid in Microsoft Graph but not enforced by this version of Riskgate."),
            "{message}"
        );
    }
}

#[test]
fn references_are_everything_the_caller_must_look_up() {
    let policy = policy(conditions(json!({
        "users": {"includeUsers": ["GuestsOrExternalUsers", USER], "excludeUsers": [OTHER_USER],
            "includeGroups": [GROUP], "includeRoles": [ROLE]},
        "applications": {"includeApplications": ["All"], "excludeApplications": [APP]},
        "locations": {"includeLocations": ["All"], "excludeLocations": ["AllTrusted", OFFICE]}})));
    assert_eq!(
        references(&policy),
        [
            (ObjectKind::User, USER),
            (ObjectKind::User, OTHER_USER),
            (ObjectKind::Group, GROUP),
            (ObjectKind::RoleTemplate, ROLE),
            (ObjectKind::Application, APP),
            (ObjectKind::NamedLocation, OFFICE),
        ]
    );
}
