use riskgate_model::SignInFacts;
use riskgate_risk::{Features, RiskContext, UserHistory};

use crate::Protection;
use crate::policies::PolicyVersion;

impl Protection {
    /// What a sign-in is compared with.
    pub(crate) fn risk_context(
        &self,
        facts: &SignInFacts,
        history: &UserHistory,
        policies: &PolicyVersion,
    ) -> RiskContext {
        let features = Features::of(facts);
        RiskContext {
            history: history.facts_for(&features, facts.at),
            is_trusted_location: policies.set.is_trusted(facts.network.ip_address),
            ..RiskContext::default()
        }
    }
}
