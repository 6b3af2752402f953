use std::collections::BTreeMap;
use std::net::IpAddr;

use riskgate_core::Timestamp;
use riskgate_model::{
    RiskDetection, RiskState, RiskyServicePrincipal, RiskyUser, ServicePrincipalRiskDetection,
};
use riskgate_odata::Filter;
use riskgate_risk::state::{
    self, Action, Change, Moment, RiskOwner, ServicePrincipalOwner, SignInRisk, UserOwner,
};
use riskgate_store::records::{RiskDetectionRecord, RiskHistoryRecord, SignInRecord};
use riskgate_store::{Batch, Direction, Query, Record, StoreError, StoreExt, Versioned};
use serde_json::Value as Json;

use crate::Protection;

/// Open detections that are looked at when there is a new one, the newest: enough to tell what comes together, whatever has
/// piled up.
const NEWEST: u64 = 64;

/// Somebody whose risk is kept.
pub(crate) trait StoredOwner:
    RiskOwner<Row: Record, Detection: Record, History: Record> + Send + Sync + 'static
{
    /// The property of his detections, and of his sign-ins if risk of them is his, that names him.
    const PROPERTY: &'static str;
    /// Whether sign-ins have a share in his risk.
    const HAS_SIGN_INS: bool;

    /// What he is, in the audit log: kind of target and category.
    const AUDITED: (&'static str, &'static str);

    /// Whose risk a row is, for owners who are deleted.
    fn of_row(row: &Self::Row) -> Self;

    /// Whose a detection is.
    fn owner_id(detection: &Self::Detection) -> Option<&str>;
}

impl StoredOwner for UserOwner {
    const PROPERTY: &'static str = "userId";
    const HAS_SIGN_INS: bool = true;
    const AUDITED: (&'static str, &'static str) = ("User", "UserManagement");

    fn of_row(row: &RiskyUser) -> Self {
        row.into()
    }

    fn owner_id(detection: &RiskDetection) -> Option<&str> {
        detection.user_id.as_deref()
    }
}

impl StoredOwner for ServicePrincipalOwner {
    const PROPERTY: &'static str = "servicePrincipalId";
    const HAS_SIGN_INS: bool = false;
    const AUDITED: (&'static str, &'static str) = ("ServicePrincipal", "ApplicationManagement");

    fn of_row(row: &RiskyServicePrincipal) -> Self {
        row.into()
    }

    fn owner_id(detection: &ServicePrincipalRiskDetection) -> Option<&str> {
        detection.service_principal_id.as_deref()
    }
}

/// Somebody's open risk with the versions it was read at, so that what changes can be written back safely.
pub(crate) struct OpenRisk<O: StoredOwner> {
    row: Option<Versioned<O::Row>>,
    detections: Vec<Versioned<RiskDetectionRecord<O::Detection>>>,
    sign_ins: Vec<Versioned<SignInRecord>>,
    evidence: BTreeMap<String, Json>,
}

impl Protection {
    /// Reads what is open, as much of it as `action` needs.
    pub(crate) async fn open_risk<O: StoredOwner>(
        &self,
        owner_id: &str,
        action: &Action<O::Detection>,
    ) -> Result<OpenRisk<O>, StoreError> {
        // The owner's row comes first: every change of risk writes it, so whatever is changed after this line makes the
        // batch fail.
        let row = self.store.load(self.tenant, owner_id).await?;
        if matches!(action, Action::Detected(_)) {
            return self.open_risk_of(row).await;
        }
        let mut sign_ins = open_of::<O>(owner_id);
        sign_ins.extend(action.sign_in_id().map(|id| Filter::equals("id", id)));
        let sign_ins = match O::HAS_SIGN_INS {
            true => self.store.find_all(self.tenant, Filter::And(sign_ins)).await?,
            false => Vec::new(),
        };
        let detections = self.store.find_all(self.tenant, Filter::And(open_of::<O>(owner_id))).await?;
        Ok(OpenRisk { row, detections, sign_ins, evidence: BTreeMap::new() })
    }

    /// What new detections are added to, when the owner's row was read already.
    pub(crate) async fn open_risk_of<O: StoredOwner>(
        &self,
        row: Option<Versioned<O::Row>>,
    ) -> Result<OpenRisk<O>, StoreError> {
        let open = row.as_ref().filter(|row| O::risk(&row.record).is_open());
        let detections = match open {
            Some(row) => {
                let query = Query::filtered(Filter::And(open_of::<O>(row.record.id())), NEWEST);
                let newest = query.ordered("detectedDateTime", Direction::Descending);
                self.store.find(self.tenant, &newest).await?.items
            }
            None => Vec::new(),
        };
        Ok(OpenRisk { row, detections, sign_ins: Vec::new(), evidence: BTreeMap::new() })
    }

    /// Whether there is an open detection of the kind at the address.
    pub(crate) async fn is_open_at(
        &self,
        user_id: &str,
        risk_event_type: &str,
        address: IpAddr,
    ) -> Result<bool, StoreError> {
        let mut filter = open_of::<UserOwner>(user_id);
        filter.push(Filter::equals("riskEventType", risk_event_type));
        filter.push(Filter::equals("ipAddress", address.to_string()));
        Ok(self.store.find_one::<RiskDetection>(self.tenant, Filter::And(filter)).await?.is_some())
    }

