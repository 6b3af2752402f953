use riskgate_model::{RiskDetail, RiskLevel, RiskState};

use super::owner::worst;
use super::{Activity, Change, DetectionView, Moment, OpenRisk, Risk, RiskOwner, SignInRisk, Transition};

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

    fn concerns_detection(&self, detection: &DetectionView<'_>) -> bool {
        self.concerns(detection.sign_in_id, detection.risk.state)
    }

    fn concerns_sign_in(&self, sign_in: &SignInRisk) -> bool {
        self.concerns(Some(&sign_in.sign_in_id), sign_in.risk_state)
    }
}

/// New detections: the owner is at risk (or confirmed compromised) with the worst level of all that is active.
pub(super) fn open<O: RiskOwner>(
    state: &OpenRisk<O>,
    owner: &O,
    detections: &[O::Detection],
    (to_state, detail): (RiskState, RiskDetail),
    moment: &Moment,
) -> Change<O> {
    if detections.is_empty() {
        return Change::default();
    }
    // The level of somebody at risk is the worst of what is active, so those detections need not be looked at.
    let before = state.row.as_ref().map(O::risk).filter(Risk::is_open);
    let level = worst::<O>(detections.iter()).worst(before.map_or(RiskLevel::None, |risk| risk.level));
    // Who is confirmed stays confirmed when more is found.
    let confirmed = before.filter(|risk| risk.state == RiskState::ConfirmedCompromised);
    let (to_state, detail) = match confirmed {
        Some(risk) if to_state == RiskState::AtRisk => (risk.state, risk.detail),
        _ => (to_state, detail),
    };
    let types = detections.iter().map(|detection| O::view(detection).risk_event_type.to_owned()).collect();
    let activity = Activity { detail, risk_event_types: types };
    let change = Change { new_detections: detections.to_vec(), ..Change::default() };
    moved(state, owner, Risk { level, state: to_state, detail }, activity, change, moment)
}

/// Active detections are closed; the owner's level is computed again, and his state when nothing active is left.
pub(super) fn close<O: RiskOwner>(
    state: &OpenRisk<O>,
    owner: &O,
    closing: &Closing<'_>,
    moment: &Moment,
) -> Change<O> {
    let (closed, left): (Vec<_>, Vec<_>) =
        state.detections.iter().partition(|detection| closing.concerns_detection(&O::view(detection)));
    let detections = closed.into_iter().map(|detection| closed_detection::<O>(detection, closing, moment));
    let concerned = state.sign_ins.iter().filter(|sign_in| closing.concerns_sign_in(sign_in));
    let change = Change {
        detections: detections.collect(),
        sign_ins: concerned.map(|sign_in| closed_sign_in(sign_in, closing)).collect(),
        ..Change::default()
    };
    let Some(current) = &state.row else { return change };
    // Whoever is not at risk has nothing open. What is seen open all the same was found after his row was read, and is not
    // touched: nothing would tell that the row is another by now.
    if !O::risk(current).is_open() {
        return Change::default();
    }
    if change.detections.is_empty() && closing.sign_in_id.is_some() {
        return change;
    }
    let risk = if left.is_empty() {
        Risk { level: RiskLevel::None, state: closing.state, detail: closing.detail }
    } else {
        let compromised = left.iter().map(|detection| O::view(detection)).find(DetectionView::is_confirmed);
        let (state, detail) = compromised.map_or((RiskState::AtRisk, RiskDetail::None), |detection| {
            (RiskState::ConfirmedCompromised, detection.risk.detail)
        });
        Risk { level: worst::<O>(left.iter().copied()), state, detail }
    };
    let activity = Activity { detail: closing.detail, risk_event_types: Vec::new() };
    moved(state, owner, risk, activity, change, moment)
}

/// The detections of a sign-in are confirmed: they and the owner become high.
pub(super) fn confirm_sign_in<O: RiskOwner>(
    state: &OpenRisk<O>,
    owner: &O,
    sign_in_id: &str,
    moment: &Moment,
) -> Change<O> {
    let confirmed = Risk {
        level: RiskLevel::High,
        state: RiskState::ConfirmedCompromised,
        detail: RiskDetail::AdminConfirmedSigninCompromised,
    };
    let is_new = |detection: &&O::Detection| {
        let detection = O::view(detection);
        detection.sign_in_id == Some(sign_in_id) && !detection.is_confirmed()
    };
    let detections: Vec<_> = state
        .detections
        .iter()
        .filter(is_new)
        .map(|detection| O::moved(detection, confirmed, moment.at))
        .collect();
    if detections.is_empty() {
        return Change::default();
    }
    let sign_ins = state.sign_ins.iter().filter(|sign_in| sign_in.sign_in_id == sign_in_id);
    let sign_ins = sign_ins.map(|sign_in| SignInRisk {
        risk_state: confirmed.state,
        risk_detail: confirmed.detail,
        risk_level_aggregated: confirmed.level,
        sign_in_id: sign_in.sign_in_id.clone(),
    });
    let change = Change { sign_ins: sign_ins.collect(), detections, ..Change::default() };
    let activity = Activity { detail: confirmed.detail, risk_event_types: Vec::new() };
    moved(state, owner, confirmed, activity, change, moment)
}

/// The same change with the owner's new row and its place in his history.
fn moved<O: RiskOwner>(
    state: &OpenRisk<O>,
    owner: &O,
    risk: Risk,
    activity: Activity,
    change: Change<O>,
    moment: &Moment,
) -> Change<O> {
    let row = owner.row(state.row.as_ref(), risk, moment.at);
    let before = state.row.as_ref().map(O::risk);
    let goes_on = before.filter(Risk::is_open).and_then(|_| state.episode.clone());
    let touched: Vec<DetectionView<'_>> =
        change.new_detections.iter().chain(&change.detections).map(O::view).collect();
    let sign_in_id = touched.first().and_then(|first| first.sign_in_id);
    let transition = Transition {
        episode: goes_on.unwrap_or_else(|| moment.history_id.clone()),
        before,
        after: risk,
        detections: touched.iter().map(|detection| detection.id.to_owned()).collect(),
        sign_in_id: sign_in_id
            .filter(|id| touched.iter().all(|other| other.sign_in_id == Some(*id)))
            .map(str::to_owned),
    };
    Change {
        history: Some(O::history(&row, activity, moment)),
        row: Some(row),
        transition: Some(transition),
        ..change
    }
}

/// The level stays as it was: it says how severe the risk was, the state says what became of it.
fn closed_detection<O: RiskOwner>(
    detection: &O::Detection,
    closing: &Closing<'_>,
    moment: &Moment,
) -> O::Detection {
    let level = O::view(detection).risk.level;
    O::moved(detection, Risk { level, state: closing.state, detail: closing.detail }, moment.at)
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
