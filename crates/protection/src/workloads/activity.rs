use std::collections::BTreeMap;
use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_model::{
    DirectoryAudit, RiskDetail, RiskDetectionTimingType, RiskState, RiskyServicePrincipal, ServicePrincipal,
};
use riskgate_odata::{Comparison, Filter};
use riskgate_risk::state::{Action, NewDetection, Risk, RiskOwner, ServicePrincipalOwner, apply};
use riskgate_risk::{ActivityHistory, DirectoryActivity, Finding};
use riskgate_store::records::{AuditCursor, WorkloadActivity};
use riskgate_store::{Batch, Direction, Query, StoreExt, Versioned, retry};
use serde_json::json;

use crate::digest::sha256;
use crate::{Protection, ProtectionError};

/// Name of the cursor.
const READER: &str = "workload-activity";
/// What is written now may carry a moment that is a little older.
const SETTLED: Duration = Duration::from_secs(5);
/// Of the audit log before the first reading, this much is learned from.
const LEARNED_FROM: Duration = Duration::from_secs(60 * 86_400);
/// What is older than this is learned, but raises nothing.
const NEWS: Duration = Duration::from_secs(86_400);
/// Read at once.
const WINDOW: Duration = Duration::from_secs(3_600);
const WINDOWS: usize = 48;

