use std::collections::BTreeSet;

use riskgate_access::evaluate;
use riskgate_risk::assess;

use crate::sign_ins::record::is_granted;
use crate::{Attempt, Protection, ProtectionError};

impl Protection {
    /// Which of these authentication contexts an attempt is granted, each decided on its own beside what the attempt asks
    /// for. Nothing is recorded: this comes after [`Protection::judge`] for contexts that are nice to have, and one that
    /// is not granted refuses nothing.
    ///
    /// # Errors
    /// What the store or the directory fails with.
    pub async fn granted_contexts(
        &self,
        attempt: &Attempt,
        contexts: &BTreeSet<String>,
    ) -> Result<BTreeSet<String>, ProtectionError> {
        if contexts.is_empty() {
            return Ok(BTreeSet::new());
        }
        let policies = self.policies.load(&*self.store, self.tenant).await?;
        let (mut facts, _) = self.facts(attempt, &policies.set).await?;
        let history = self.history(&attempt.user.id).await?.history;
        let context = self.risk_context(attempt, &facts, &history, &policies);
        let level = assess(&facts, &context, &self.settings()).sign_in_level;
        let asked = facts.application.authentication_contexts.clone();
        let mut granted = BTreeSet::new();
        for context in contexts {
            facts.application.authentication_contexts.clone_from(&asked);
            facts.application.authentication_contexts.insert(context.clone());
            if is_granted(&evaluate(&facts, level, &policies.set)) {
                granted.insert(context.clone());
            }
        }
        Ok(granted)
    }
}
