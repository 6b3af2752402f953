//! Random policies and facts from a small world, so that they often meet.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use riskgate_model::*;
use serde_json::json;

use super::*;

fn some(ids: &'static [&'static str], most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(ids, 0..=most)
}

fn levels() -> impl Strategy<Value = Vec<&'static str>> {
    prop_oneof![3 => Just(vec![]), 2 => subsequence(vec!["none", "low", "medium", "high"], 1..=3)]
}

fn users() -> impl Strategy<Value = Value> {
    let include = prop_oneof![
        Just(vec!["All"]),
        Just(vec!["None"]),
        some(&["GuestsOrExternalUsers", USER, OTHER_USER], 2)
    ];
    let exclude = prop_oneof![2 => Just(vec![]), 1 => some(&["GuestsOrExternalUsers", USER, OTHER_USER], 2)];
    let objects = || (some(&[GROUP, "g2"], 1), some(&[ROLE, "r2"], 1));
    let excluded = prop_oneof![2 => Just((vec![], vec![])), 1 => objects()];
    (include, objects(), exclude, excluded).prop_map(
        |(users, (groups, roles), no_users, (no_groups, no_roles))| {
            json!({"includeUsers": users, "includeGroups": groups, "includeRoles": roles,
            "excludeUsers": no_users, "excludeGroups": no_groups, "excludeRoles": no_roles})
        },
    )
}

fn applications() -> impl Strategy<Value = Value> {
    let include =
        prop_oneof![3 => Just(vec!["All"]), 1 => Just(vec!["None"]), 2 => some(&[APP, OTHER_APP, "a3"], 3)];
    let exclude = prop_oneof![3 => Just(vec![]), 1 => some(&[APP, OTHER_APP], 2)];
    (include, exclude).prop_map(
        |(include, exclude)| json!({"includeApplications": include, "excludeApplications": exclude}),
    )
}

fn places() -> impl Strategy<Value = Value> {
    let known = &["AllTrusted", OFFICE, COUNTRY, COUNTRY_OR_UNKNOWN, "deleted"];
    let include = prop_oneof![Just(vec!["All"]), subsequence(known.to_vec(), 1..=2)];
    let place = (include, some(known, 2))
        .prop_map(|(include, exclude)| json!({"includeLocations": include, "excludeLocations": exclude}));
    prop_oneof![2 => Just(Value::Null), 1 => place]
}

/// A policy of any state; its identifier is not unique.
pub fn any_policy() -> impl Strategy<Value = ConditionalAccessPolicy> {
    let state = select(vec!["enabled", "enabled", "disabled", "enabledForReportingButNotEnforced"]);
    let clients = prop_oneof![
        3 => Just(vec!["all"]),
        1 => subsequence(vec!["browser", "mobileAppsAndDesktopClients", "other", "exchangeActiveSync"], 0..=3)
    ];
    let grant = prop_oneof![
        1 => Just(json!(null)),
        4 => Just(json!({"operator": "OR", "builtInControls": ["mfa"]})),
        2 => Just(json!({"operator": "AND", "builtInControls": ["block"]})),
    ];
    (state, users(), applications(), clients, places(), levels(), levels(), grant).prop_map(
        |(state, users, applications, clients, locations, sign_in_risk, user_risk, grant)| {
            policy(json!({"state": state, "grantControls": grant, "conditions": {"users": users,
                "applications": applications, "clientAppTypes": clients, "locations": locations,
                "signInRiskLevels": sign_in_risk, "userRiskLevels": user_risk}}))
        },
    )
}

/// Up to `most` policies with different identifiers.
pub fn any_policies(most: usize) -> impl Strategy<Value = Vec<ConditionalAccessPolicy>> {
    prop::collection::vec(any_policy(), 0..=most).prop_map(|mut policies| {
        for (number, policy) in policies.iter_mut().enumerate() {
            policy.id = format!("policy-{number}");
        }
        policies
    })
}

pub fn any_level() -> impl Strategy<Value = RiskLevel> {
    select(vec![RiskLevel::None, RiskLevel::Low, RiskLevel::Medium, RiskLevel::High])
}

pub fn any_facts() -> impl Strategy<Value = SignInFacts> {
    let person = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any_level());
    let client = select(vec![
        ClientAppType::Browser,
        ClientAppType::MobileAppsAndDesktopClients,
        ClientAppType::Other,
    ]);
    let country = select(vec![None, Some("NO"), Some("SE")]);
    let address = select(vec!["192.0.2.77", "203.0.113.7", "2001:db8::1"]);
    (person, some(&[APP, OTHER_APP], 2), client, country, address, any::<bool>()).prop_map(
        |((guest, grouped, ruling, capable, risk), resources, client, country, address, passed)| {
            let mut facts = if passed { facts_with_mfa() } else { facts() };
            facts.user.is_guest = guest;
            if !capable {
                facts.user.registered_methods.clear();
            }
            facts.user.risk_level = risk;
            if !grouped {
                facts.user.group_ids.clear();
            }
            if !ruling {
                facts.user.role_template_ids.clear();
            }
            facts.application.resource_app_ids =
                resources.into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
            facts.application.client_app_type = client;
            facts.network.ip_address = address.parse().unwrap();
            facts.network.location = country.and_then(|country| facts_from(country).network.location);
            facts
        },
    )
}
