use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_model::{
    NetworkFacts, RiskDetail, RiskDetectionTimingType, RiskLevel, RiskState, RiskyServicePrincipal,
};
use riskgate_risk::state::{Action, NewDetection, Risk, ServicePrincipalOwner, apply};
use riskgate_risk::{Finding, UserHistory, WorkloadSignIn, assess_workload};
use riskgate_store::records::WorkloadHistory;
use riskgate_store::{Batch, StoreError, StoreExt, Versioned};
use serde_json::{Value as Json, json};

use crate::risk::batch::OpenRisk;
use crate::{Protection, ProtectionError, Workload};

/// Asking the same way again teaches nothing within this time, so that most tokens cost no write.
const LEARN_EVERY: Duration = Duration::from_secs(3_600);

/// The risk of a service principal that asks for a token.
pub(crate) struct WorkloadRisk {
    /// Its level, what this request shows included.
    pub(crate) level: RiskLevel,
    /// Whether the request was as usual; only then it may be learned from.
    pub(crate) is_usual: bool,
    history: Option<Versioned<WorkloadHistory>>,
}

impl<'a> Workload<'a> {
    fn sign_in(&self, network: &'a NetworkFacts, at: Timestamp) -> WorkloadSignIn<'a> {
        WorkloadSignIn {
            at,
            network,
            resource_app_id: self.resource_app_id,
            user_agent: self.user_agent,
            credential: self.credential,
        }
    }
}

impl Protection {
    /// The risk of a service principal with what this request adds to it, which is raised before anybody decides. The same
    /// unusual request raises one detection for as long as that is open.
    pub(crate) async fn workload_risk(
        &self,
        workload: &Workload<'_>,
        network: &NetworkFacts,
        at: Timestamp,
    ) -> Result<WorkloadRisk, ProtectionError> {
        let id = &workload.service_principal.id;
        let row: Option<Versioned<RiskyServicePrincipal>> = self.store.load(self.tenant, id).await?;
        let level = row.as_ref().and_then(|row| row.record.risk_level).unwrap_or(RiskLevel::None);
        let history: Option<Versioned<WorkloadHistory>> = self.store.load(self.tenant, id).await?;
        let sign_in = workload.sign_in(network, at);
        let known = read(history.as_ref()).facts_for(&sign_in.features(), at);
        let Some(finding) = assess_workload(&sign_in, &known, &self.settings().workload) else {
            return Ok(WorkloadRisk { level, is_usual: true, history });
        };
        let open: OpenRisk<ServicePrincipalOwner> = self.open_risk_of(row).await?;
        if open.evidence_of("suspiciousSignins").any(|evidence| is_same(evidence, &finding)) {
            return Ok(WorkloadRisk { level, is_usual: false, history });
        }
        let level = self.raise_workload(workload, &finding, network, at, open).await?.unwrap_or(level);
        Ok(WorkloadRisk { level, is_usual: false, history })
    }

    async fn raise_workload(
        &self,
        workload: &Workload<'_>,
        finding: &Finding,
        network: &NetworkFacts,
        at: Timestamp,
        open: OpenRisk<ServicePrincipalOwner>,
    ) -> Result<Option<RiskLevel>, ProtectionError> {
        use riskgate_risk::state::RiskOwner;
        let owner = ServicePrincipalOwner::from(workload.service_principal);
        let detection = owner.detection(&NewDetection {
            id: self.rng.hex64(),
            risk_event_type: finding.risk_event_type.clone(),
            activity_at: at,
            at,
            timing: RiskDetectionTimingType::Realtime,
            risk: Risk { level: finding.risk_level, state: RiskState::AtRisk, detail: RiskDetail::None },
            source: "IdentityProtection".to_owned(),
            network: Some(network.clone()),
            key_ids: Vec::new(),
            additional_info: info(workload, finding),
        });
        let evidence = json!({
            "riskEventType": finding.risk_event_type, "riskLevel": finding.risk_level, "evidence": finding.evidence,
            "settings": { "workload": self.settings().workload }, "sources": network.sources,
            "software": env!("CARGO_PKG_VERSION"),
        });
        let open = open.with_evidence([(detection.id.clone(), evidence)].into());
        let detected = Action::Detected(vec![detection]);
        let change = apply(&open.state(), &owner, &detected, &self.moment(at, None));
        let level = change.row.as_ref().and_then(|row| row.risk_level);
        let mut batch = Batch::new(self.tenant);
        open.write(&mut batch, &change, None)?;
        self.store.commit(batch).await?;
        Ok(level)
    }

    /// Learns a request that was as usual and granted. Who was faster taught the same.
    pub(crate) async fn learn_workload(
        &self,
        workload: &Workload<'_>,
        risk: WorkloadRisk,
        network: &NetworkFacts,
        at: Timestamp,
    ) -> Result<(), ProtectionError> {
        let features = workload.sign_in(network, at).features();
        let mut history = read(risk.history.as_ref());
        let is_due =
            risk.history.as_ref().is_none_or(|kept| at.since(kept.record.learned_date_time) >= LEARN_EVERY);
        if !is_due && history.knows(&features) {
            return Ok(());
        }
        history.learn_values(&features, at);
        let learned = WorkloadHistory {
            id: workload.service_principal.id.clone(),
            history: serde_json::to_value(&history).unwrap_or_default(),
            learned_date_time: at,
        };
        let mut batch = Batch::new(self.tenant);
        match risk.history {
            Some(kept) => batch.update(&Versioned { record: learned, version: kept.version })?,
            None => batch.insert(&learned)?,
        }
        match self.store.commit(batch).await {
            Err(StoreError::Conflict { .. } | StoreError::Exists { .. }) => Ok(()),
            outcome => Ok(outcome?),
        }
    }

    /// Learns a service principal anew: what was found about it was no risk, so that it may become usual.
    pub(crate) async fn relearn_workload(&self, id: &str) -> Result<(), ProtectionError> {
        let Some(mut kept) = self.store.load::<WorkloadHistory>(self.tenant, &id.to_lowercase()).await?
        else {
            return Ok(());
        };
        let mut history = read(Some(&kept));
        history.restart_learning(self.clock.now());
        kept.record.history = serde_json::to_value(&history).unwrap_or_default();
        let mut batch = Batch::new(self.tenant);
        batch.update(&kept)?;
        Ok(self.store.commit(batch).await?)
    }
}

fn read(kept: Option<&Versioned<WorkloadHistory>>) -> UserHistory {
    kept.and_then(|kept| serde_json::from_value(kept.record.history.clone()).ok()).unwrap_or_default()
}

/// Whether the evidence that is kept names the same new things.
fn is_same(kept: &Json, finding: &Finding) -> bool {
    let kept: Vec<(&str, &str)> = kept["evidence"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| (one["key"].as_str().unwrap_or_default(), one["value"].as_str().unwrap_or_default()))
        .collect();
    let found = finding.evidence.iter().map(|one| (one.key.as_str(), one.value.as_str()));
    kept.len() == finding.evidence.len() && found.eq(kept)
}

fn info(workload: &Workload<'_>, finding: &Finding) -> String {
    let reasons: Vec<String> =
        finding.evidence.iter().map(|evidence| format!("{}: {}", evidence.key, evidence.value)).collect();
    json!([
        {"Key": "userAgent", "Value": workload.user_agent},
        {"Key": "clientIp", "Value": workload.address.to_string()},
        {"Key": "riskReasons", "Value": reasons},
    ])
    .to_string()
}
