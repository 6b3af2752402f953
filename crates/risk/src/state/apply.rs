use riskgate_core::Timestamp;
use riskgate_model::{RiskDetail, RiskLevel, RiskState};

use super::owner::worst;
use super::standing::moved;
use super::{Activity, Change, DetectionView, Moment, OpenRisk, Risk, RiskOwner, SignInRisk};

/// How detections are closed.
pub(super) struct Closing<'a> {
    pub(super) state: RiskState,
    pub(super) detail: RiskDetail,
    pub(super) scope: Scope<'a>,
    /// Whether what an administrator confirmed as an attack is closed too.
    pub(super) closes_confirmed: bool,
}

/// Which detections are closed.
#[derive(Clone, Copy)]
pub(super) enum Scope<'a> {
    /// All.
    All,
    /// Those of a sign-in.
    SignIn(&'a str),
    /// Those of a sign-in; and if they were the last, what they and others had added up to.
    SignInAndSum(&'a str),
    /// Low ones found before this moment.
    LowBefore(Timestamp),
}

impl Closing<'_> {
    fn concerns(&self, detection: &DetectionView<'_>) -> bool {
        let is_in_scope = match self.scope {
            Scope::All => true,
            Scope::SignIn(id) | Scope::SignInAndSum(id) => detection.sign_in_id == Some(id),
            Scope::LowBefore(limit) => {
                detection.risk.level == RiskLevel::Low && detection.detected_at.is_some_and(|at| at < limit)
            }
        };
        is_in_scope && (self.closes_confirmed || !detection.is_confirmed())
    }

    /// Whether a sign-in is closed with its detections, `left` being those that stay open.
    fn concerns_sign_in(
        &self,
        sign_in: &SignInRisk,
        closed: &[DetectionView<'_>],
        left: &[DetectionView<'_>],
    ) -> bool {
        let id = Some(sign_in.sign_in_id.as_str());
        let is_in_scope = match self.scope {
            Scope::All => true,
            Scope::SignIn(only) | Scope::SignInAndSum(only) => id == Some(only),
            Scope::LowBefore(_) => {
                closed.iter().any(|detection| detection.sign_in_id == id)
                    && left.iter().all(|detection| detection.sign_in_id != id)
            }
        };
        is_in_scope && (self.closes_confirmed || sign_in.risk_state != RiskState::ConfirmedCompromised)
    }

    fn is_about_all(&self) -> bool {
        matches!(self.scope, Scope::All)
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
    // The row knows the level of what is active and too old to be looked at.
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
    let active: Vec<_> = state.detections.iter().chain(detections).collect();
    moved(state, owner, Risk { level, state: to_state, detail }, &active, activity, change, moment)
}

/// Active detections are closed; the owner's level is computed again, and his state when nothing active is left.
pub(super) fn close<O: RiskOwner>(
    state: &OpenRisk<O>,
    owner: &O,
    closing: &Closing<'_>,
    moment: &Moment,
) -> Change<O> {
    let (mut closed, mut left): (Vec<_>, Vec<_>) =
        state.detections.iter().partition(|detection| closing.concerns(&O::view(detection)));
    let is_sum = |detection: &&O::Detection| Some(O::view(detection).risk_event_type) == O::COMPOUND_TYPE;
    if matches!(closing.scope, Scope::SignInAndSum(_)) && !closed.is_empty() && left.iter().all(is_sum) {
        closed.append(&mut left);
    }
    let (closed_views, left_views) = (views::<O>(&closed), views::<O>(&left));
    let concerned =
        state.sign_ins.iter().filter(|sign_in| closing.concerns_sign_in(sign_in, &closed_views, &left_views));
    let change = Change {
        detections: closed
            .iter()
            .map(|detection| closed_detection::<O>(detection, closing, moment))
            .collect(),
        sign_ins: concerned.map(|sign_in| closed_sign_in(sign_in, closing)).collect(),
        ..Change::default()
    };
    let Some(current) = &state.row else { return change };
    // Whoever is not at risk has nothing open. What is seen open all the same was found after his row was read, and is not
    // touched: nothing would tell that the row is another by now.
    if !O::risk(current).is_open() {
        return Change::default();
    }
    if change.detections.is_empty() && !closing.is_about_all() {
        return change;
    }
    let risk = if left.is_empty() {
        Risk { level: RiskLevel::None, state: closing.state, detail: closing.detail }
    } else {
        let compromised = left_views.iter().find(|detection| detection.is_confirmed());
        let (state, detail) = compromised.map_or((RiskState::AtRisk, RiskDetail::None), |detection| {
            (RiskState::ConfirmedCompromised, detection.risk.detail)
        });
        Risk { level: worst::<O>(left.iter().copied()), state, detail }
    };
    let activity = Activity { detail: closing.detail, risk_event_types: Vec::new() };
    moved(state, owner, risk, &left, activity, change, moment)
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
    let (concerned, others): (Vec<_>, Vec<_>) = state.detections.iter().partition(is_new);
    if concerned.is_empty() {
        return Change::default();
    }
    let detections: Vec<_> =
        concerned.into_iter().map(|detection| O::moved(detection, confirmed, moment.at)).collect();
    let sign_ins = state.sign_ins.iter().filter(|sign_in| sign_in.sign_in_id == sign_in_id);
    let sign_ins = sign_ins.map(|sign_in| SignInRisk {
        risk_state: confirmed.state,
        risk_detail: confirmed.detail,
        risk_level_aggregated: confirmed.level,
        sign_in_id: sign_in.sign_in_id.clone(),
    });
    let change = Change { sign_ins: sign_ins.collect(), detections: detections.clone(), ..Change::default() };
    let activity = Activity { detail: confirmed.detail, risk_event_types: Vec::new() };
    let active: Vec<_> = others.into_iter().chain(&detections).collect();
    moved(state, owner, confirmed, &active, activity, change, moment)
}

fn views<'a, O: RiskOwner>(detections: &[&'a O::Detection]) -> Vec<DetectionView<'a>> {
    detections.iter().map(|detection| O::view(detection)).collect()
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
