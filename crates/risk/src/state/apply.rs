use riskgate_model::{
    RiskDetail, RiskDetection, RiskLevel, RiskState, RiskUserActivity, RiskyUser, RiskyUserHistoryItem,
};

use super::{Change, Moment, RiskOwner, SignInRisk, UserRiskState};

/// How detections are closed.
pub(super) struct Closing<'a> {
    pub(super) state: RiskState,
    pub(super) detail: RiskDetail,
    /// Only those of this sign-in; `None`: all.
    pub(super) sign_in_id: Option<&'a str>,
    /// Whether what an administrator confirmed as an attack is closed too.
    pub(super) closes_confirmed: bool,
}

impl Closing<'_> {
    fn concerns(&self, sign_in_id: Option<&str>, state: RiskState) -> bool {
        self.sign_in_id.is_none_or(|id| sign_in_id == Some(id))
            && (self.closes_confirmed || state != RiskState::ConfirmedCompromised)
    }

    fn concerns_detection(&self, detection: &RiskDetection) -> bool {
        self.concerns(detection.request_id.as_deref(), detection.risk_state.unwrap_or(RiskState::AtRisk))
    }

    fn concerns_sign_in(&self, sign_in: &SignInRisk) -> bool {
        self.concerns(Some(&sign_in.sign_in_id), sign_in.risk_state)
    }
}

/// New detections: the user is at risk (or confirmed compromised) with the worst level of all that is active.
pub(super) fn open(
    state: &UserRiskState,
    owner: &RiskOwner,
    detections: &[RiskDetection],
    to_state: RiskState,
    detail: RiskDetail,
    moment: &Moment,
) -> Change {
    if detections.is_empty() {
        return Change::default();
    }
    // The level of a user at risk is the worst of what is active, so those detections need not be looked at.
    let is_open = |user: &&RiskyUser| {
        matches!(user.risk_state, Some(RiskState::AtRisk | RiskState::ConfirmedCompromised))
    };
    let before = state.user.as_ref().filter(is_open).and_then(|user| user.risk_level);
    let level = worst(detections.iter()).worst(before.unwrap_or(RiskLevel::None));
    // A confirmed account stays confirmed when more is found.
    let confirmed =
        state.user.as_ref().filter(|user| user.risk_state == Some(RiskState::ConfirmedCompromised));
    let (to_state, detail) = match confirmed {
        Some(user) if to_state == RiskState::AtRisk => {
            (RiskState::ConfirmedCompromised, user.risk_detail.unwrap_or(detail))
        }
        _ => (to_state, detail),
    };
    let types = detections.iter().filter_map(|detection| detection.risk_event_type.clone()).collect();
    let activity = RiskUserActivity { detail: Some(detail), risk_event_types: types };
    let user = with(state, owner, level, to_state, detail, moment);
    Change {
        history: Some(history(&user, activity, moment)),
        user: Some(user),
        new_detections: detections.to_vec(),
        ..Change::default()
    }
}

/// Active detections are closed; the user's level is computed again, and his state when nothing active is left.
pub(super) fn close(
    state: &UserRiskState,
    owner: &RiskOwner,
    closing: &Closing<'_>,
    moment: &Moment,
) -> Change {
    let (closed, left): (Vec<_>, Vec<_>) =
        state.detections.iter().partition(|detection| closing.concerns_detection(detection));
    let detections: Vec<_> =
        closed.into_iter().map(|detection| closed_detection(detection, closing, moment)).collect();
    let sign_ins: Vec<_> = state
        .sign_ins
        .iter()
        .filter(|sign_in| closing.concerns_sign_in(sign_in))
        .map(|sign_in| closed_sign_in(sign_in, closing))
        .collect();
    let Some(current) = &state.user else {
        return Change { detections, sign_ins, ..Change::default() };
    };
    let was_open = matches!(current.risk_state, Some(RiskState::AtRisk | RiskState::ConfirmedCompromised));
    // Whoever is not at risk has nothing open. What is seen open all the same was found after his row was read, and is not
    // touched: nothing would tell that the row is another by now.
    if !was_open {
        return Change::default();
    }
    if detections.is_empty() && closing.sign_in_id.is_some() {
        return Change { detections, sign_ins, ..Change::default() };
    }
    let user = if left.is_empty() {
        with(state, owner, RiskLevel::None, closing.state, closing.detail, moment)
    } else {
        let compromised = left.iter().find(|d| d.risk_state == Some(RiskState::ConfirmedCompromised));
        let (to_state, detail) = compromised.map_or((RiskState::AtRisk, RiskDetail::None), |detection| {
            (RiskState::ConfirmedCompromised, detection.risk_detail.unwrap_or(RiskDetail::None))
        });
        with(state, owner, worst(left.iter().copied()), to_state, detail, moment)
    };
    let activity = RiskUserActivity { detail: Some(closing.detail), risk_event_types: Vec::new() };
    Change {
        history: Some(history(&user, activity, moment)),
        user: Some(user),
        detections,
        sign_ins,
        ..Change::default()
    }
}

