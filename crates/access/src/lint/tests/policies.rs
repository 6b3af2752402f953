use riskgate_model::ConditionalAccessPolicy;
use serde_json::{Value, json};

use super::{APP, EMERGENCY, GROUP, OFFICE, OTHER_APP, USER, findings, found, policy};

/// Names of the policies that are shadowed: `narrow` and `broad` are the base policy with conditions, or more, merged in.
fn shadowed(narrow: Value, broad: Value) -> Vec<String> {
    let named = |name: &str, patch: Value| {
        let mut patch = patch;
        patch["displayName"] = json!(name);
        patch["id"] = json!(name);
        policy(patch)
    };
    let findings = findings(&[named("narrow", narrow), named("broad", broad)]);
    findings
        .into_iter()
        .filter(|finding| finding.rule == "shadowed-policy")
        .map(|finding| finding.policy_name)
        .collect()
}

fn conditions(conditions: Value) -> Value {
    json!({"conditions": conditions})
}

#[test]
fn a_narrower_policy_with_no_more_demand_is_shadowed() {
    for narrow in [
        json!({"users": {"includeUsers": [], "includeGroups": [GROUP]}}),
        json!({"users": {"excludeUsers": [EMERGENCY, USER]}}),
        json!({"applications": {"includeApplications": [APP]}}),
        json!({"applications": {"includeApplications": [], "includeUserActions": ["urn:user:registerdevice"]}}),
        json!({"applications": {"includeApplications": [], "includeAuthenticationContextClassReferences": ["c1"]}}),
        json!({"applications": {"excludeApplications": [APP]}}),
        json!({"clientAppTypes": ["browser"]}),
        json!({"locations": {"includeLocations": [OFFICE]}}),
        json!({"platforms": {"includePlatforms": ["iOS"]}}),
        json!({"signInRiskLevels": ["high"]}),
        json!({"userRiskLevels": ["high"]}),
        json!({"devices": {"deviceFilter": {"mode": "include", "rule": "device.model -eq \"A\""}}}),
        json!({"authenticationFlows": {"transferMethods": "deviceCodeFlow"}}),
        json!({"insiderRiskLevels": "elevated"}),
    ] {
        let (narrow, broad) = (conditions(narrow), json!({}));
        assert_eq!(shadowed(narrow.clone(), broad.clone()), ["narrow"], "{narrow}");
        assert_eq!(shadowed(broad, narrow.clone()), ["broad"], "{narrow}, the other way around");
    }
}

