use std::collections::BTreeSet;

use riskgate_model::{
    AnyNamedLocation, AuthenticationMethodKind, ConditionalAccessPolicy, DeviceFacts, UserFacts,
};
use serde_json::{Value, json};

use super::Lockout;
use super::places::{self, Place};

const ADMIN: &str = "aaaaaaaa-0000-4000-8000-000000000001";
const GROUP: &str = "bbbbbbbb-0000-4000-8000-000000000001";
const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
const OTHER_APP: &str = "cccccccc-0000-4000-8000-000000000001";
const OFFICE: &str = "dddddddd-0000-4000-8000-000000000001";
const ANNEX: &str = "dddddddd-0000-4000-8000-000000000002";
const NORTH: &str = "dddddddd-0000-4000-8000-000000000003";
const BALTIC: &str = "dddddddd-0000-4000-8000-000000000004";

/// A policy that blocks everyone from everything, with the conditions merged in.
fn block(conditions: Value) -> Value {
    let mut all =
        json!({"users": {"includeUsers": ["All"]}, "applications": {"includeApplications": ["All"]}});
    for (name, value) in conditions.as_object().unwrap() {
        all[name] = value.clone();
    }
    json!({"id": "", "displayName": "Block", "state": "enabled", "conditions": all,
        "grantControls": {"operator": "OR", "builtInControls": ["block"]}})
}

fn ask(control: &str, conditions: Value) -> Value {
    let mut policy = block(conditions);
    policy["displayName"] = json!(control);
    policy["grantControls"]["builtInControls"] = json!([control]);
    policy
}

/// An office that is trusted, an annex that is a part of its network, and two groups of countries that share one.
fn locations() -> Vec<AnyNamedLocation> {
    let ip = |id: &str, is_trusted: bool, cidr: &str| {
        json!({"@odata.type": "#microsoft.graph.ipNamedLocation", "id": id, "displayName": id, "isTrusted": is_trusted,
            "ipRanges": [{"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": cidr}]})
    };
    let countries = |id: &str, codes: &[&str]| {
        json!({"@odata.type": "#microsoft.graph.countryNamedLocation", "id": id, "displayName": id,
            "countriesAndRegions": codes, "includeUnknownCountriesAndRegions": false})
    };
    [
        ip(OFFICE, true, "198.51.100.0/24"),
        ip(ANNEX, false, "198.51.100.0/28"),
        countries(NORTH, &["NO", "FI"]),
        countries(BALTIC, &["EE", "FI"]),
    ]
    .into_iter()
    .map(|location| serde_json::from_value(location).unwrap())
    .collect()
}

fn administrator() -> UserFacts {
    let mut user = UserFacts::new(ADMIN);
    user.group_ids.insert(GROUP.to_owned());
    user.registered_methods
        .extend([AuthenticationMethodKind::Password, AuthenticationMethodKind::SoftwareOath]);
    user
}

fn lockout(policies: &[Value]) -> Lockout {
    let policies: Vec<ConditionalAccessPolicy> = policies
        .iter()
        .enumerate()
        .map(|(index, policy)| {
            let mut policy: ConditionalAccessPolicy = serde_json::from_value(policy.clone()).unwrap();
            policy.id = index.to_string();
            policy
        })
        .collect();
    Lockout::new(&policies, &locations(), &[], GRAPH, "2026-11-25T10:00:00Z".parse().unwrap())
}

fn admits(policies: &[Value]) -> bool {
    lockout(policies).admits(&administrator(), &[])
}

fn only_from(location: &str) -> Value {
    block(json!({"locations": {"includeLocations": ["All"], "excludeLocations": [location]}}))
}

