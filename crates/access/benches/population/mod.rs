//! An organization of 100,000 users in 5,000 groups, its policies, and sign-ins of its users.

#![allow(unreachable_pub, reason = "a module of a benchmark")]

use std::collections::BTreeSet;

use riskgate_model::{AnyNamedLocation, AuthenticationStrengthPolicy, ConditionalAccessPolicy, SignInFacts};
use serde_json::{Value, json};

pub const USERS: usize = 100_000;
pub const GROUPS: usize = 5_000;
const LOCATIONS: usize = 20;
const APPLICATIONS: usize = 100;
const STRENGTH: &str = "00000000-0000-0000-0000-000000000002";

/// The identifier of the n-th object of a kind.
fn guid(kind: u16, number: usize) -> String {
    format!("{number:08x}-{kind:04x}-4000-8000-000000000000")
}
fn user(number: usize) -> String {
    guid(1, number % USERS)
}
fn group(number: usize) -> String {
    guid(2, number % GROUPS)
}
fn application(number: usize) -> String {
    guid(3, number % APPLICATIONS)
}
fn role(number: usize) -> String {
    guid(4, number % 80)
}
fn location(number: usize) -> String {
    guid(5, number % LOCATIONS)
}

/// A number that looks random and is the same every time.
fn scatter(number: usize) -> usize {
    let mixed = (number as u64).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ (mixed >> 29)) as usize % 1_000_003
}

/// A policy as organizations write them: most are about everyone but some groups, some about groups, guests or roles.
pub fn policy(number: usize) -> ConditionalAccessPolicy {
    let groups =
        |count: usize| (0..count).map(|index| group(scatter(number * 31 + index))).collect::<Vec<_>>();
    let users = match number % 4 {
        0 | 1 => {
            json!({"includeUsers": ["All"], "excludeGroups": groups(3), "excludeUsers": [user(1), user(2)]})
        }
        2 => json!({"includeUsers": [], "includeGroups": groups(8)}),
        _ => {
            json!({"includeUsers": ["GuestsOrExternalUsers"], "includeRoles": (0..14).map(role).collect::<Vec<_>>()})
        }
    };
    let applications = match number % 3 {
        0 => json!({"includeApplications": ["All"], "excludeApplications": [application(number)]}),
        1 => {
            json!({"includeApplications": (0..6).map(|index| application(scatter(number + index))).collect::<Vec<_>>()})
        }
        _ => json!({"includeApplications": ["All"]}),
    };
    let mut conditions = json!({"users": users, "applications": applications});
    let (name, condition) = condition(number);
    conditions[name] = condition;
    serde_json::from_value(json!({
        "id": guid(6, number), "displayName": format!("Policy {number}"), "state": "enabled",
        "conditions": conditions, "grantControls": grant(number), "sessionControls": session(number),
    }))
    .expect("a policy")
}

