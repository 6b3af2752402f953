//! The conditions of a policy, one file each: compiled once, examined for every request.

mod applications;
mod client_app_types;
mod locations;
mod risk_levels;
mod users;

use riskgate_model::ConditionalAccessConditionSet;

use self::applications::ApplicationRule;
use self::client_app_types::ClientAppRule;
pub(crate) use self::locations::LocationIndex;
use self::locations::LocationRule;
use self::risk_levels::RiskLevelRule;
use self::users::UserRule;
use crate::identifiers::Identifiers;
use crate::request::Request;
use crate::trace::{Condition, ConditionSet, Reason, RuleSet};

/// What the conditions of one policy found in a request.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) satisfied: ConditionSet,
    pub(crate) not_satisfied: ConditionSet,
    pub(crate) include_rules: RuleSet,
    pub(crate) exclude_rules: RuleSet,
    pub(crate) reasons: Vec<Reason>,
}

impl Findings {
    fn note(&mut self, condition: Condition, is_met: bool) {
        if is_met {
            self.satisfied.insert(condition);
        } else {
            self.not_satisfied.insert(condition);
        }
    }

    pub(crate) fn add_reason(&mut self, reason: Reason) {
        if !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
    }

    /// Whether every configured condition was met, so that the policy applies.
    pub(crate) fn all_met(&self) -> bool {
        self.not_satisfied.is_empty()
    }

    /// Whether the policy is about this user and application at all.
    pub(crate) fn is_in_scope(&self) -> bool {
        !self.not_satisfied.contains(Condition::Users) && !self.not_satisfied.contains(Condition::Application)
    }
}

/// All conditions of a policy; `None` where one is not configured and so is met by every request.
#[derive(Debug, Clone)]
pub(crate) struct CompiledConditions {
    applications: Option<ApplicationRule>,
    users: Option<UserRule>,
    client_app_types: Option<ClientAppRule>,
    locations: Option<LocationRule>,
    sign_in_risk: Option<RiskLevelRule>,
    user_risk: Option<RiskLevelRule>,
    has_unenforced: bool,
}

impl CompiledConditions {
    pub(crate) fn new(
        conditions: &ConditionalAccessConditionSet,
        identifiers: &mut Identifiers,
        known: &LocationIndex,
    ) -> Self {
        Self {
            applications: conditions
                .applications
                .as_ref()
                .map(|applications| ApplicationRule::new(applications, identifiers)),
            users: conditions.users.as_ref().map(|users| UserRule::new(users, identifiers)),
            client_app_types: ClientAppRule::new(&conditions.client_app_types),
            locations: conditions.locations.as_ref().map(|locations| LocationRule::new(locations, known)),
            sign_in_risk: RiskLevelRule::new(&conditions.sign_in_risk_levels),
            user_risk: RiskLevelRule::new(&conditions.user_risk_levels),
            has_unenforced: conditions.platforms.is_some()
                || conditions.devices.is_some()
                || conditions.authentication_flows.is_some()
                || conditions.insider_risk_levels.is_some(),
        }
    }

    /// Whether the policy names levels of sign-in risk.
    pub(crate) fn has_sign_in_risk(&self) -> bool {
        self.sign_in_risk.is_some()
    }

    /// Whether the policy names levels of sign-in or user risk.
    pub(crate) fn has_risk(&self) -> bool {
        self.sign_in_risk.is_some() || self.user_risk.is_some()
    }

    /// Examines every condition, also after one was not met, so that the trace names all of them.
    pub(crate) fn examine(&self, request: &Request<'_>) -> Findings {
        let mut findings = Findings::default();
        if let Some(rule) = &self.applications {
            let is_met = rule.examine(request, &mut findings);
            findings.note(Condition::Application, is_met);
        }
        if let Some(rule) = &self.users {
            let is_met = rule.examine(request, &mut findings);
            findings.note(Condition::Users, is_met);
        }
        if let Some(rule) = &self.client_app_types {
            findings.note(Condition::ClientType, rule.is_met(request.client_app_type));
        }
        if let Some(rule) = &self.locations {
            let is_met = rule.examine(request, &mut findings);
            findings.note(Condition::Location, is_met);
        }
        if let Some(rule) = self.sign_in_risk {
            let is_met = rule.examine(request.sign_in_risk, &mut findings);
            findings.note(Condition::SignInRisk, is_met);
        }
        if let Some(rule) = self.user_risk {
            let is_met = rule.examine(request.user_risk, &mut findings);
            findings.note(Condition::UserRisk, is_met);
        }
        if self.has_unenforced {
            findings.add_reason(Reason::ConditionNotEnforced);
        }
        findings
    }
}