#[test]
fn conditions_that_leave_nothing_out_close_every_way() {
    for everything in [
        json!({}),
        json!({"users": {"includeUsers": ["all"]}}),
        json!({"users": {"includeUsers": [ADMIN]}}),
        json!({"users": {"includeUsers": ["All"], "excludeUsers": [GROUP]}}),
        json!({"applications": {"includeApplications": [GRAPH]}}),
        json!({"applications": {"includeApplications": ["All"], "excludeApplications": [OTHER_APP]}}),
        json!({"signInRiskLevels": ["none", "low", "medium", "high"]}),
        json!({"signInRiskLevels": ["none"]}),
        json!({"userRiskLevels": ["none", "high"]}),
        json!({"locations": {"includeLocations": ["All"]}}),
        json!({"clientAppTypes": ["browser", "mobileAppsAndDesktopClients"]}),
        json!({"platforms": {"includePlatforms": ["all"]}}),
        json!({"devices": {"deviceFilter": {"mode": "exclude", "rule": "device.isCompliant -eq True"}}}),
    ] {
        assert!(!admits(&[block(everything.clone())]), "{everything}");
    }
}

#[test]
fn a_condition_that_leaves_something_out_leaves_a_way() {
    for limited in [
        json!({"users": {"includeUsers": ["All"], "excludeUsers": [ADMIN.to_ascii_uppercase()]}}),
        json!({"users": {"includeUsers": ["All"], "excludeGroups": [GROUP]}}),
        json!({"users": {"includeUsers": ["GuestsOrExternalUsers"]}}),
        json!({"applications": {"includeApplications": ["All"], "excludeApplications": [GRAPH]}}),
        json!({"applications": {"includeApplications": [OTHER_APP]}}),
        json!({"signInRiskLevels": ["low", "medium", "high"]}),
        json!({"userRiskLevels": ["high"]}),
        json!({"clientAppTypes": ["other", "browser"]}),
        json!({"clientAppTypes": ["mobileAppsAndDesktopClients"]}),
        json!({"locations": {"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}}),
        json!({"locations": {"includeLocations": [OFFICE]}}),
        json!({"locations": {"includeLocations": ["All"], "excludeLocations": [NORTH]}}),
        json!({"platforms": {"includePlatforms": ["all"], "excludePlatforms": ["linux"]}}),
        json!({"devices": {"deviceFilter": {"mode": "include", "rule": "device.isCompliant -eq True"}}}),
        json!({"authenticationFlows": {"transferMethods": "deviceCodeFlow"}}),
    ] {
        assert!(admits(&[block(limited.clone())]), "{limited}");
    }
    for state in ["disabled", "enabledForReportingButNotEnforced"] {
        let mut policy = block(json!({}));
        policy["state"] = json!(state);
        assert!(admits(&[policy]), "{state}");
    }
}

#[test]
fn policies_are_taken_together() {
    let trusted = only_from("AllTrusted");
    let untrusted = block(json!({"locations": {"includeLocations": ["AllTrusted"]}}));
    assert!(admits(std::slice::from_ref(&trusted)) && admits(std::slice::from_ref(&untrusted)));
    assert!(!admits(&[trusted, untrusted]));
    let browser = block(json!({"clientAppTypes": ["browser"]}));
    let native = block(json!({"clientAppTypes": ["mobileAppsAndDesktopClients"]}));
    assert!(!admits(&[browser, native]));
}

#[test]
fn the_one_place_where_locations_meet_is_found() {
    // Only from the office, from the north and from the Baltic states: from an office in Finland.
    assert!(admits(&[only_from(OFFICE), only_from(NORTH), only_from(BALTIC)]));
    // From the part of the office that is not the annex.
    let not_annex = block(json!({"locations": {"includeLocations": [ANNEX]}}));
    assert!(admits(&[only_from(OFFICE), not_annex.clone()]));
    assert!(!admits(&[only_from(ANNEX), not_annex]));
    let not_baltic = block(json!({"locations": {"includeLocations": [BALTIC]}}));
    assert!(admits(&[only_from(NORTH), not_baltic]));
}

#[test]
fn what_can_be_passed_is_no_lock_and_what_cannot_is_one() {
    let new = UserFacts::new(ADMIN);
    let mfa = || lockout(&[ask("mfa", json!({}))]);
    assert!(mfa().admits(&administrator(), &[]));
    assert!(mfa().admits(&new, &[]), "he registers a method");
    let action = json!({"includeApplications": [], "includeUserActions": ["urn:user:registersecurityinfo"]});
    let no_registration = block(json!({"applications": action}));
    let locked = || lockout(&[ask("mfa", json!({})), no_registration.clone()]);
    assert!(locked().admits(&administrator(), &[]));
    assert!(!locked().admits(&new, &[]), "he may not register one");
    let from_office = json!({"applications": action, "locations": {"includeLocations": ["All"], "excludeLocations": [OFFICE]}});
    assert!(
        lockout(&[ask("mfa", json!({})), block(from_office)]).admits(&new, &[]),
        "he registers one in the office"
    );
    assert!(!admits(&[ask("compliantDevice", json!({}))]));
}

#[test]
fn devices_of_the_administrator_count() {
    let compliant = DeviceFacts { is_compliant: Some(true), ..DeviceFacts::default() };
    let policy = ask("compliantDevice", json!({}));
    assert!(!lockout(std::slice::from_ref(&policy)).admits(&administrator(), &[DeviceFacts::default()]));
    assert!(lockout(&[policy]).admits(&administrator(), &[DeviceFacts::default(), compliant]));
}

#[test]
fn his_own_risk_does_not_count() {
    let mut risky = administrator();
    risky.risk_level = riskgate_model::RiskLevel::High;
    assert!(lockout(&[block(json!({"userRiskLevels": ["high"]}))]).admits(&risky, &[]));
}

#[test]
fn the_policies_that_close_are_named() {
    let mut closed = lockout(&[ask("mfa", json!({})), block(json!({}))]);
    assert!(!closed.admits(&administrator(), &[]));
    assert_eq!(closed.blocking_policies(), ["Block"], "the second factor could be passed");
    let mut closed = lockout(&[ask("compliantDevice", json!({}))]);
    assert!(!closed.admits(&administrator(), &[]));
    assert_eq!(closed.blocking_policies(), ["compliantDevice"]);
}

#[test]
fn the_search_is_bounded() {
    let devices = vec![DeviceFacts::default(); 5_000];
    let mut closed = lockout(&[block(json!({}))]);
    for _ in 0..50 {
        assert!(!closed.admits(&administrator(), &devices));
    }
    assert!(closed.tries <= super::MOST_TRIES + 50, "{}", closed.tries);
}

#[test]
fn places_are_told_apart_by_the_locations_they_are_in() {
    let locations = locations();
    let places = places::all(&locations.iter().collect::<Vec<_>>());
    // Nowhere, in the office, in its annex; nowhere, north, Baltic, both, unknown.
    assert_eq!(places.len(), 3 * 5);
    let distinct: BTreeSet<_> = places.iter().map(|place| (place.address, place.country.clone())).collect();
    assert_eq!(distinct.len(), places.len());
    assert_eq!(places[0], Place { address: "192.0.2.1".parse().unwrap(), country: Some("AD".to_owned()) });
    assert_eq!(places::all(&[]).len(), 1);
}

#[test]
fn thousands_of_ranges_are_bounded() {
    let ranges: Vec<Value> = (0..60_000_u32)
        .map(|n| json!({"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": format!("10.{}.{}.0/25", n / 256, n % 256)}))
        .collect();
    let location = json!({"@odata.type": "#microsoft.graph.ipNamedLocation", "id": OFFICE, "displayName": "Office",
        "isTrusted": true, "ipRanges": ranges});
    let location: AnyNamedLocation = serde_json::from_value(location).unwrap();
    assert_eq!(places::all(&[&location]).len(), 2);
}
