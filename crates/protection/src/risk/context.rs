use riskgate_model::SignInFacts;
use riskgate_risk::{Features, RiskContext, UserHistory};

use crate::policies::in_force::PolicyVersion;
use crate::{Attempt, Protection};

impl Protection {
    /// What an attempt is compared with. Reads memory alone.
    pub(crate) fn risk_context(
        &self,
        attempt: &Attempt,
        facts: &SignInFacts,
        history: &UserHistory,
        policies: &PolicyVersion,
    ) -> RiskContext {
        let features = Features::of(facts);
        RiskContext {
            history: history.facts_for(&features, facts.at),
            population: self.population.facts_for(&features, facts.at),
            activity: self.recent.facts_for(facts, attempt.password_tag, facts.at),
            session: self.session_facts(attempt, facts),
            is_trusted_location: policies.set.is_trusted(facts.network.ip_address),
        }
    }
}
