//! Two hundred policies evaluated for one sign-in; the budget is a median of 20 µs.

#![allow(missing_docs, unreachable_pub, reason = "criterion's macros")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use riskgate_access::{PolicySet, evaluate};
use riskgate_model::{AnyNamedLocation, ConditionalAccessPolicy, RiskLevel, SignInFacts};
use serde_json::json;

fn guid(number: usize) -> String {
    format!("{number:08x}-0000-4000-8000-000000000000")
}

fn policy(number: usize) -> ConditionalAccessPolicy {
    let users = match number % 3 {
        0 => json!({"includeUsers": ["All"], "excludeGroups": [guid(number), guid(number + 1)]}),
        1 => json!({"includeGroups": [guid(number), guid(number + 1), guid(number + 2)]}),
        _ => json!({"includeUsers": ["GuestsOrExternalUsers"], "includeRoles": [guid(number)]}),
    };
    let applications = match number % 2 {
        0 => json!({"includeApplications": ["All"], "excludeApplications": [guid(number)]}),
        _ => json!({"includeApplications": [guid(number), guid(number + 1)]}),
    };
    let locations = match number % 4 {
        0 => json!({"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}),
        1 => json!({"includeLocations": [guid(number % 20)]}),
        _ => json!(null),
    };
    serde_json::from_value(json!({
        "id": guid(number), "displayName": format!("Policy {number}"), "state": "enabled",
        "conditions": {"users": users, "applications": applications, "locations": locations,
            "signInRiskLevels": if number.is_multiple_of(5) { json!(["high", "medium"]) } else { json!([]) }},
        "grantControls": {"operator": "OR", "builtInControls": ["mfa"]},
    }))
    .expect("a policy")
}

fn location(number: usize) -> AnyNamedLocation {
    let ranges: Vec<_> = (0..200)
        .map(|index| json!({"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": format!("10.{number}.{index}.0/25")}))
        .collect();
    serde_json::from_value(json!({"@odata.type": "#microsoft.graph.ipNamedLocation", "id": guid(number),
        "displayName": "Place", "isTrusted": number.is_multiple_of(2), "ipRanges": ranges}))
    .expect("a location")
}

fn facts() -> SignInFacts {
    serde_json::from_value(json!({
        "at": "2026-11-23T10:00:00Z",
        "user": {"id": guid(9_000), "isGuest": false, "groupIds": (0..60).map(|n| guid(n * 7)).collect::<Vec<_>>(),
            "roleTemplateIds": [guid(5)], "riskLevel": "none", "registeredMethods": ["password", "softwareOath"]},
        "application": {"clientAppId": guid(9_001), "resourceAppIds": [guid(33)], "clientAppType": "browser"},
        "client": {"userAgent": "Mozilla/5.0", "browser": "Firefox 140", "operatingSystem": "Linux", "isBrowser": true},
        "network": {"ipAddress": "203.0.113.7", "anonymizer": null, "listHits": [], "location": null,
            "autonomousSystemNumber": null, "autonomousSystemOrganization": null, "sources": []},
        "authentication": {"methods": [{"method": "password", "at": "2026-11-23T10:00:00Z"}]},
    }))
    .expect("facts")
}

fn bench(criterion: &mut Criterion) {
    let policies: Vec<_> = (0..200).map(policy).collect();
    let locations: Vec<_> = (0..20).map(location).collect();
    let (set, facts) = (PolicySet::new(&policies, &locations, []), facts());
    criterion.bench_function("evaluate 200 policies", |bencher| {
        bencher.iter(|| evaluate(black_box(&facts), black_box(RiskLevel::Medium), black_box(&set)));
    });
}

criterion_group!(benches, bench);
criterion_main!(benches);
