use riskgate_access::{Condition, Decision, evaluate};
use riskgate_core::Timestamp;
use riskgate_model::{
    AppliedConditionalAccessPolicyResult as PolicyResult, ClientAppType, RiskLevel, RiskyUser,
};
use riskgate_store::{StoreExt, Versioned};

use crate::{Attempt, Protection, ProtectionError};

impl Protection {
    /// When the user's risk was raised, if that was after `since`, when something was given to him, and a policy about user
    /// risk does not give it anymore (`entra-semantics` §3.8, continuous access evaluation). `None` if it still holds:
    /// whoever got it at that risk, or with the proofs the policy asks for, keeps it. What kind of client the attempt names
    /// does not count, since a token does not say it: a policy about any kind does.
    ///
    /// Reads one row as long as there was no such risk. Nothing is recorded.
    ///
    /// # Errors
    /// What the store or the directory fails with.
    pub async fn refused_for_risk_since(
        &self,
        attempt: &Attempt,
        since: Timestamp,
    ) -> Result<Option<Timestamp>, ProtectionError> {
        let found: Option<Versioned<RiskyUser>> = self.store.load(self.tenant, &attempt.user.id).await?;
        let Some(risk) = found.map(|found| found.record) else { return Ok(None) };
        let is_at_risk = risk.risk_level.is_some_and(|level| level != RiskLevel::None);
        // Tokens count whole seconds.
        let raised = risk.risk_last_updated_date_time.filter(|at| at.as_seconds() > since.as_seconds());
        let Some(raised) = raised.filter(|_| is_at_risk) else { return Ok(None) };
        let policies = self.policies.load(&*self.store, self.tenant).await?;
        let (mut facts, _) = self.facts(attempt, &policies.set).await?;
        for kind in [ClientAppType::Browser, ClientAppType::MobileAppsAndDesktopClients, ClientAppType::Other]
        {
            facts.application.client_app_type = kind;
            if is_refused_for_user_risk(&evaluate(&facts, RiskLevel::None, &policies.set)) {
                return Ok(Some(raised));
            }
        }
        Ok(None)
    }
}

fn is_refused_for_user_risk(decision: &Decision) -> bool {
    decision.trace.iter().any(|trace| {
        trace.result == PolicyResult::Failure && trace.conditions_satisfied.contains(Condition::UserRisk)
    })
}
