use std::collections::BTreeSet;
use std::net::IpAddr;

use riskgate_model::{ClientAppType, RiskLevel, SignInFacts};

use crate::identifiers::{Number, NumberSet};
use crate::policy_set::PolicySet;

/// The facts as rules compare them: identifiers by number, what several policies ask computed once.
pub(crate) struct Request<'a> {
    pub(crate) user_id: Option<Number>,
    pub(crate) is_guest: bool,
    pub(crate) group_ids: NumberSet,
    pub(crate) role_template_ids: NumberSet,
    /// One item for each resource; `None` for one that no policy names.
    pub(crate) resources: Vec<Option<Number>>,
    pub(crate) client_app_type: ClientAppType,
    pub(crate) address: IpAddr,
    pub(crate) country: Option<&'a str>,
    pub(crate) is_trusted_location: bool,
    pub(crate) sign_in_risk: RiskLevel,
    pub(crate) user_risk: RiskLevel,
    pub(crate) has_mfa: bool,
    pub(crate) is_mfa_capable: bool,
}

impl<'a> Request<'a> {
    pub(crate) fn new(facts: &'a SignInFacts, sign_in_risk: RiskLevel, policies: &PolicySet) -> Self {
        let address = facts.network.ip_address;
        let find = |id: &String| policies.identifiers.find(id);
        let numbers = |ids: &BTreeSet<String>| ids.iter().filter_map(find).collect();
        Self {
            user_id: find(&facts.user.id),
            is_guest: facts.user.is_guest,
            group_ids: numbers(&facts.user.group_ids),
            role_template_ids: numbers(&facts.user.role_template_ids),
            resources: facts.application.resource_app_ids.iter().map(find).collect(),
            client_app_type: facts.application.client_app_type,
            address,
            country: facts.network.country(),
            is_trusted_location: policies.is_trusted(address),
            sign_in_risk,
            user_risk: facts.user.risk_level,
            has_mfa: facts.authentication.mfa_at().is_some(),
            is_mfa_capable: facts.user.is_mfa_capable(),
        }
    }

    /// Whether neither the sign-in nor the user has more than low risk, so that a method may be registered.
    pub(crate) fn may_register(&self) -> bool {
        let is_low = |level| matches!(level, RiskLevel::None | RiskLevel::Low);
        is_low(self.sign_in_risk) && is_low(self.user_risk)
    }
}
