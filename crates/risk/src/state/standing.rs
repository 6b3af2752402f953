use riskgate_model::{RiskDetail, RiskLevel, RiskState};
use serde_json::json;

use super::{
    Activity, Change, Compound, DetectionView, Moment, NewDetection, OpenRisk, Risk, RiskOwner, Transition,
};

/// The same change with the owner's new row and its place in his history. `active` is what is open after it, as far as it
/// was looked at: if that adds up to more than the worst of it, so does the owner's level, and high is a detection of its own.
pub(super) fn moved<O: RiskOwner>(
    state: &OpenRisk<O>,
    owner: &O,
    mut risk: Risk,
    active: &[&O::Detection],
    mut activity: Activity,
    mut change: Change<O>,
    moment: &Moment,
) -> Change<O> {
    let compound = O::COMPOUND_TYPE.map(|kind| {
        let is_part = |view: &DetectionView<'_>| view.risk_event_type != kind;
        let parts: Vec<_> = active.iter().map(|detection| O::view(detection)).filter(is_part).collect();
        (kind, Compound::of(&parts, moment.at))
    });
    if let Some((kind, compound)) = &compound {
        let level = risk.level.worst(compound.level());
        if level == RiskLevel::High && risk.level != RiskLevel::High {
            activity.risk_event_types.push((*kind).to_owned());
            change.new_detections.push(owner.detection(&standing_for(kind, compound, moment)));
        }
        risk.level = level;
    }
    let row = owner.row(state.row.as_ref(), risk, moment.at);
    let transition = transition(state, risk, &change, compound.map(|(_, compound)| compound), moment);
    Change {
        history: Some(O::history(&row, activity, moment)),
        row: Some(row),
        transition: Some(transition),
        ..change
    }
}

/// The detection that stands for what many add up to. Graph v1.0 has no `riskDetail` for it, so its name is in
/// `additionalInfo`.
fn standing_for(kind: &'static str, compound: &Compound, moment: &Moment) -> NewDetection {
    let info = json!([
        {"Key": "riskDetail", "Value": "aiElevatedAccountRisk"},
        {"Key": "riskReasons", "Value": compound.reasons()},
    ]);
    let risk = Risk { level: RiskLevel::High, state: RiskState::AtRisk, detail: RiskDetail::None };
    NewDetection::own(moment, kind, risk, info.to_string())
}

fn transition<O: RiskOwner>(
    state: &OpenRisk<O>,
    after: Risk,
    change: &Change<O>,
    compound: Option<Compound>,
    moment: &Moment,
) -> Transition {
    let before = state.row.as_ref().map(O::risk);
    let goes_on = before.filter(Risk::is_open).and_then(|_| state.episode.clone());
    let touched: Vec<DetectionView<'_>> =
        change.new_detections.iter().chain(&change.detections).map(O::view).collect();
    let sign_in_id = touched.first().and_then(|first| first.sign_in_id);
    Transition {
        episode: goes_on.unwrap_or_else(|| moment.history_id.clone()),
        before,
        after,
        detections: touched.iter().map(|detection| detection.id.to_owned()).collect(),
        sign_in_id: sign_in_id
            .filter(|id| touched.iter().all(|other| other.sign_in_id == Some(*id)))
            .map(str::to_owned),
        compound,
    }
}
