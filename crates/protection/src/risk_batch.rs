use std::net::IpAddr;

use riskgate_core::Timestamp;
use riskgate_model::{RiskDetection, RiskState, RiskyUser};
use riskgate_odata::Filter;
use riskgate_risk::state::{Action, Change, Moment, RiskOwner, SignInRisk, UserRiskState};
use riskgate_store::records::SignInRecord;
use riskgate_store::{Batch, StoreError, StoreExt, Versioned};

use crate::Protection;

/// A user's open risk with the versions it was read at, so that what changes can be written back safely.
pub(crate) struct OpenRisk {
    user: Option<Versioned<RiskyUser>>,
    detections: Vec<Versioned<RiskDetection>>,
    sign_ins: Vec<Versioned<SignInRecord>>,
}

impl Protection {
    /// Reads what is open, as much of it as `action` needs.
    pub(crate) async fn open_risk(&self, user_id: &str, action: &Action) -> Result<OpenRisk, StoreError> {
        // The user's row comes first: every change of risk writes it, so whatever is changed after this line makes the
        // batch fail.
        let user = self.store.load(self.tenant, user_id).await?;
        let mut sign_ins = open_of(user_id);
        sign_ins.extend(action.sign_in_id().map(|id| Filter::equals("id", id)));
        Ok(OpenRisk {
            user,
            detections: self.store.find_all(self.tenant, Filter::And(open_of(user_id))).await?,
            sign_ins: self.store.find_all(self.tenant, Filter::And(sign_ins)).await?,
        })
    }

    /// Whether there is an open detection of the kind at the address.
    pub(crate) async fn is_open_at(
        &self,
        user_id: &str,
        risk_event_type: &str,
        address: IpAddr,
    ) -> Result<bool, StoreError> {
        let mut filter = open_of(user_id);
        filter.push(Filter::equals("riskEventType", risk_event_type));
        filter.push(Filter::equals("ipAddress", address.to_string()));
        Ok(self.store.find_one::<RiskDetection>(self.tenant, Filter::And(filter)).await?.is_some())
    }

    /// Identifiers and time for a change.
    pub(crate) fn moment(&self, at: Timestamp, initiated_by: Option<String>) -> Moment {
        Moment { at, initiated_by, history_id: self.rng.guid(), detection_id: self.rng.hex64() }
    }
}

/// Conditions for what is open of a user.
fn open_of(user_id: &str) -> Vec<Filter> {
    let states = Filter::one_of("riskState", ["atRisk", "confirmedCompromised"]);
    vec![Filter::equals("userId", user_id), states]
}

impl OpenRisk {
    /// The user's row alone, enough to add detections.
    pub(crate) fn of_user(user: Option<Versioned<RiskyUser>>) -> Self {
        Self { user, detections: Vec::new(), sign_ins: Vec::new() }
    }

    /// As the state machine takes it.
    pub(crate) fn state(&self) -> UserRiskState {
        UserRiskState {
            user: self.user.as_ref().map(|user| user.record.clone()),
            detections: self.detections.iter().map(|detection| detection.record.clone()).collect(),
            sign_ins: self.sign_ins.iter().map(|sign_in| sign_in_risk(&sign_in.record)).collect(),
        }
    }

    /// Whose risk it is by the row, for users who are deleted.
    pub(crate) fn owner(&self) -> Option<RiskOwner> {
        self.user.as_ref().map(|user| owner_of(&user.record))
    }

    /// Writes a change. Sign-ins other than `except` are updated here; that one the caller writes himself.
    pub(crate) fn write(
        mut self,
        batch: &mut Batch,
        change: &Change,
        except: Option<&str>,
    ) -> Result<(), StoreError> {
        match (&change.user, self.user.take()) {
            (Some(user), Some(mut seen)) => {
                seen.record = user.clone();
                batch.update(&seen)?;
            }
            (Some(user), None) => batch.insert(user)?,
            (None, _) => {}
        }
        for detection in &change.new_detections {
            batch.insert(detection)?;
        }
        for seen in &mut self.detections {
            if let Some(changed) = change.detections.iter().find(|changed| changed.id == seen.record.id) {
                seen.record = changed.clone();
                batch.update(seen)?;
            }
        }
        for seen in &mut self.sign_ins {
            let id = &seen.record.sign_in.id;
            let changed = change.sign_ins.iter().find(|changed| changed.sign_in_id == *id);
            if let Some(changed) = changed.filter(|_| except != Some(id.as_str())) {
                set_sign_in_risk(&mut seen.record, changed);
                batch.update(seen)?;
            }
        }
        if let Some(item) = &change.history {
            batch.insert(item)?;
        }
        Ok(())
    }
}

/// Whose risk a row is.
pub(crate) fn owner_of(user: &RiskyUser) -> RiskOwner {
    RiskOwner {
        user_id: user.id.clone(),
        display_name: user.user_display_name.clone(),
        user_principal_name: user.user_principal_name.clone(),
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