    /// Identifiers and time for a change.
    pub(crate) fn moment(&self, at: Timestamp, initiated_by: Option<String>) -> Moment {
        Moment { at, initiated_by, history_id: self.rng.guid(), detection_id: self.rng.hex64() }
    }
}

/// Conditions for what is open of somebody.
fn open_of<O: StoredOwner>(owner_id: &str) -> Vec<Filter> {
    let states = Filter::one_of("riskState", ["atRisk", "confirmedCompromised"]);
    vec![Filter::equals(O::PROPERTY, owner_id), states]
}

impl<O: StoredOwner> OpenRisk<O> {
    /// The same, with why new detections are raised, by their identifiers.
    #[must_use]
    pub(crate) fn with_evidence(self, evidence: BTreeMap<String, Json>) -> Self {
        Self { evidence, ..self }
    }

    /// Why the open detections of a kind were raised, newest first.
    pub(crate) fn evidence_of<'a>(&'a self, risk_event_type: &'a str) -> impl Iterator<Item = &'a Json> {
        let of_kind = self.detections.iter().map(|kept| &kept.record);
        let of_kind = of_kind.filter(move |kept| O::view(&kept.detection).risk_event_type == risk_event_type);
        of_kind.map(|kept| &kept.evidence)
    }

    /// As the state machine takes it.
    pub(crate) fn state(&self) -> state::OpenRisk<O> {
        state::OpenRisk {
            row: self.row.as_ref().map(|row| row.record.clone()),
            episode: self.detections.iter().find_map(|detection| detection.record.episode.clone()),
            detections: self.detections.iter().map(|kept| kept.record.detection.clone()).collect(),
            sign_ins: self.sign_ins.iter().map(|sign_in| sign_in_risk(&sign_in.record)).collect(),
        }
    }

    /// Whose risk it is by the row, for owners who are deleted.
    pub(crate) fn owner(&self) -> Option<O> {
        self.row.as_ref().map(|row| O::of_row(&row.record))
    }

    /// The sign-ins a change concerns, with the risk it gives them.
    pub(crate) fn changed_sign_ins(&mut self, change: &Change<O>) -> Vec<&mut SignInRecord> {
        let mut concerned = Vec::new();
        for seen in &mut self.sign_ins {
            let changed = change.sign_ins.iter().find(|c| c.sign_in_id == seen.record.sign_in.id);
            if let Some(changed) = changed {
                set_sign_in_risk(&mut seen.record, changed);
                concerned.push(&mut seen.record);
            }
        }
        concerned
    }

    /// Writes a change. Sign-ins other than `except` are updated here; that one the caller writes himself.
    pub(crate) fn write(
        mut self,
        batch: &mut Batch,
        change: &Change<O>,
        except: Option<&str>,
    ) -> Result<(), StoreError> {
        match (&change.row, self.row.take()) {
            (Some(row), Some(mut seen)) => {
                seen.record = row.clone();
                batch.update(&seen)?;
            }
            (Some(row), None) => batch.insert(row)?,
            (None, _) => {}
        }
        self.write_detections(batch, change)?;
        for seen in &mut self.sign_ins {
            let id = &seen.record.sign_in.id;
            let changed = change.sign_ins.iter().find(|changed| changed.sign_in_id == *id);
            if let Some(changed) = changed.filter(|_| except != Some(id.as_str())) {
                set_sign_in_risk(&mut seen.record, changed);
                batch.update(seen)?;
            }
        }
        if let (Some(item), Some(row)) = (&change.history, &change.row) {
            let transition = serde_json::to_value(&change.transition).unwrap_or_default();
            let owner_id = row.id().to_owned();
            batch.insert(&RiskHistoryRecord { item: item.clone(), owner_id, transition })?;
        }
        Ok(())
    }

    fn write_detections(&mut self, batch: &mut Batch, change: &Change<O>) -> Result<(), StoreError> {
        let episode = change.transition.as_ref().map(|transition| transition.episode.clone());
        for detection in &change.new_detections {
            let evidence = self.evidence.remove(detection.id()).unwrap_or_default();
            let (detection, episode) = (detection.clone(), episode.clone());
            batch.insert(&RiskDetectionRecord { detection, episode, evidence })?;
        }
        for seen in &mut self.detections {
            if let Some(changed) = change.detections.iter().find(|changed| changed.id() == seen.record.id()) {
                seen.record.detection = changed.clone();
                batch.update(seen)?;
            }
        }
        Ok(())
    }
}

fn sign_in_risk(record: &SignInRecord) -> SignInRisk {
    let sign_in = &record.sign_in;
    SignInRisk {
        sign_in_id: sign_in.id.clone(),
        risk_state: sign_in.risk_state.unwrap_or(RiskState::None),
        risk_detail: sign_in.risk_detail.unwrap_or(riskgate_model::RiskDetail::None),
        risk_level_aggregated: sign_in.risk_level_aggregated.unwrap_or(riskgate_model::RiskLevel::None),
    }
}

/// Puts the changed risk into a sign-in; `riskLevelDuringSignIn` stays what the policies saw.
pub(crate) fn set_sign_in_risk(record: &mut SignInRecord, changed: &SignInRisk) {
    record.sign_in.risk_state = Some(changed.risk_state);
    record.sign_in.risk_detail = Some(changed.risk_detail);
    record.sign_in.risk_level_aggregated = Some(changed.risk_level_aggregated);
}