#[test]
fn policies_that_only_overlap_are_not_shadowed() {
    for (one, other) in [
        (
            json!({"applications": {"includeApplications": [], "includeAuthenticationContextClassReferences": ["c1"]}}),
            json!({"applications": {"excludeApplications": [APP]}}),
        ),
        (
            json!({"applications": {"includeApplications": [APP]}}),
            json!({"applications": {"includeApplications": [OTHER_APP]}}),
        ),
        (json!({"users": {"includeUsers": [USER]}}), json!({"users": {"excludeUsers": [EMERGENCY, USER]}})),
        (json!({"signInRiskLevels": ["high", "medium"]}), json!({"signInRiskLevels": ["high", "low"]})),
        (json!({"clientAppTypes": ["browser"]}), json!({"locations": {"includeLocations": [OFFICE]}})),
        (
            json!({"locations": {"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}}),
            json!({"platforms": {"includePlatforms": ["all"], "excludePlatforms": ["iOS"]}}),
        ),
        (
            json!({"devices": {"deviceFilter": {"mode": "include", "rule": "device.model -eq \"A\""}}}),
            json!({"devices": {"deviceFilter": {"mode": "exclude", "rule": "device.model -eq \"A\""}}}),
        ),
    ] {
        assert_eq!(
            shadowed(conditions(one.clone()), conditions(other.clone())),
            Vec::<String>::new(),
            "{one} {other}"
        );
    }
}

#[test]
fn demands_are_compared() {
    let grant =
        |operator: &str, controls: &[&str]| json!({"operator": operator, "builtInControls": controls});
    let strict = json!({"signInFrequency": {"isEnabled": true, "frequencyInterval": "everyTime"}});
    for (narrow, broad, is_shadowed) in [
        (
            json!({"grantControls": grant("OR", &["mfa"])}),
            json!({"grantControls": grant("OR", &["block"])}),
            true,
        ),
        (
            json!({"grantControls": grant("OR", &["block"])}),
            json!({"grantControls": grant("OR", &["mfa"])}),
            false,
        ),
        (
            json!({"grantControls": grant("OR", &["mfa", "compliantDevice"])}),
            json!({"grantControls": grant("OR", &["mfa"])}),
            true,
        ),
        (
            json!({"grantControls": grant("OR", &["mfa"])}),
            json!({"grantControls": grant("OR", &["mfa", "compliantDevice"])}),
            false,
        ),
        (
            json!({"grantControls": grant("AND", &["mfa"])}),
            json!({"grantControls": grant("AND", &["mfa", "compliantDevice"])}),
            true,
        ),
        (
            json!({"grantControls": grant("AND", &["mfa", "compliantDevice"])}),
            json!({"grantControls": grant("AND", &["mfa"])}),
            false,
        ),
        (json!({"sessionControls": strict}), json!({}), false),
        (json!({"sessionControls": strict}), json!({"sessionControls": strict}), true),
        (json!({}), json!({"sessionControls": strict}), true),
        (
            json!({"grantControls": null, "sessionControls": strict}),
            json!({"grantControls": grant("OR", &["block"])}),
            true,
        ),
    ] {
        let mut narrow = narrow;
        narrow["conditions"] = json!({"clientAppTypes": ["browser"]});
        let expected = if is_shadowed { vec!["narrow".to_owned()] } else { Vec::new() };
        assert_eq!(shadowed(narrow.clone(), broad.clone()), expected, "{narrow} {broad}");
    }
}

#[test]
fn of_two_equal_policies_the_later_is_superfluous_unless_it_is_the_enforced_one() {
    assert_eq!(shadowed(json!({}), json!({})), ["broad"]);
    let reporting = json!({"state": "enabledForReportingButNotEnforced"});
    assert_eq!(shadowed(reporting.clone(), json!({})), ["narrow"]);
    assert_eq!(shadowed(json!({}), reporting.clone()), ["broad"]);
    assert_eq!(shadowed(reporting.clone(), reporting), Vec::<String>::new());
    assert_eq!(shadowed(json!({}), json!({"state": "disabled"})), Vec::<String>::new());
}

fn at_levels(id: &str, property: &str, levels: &[&str], control: &str) -> ConditionalAccessPolicy {
    policy(
        json!({"id": id, "conditions": {property: levels}, "grantControls": {"builtInControls": [control]}}),
    )
}

#[test]
fn levels_are_not_thresholds() {
    for property in ["signInRiskLevels", "userRiskLevels"] {
        for (levels, expected) in [
            (&["medium"][..], "names 'medium' and not 'high'"),
            (&["low"], "names 'low' and not 'medium' and 'high'"),
            (&["low", "high"], "names 'low' and not 'medium'"),
            (&["none", "low", "medium"], "names 'low' and not 'high'"),
            (&["high"], ""),
            (&["medium", "high"], ""),
            (&["none"], ""),
            (&["none", "high"], ""),
        ] {
            let findings = findings(&[at_levels("1", property, levels, "mfa")]);
            let problem = findings.first().map(|finding| finding.problem.as_str()).unwrap_or_default();
            assert_eq!(findings.len(), usize::from(!expected.is_empty()), "{levels:?}");
            assert!(problem.contains(expected), "{levels:?}: {problem}");
        }
    }
}

#[test]
fn another_policy_may_cover_the_higher_level() {
    let medium = at_levels("1", "signInRiskLevels", &["medium"], "mfa");
    let covered = |other| found(&[medium.clone(), other]);
    assert_eq!(covered(at_levels("2", "signInRiskLevels", &["high"], "block")), Vec::<String>::new());
    assert_eq!(
        covered(at_levels("2", "signInRiskLevels", &["high"], "compliantDevice")),
        ["error skipped-level"]
    );
    let mut some = at_levels("2", "signInRiskLevels", &["high"], "block");
    some.conditions.clone_from(
        &policy(json!({"conditions": {"signInRiskLevels": ["high"],
        "applications": {"includeApplications": [APP]}}}))
        .conditions,
    );
    assert_eq!(covered(some), ["error skipped-level"]);
    let mut reporting = at_levels("2", "signInRiskLevels", &["high"], "block");
    reporting.state = riskgate_model::ConditionalAccessPolicyState::EnabledForReportingButNotEnforced;
    assert_eq!(covered(reporting), ["error skipped-level"]);
}

#[test]
fn both_risks_in_one_policy_are_found() {
    let both = json!({"conditions": {"signInRiskLevels": ["high"], "userRiskLevels": ["high"]}});
    assert_eq!(found(&[policy(both)]), ["warning combined-risks"]);
}

#[test]
fn device_filters_are_asked_about_unregistered_devices() {
    for (mode, rule, state, expected) in [
        ("exclude", "device.trustType -ne \"ServerAD\"", "enabled", "error unregistered-devices"),
        (
            "exclude",
            "device.trustType -ne \"ServerAD\"",
            "enabledForReportingButNotEnforced",
            "warning unregistered-devices",
        ),
        ("exclude", "-not (device.isCompliant -eq False)", "enabled", "error unregistered-devices"),
        ("exclude", "device.isCompliant -eq True", "enabled", ""),
        ("include", "device.isCompliant -ne True", "enabled", "information unregistered-devices"),
        ("include", "device.model -eq \"A\"", "enabled", "information unregistered-devices"),
    ] {
        let filter = json!({"state": state, "conditions": {"devices": {"deviceFilter": {"mode": mode, "rule": rule}}}});
        let expected: Vec<&str> = [expected].into_iter().filter(|text| !text.is_empty()).collect();
        assert_eq!(found(&[policy(filter)]), expected, "{mode} {rule}");
    }
    let text = |mode: &str, rule: &str| {
        let filter = json!({"conditions": {"devices": {"deviceFilter": {"mode": mode, "rule": rule}}}});
        findings(&[policy(filter)])[0].problem.clone()
    };
    assert!(
        text("include", "device.model -eq \"A\"")
            .contains("never applies to devices that are not registered")
    );
    assert!(text("include", "device.model -ne \"A\"").contains("also applies to every device"));
    assert!(text("exclude", "device.model -notIn [\"A\"]").ends_with("The filter looks at device.model."));
}

#[test]
fn report_only_is_remembered_after_thirty_days() {
    let reporting = |created: &str, modified: Value| {
        found(&[policy(json!({"state": "enabledForReportingButNotEnforced", "createdDateTime": created,
            "modifiedDateTime": modified}))])
    };
    assert_eq!(reporting("2026-10-01T00:00:00Z", json!(null)), ["information long-report-only"]);
    assert_eq!(reporting("2026-10-01T00:00:00Z", json!("2026-11-20T00:00:00Z")), Vec::<String>::new());
    assert_eq!(reporting("2026-10-26T00:00:00Z", json!(null)), Vec::<String>::new());
    assert_eq!(found(&[policy(json!({"createdDateTime": "2026-10-01T00:00:00Z"}))]), Vec::<String>::new());
}
