//! The rows of the closing matrix (`entra-semantics` §2.3), each by its name.

use super::*;

fn sign_in() -> String {
    "s1".to_owned()
}

/// Two detections of one sign-in are closed together, with it and the user; a second time changes nothing.
fn closes(action: Action, state: RiskState, detail: RiskDetail) {
    let mut world = at_risk();
    world.act(1, &Action::Detected(vec![detection("twin", "s1", RiskLevel::Medium)]));
    let change = world.act(2, &action);
    assert_eq!(change.detections.len(), 2, "twins are closed together: {action:?}");
    let closed = &change.detections[0];
    assert_eq!((closed.risk_state, closed.risk_detail), (Some(state), Some(detail)), "{action:?}");
    assert_eq!(closed.risk_level, Some(RiskLevel::Medium), "the level of a detection is kept: {action:?}");
    assert_eq!(
        (change.sign_ins[0].risk_state, change.sign_ins[0].risk_detail),
        (state, detail),
        "{action:?}"
    );
    assert_eq!(world.user(), (RiskLevel::None, state, detail), "{action:?}");
    assert_eq!(change.history.unwrap().activity.unwrap().detail, Some(detail));
    assert!(world.act(3, &action).is_empty(), "a second time changes nothing: {action:?}");
}

#[test]
fn multifactor_authentication_that_a_sign_in_risk_policy_asked_for() {
    closes(
        Action::PassedMfaDrivenByPolicy { sign_in_id: sign_in() },
        RiskState::Remediated,
        RiskDetail::UserPassedMFADrivenByRiskBasedPolicy,
    );
}

#[test]
fn multifactor_authentication_without_a_risk_policy() {
    closes(
        Action::PassedMfa { sign_in_id: sign_in() },
        RiskState::Dismissed,
        RiskDetail::AiConfirmedSigninSafe,
    );
}

#[test]
fn a_password_change_that_a_user_risk_policy_asked_for() {
    closes(
        Action::SecuredPasswordChange,
        RiskState::Remediated,
        RiskDetail::UserPerformedSecuredPasswordChange,
    );
}

#[test]
fn a_temporary_password_of_an_administrator() {
    closes(Action::AdminResetPassword, RiskState::Remediated, RiskDetail::AdminGeneratedTemporaryPassword);
}

#[test]
fn a_user_dismissed() {
    closes(Action::Dismiss, RiskState::Dismissed, RiskDetail::AdminDismissedAllRiskForUser);
}

#[test]
fn a_user_confirmed_safe() {
    closes(Action::ConfirmSafe, RiskState::ConfirmedSafe, RiskDetail::AdminConfirmedAccountSafe);
}

#[test]
fn a_sign_in_confirmed_safe() {
    closes(
        Action::ConfirmSignInSafe { sign_in_id: sign_in() },
        RiskState::ConfirmedSafe,
        RiskDetail::AdminConfirmedSigninSafe,
    );
}

#[test]
fn the_risk_of_a_sign_in_dismissed() {
    closes(
        Action::DismissSignIn { sign_in_id: sign_in() },
        RiskState::Dismissed,
        RiskDetail::AdminDismissedRiskForSignIn,
    );
}

#[test]
fn age_closes_low_risk_and_nothing_else() {
    let mut world = World::default();
    for (n, level) in [(1, RiskLevel::Low), (2, RiskLevel::Medium), (3, RiskLevel::Low)] {
        let found = RiskDetection {
            detected_date_time: Some(Timestamp::from_seconds(n as i64)),
            ..detection(&format!("d{n}"), &format!("s{n}"), level)
        };
        world.act(n, &Action::Detected(vec![found]));
    }
    let change = world.act(9, &Action::AgedOut { before: Timestamp::from_seconds(3) });
    assert_eq!(change.detections.len(), 1);
    assert_eq!(change.detections[0].risk_detail, Some(RiskDetail::AiConfirmedSigninSafe));
    assert_eq!((change.sign_ins.len(), change.sign_ins[0].risk_state), (1, RiskState::Dismissed));
    assert_eq!(world.user(), (RiskLevel::Medium, RiskState::AtRisk, RiskDetail::None));
    world.act(10, &Action::ConfirmSignInCompromised { sign_in_id: "s3".to_owned() });
    assert!(world.act(11, &Action::AgedOut { before: Timestamp::from_seconds(99) }).is_empty());
    let mut low = World::default();
    low.act(1, &Action::Detected(vec![detection("a", "s1", RiskLevel::Low)]));
    low.act(2, &Action::AgedOut { before: Timestamp::from_seconds(99) });
    assert_eq!(low.user(), (RiskLevel::None, RiskState::Dismissed, RiskDetail::AiConfirmedSigninSafe));
}
