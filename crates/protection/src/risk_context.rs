use riskgate_model::SignInFacts;
use riskgate_risk::RiskContext;

use crate::Protection;
use crate::policies::PolicyVersion;

impl Protection {
    /// What a sign-in is compared with.
    pub(crate) fn risk_context(&self, facts: &SignInFacts, policies: &PolicyVersion) -> RiskContext {
        let is_trusted_location = policies.set.is_trusted(facts.network.ip_address);
        RiskContext { is_trusted_location, ..RiskContext::default() }
    }
}
