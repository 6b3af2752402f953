//! What open detections add up to.

use super::*;

/// A user at risk through three kinds of medium detections of three sign-ins.
fn added_up() -> (World, Change<UserOwner>) {
    let mut world = World::default();
    let kinds = ["anonymizedIPAddress", "passwordSpray", "unlikelyTravel"];
    let mut last = Change::default();
    for (n, kind) in (1..).zip(kinds) {
        let found = RiskDetection {
            risk_event_type: Some(kind.to_owned()),
            detected_date_time: Some(Timestamp::from_seconds(n as i64)),
            ..detection(kind, &format!("s{n}"), RiskLevel::Medium)
        };
        last = world.act(n, &Action::Detected(vec![found]));
    }
    (world, last)
}

#[test]
fn medium_risk_of_several_kinds_adds_up_to_a_compound_detection() {
    let (world, change) = added_up();
    let [_, compound] = change.new_detections.as_slice() else { panic!("{change:?}") };
    assert_eq!(compound.risk_event_type.as_deref(), Some("aiCompoundAccountRisk"));
    assert_eq!((compound.risk_level, compound.request_id.as_deref()), (Some(RiskLevel::High), None));
    assert!(compound.additional_info.as_ref().unwrap().contains("aiElevatedAccountRisk"));
    assert_eq!(world.user(), (RiskLevel::High, RiskState::AtRisk, RiskDetail::None));
    let types = change.history.unwrap().activity.unwrap().risk_event_types;
    assert_eq!(types, ["unlikelyTravel", "aiCompoundAccountRisk"]);
    let sum = change.transition.unwrap().compound.unwrap();
    assert_eq!((sum.terms.len(), sum.level()), (3, RiskLevel::High));
}

#[test]
fn what_added_up_stays_after_multifactor_authentication_and_goes_with_the_last_that_was_no_risk() {
    let ids = ["s1", "s2", "s3"].map(str::to_owned);
    let (mut world, _) = added_up();
    for (n, sign_in_id) in (10..).zip(ids.clone()) {
        world.act(n, &Action::PassedMfa { sign_in_id });
    }
    assert_eq!(world.user().0, RiskLevel::High, "whoever passed may be the attacker");
    world.act(20, &Action::SecuredPasswordChange);
    assert_eq!(world.user().1, RiskState::Remediated);
    let (mut world, _) = added_up();
    for (n, sign_in_id) in (10..).zip(ids) {
        assert_eq!(world.user().0, RiskLevel::High);
        world.act(n, &Action::ConfirmSignInSafe { sign_in_id });
    }
    assert_eq!(
        world.user(),
        (RiskLevel::None, RiskState::ConfirmedSafe, RiskDetail::AdminConfirmedSigninSafe)
    );
}
