use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use riskgate_core::Timestamp;
use riskgate_model::{
    AuthenticationFacts, ClientAppType, ConditionalAccessDevicePlatform, DeviceFacts, ExternalUserFacts,
    InsiderRiskLevel, NetworkFacts, RiskLevel, SecurityAttributeFacts, SignInFacts, UserAction, UserFacts,
    WorkloadFacts,
};

use crate::identifiers::{Number, NumberSet, lower};
use crate::policy_set::PolicySet;

/// The facts as rules compare them: identifiers by number, what several policies ask computed once.
pub(crate) struct Request<'a> {
    pub(crate) at: Timestamp,
    pub(crate) who: Who<'a>,
    pub(crate) resources: Vec<Resource<'a>>,
    pub(crate) user_action: Option<UserAction>,
    /// Authentication contexts asked for that some policy names.
    pub(crate) contexts: NumberSet,
    pub(crate) client_app_type: ClientAppType,
    pub(crate) platform: Option<ConditionalAccessDevicePlatform>,
    pub(crate) device: Option<&'a DeviceFacts>,
    pub(crate) address: IpAddr,
    pub(crate) country: Option<&'a str>,
    pub(crate) is_trusted_location: bool,
    pub(crate) sign_in_risk: RiskLevel,
}

/// Something that is asked for.
pub(crate) struct Resource<'a> {
    /// `None` if no policy names it.
    pub(crate) number: Option<Number>,
    /// Custom security attributes; `None` if they are not known.
    pub(crate) attributes: Option<&'a SecurityAttributeFacts>,
}

/// Who asks.
pub(crate) enum Who<'a> {
    User(Person<'a>),
    ServicePrincipal {
        /// `None` if no policy names it.
        id: Option<Number>,
        is_single_tenant: bool,
        /// Custom security attributes; `None` if they are not known.
        attributes: Option<&'a SecurityAttributeFacts>,
        risk: RiskLevel,
    },
}

/// A user with what he has proven.
pub(crate) struct Person<'a> {
    pub(crate) id: Option<Number>,
    pub(crate) is_guest: bool,
    pub(crate) external: Option<&'a ExternalUserFacts>,
    pub(crate) group_ids: NumberSet,
    pub(crate) role_template_ids: NumberSet,
    pub(crate) facts: &'a UserFacts,
    pub(crate) authentication: &'a AuthenticationFacts,
}

impl<'a> Request<'a> {
    pub(crate) fn new(facts: &'a SignInFacts, sign_in_risk: RiskLevel, policies: &PolicySet) -> Self {
        let (user, application) = (&facts.user, &facts.application);
        let person = Person {
            id: policies.identifiers.find(&user.id),
            is_guest: user.is_guest || user.external.is_some(),
            external: user.external.as_ref(),
            group_ids: numbers(policies, &user.group_ids),
            role_template_ids: numbers(policies, &user.role_template_ids),
            facts: user,
            authentication: &facts.authentication,
        };
        Self {
            user_action: application.user_action,
            client_app_type: application.client_app_type,
            platform: facts.client.platform,
            device: facts.device.as_ref(),
            sign_in_risk,
            ..Self::of(
                facts.at,
                Who::User(person),
                resources(policies, &application.resource_app_ids, &application.resource_attributes),
                &application.authentication_contexts,
                &facts.network,
                policies,
            )
        }
    }

    /// A request of an application on its own behalf. Conditions about people and their clients have nothing to look at.
    pub(crate) fn of_workload(facts: &'a WorkloadFacts, policies: &PolicySet) -> Self {
        let who = Who::ServicePrincipal {
            id: policies.identifiers.find(&facts.service_principal_id),
            is_single_tenant: facts.is_single_tenant,
            attributes: facts.client_attributes.as_ref(),
            risk: facts.risk_level,
        };
        let resources = resources(policies, &facts.resource_app_ids, &facts.resource_attributes);
        Self::of(facts.at, who, resources, &facts.authentication_contexts, &facts.network, policies)
    }

    fn of(
        at: Timestamp,
        who: Who<'a>,
        resources: Vec<Resource<'a>>,
        contexts: &BTreeSet<String>,
        network: &'a NetworkFacts,
        policies: &PolicySet,
    ) -> Self {
        Self {
            at,
            who,
            resources,
            user_action: None,
            contexts: numbers(policies, contexts),
            client_app_type: ClientAppType::Other,
            platform: None,
            device: None,
            address: network.ip_address,
            country: network.country(),
            is_trusted_location: policies.is_trusted(network.ip_address),
            sign_in_risk: RiskLevel::None,
        }
    }

    /// The user, if one asks.
    pub(crate) fn person(&self) -> Option<&Person<'a>> {
        match &self.who {
            Who::User(person) => Some(person),
            Who::ServicePrincipal { .. } => None,
        }
    }

    /// Level of the user's risk, or none when no user asks.
    pub(crate) fn user_risk(&self) -> RiskLevel {
        self.person().map_or(RiskLevel::None, |person| person.facts.risk_level)
    }

    /// Level of the service principal's risk, or none when none asks.
    pub(crate) fn service_principal_risk(&self) -> RiskLevel {
        match self.who {
            Who::ServicePrincipal { risk, .. } => risk,
            Who::User(_) => RiskLevel::None,
        }
    }

    /// Level of the user's insider risk; `None` when no source tells.
    pub(crate) fn insider_risk(&self) -> Option<InsiderRiskLevel> {
        self.person().map_or(Some(InsiderRiskLevel::None), |person| person.facts.insider_risk_level)
    }

    /// Whether neither the sign-in nor the user has more than low risk, so that a method may be registered.
    pub(crate) fn may_register(&self) -> bool {
        let is_low = |level| matches!(level, RiskLevel::None | RiskLevel::Low);
        is_low(self.sign_in_risk) && is_low(self.user_risk())
    }
}

fn resources<'a>(
    policies: &PolicySet,
    app_ids: &BTreeSet<String>,
    attributes: &'a BTreeMap<String, SecurityAttributeFacts>,
) -> Vec<Resource<'a>> {
    let resource = |id: &String| Resource {
        number: policies.identifiers.find(id),
        attributes: attributes.get(lower(id).as_ref()),
    };
    app_ids.iter().map(resource).collect()
}

fn numbers(policies: &PolicySet, ids: &BTreeSet<String>) -> NumberSet {
    ids.iter().filter_map(|id| policies.identifiers.find(id)).collect()
}
