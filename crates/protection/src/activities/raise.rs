use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_model::{DirectoryAudit, RiskDetail, RiskDetectionTimingType, RiskState};
use riskgate_risk::Finding;
use riskgate_risk::state::{Action, NewDetection, Risk, apply};
use riskgate_store::{Batch, Record, StoreExt};
use serde_json::{Value as Json, json};

use super::take::address;
use crate::digest::sha256;
use crate::risk::batch::StoredOwner;
use crate::{Protection, ProtectionError};

/// What was found later than this after it was done, was found in the log alone.
const SOON: Duration = Duration::from_secs(300);

/// Something that was found in what somebody did.
pub(super) struct ActivityFound {
    /// Identifier of the detection: the same for the same activity, on whatever node.
    pub(super) id: String,
    /// When it was done.
    pub(super) at: Timestamp,
    /// From where.
    pub(super) address: Option<IpAddr>,
    /// What was found.
    pub(super) finding: Finding,
    /// Identifier of the audit entry, if there is one.
    pub(super) audit_id: Option<String>,
}

impl ActivityFound {
    pub(super) fn of_entry(entry: &DirectoryAudit, finding: Finding) -> Self {
        Self {
            id: sha256(format!("activity of a service principal\n{}", entry.id).as_bytes()),
            at: entry.activity_date_time,
            address: address(entry).and_then(|address| address.parse().ok()),
            finding,
            audit_id: Some(entry.id.clone()),
        }
    }
}

impl Protection {
    /// Adds detections of somebody to the batch. Who is deleted gets none.
    pub(super) async fn raise_activities<O: StoredOwner>(
        &self,
        batch: &mut Batch,
        owner: Option<O>,
        found: &[ActivityFound],
        settings: &Json,
    ) -> Result<(), ProtectionError> {
        let Some(owner) = owner else { return Ok(()) };
        let row = self.store.load::<O::Row>(self.tenant, owner.id()).await?;
        let now = self.clock.now();
        let (mut detections, mut evidence) = (Vec::new(), BTreeMap::new());
        for found in found {
            let detection = owner.detection(&self.detection_of(found, now));
            let finding = &found.finding;
            let reasons = json!({
                "riskEventType": finding.risk_event_type, "riskLevel": finding.risk_level,
                "evidence": finding.evidence, "auditId": found.audit_id, "settings": settings,
                "software": env!("CARGO_PKG_VERSION"),
            });
            evidence.insert(detection.id().to_owned(), reasons);
            detections.push(detection);
        }
        let open = self.open_risk_of::<O>(row).await?.with_evidence(evidence);
        let change = apply(&open.state(), &owner, &Action::Detected(detections), &self.moment(now, None));
        Ok(open.write(batch, &change, None)?)
    }

    fn detection_of(&self, found: &ActivityFound, now: Timestamp) -> NewDetection {
        let finding = &found.finding;
        let reasons: Vec<String> =
            finding.evidence.iter().map(|evidence| format!("{}: {}", evidence.key, evidence.value)).collect();
        let is_soon = now.since(found.at) <= SOON;
        NewDetection {
            id: found.id.clone(),
            risk_event_type: finding.risk_event_type.clone(),
            activity_at: found.at,
            at: now,
            timing: if is_soon {
                RiskDetectionTimingType::NearRealtime
            } else {
                RiskDetectionTimingType::Offline
            },
            risk: Risk { level: finding.risk_level, state: RiskState::AtRisk, detail: RiskDetail::None },
            source: "IdentityProtection".to_owned(),
            network: found.address.map(|address| self.intel.network(address, found.at)),
            key_ids: Vec::new(),
            additional_info: json!([{"Key": "riskReasons", "Value": reasons}]).to_string(),
        }
    }
}
