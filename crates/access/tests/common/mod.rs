//! What all tests share: the small world, policies and facts as small as a test needs them, random ones, and the two
//! evaluators behind one trait.

#![allow(dead_code, unused_imports, unreachable_pub, reason = "every test file uses another part")]

pub mod evaluators;
pub mod generator;
pub mod reference;
pub mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use riskgate_access::{Outcome, SessionDemands};
use riskgate_model::*;
use serde_json::{Value, json};

pub use evaluators::{Compiled, Evaluator, SecondEvaluator};
pub use world::*;

/// What an administrator has configured.
#[derive(Debug, Clone)]
pub struct Tenant {
    pub policies: Vec<ConditionalAccessPolicy>,
    pub locations: Arc<[AnyNamedLocation]>,
    pub strengths: Arc<[AuthenticationStrengthPolicy]>,
}

/// All that two evaluators must agree on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub outcome: Outcome,
    pub status: ConditionalAccessStatus,
    /// By identifier of the policy.
    pub results: BTreeMap<String, AppliedConditionalAccessPolicyResult>,
    pub session: SessionDemands,
    /// Identifiers of policies that ask for multifactor authentication because of the risk of the sign-in.
    pub risk_based_mfa: BTreeSet<String>,
}

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

/// A member in a group and a role asks for an application with a browser, from nowhere known, after his password.
pub fn facts() -> SignInFacts {
    use AuthenticationMethodKind::{Password, SoftwareOath};
    let mut user = UserFacts::new(USER);
    user.group_ids = [GROUP.to_owned()].into();
    user.role_template_ids = [ROLE.to_owned()].into();
    user.insider_risk_level = Some(InsiderRiskLevel::None);
    user.registered_methods = [Password, SoftwareOath].into();
    let mut application = ApplicationFacts::new(OTHER_APP, ClientAppType::Browser);
    application.resource_app_ids = [APP.to_owned()].into();
    SignInFacts {
        at: now(),
        user,
        application,
        client: ClientFacts {
            platform: Some(ConditionalAccessDevicePlatform::Windows),
            ..ClientFacts::default()
        },
        network: NetworkFacts::unknown("203.0.113.7".parse().unwrap()),
        device: None,
        authentication: AuthenticationFacts {
            methods: vec![MethodUse { method: Password, at: now() }],
            ..AuthenticationFacts::default()
        },
    }
}

/// The facts, changed.
pub fn facts_with(change: impl FnOnce(&mut SignInFacts)) -> SignInFacts {
    let mut facts = facts();
    change(&mut facts);
    facts
}

/// The facts after multifactor authentication.
pub fn facts_with_mfa() -> SignInFacts {
    let code = MethodUse { method: AuthenticationMethodKind::SoftwareOath, at: now() };
    facts_with(|facts| facts.authentication.methods.push(code))
}

/// Sets the country of the address.
pub fn set_country(facts: &mut SignInFacts, country: &str) {
    facts.network.location =
        Some(SignInLocation { country_or_region: Some(country.to_owned()), ..SignInLocation::default() });
}