impl Protection {
    /// Reads on in the audit log and raises what service principals do unusually (`anomalousServicePrincipalActivity`). Some
    /// hours at most; returns whether there is more. Several nodes may do so at the same time.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn watch_workload_activity(&self) -> Result<bool, ProtectionError> {
        for _ in 0..WINDOWS {
            if !retry(|| self.watch_window()).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn watch_window(&self) -> Result<bool, ProtectionError> {
        let settled = self.clock.now() - SETTLED;
        let cursor = self.store.load::<AuditCursor>(self.tenant, READER).await?;
        let from = cursor.as_ref().map_or(settled - LEARNED_FROM, |cursor| cursor.record.until_date_time);
        // Where nothing was written, nothing is: an idle tenant costs one look and no write.
        let Some(from) = self.first_entry(from, settled).await? else { return Ok(false) };
        let until = settled.min(from + WINDOW);
        for (id, done) in self.done_by_applications(from, until).await? {
            retry(|| self.take_activities(&id, &done, until)).await?;
        }
        let read = AuditCursor { id: READER.to_owned(), until_date_time: until };
        let mut batch = Batch::new(self.tenant);
        match cursor {
            Some(cursor) => batch.update(&Versioned { record: read, version: cursor.version })?,
            None => batch.insert(&read)?,
        }
        self.store.commit(batch).await?;
        Ok(until < settled)
    }

    /// The moment of the first audit entry within a time.
    async fn first_entry(
        &self,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Option<Timestamp>, ProtectionError> {
        let first = Query::filtered(within(from, until), 1).ordered("activityDateTime", Direction::Ascending);
        let found = self.store.find::<DirectoryAudit>(self.tenant, &first).await?.items;
        Ok(found.first().map(|entry| entry.record.activity_date_time))
    }

    /// Audit entries within a time, by the service principal that caused them, oldest first.
    async fn done_by_applications(
        &self,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<BTreeMap<String, Vec<DirectoryAudit>>, ProtectionError> {
        let mut by_principal = BTreeMap::<String, Vec<DirectoryAudit>>::new();
        for found in self.store.find_all::<DirectoryAudit>(self.tenant, within(from, until)).await? {
            let app = found.record.initiated_by.app.as_ref();
            if let Some(id) = app.and_then(|app| app.service_principal_id.clone()) {
                by_principal.entry(id.to_lowercase()).or_default().push(found.record);
            }
        }
        for done in by_principal.values_mut() {
            done.sort_by(|a, b| (a.activity_date_time, &a.id).cmp(&(b.activity_date_time, &b.id)));
        }
        Ok(by_principal)
    }

    /// Counts what a service principal did and raises what is unusual, in one batch, once.
    async fn take_activities(
        &self,
        id: &str,
        done: &[DirectoryAudit],
        until: Timestamp,
    ) -> Result<(), ProtectionError> {
        let kept = self.store.load::<WorkloadActivity>(self.tenant, id).await?;
        if kept.as_ref().is_some_and(|kept| kept.record.until_date_time >= until) {
            return Ok(());
        }
        let history = kept.as_ref().map(|kept| kept.record.history.clone()).unwrap_or_default();
        let mut history: ActivityHistory = serde_json::from_value(history).unwrap_or_default();
        let mut found = Vec::new();
        for entry in done {
            let activity =
                DirectoryActivity { name: &entry.activity_display_name, at: entry.activity_date_time };
            let finding = history.take(&activity, &self.settings().workload);
            let is_news = until.since(entry.activity_date_time) <= NEWS;
            found.extend(finding.filter(|_| is_news).map(|finding| (entry, finding)));
        }
        let history = serde_json::to_value(&history).unwrap_or_default();
        let record = WorkloadActivity { id: id.to_owned(), history, until_date_time: until };
        let mut batch = Batch::new(self.tenant);
        match kept {
            Some(kept) => batch.update(&Versioned { record, version: kept.version })?,
            None => batch.insert(&record)?,
        }
        if !found.is_empty() {
            self.raise_activities(&mut batch, id, &found).await?;
        }
        Ok(self.store.commit(batch).await?)
    }

    async fn raise_activities(
        &self,
        batch: &mut Batch,
        id: &str,
        found: &[(&DirectoryAudit, Finding)],
    ) -> Result<(), ProtectionError> {
        let row = self.store.load::<RiskyServicePrincipal>(self.tenant, id).await?;
        let principal = self.store.load::<ServicePrincipal>(self.tenant, id).await?;
        let owner = principal.map(|kept| ServicePrincipalOwner::from(&kept.record));
        // Who is deleted gets no detections.
        let Some(owner) = owner else { return Ok(()) };
        let now = self.clock.now();
        let (mut detections, mut evidence) = (Vec::new(), BTreeMap::new());
        for (entry, finding) in found {
            let detection = owner.detection(&activity_detection(entry, finding, now));
            let reasons = json!({
                "riskEventType": finding.risk_event_type, "riskLevel": finding.risk_level,
                "evidence": finding.evidence, "auditId": entry.id, "settings": { "workload": self.settings().workload },
                "software": env!("CARGO_PKG_VERSION"),
            });
            evidence.insert(detection.id.clone(), reasons);
            detections.push(detection);
        }
        let open = self.open_risk_of::<ServicePrincipalOwner>(row).await?.with_evidence(evidence);
        let change = apply(&open.state(), &owner, &Action::Detected(detections), &self.moment(now, None));
        Ok(open.write(batch, &change, None)?)
    }
}

fn within(from: Timestamp, until: Timestamp) -> Filter {
    Filter::And(vec![
        Filter::compare("activityDateTime", Comparison::GreaterOrEqual, from),
        Filter::compare("activityDateTime", Comparison::Less, until),
    ])
}

fn activity_detection(entry: &DirectoryAudit, finding: &Finding, now: Timestamp) -> NewDetection {
    let reasons: Vec<String> =
        finding.evidence.iter().map(|evidence| format!("{}: {}", evidence.key, evidence.value)).collect();
    NewDetection {
        id: sha256(format!("activity of a service principal\n{}", entry.id).as_bytes()),
        risk_event_type: finding.risk_event_type.clone(),
        activity_at: entry.activity_date_time,
        at: now,
        timing: RiskDetectionTimingType::NearRealtime,
        risk: Risk { level: finding.risk_level, state: RiskState::AtRisk, detail: RiskDetail::None },
        source: "IdentityProtection".to_owned(),
        network: None,
        key_ids: Vec::new(),
        additional_info: json!([{"Key": "riskReasons", "Value": reasons}]).to_string(),
    }
}
