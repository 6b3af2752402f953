use riskgate_access::PolicySet;
use riskgate_model::{ConditionalAccessStatus, RiskLevel};
use riskgate_risk::Assessment;
use riskgate_store::Batch;
use riskgate_store::records::{SignInEvidence, SignInRecord};

use crate::sign_ins::record::status;
use crate::{Attempt, Protection, ProtectionError};

/// A first factor that was wrong, or an account that may not sign in.
#[derive(Debug, Clone)]
pub struct FailedSignIn<'a> {
    /// Who tried, as far as there is such an account. Attempts on names that do not exist are not kept: there is no user
    /// to show them with.
    pub attempt: &'a Attempt,
    /// Why it failed: 50126, 50053, 50057.
    pub error_code: i32,
}

impl Protection {
    /// Keeps a failed first factor in the sign-in log. No policy is asked, and no risk assessed: somebody who does not know the password says
    /// nothing about the account.
    ///
    /// # Errors
    /// What the store or the directory fails with.
    pub async fn record_failure(&self, failed: &FailedSignIn<'_>) -> Result<(), ProtectionError> {
        let (facts, _) = self.facts(failed.attempt, &PolicySet::default()).await?;
        let mut sign_in = self.bare_sign_in(failed.attempt, &facts);
        sign_in.conditional_access_status = Some(ConditionalAccessStatus::NotApplied);
        sign_in.status = Some(status(Some(failed.error_code)));
        let assessment = Assessment { findings: Vec::new(), sign_in_level: RiskLevel::None, score: 0.0 };
        let evidence = SignInEvidence {
            facts,
            risk_context: serde_json::Value::Null,
            assessment: serde_json::to_value(assessment).unwrap_or_default(),
            decision: serde_json::Value::Null,
            policy_version: String::new(),
            risk_config: serde_json::to_value(&*self.settings()).unwrap_or_default(),
            software: env!("CARGO_PKG_VERSION").to_owned(),
            given_device_cookie_id: None,
            is_learned: false,
        };
        let mut batch = Batch::new(self.tenant);
        batch.insert(&SignInRecord { sign_in, evidence })?;
        Ok(self.store.commit(batch).await?)
    }
}
