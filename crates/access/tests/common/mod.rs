//! Policies, locations and facts as small as a test needs them, a generator of random ones, and a second evaluator.

#![allow(dead_code, unreachable_pub, reason = "every test file uses another part")]

pub mod generator;
pub mod reference;

use std::collections::BTreeSet;

use riskgate_access::{Decision, PolicySet, PolicyTrace, evaluate};
use riskgate_core::Timestamp;
use riskgate_model::*;
use serde_json::{Value, json};

pub const USER: &str = "aaaaaaaa-0000-4000-8000-000000000001";
pub const OTHER_USER: &str = "aaaaaaaa-0000-4000-8000-000000000002";
pub const GROUP: &str = "bbbbbbbb-0000-4000-8000-000000000001";
pub const ROLE: &str = "62e90394-69f5-4237-9190-012177145e10";
pub const APP: &str = "cccccccc-0000-4000-8000-000000000001";
pub const OTHER_APP: &str = "cccccccc-0000-4000-8000-000000000002";
pub const OFFICE: &str = "dddddddd-0000-4000-8000-000000000001";
pub const COUNTRY: &str = "dddddddd-0000-4000-8000-000000000002";
pub const COUNTRY_OR_UNKNOWN: &str = "dddddddd-0000-4000-8000-000000000003";

/// A policy that asks all users for MFA everywhere, with `patch` merged in (RFC 7396).
pub fn policy(patch: Value) -> ConditionalAccessPolicy {
    let mut body = json!({
        "id": "eeeeeeee-0000-4000-8000-000000000001", "displayName": "Policy", "state": "enabled",
        "conditions": {"users": {"includeUsers": ["All"]}, "applications": {"includeApplications": ["All"]},
            "clientAppTypes": ["all"]},
        "grantControls": {"operator": "OR", "builtInControls": ["mfa"]},
    });
    merge(&mut body, patch);
    serde_json::from_value(body).unwrap()
}

pub fn merge(target: &mut Value, patch: Value) {
    match (target, patch) {
        (Value::Object(target), Value::Object(patch)) => {
            for (name, value) in patch {
                merge(target.entry(name).or_insert(Value::Null), value);
            }
        }
        (target, patch) => *target = patch,
    }
}

/// An office that is trusted, Norway, and Norway or anywhere unknown.
pub fn locations() -> Vec<AnyNamedLocation> {
    let country = |id, unknown| {
        json!({"@odata.type": "#microsoft.graph.countryNamedLocation", "id": id, "displayName": "Norway",
            "countriesAndRegions": ["NO"], "countryLookupMethod": "clientIpAddress",
            "includeUnknownCountriesAndRegions": unknown})
    };
    let office = json!({"@odata.type": "#microsoft.graph.ipNamedLocation", "id": OFFICE, "displayName": "Office",
        "isTrusted": true, "ipRanges": [{"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "192.0.2.9/24"}]});
    [office, country(COUNTRY, false), country(COUNTRY_OR_UNKNOWN, true)]
        .into_iter()
        .map(|location| serde_json::from_value(location).unwrap())
        .collect()
}

/// A member in a group and a role asks for an application with a browser, from nowhere known, after his password.
pub fn facts() -> SignInFacts {
    let at: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
    let set = |ids: &[&str]| ids.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    SignInFacts {
        at,
        user: UserFacts {
            id: USER.to_owned(),
            is_guest: false,
            group_ids: set(&[GROUP]),
            role_template_ids: set(&[ROLE]),
            risk_level: RiskLevel::None,
            external: None,
            insider_risk_level: Some(InsiderRiskLevel::None),
            registered_methods: [AuthenticationMethodKind::Password, AuthenticationMethodKind::SoftwareOath]
                .into(),
            accepted_agreement_ids: BTreeSet::new(),
        },
        application: ApplicationFacts {
            client_app_id: OTHER_APP.to_owned(),
            resource_app_ids: set(&[APP]),
            client_app_type: ClientAppType::Browser,
            user_action: None,
            authentication_contexts: BTreeSet::new(),
        },
        client: ClientFacts::default(),
        network: NetworkFacts::unknown("203.0.113.7".parse().unwrap()),
        device: None,
        authentication: AuthenticationFacts {
            methods: vec![MethodUse { method: AuthenticationMethodKind::Password, at }],
            ..AuthenticationFacts::default()
        },
    }
}

/// The facts with the country of the address.
pub fn facts_from(country: &str) -> SignInFacts {
    let location =
        SignInLocation { country_or_region: Some(country.to_owned()), ..SignInLocation::default() };
    let mut facts = facts();
    facts.network.location = Some(location);
    facts
}

/// The facts after multifactor authentication.
pub fn facts_with_mfa() -> SignInFacts {
    let mut facts = facts();
    let at = facts.at;
    facts.authentication.methods.push(MethodUse { method: AuthenticationMethodKind::SoftwareOath, at });
    facts
}

pub fn decide(facts: &SignInFacts, risk: RiskLevel, policies: &[ConditionalAccessPolicy]) -> Decision {
    evaluate(facts, risk, &PolicySet::new(policies, &locations(), []))
}

/// The trace of a single policy at no risk.
pub fn trace_of(facts: &SignInFacts, policy: ConditionalAccessPolicy) -> PolicyTrace {
    decide(facts, RiskLevel::None, &[policy]).trace.remove(0)
}

/// Whether a policy with these conditions merged in applies at this sign-in risk.
pub fn applies(facts: &SignInFacts, risk: RiskLevel, conditions: Value) -> bool {
    let trace = decide(facts, risk, &[policy(json!({"conditions": conditions}))]).trace.remove(0);
    trace.result != AppliedConditionalAccessPolicyResult::NotApplied
}