/// The detections of a sign-in are confirmed: they and the user become high.
pub(super) fn confirm_sign_in(
    state: &UserRiskState,
    owner: &RiskOwner,
    sign_in_id: &str,
    moment: &Moment,
) -> Change {
    let (to_state, detail) = (RiskState::ConfirmedCompromised, RiskDetail::AdminConfirmedSigninCompromised);
    let is_new = |d: &&RiskDetection| {
        d.request_id.as_deref() == Some(sign_in_id) && d.risk_state != Some(RiskState::ConfirmedCompromised)
    };
    let detections: Vec<_> = state
        .detections
        .iter()
        .filter(is_new)
        .map(|detection| RiskDetection {
            risk_state: Some(to_state),
            risk_detail: Some(detail),
            risk_level: Some(RiskLevel::High),
            last_updated_date_time: Some(moment.at),
            ..detection.clone()
        })
        .collect();
    if detections.is_empty() {
        return Change::default();
    }
    let sign_ins = state.sign_ins.iter().filter(|sign_in| sign_in.sign_in_id == sign_in_id);
    let sign_ins = sign_ins
        .map(|sign_in| SignInRisk {
            risk_state: to_state,
            risk_detail: detail,
            risk_level_aggregated: RiskLevel::High,
            ..sign_in.clone()
        })
        .collect();
    let user = with(state, owner, RiskLevel::High, to_state, detail, moment);
    let activity = RiskUserActivity { detail: Some(detail), risk_event_types: Vec::new() };
    Change {
        history: Some(history(&user, activity, moment)),
        user: Some(user),
        detections,
        sign_ins,
        ..Change::default()
    }
}

/// The level stays as it was: it says how severe the risk was, the state says what became of it.
fn closed_detection(detection: &RiskDetection, closing: &Closing<'_>, moment: &Moment) -> RiskDetection {
    RiskDetection {
        risk_state: Some(closing.state),
        risk_detail: Some(closing.detail),
        last_updated_date_time: Some(moment.at),
        ..detection.clone()
    }
}

fn closed_sign_in(sign_in: &SignInRisk, closing: &Closing<'_>) -> SignInRisk {
    SignInRisk {
        risk_state: closing.state,
        risk_detail: closing.detail,
        // Remediated risk was real and keeps its level; dismissed and safe mean that there was none.
        risk_level_aggregated: match closing.state {
            RiskState::Remediated => sign_in.risk_level_aggregated,
            _ => RiskLevel::None,
        },
        sign_in_id: sign_in.sign_in_id.clone(),
    }
}

fn worst<'a>(detections: impl Iterator<Item = &'a RiskDetection>) -> RiskLevel {
    detections.filter_map(|detection| detection.risk_level).fold(RiskLevel::None, RiskLevel::worst)
}

fn with(
    state: &UserRiskState,
    owner: &RiskOwner,
    level: RiskLevel,
    to_state: RiskState,
    detail: RiskDetail,
    moment: &Moment,
) -> RiskyUser {
    RiskyUser {
        id: owner.user_id.clone(),
        is_deleted: Some(state.user.as_ref().and_then(|user| user.is_deleted).unwrap_or(false)),
        is_processing: Some(false),
        risk_detail: Some(detail),
        risk_last_updated_date_time: Some(moment.at),
        risk_level: Some(level),
        risk_state: Some(to_state),
        user_display_name: owner.display_name.clone(),
        user_principal_name: owner.user_principal_name.clone(),
    }
}

fn history(user: &RiskyUser, activity: RiskUserActivity, moment: &Moment) -> RiskyUserHistoryItem {
    RiskyUserHistoryItem {
        id: moment.history_id.clone(),
        is_deleted: user.is_deleted,
        is_processing: user.is_processing,
        risk_detail: user.risk_detail,
        risk_last_updated_date_time: user.risk_last_updated_date_time,
        risk_level: user.risk_level,
        risk_state: user.risk_state,
        user_display_name: user.user_display_name.clone(),
        user_principal_name: user.user_principal_name.clone(),
        activity: Some(activity),
        initiated_by: moment.initiated_by.clone(),
        user_id: Some(user.id.clone()),
    }
}
