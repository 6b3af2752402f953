use serde_json::{Value, json};

use super::{ADMIN, EMERGENCY, EMPTY_GROUP, GROUP, MISSING, OFFICE, ROLE, USER, findings, found, policy};

fn users(users: Value, control: &str) -> Value {
    json!({"conditions": {"users": users}, "grantControls": {"builtInControls": [control]}})
}

#[test]
fn everyone_without_an_emergency_account_is_found() {
    let nobody = json!({"excludeUsers": []});
    for (patch, expected) in [
        (users(nobody.clone(), "block"), "error missing-emergency-account"),
        (users(nobody.clone(), "mfa"), "warning missing-emergency-account"),
        (users(json!({"excludeUsers": [USER]}), "block"), "error missing-emergency-account"),
        (
            users(json!({"includeUsers": [], "includeRoles": [ROLE], "excludeUsers": []}), "block"),
            "error missing-emergency-account",
        ),
        (
            users(json!({"includeUsers": [EMERGENCY, ADMIN], "excludeUsers": []}), "mfa"),
            "warning missing-emergency-account",
        ),
        (users(json!({"includeUsers": [ADMIN], "excludeUsers": []}), "block"), ""),
        (users(json!({"excludeUsers": [EMERGENCY.to_ascii_uppercase()]}), "block"), ""),
        (users(json!({"excludeUsers": [], "excludeGroups": [GROUP]}), "block"), ""),
        (users(json!({"excludeUsers": [], "excludeRoles": [ROLE]}), "block"), ""),
    ] {
        let expected: Vec<&str> = [expected].into_iter().filter(|text| !text.is_empty()).collect();
        assert_eq!(found(&[policy(patch.clone())]), expected, "{patch}");
    }
    let mut only_some = users(nobody.clone(), "block");
    only_some["conditions"]["applications"] = json!({"excludeApplications": [OFFICE]});
    assert_eq!(found(&[policy(only_some)]), ["warning missing-emergency-account"]);
    let mut reporting = users(nobody.clone(), "block");
    reporting["state"] = json!("enabledForReportingButNotEnforced");
    assert_eq!(found(&[policy(reporting)]), ["information missing-emergency-account"]);
    let session_only = json!({"conditions": {"users": nobody}, "grantControls": null});
    assert_eq!(found(&[policy(session_only)]), Vec::<String>::new());
}

#[test]
fn accounts_that_other_policies_exclude_are_named() {
    let forgetful = policy(users(json!({"excludeUsers": []}), "block"));
    let careful =
        policy(json!({"id": "2", "conditions": {"applications": {"includeApplications": [OFFICE]}}}));
    let alone = findings(std::slice::from_ref(&forgetful));
    assert!(!alone[0].problem.contains("Other policies"), "{}", alone[0].problem);
    let both = findings(&[forgetful, careful]);
    assert!(
        both[0].problem.ends_with("Other policies exclude emergency@contoso.com."),
        "{}",
        both[0].problem
    );
}

#[test]
fn what_is_gone_is_named() {
    for (conditions, severity) in [
        (json!({"users": {"excludeUsers": [EMERGENCY, MISSING]}}), "warning"),
        (json!({"users": {"excludeGroups": [MISSING]}}), "warning"),
        (json!({"applications": {"excludeApplications": [MISSING]}}), "warning"),
        (json!({"locations": {"includeLocations": ["All"], "excludeLocations": [MISSING]}}), "error"),
    ] {
        let findings = findings(&[policy(json!({"conditions": conditions}))]);
        assert_eq!((findings.len(), findings[0].rule.as_str()), (1, "missing-object"), "{conditions}");
        assert_eq!(findings[0].severity.name(), severity, "{conditions}");
        assert!(findings[0].problem.contains(MISSING), "{}", findings[0].problem);
    }
}

#[test]
fn empty_groups_are_named() {
    let excluded = policy(
        json!({"conditions": {"users": {"excludeGroups": [EMPTY_GROUP.to_ascii_uppercase(), GROUP]}}}),
    );
    let found_excluded = findings(&[excluded]);
    assert_eq!(found_excluded.len(), 1);
    assert!(found_excluded[0].problem.contains("excluded: BBBBBBBB"), "{}", found_excluded[0].problem);
    let included =
        json!({"conditions": {"users": {"includeUsers": [], "includeGroups": [GROUP, EMPTY_GROUP]}}});
    assert_eq!(found(&[policy(included)]), ["information empty-group"]);
}
