use riskgate_directory::{Actor, AuditEntry, audit, other_target};
use riskgate_model::{RiskDetectionTimingType, RiskLevel};
use riskgate_odata::Filter;
use riskgate_risk::{Evidence, Feature, Finding, RiskContext};
use riskgate_store::records::SignInRecord;
use riskgate_store::{Batch, Direction, Query, StoreExt};

use crate::{Protection, ProtectionError};

impl Protection {
    /// A user's latest sign-ins, newest first.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn latest_sign_ins(
        &self,
        user_id: &str,
        limit: u64,
    ) -> Result<Vec<SignInRecord>, ProtectionError> {
        let query = Query::filtered(Filter::equals("userId", user_id), limit)
            .ordered("createdDateTime", Direction::Descending);
        let found = self.store.find::<SignInRecord>(self.tenant, &query).await?;
        Ok(found.items.into_iter().map(|found| found.record).collect())
    }

    /// One of a user's sign-ins; `None` if it does not exist or is somebody else's.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn own_sign_in(
        &self,
        user_id: &str,
        id: &str,
    ) -> Result<Option<SignInRecord>, ProtectionError> {
        let found = self.store.load::<SignInRecord>(self.tenant, id).await?;
        Ok(found.map(|found| found.record).filter(|record| record.sign_in.user_id == user_id))
    }

    /// Whether a sign-in of a user who is known already came from a browser he is not known by. A browser is told by its
    /// device cookie, so one that was brought along by somebody else is new as well.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn is_new_device(&self, user_id: &str, id: &str) -> Result<bool, ProtectionError> {
        let Some(record) = self.own_sign_in(user_id, id).await? else { return Ok(false) };
        let context: RiskContext = serde_json::from_value(record.evidence.risk_context).unwrap_or_default();
        let cookie = context.history.values.get(&Feature::DeviceCookie);
        Ok(context.history.last_sign_in_at.is_some() && cookie.is_none_or(|seen| seen.weight <= 0.0))
    }

    /// The user says that a sign-in was not his: `userReportedSuspiciousActivity`, high, on that sign-in. Reporting it again
    /// changes nothing.
    ///
    /// # Errors
    /// [`ProtectionError::UnknownSignIn`] for one that does not exist or is somebody else's, or what the store fails with.
    pub async fn user_reported(
        &self,
        user_id: &str,
        sign_in_id: &str,
        actor: &Actor,
    ) -> Result<(), ProtectionError> {
        let record = self.own_sign_in(user_id, sign_in_id).await?;
        let record = record.ok_or_else(|| ProtectionError::UnknownSignIn(sign_in_id.to_owned()))?;
        let finding = Finding {
            risk_event_type: "userReportedSuspiciousActivity".to_owned(),
            risk_level: RiskLevel::High,
            evidence: vec![Evidence::new("reportedBy", "the user: this was not me")],
        };
        let mut batch = Batch::new(self.tenant);
        let target = other_target("User", user_id, record.sign_in.user_display_name.as_deref());
        let entry =
            AuditEntry::new("Suspicious activity reported", "UserManagement", "Update").target(target);
        audit(&mut batch, &*self.clock, &*self.rng, actor, entry)?;
        let timing = RiskDetectionTimingType::NearRealtime;
        self.raise_later_with(sign_in_id, &finding, timing, &batch).await?;
        Ok(())
    }
}