/// One more condition.
fn condition(number: usize) -> (&'static str, Value) {
    let rule = r#"device.trustType -eq "ServerAD" -or (device.model -startsWith "Book" -and device.extensionAttribute1 -ne "kiosk")"#;
    match number % 9 {
        0 => ("locations", json!({"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]})),
        1 => ("locations", json!({"includeLocations": [location(number), location(number + 1)]})),
        2 => ("signInRiskLevels", json!(["high", "medium"])),
        3 => ("userRiskLevels", json!(["high"])),
        4 => ("platforms", json!({"includePlatforms": ["all"], "excludePlatforms": ["iOS", "android"]})),
        5 => ("devices", json!({"deviceFilter": {"mode": "exclude", "rule": rule}})),
        6 => ("clientAppTypes", json!(["browser"])),
        7 => ("authenticationFlows", json!({"transferMethods": "deviceCodeFlow,authenticationTransfer"})),
        _ => ("insiderRiskLevels", json!("moderate,elevated")),
    }
}

fn grant(number: usize) -> Value {
    match number % 5 {
        0 | 1 => json!({"operator": "OR", "builtInControls": ["mfa"]}),
        2 => json!({"operator": "OR", "builtInControls": ["compliantDevice", "domainJoinedDevice", "mfa"]}),
        3 => json!({"operator": "AND", "builtInControls": [], "authenticationStrength": {"id": STRENGTH}}),
        _ => json!({"operator": "AND", "builtInControls": ["mfa"], "termsOfUse": [guid(7, number % 10)]}),
    }
}

fn session(number: usize) -> Value {
    match number % 6 {
        0 => {
            json!({"signInFrequency": {"isEnabled": true, "type": "hours", "value": 12, "frequencyInterval": "timeBased"}})
        }
        1 => json!({"persistentBrowser": {"isEnabled": true, "mode": "never"}}),
        _ => Value::Null,
    }
}

/// Countries and networks of 200 ranges each.
pub fn locations() -> Vec<AnyNamedLocation> {
    (0..LOCATIONS)
        .map(|number| {
            let ranges: Vec<_> = (0..200)
                .map(|index| json!({"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": format!("10.{number}.{index}.0/25")}))
                .collect();
            let body = match number % 4 {
                0 => json!({"@odata.type": "#microsoft.graph.countryNamedLocation", "countriesAndRegions": ["NO", "SE", "DK"],
                    "countryLookupMethod": "clientIpAddress", "includeUnknownCountriesAndRegions": false}),
                kind => json!({"@odata.type": "#microsoft.graph.ipNamedLocation", "isTrusted": kind == 1, "ipRanges": ranges}),
            };
            let mut location_ = json!({"id": location(number), "displayName": format!("Place {number}")});
            location_.as_object_mut().expect("an object").extend(body.as_object().cloned().unwrap_or_default());
            serde_json::from_value(location_).expect("a location")
        })
        .collect()
}

/// The built-in strength of multifactor authentication.
pub fn strengths() -> Vec<AuthenticationStrengthPolicy> {
    let strength = json!({"id": STRENGTH, "displayName": "Multifactor authentication", "policyType": "builtIn",
        "requirementsSatisfied": "mfa", "createdDateTime": "2021-12-01T00:00:00Z", "modifiedDateTime": "2021-12-01T00:00:00Z",
        "allowedCombinations": ["windowsHelloForBusiness", "fido2", "password,softwareOath", "password,sms"]});
    vec![serde_json::from_value(strength).expect("a strength")]
}

/// A sign-in of the n-th of the users drawn: in 10 to 49 groups, one in ten a guest, one in five with a role.
pub fn facts(drawn: usize) -> SignInFacts {
    let number = scatter(drawn) % USERS;
    let groups: BTreeSet<_> =
        (0..10 + number % 40).map(|index| group(scatter(number * 53 + index))).collect();
    let roles: Vec<_> = if number.is_multiple_of(5) { vec![role(number)] } else { Vec::new() };
    let used = |method: &str| json!({"method": method, "at": "2026-11-23T09:00:00Z"});
    let methods = if number.is_multiple_of(2) {
        vec![used("password")]
    } else {
        vec![used("password"), used("softwareOath")]
    };
    let device = match number % 3 {
        0 => {
            json!({"isCompliant": true, "trustType": "AzureAD", "model": "Book Pro", "extensionAttributes": {"1": "desk"}})
        }
        _ => Value::Null,
    };
    serde_json::from_value(json!({
        "at": "2026-11-23T10:00:00Z",
        "user": {"id": user(number), "isGuest": number.is_multiple_of(10), "groupIds": groups, "roleTemplateIds": roles,
            "riskLevel": "none", "registeredMethods": ["password", "softwareOath"], "insiderRiskLevel": "none"},
        "application": {"clientAppId": application(number + 1), "resourceAppIds": [application(number)], "clientAppType": "browser"},
        "client": {"userAgent": "Mozilla/5.0", "browser": "Firefox 140", "operatingSystem": "Linux", "platform": "linux", "isBrowser": true},
        "network": {"ipAddress": format!("10.{}.{}.7", number % 40, number % 256), "anonymizer": null, "listHits": [],
            "location": {"city": null, "state": null, "countryOrRegion": "NO", "geoCoordinates": null},
            "autonomousSystemNumber": null, "autonomousSystemOrganization": null, "sources": []},
        "device": device,
        "authentication": {"methods": methods},
    }))
    .expect("facts")
}
