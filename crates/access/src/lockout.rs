//! Whether somebody who can change policies still gets in, before a change is made that he could not undo.
//!
//! Every way in that the policies can tell apart is tried, with no risk and the first factor just proven: each kind of place,
//! client, platform and registered device. A way is open unless it is blocked; what the person is asked for on it he can
//! pass, or the decision would have been to block.
//!
//! The search is bounded. What is beyond its bounds is taken as closed, so a change is refused only when every way that was
//! tried is closed.

mod places;
mod ways;

use std::collections::BTreeSet;
use std::sync::Arc;

use riskgate_core::Timestamp;
use riskgate_model::{
    AnyNamedLocation, ApplicationFacts, AppliedConditionalAccessPolicyResult, AuthenticationFacts,
    AuthenticationMethodKind, AuthenticationStrengthPolicy, ClientAppType, ClientFacts,
    ConditionalAccessGrantControl, ConditionalAccessPolicy, DeviceFacts, MethodUse, RiskLevel,
    SecurityAttributeFacts, SignInFacts, UserAction, UserFacts,
};

use self::ways::Way;
use crate::decision::{Control, Decision, Outcome};
use crate::evaluate::evaluate;
use crate::identifiers::lower;
use crate::policy_set::PolicySet;

/// Most ways that are tried for one person, over all his devices.
const MOST_WAYS: usize = 1_000;
/// Most ways that are tried for all.
const MOST_TRIES: usize = 20_000;

/// Policies that may keep everyone out.
#[derive(Debug)]
pub struct Lockout {
    policies: PolicySet,
    ways: Vec<Way>,
    resource_app_id: String,
    resource_attributes: Option<SecurityAttributeFacts>,
    at: Timestamp,
    tries: usize,
    blocking: BTreeSet<Arc<str>>,
}

impl Lockout {
    /// Prepares the search. `resource_app_id` is the application that must be reached to undo the change.
    pub fn new(
        policies: &[ConditionalAccessPolicy],
        locations: &[AnyNamedLocation],
        strengths: &[AuthenticationStrengthPolicy],
        resource_app_id: &str,
        at: Timestamp,
    ) -> Self {
        Self {
            policies: PolicySet::new(policies, locations, strengths),
            ways: ways::all(policies, locations, MOST_WAYS),
            resource_app_id: resource_app_id.to_owned(),
            resource_attributes: None,
            at,
            tries: 0,
            blocking: BTreeSet::new(),
        }
    }

    /// The search with these custom security attributes of the resource; without, they are not known.
    #[must_use]
    pub fn with_resource_attributes(self, attributes: Option<SecurityAttributeFacts>) -> Self {
        Self { resource_attributes: attributes, ..self }
    }

    /// Whether the user gets in on some way, with one of these devices or none.
    pub fn admits(&mut self, user: &UserFacts, devices: &[DeviceFacts]) -> bool {
        let devices = || std::iter::once(None).chain(devices.iter().map(Some));
        let mut tried = 0_usize;
        for index in 0..self.ways.len() {
            for device in devices() {
                tried = tried.saturating_add(1);
                self.tries = self.tries.saturating_add(1);
                if tried > MOST_WAYS || self.tries > MOST_TRIES {
                    return false;
                }
                if self.is_open(index, user, device) {
                    return true;
                }
            }
        }
        false
    }

    /// Names of the policies that closed the ways that were tried, those that block by themselves alone if there are any.
    pub fn blocking_policies(&self) -> Vec<String> {
        self.blocking.iter().map(ToString::to_string).collect()
    }

    fn is_open(&mut self, way: usize, user: &UserFacts, device: Option<&DeviceFacts>) -> bool {
        let Some(facts) = self.ways.get(way).map(|way| self.facts(way, user, device)) else { return false };
        let decision = evaluate(&facts, RiskLevel::None, &self.policies);
        let is_open = match &decision.outcome {
            Outcome::Grant => true,
            Outcome::Interrupt { controls } if controls.contains(&Control::RegisterMfa) => {
                self.may_register(facts)
            }
            Outcome::Interrupt { .. } => true,
            Outcome::Block { .. } => false,
        };
        if !is_open {
            self.remember(&decision);
        }
        is_open
    }

    /// Registering a method is judged by the policies about it, and nothing can be asked for there that needs the method.
    fn may_register(&mut self, mut facts: SignInFacts) -> bool {
        facts.application.resource_app_ids.clear();
        facts.application.user_action = Some(UserAction::RegisterSecurityInformation);
        let decision = evaluate(&facts, RiskLevel::None, &self.policies);
        let may = match &decision.outcome {
            Outcome::Grant => true,
            Outcome::Interrupt { controls } => {
                matches!(controls.first(), Some(Control::SignInAgain | Control::RegisterMfa))
            }
            Outcome::Block { .. } => false,
        };
        if !may {
            self.remember(&decision);
        }
        may
    }

    fn facts(&self, way: &Way, user: &UserFacts, device: Option<&DeviceFacts>) -> SignInFacts {
        let mut application = ApplicationFacts::new("", way.client_app_type);
        application.resource_app_ids.insert(self.resource_app_id.clone());
        if let Some(attributes) = &self.resource_attributes {
            let id = lower(&self.resource_app_id).into_owned();
            application.resource_attributes.insert(id, attributes.clone());
        }
        let password = MethodUse { method: AuthenticationMethodKind::Password, at: self.at };
        SignInFacts {
            at: self.at,
            user: UserFacts { risk_level: RiskLevel::None, ..user.clone() },
            application,
            client: ClientFacts {
                platform: Some(way.platform),
                is_browser: way.client_app_type == ClientAppType::Browser,
                ..ClientFacts::default()
            },
            network: way.place.facts(),
            device: device.cloned(),
            authentication: AuthenticationFacts { methods: vec![password], ..AuthenticationFacts::default() },
        }
    }

    fn remember(&mut self, decision: &Decision) {
        let failed = || {
            let is_failure = |result| result == AppliedConditionalAccessPolicyResult::Failure;
            decision.trace.iter().filter(move |policy| is_failure(policy.result))
        };
        let block = ConditionalAccessGrantControl::Block.to_string();
        let blocks = |controls: &[Arc<str>]| controls.iter().any(|control| **control == *block);
        let any_blocks = failed().any(|policy| blocks(&policy.enforced_grant_controls));
        let named = failed().filter(|policy| !any_blocks || blocks(&policy.enforced_grant_controls));
        self.blocking.extend(named.map(|policy| policy.display_name.clone()));
    }
}

#[cfg(test)]
mod tests;
