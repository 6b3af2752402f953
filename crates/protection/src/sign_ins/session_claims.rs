use riskgate_access::evaluate;
use riskgate_model::{AuthenticationFacts, DeviceFacts};
use riskgate_risk::assess;

use crate::{Attempt, Protection, ProtectionError};

impl Protection {
    /// The device a session proved, as it is on record now; `None` if it proved none, or one that is the user's no more.
    ///
    /// # Errors
    /// What the directory fails with.
    pub async fn proven_device(
        &self,
        authentication: &AuthenticationFacts,
        user_id: &str,
    ) -> Result<Option<DeviceFacts>, ProtectionError> {
        self.device(authentication, user_id, self.clock.now()).await
    }

    /// Whether policies that apply to an attempt tell the application to restrict what an unmanaged device may do
    /// (`applicationEnforcedRestrictions`). Nothing is recorded: whether there is access was decided before.
    ///
    /// # Errors
    /// What the store or the directory fails with.
    pub async fn is_restricted(&self, attempt: &Attempt) -> Result<bool, ProtectionError> {
        let policies = self.policies.load(&*self.store, self.tenant).await?;
        let (facts, _) = self.facts(attempt, &policies.set).await?;
        let history = self.history(&attempt.user.id).await?.history;
        let context = self.risk_context(attempt, &facts, &history, &policies);
        let level = assess(&facts, &context, &self.settings()).sign_in_level;
        Ok(evaluate(&facts, level, &policies.set).session.application_enforced_restrictions)
    }
}
