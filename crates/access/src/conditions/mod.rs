//! The conditions of a policy, one file each: compiled once, examined for every request.

mod applications;
mod authentication_flows;
mod client_app_types;
mod client_applications;
mod devices;
mod guests;
mod insider_risk;
mod locations;
mod platforms;
mod risk_levels;
mod security_attributes;
mod users;

use riskgate_model::ConditionalAccessConditionSet;

use self::applications::ApplicationRule;
pub(crate) use self::applications::user_action;
use self::authentication_flows::AuthenticationFlowRule;
use self::client_app_types::ClientAppRule;
use self::client_applications::ClientApplicationRule;
use self::devices::DeviceRule;
use self::insider_risk::InsiderRiskRule;
pub(crate) use self::locations::LocationIndex;
use self::locations::LocationRule;
use self::platforms::PlatformRule;
use self::risk_levels::RiskLevelRule;
use self::users::UserRule;
use crate::identifiers::Identifiers;
use crate::reason::Reason;
use crate::request::Request;
use crate::trace::{Condition, ConditionSet, RuleSet};

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
        [Condition::Users, Condition::ServicePrincipals, Condition::Application]
            .into_iter()
            .all(|condition| !self.not_satisfied.contains(condition))
    }
}

/// All conditions of a policy; `None` where one is not configured and so is met by every request.
#[derive(Debug, Clone)]
pub(crate) struct CompiledConditions {
    applications: Option<ApplicationRule>,
    who: Option<WhoRule>,
    client_app_types: Option<ClientAppRule>,
    platforms: Option<PlatformRule>,
    devices: Option<DeviceRule>,
    locations: Option<LocationRule>,
    authentication_flows: Option<AuthenticationFlowRule>,
    sign_in_risk: Option<RiskLevelRule>,
    user_risk: Option<RiskLevelRule>,
    service_principal_risk: Option<RiskLevelRule>,
    insider_risk: Option<InsiderRiskRule>,
}

/// Whom a policy is about: applications that act on their own behalf if it names any, otherwise people.
#[derive(Debug, Clone)]
enum WhoRule {
    Users(UserRule),
    ServicePrincipals(ClientApplicationRule),
}

impl CompiledConditions {
    pub(crate) fn new(
        conditions: &ConditionalAccessConditionSet,
        identifiers: &mut Identifiers,
        known: &LocationIndex,
    ) -> Self {
        let applications = conditions.applications.as_ref();
        let who = match (&conditions.client_applications, &conditions.users) {
            (Some(clients), _) => {
                Some(WhoRule::ServicePrincipals(ClientApplicationRule::new(clients, identifiers)))
            }
            (None, Some(users)) => Some(WhoRule::Users(UserRule::new(users, identifiers))),
            (None, None) => None,
        };
        Self {
            applications: applications.map(|applications| ApplicationRule::new(applications, identifiers)),
            who,
            client_app_types: ClientAppRule::new(&conditions.client_app_types),
            platforms: conditions.platforms.as_ref().map(PlatformRule::new),
            devices: conditions.devices.as_ref().and_then(DeviceRule::new),
            locations: conditions.locations.as_ref().map(|locations| LocationRule::new(locations, known)),
            authentication_flows: conditions
                .authentication_flows
                .as_ref()
                .and_then(AuthenticationFlowRule::new),
            sign_in_risk: RiskLevelRule::new(&conditions.sign_in_risk_levels),
            user_risk: RiskLevelRule::new(&conditions.user_risk_levels),
            service_principal_risk: RiskLevelRule::new(&conditions.service_principal_risk_levels),
            insider_risk: conditions.insider_risk_levels.as_ref().and_then(InsiderRiskRule::new),
        }
    }

    /// Whether the policy looks at custom security attributes of resources.
    pub(crate) fn has_application_filter(&self) -> bool {
        self.applications.as_ref().is_some_and(ApplicationRule::has_filter)
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
        self.examine_who(request, &mut findings);
        self.examine_client(request, &mut findings);
        if let Some(rule) = &self.locations {
            let is_met = rule.examine(request, &mut findings);
            findings.note(Condition::Location, is_met);
        }
        self.examine_risk(request, &mut findings);
        findings
    }

    fn examine_who(&self, request: &Request<'_>, findings: &mut Findings) {
        match &self.who {
            Some(WhoRule::Users(rule)) => {
                let is_met = rule.examine(request, findings);
                findings.note(Condition::Users, is_met);
            }
            Some(WhoRule::ServicePrincipals(rule)) => {
                let is_met = rule.examine(request, findings);
                findings.note(Condition::ServicePrincipals, is_met);
            }
            // A policy that names nobody concerns every person, and no application.
            None => findings.note(Condition::Users, request.person().is_some()),
        }
    }

    fn examine_client(&self, request: &Request<'_>, findings: &mut Findings) {
        if let Some(rule) = &self.client_app_types {
            findings.note(Condition::ClientType, rule.is_met(request.client_app_type));
        }
        if let Some(rule) = &self.platforms {
            let is_met = rule.examine(request, findings);
            findings.note(Condition::DevicePlatform, is_met);
        }
        if let Some(rule) = &self.devices {
            let is_met = rule.examine(request, findings);
            findings.note(Condition::DeviceState, is_met);
        }
        if let Some(rule) = &self.authentication_flows {
            let is_met = rule.examine(request, findings);
            findings.note(Condition::AuthenticationFlows, is_met);
        }
    }

    fn examine_risk(&self, request: &Request<'_>, findings: &mut Findings) {
        let levels = [
            (Condition::SignInRisk, self.sign_in_risk, request.sign_in_risk),
            (Condition::UserRisk, self.user_risk, request.user_risk()),
            (Condition::ServicePrincipalRisk, self.service_principal_risk, request.service_principal_risk()),
        ];
        for (condition, rule, level) in levels {
            if let Some(rule) = rule {
                let is_met = rule.examine(level, findings);
                findings.note(condition, is_met);
            }
        }
        if let Some(rule) = &self.insider_risk {
            let is_met = rule.examine(request, findings);
            findings.note(Condition::InsiderRisk, is_met);
        }
    }
}
