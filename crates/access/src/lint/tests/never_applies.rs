use riskgate_model::ConditionalAccessPolicy;
use serde_json::{Value, json};

use super::{
    APP, COUNTRY, EMERGENCY, EMPTY_GROUP, GROUP, MISSING, OFFICE, ROLE, USER, findings_with, policy,
};

/// Why the policy can never apply; empty if it can.
fn why(policy: ConditionalAccessPolicy, is_trusted: bool) -> String {
    let findings = findings_with(&[policy], is_trusted);
    let finding = findings.into_iter().find(|finding| finding.rule == "never-applies");
    finding.map(|finding| finding.problem).unwrap_or_default()
}

fn table(rows: &[(Value, &str)]) {
    for (conditions, expected) in rows {
        let why = why(policy(json!({"conditions": conditions})), true);
        assert!(
            if expected.is_empty() { why.is_empty() } else { why.contains(expected) },
            "{conditions}: {why}"
        );
    }
}

#[test]
fn users() {
    let users = |include: Value, exclude: Value| {
        let list = |side: &Value, name: &str| side.get(name).cloned().unwrap_or_else(|| json!([]));
        json!({"users": {
            "includeUsers": list(&include, "users"), "excludeUsers": list(&exclude, "users"),
            "includeGroups": list(&include, "groups"), "excludeGroups": list(&exclude, "groups"),
            "includeRoles": list(&include, "roles"), "excludeRoles": list(&exclude, "roles"),
        }})
    };
    table(&[
        (users(json!({"users": ["None"]}), json!({})), "includes no users"),
        (users(json!({}), json!({})), "includes no users"),
        (users(json!({"users": ["None"], "groups": [GROUP]}), json!({})), ""),
        (
            users(json!({"users": [USER]}), json!({"users": [USER.to_ascii_uppercase()]})),
            "excludes all the users",
        ),
        (users(json!({"users": [USER, EMERGENCY]}), json!({"users": [USER]})), ""),
        (users(json!({"groups": [GROUP]}), json!({"groups": [GROUP]})), "excludes all the users"),
        (users(json!({"groups": [GROUP]}), json!({"users": [GROUP]})), ""),
        (
            users(json!({"roles": [ROLE]}), json!({"roles": [ROLE], "users": [USER]})),
            "excludes all the users",
        ),
        (users(json!({"users": [MISSING]}), json!({})), "do not exist or are empty"),
        (users(json!({"users": [MISSING], "groups": [EMPTY_GROUP]}), json!({})), "do not exist or are empty"),
        (users(json!({"users": [MISSING], "groups": [GROUP]}), json!({})), ""),
        (users(json!({"users": ["GuestsOrExternalUsers"]}), json!({})), ""),
        (users(json!({"users": ["All"]}), json!({"users": [USER]})), ""),
    ]);
}

#[test]
fn applications() {
    let applications = |include: &[&str], exclude: &[&str]| json!({"applications": {"includeApplications": include, "excludeApplications": exclude}});
    table(&[
        (applications(&["none"], &[]), "includes no applications"),
        (applications(&[APP], &[APP]), "excludes all the applications"),
        (applications(&[APP, MISSING], &[APP]), ""),
        (applications(&[MISSING], &[]), "the applications it includes do not exist"),
        (applications(&["All"], &[APP]), ""),
        (applications(&["Office365"], &[]), ""),
        (
            json!({"applications": {"includeApplications": [], "includeUserActions": ["urn:user:registersecurityinfo"]}}),
            "",
        ),
    ]);
}

#[test]
fn locations_and_platforms() {
    let locations = |include: &[&str], exclude: &[&str]| json!({"locations": {"includeLocations": include, "excludeLocations": exclude}});
    table(&[
        (locations(&[OFFICE], &[OFFICE]), "excludes all the locations"),
        (locations(&["AllTrusted"], &["AllTrusted"]), "can never apply: it excludes all the locations"),
        (locations(&[COUNTRY], &[COUNTRY]), "applies only where the location cannot be told"),
        (locations(&[OFFICE], &["AllTrusted"]), "trusted locations only, and excludes them"),
        (locations(&[OFFICE, COUNTRY], &["AllTrusted"]), ""),
        (locations(&["AllTrusted"], &[OFFICE]), ""),
        (locations(&["All"], &["AllTrusted"]), ""),
        // Unknown closes: a location that is missing counts against every request.
        (locations(&[MISSING], &[]), ""),
        (
            json!({"platforms": {"includePlatforms": ["iOS"], "excludePlatforms": ["iOS", "android"]}}),
            "platforms",
        ),
        (json!({"platforms": {"includePlatforms": ["all"], "excludePlatforms": ["iOS", "android"]}}), ""),
    ]);
    let trusted = policy(json!({"conditions": locations(&["AllTrusted"], &[])}));
    assert!(why(trusted.clone(), true).is_empty());
    assert!(why(trusted, false).contains("and there is none"));
}

#[test]
fn workloads() {
    let clients = |include: &[&str], exclude: &[&str]| {
        json!({"users": {"includeUsers": ["None"]}, "clientApplications": {
            "includeServicePrincipals": include, "excludeServicePrincipals": exclude}})
    };
    table(&[
        (clients(&["ServicePrincipalsInMyTenant"], &[]), ""),
        (clients(&[APP], &[]), ""),
        (clients(&[MISSING], &[]), "the service principals it includes do not exist"),
        (clients(&[APP], &[APP]), "excludes all the service principals"),
    ]);
}

#[test]
fn device_filters() {
    let filter = |mode: &str, rule: &str| json!({"devices": {"deviceFilter": {"mode": mode, "rule": rule}}});
    let impossible = "device.model -eq \"A\" -and device.model -eq \"B\"";
    let inevitable = "device.model -eq \"A\" -or device.model -ne \"A\"";
    table(&[
        (filter("include", impossible), "no device can satisfy its device filter"),
        (filter("exclude", impossible), ""),
        (filter("exclude", inevitable), "every device satisfies the filter it excludes"),
        (filter("include", inevitable), ""),
        (filter("include", "device.model -ne \"A\""), ""),
    ]);
}

#[test]
fn filters_by_custom_security_attributes() {
    let name = "CustomSecurityAttribute.Team_Project";
    let impossible = format!("{name} -eq null -and {name} -eq \"A\"");
    let inevitable = format!("{name} -eq null -or {name} -ne null");
    let filter = |mode: &str, rule: &str| json!({"mode": mode, "rule": rule});
    let applications = |include: &[&str], filter: Value| {
        json!({"applications": {
        "includeApplications": include, "applicationFilter": filter}})
    };
    let clients = |include: &[&str], filter: Value| {
        json!({"users": {"includeUsers": ["None"]}, "clientApplications": {
            "includeServicePrincipals": include, "servicePrincipalFilter": filter}})
    };
    table(&[
        (applications(&[], filter("include", &impossible)), "no application can satisfy its filter"),
        (applications(&[APP], filter("include", &impossible)), ""),
        (applications(&[], filter("include", &inevitable)), ""),
        (applications(&[APP], filter("exclude", &inevitable)), "every application satisfies the filter"),
        (applications(&["All"], filter("exclude", &inevitable)), ""),
        (
            applications(&[MISSING], filter("exclude", &impossible)),
            "the applications it includes do not exist",
        ),
        (clients(&[], filter("include", &impossible)), "no service principal can satisfy its filter"),
        (clients(&[], filter("include", &inevitable)), ""),
        (clients(&[APP], filter("exclude", &inevitable)), "every service principal satisfies the filter"),
    ]);
}
