mod adding_up;
mod closing_matrix;
mod machine;

use riskgate_core::Timestamp;
use riskgate_model::{RiskDetail, RiskDetection, RiskLevel, RiskState, RiskyUser};

use super::*;

fn owner() -> UserOwner {
    UserOwner {
        user_id: "u".to_owned(),
        display_name: Some("U".to_owned()),
        user_principal_name: Some("u@x".to_owned()),
    }
}

fn moment(n: usize) -> Moment {
    Moment {
        at: Timestamp::from_seconds(n as i64),
        initiated_by: None,
        history_id: format!("h{n}"),
        detection_id: format!("d{n}"),
    }
}

fn detection(id: &str, sign_in: &str, level: RiskLevel) -> RiskDetection {
    let template =
        apply(&OpenRisk::<UserOwner>::default(), &owner(), &Action::ConfirmCompromised, &moment(0));
    RiskDetection {
        id: id.to_owned(),
        request_id: Some(sign_in.to_owned()),
        risk_event_type: Some("anonymizedIPAddress".to_owned()),
        risk_level: Some(level),
        risk_state: Some(RiskState::AtRisk),
        risk_detail: Some(RiskDetail::None),
        ..template.new_detections[0].clone()
    }
}

/// The whole of a user's risk, closed parts too, with changes carried out on it.
#[derive(Default)]
struct World {
    state: OpenRisk<UserOwner>,
    closed: Vec<RiskDetection>,
    history: Vec<String>,
}

impl World {
    fn act(&mut self, n: usize, action: &Action) -> Change<UserOwner> {
        let change = apply(&self.state, &owner(), action, &moment(n));
        if let Some(user) = &change.row {
            self.state.row = Some(user.clone());
        }
        self.history.extend(change.history.iter().map(|item| item.id.clone()));
        for changed in &change.detections {
            self.state.detections.retain(|d| d.id != changed.id);
            let is_active =
                matches!(changed.risk_state, Some(RiskState::AtRisk | RiskState::ConfirmedCompromised));
            if is_active { &mut self.state.detections } else { &mut self.closed }.push(changed.clone());
        }
        for new in &change.new_detections {
            self.state.detections.push(new.clone());
            if let Some(id) = &new.request_id {
                self.state.sign_ins.push(SignInRisk {
                    sign_in_id: id.clone(),
                    risk_state: RiskState::AtRisk,
                    risk_detail: RiskDetail::None,
                    risk_level_aggregated: new.risk_level.unwrap(),
                });
            }
        }
        for changed in &change.sign_ins {
            self.state.sign_ins.retain(|s| s.sign_in_id != changed.sign_in_id);
            if matches!(changed.risk_state, RiskState::AtRisk | RiskState::ConfirmedCompromised) {
                self.state.sign_ins.push(changed.clone());
            }
        }
        change
    }

    fn user(&self) -> (RiskLevel, RiskState, RiskDetail) {
        let user: &RiskyUser = self.state.row.as_ref().unwrap();
        (user.risk_level.unwrap(), user.risk_state.unwrap(), user.risk_detail.unwrap())
    }
}

fn at_risk() -> World {
    let mut world = World::default();
    world.act(1, &Action::Detected(vec![detection("a", "s1", RiskLevel::Medium)]));
    assert_eq!(world.user(), (RiskLevel::Medium, RiskState::AtRisk, RiskDetail::None));
    world
}
