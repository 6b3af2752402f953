use riskgate_model::{RiskDetection, RiskDetectionTimingType, RiskLevel, RiskState, RiskyUser};
use riskgate_odata::Filter;
use riskgate_risk::Finding;
use riskgate_risk::state::{Action, UserOwner, apply};
use riskgate_store::records::SignInRecord;
use riskgate_store::{Batch, StoreExt, Versioned, retry};

use crate::risk::detection::Found;
use crate::risk::evidence::detection_evidence;
use crate::{Protection, ProtectionError};

impl Protection {
    /// Raises what was found about a sign-in after it was answered: a detection of it, its aggregated level, the user's
    /// level. `riskLevelDuringSignIn` stays what the policies saw. Finding the same again changes nothing; returns whether
    /// something changed.
    ///
    /// # Errors
    /// [`ProtectionError::UnknownSignIn`], or what the store fails with.
    pub async fn raise_later(
        &self,
        sign_in_id: &str,
        finding: &Finding,
        timing: RiskDetectionTimingType,
    ) -> Result<bool, ProtectionError> {
        self.raise_later_with(sign_in_id, finding, timing, &Batch::new(self.tenant)).await
    }

    /// The same together with other writes, all or nothing; those are left out when nothing changes.
    pub(crate) async fn raise_later_with(
        &self,
        sign_in_id: &str,
        finding: &Finding,
        timing: RiskDetectionTimingType,
        others: &Batch,
    ) -> Result<bool, ProtectionError> {
        retry(|| self.raise_later_once(sign_in_id, finding, timing, others)).await
    }

    async fn raise_later_once(
        &self,
        sign_in_id: &str,
        finding: &Finding,
        timing: RiskDetectionTimingType,
        others: &Batch,
    ) -> Result<bool, ProtectionError> {
        let mut record = self.sign_in_record(sign_in_id).await?;
        // Before the detections are looked for: whoever raises the same at this moment writes this row.
        let user_id = record.record.sign_in.user_id.clone();
        let risky: Option<Versioned<RiskyUser>> = self.store.load(self.tenant, &user_id).await?;
        if self.is_raised(sign_in_id, &finding.risk_event_type).await? {
            return Ok(false);
        }
        let owner = owner_of(&record.record);
        let now = self.clock.now();
        let found = Found {
            sign_in_id,
            correlation_id: record.record.sign_in.correlation_id.as_deref(),
            owner: &owner,
            facts: &record.record.evidence.facts,
            finding,
            at: now,
            timing,
        };
        let detection = found.detection(&*self.rng);
        let evidence = [(detection.id.clone(), detection_evidence(&found, &self.settings()))].into();
        let detected = Action::Detected(vec![detection]);
        let open = self.open_risk_of(risky).await?.with_evidence(evidence);
        let change = apply(&open.state(), &owner, &detected, &self.moment(now, None));
        let mut batch = others.clone();
        open.write(&mut batch, &change, None)?;
        raise(&mut record.record, finding);
        let learned = self.relearn(&mut batch, &user_id, &mut [&mut record.record], false).await?;
        batch.update(&record)?;
        self.commit_learned(batch, learned.as_ref()).await?;
        Ok(true)
    }

    async fn is_raised(&self, sign_in_id: &str, risk_event_type: &str) -> Result<bool, ProtectionError> {
        let same = Filter::And(vec![
            Filter::equals("requestId", sign_in_id),
            Filter::equals("riskEventType", risk_event_type),
        ]);
        Ok(self.store.find_one::<RiskDetection>(self.tenant, same).await?.is_some())
    }
}

/// Shows the finding on the sign-in. What an administrator confirmed stays confirmed.
fn raise(record: &mut SignInRecord, finding: &Finding) {
    let sign_in = &mut record.sign_in;
    if sign_in.risk_state != Some(RiskState::ConfirmedCompromised) {
        sign_in.risk_state = Some(RiskState::AtRisk);
        sign_in.risk_detail = Some(riskgate_model::RiskDetail::None);
    }
    let before = sign_in.risk_level_aggregated.unwrap_or(RiskLevel::None);
    sign_in.risk_level_aggregated = Some(before.worst(finding.risk_level));
    if !sign_in.risk_event_types_v2.contains(&finding.risk_event_type) {
        sign_in.risk_event_types_v2.push(finding.risk_event_type.clone());
    }
}

fn owner_of(record: &SignInRecord) -> UserOwner {
    UserOwner {
        user_id: record.sign_in.user_id.clone(),
        display_name: record.sign_in.user_display_name.clone(),
        user_principal_name: record.sign_in.user_principal_name.clone(),
    }
}
