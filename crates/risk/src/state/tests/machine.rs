//! How the parts move together.

use proptest::prelude::*;

use super::*;

#[test]
fn what_was_found_after_the_row_of_a_user_without_risk_was_read_is_left_open() {
    let mut world = at_risk();
    world.act(2, &Action::Dismiss);
    let closed = world.state.row.clone();
    world.act(3, &Action::Detected(vec![detection("b", "s2", RiskLevel::Low)]));
    // The row of before, the sign-in of after.
    world.state.row = closed;
    for action in [Action::AdminResetPassword, Action::SecuredPasswordChange, Action::Dismiss] {
        assert!(apply(&world.state, &owner(), &action, &moment(4)).is_empty(), "{action:?}");
    }
}

#[test]
fn closing_one_of_two_sign_ins_leaves_the_other() {
    let mut world = at_risk();
    world.act(2, &Action::Detected(vec![detection("b", "s2", RiskLevel::Low)]));
    world.act(3, &Action::PassedMfaDrivenByPolicy { sign_in_id: "s1".to_owned() });
    assert_eq!(world.user(), (RiskLevel::Low, RiskState::AtRisk, RiskDetail::None));
    world.act(4, &Action::PassedMfaDrivenByPolicy { sign_in_id: "s2".to_owned() });
    assert_eq!(world.user().1, RiskState::Remediated);
}

#[test]
fn an_administrator_confirms_and_dismisses() {
    let mut world = at_risk();
    let change = world.act(2, &Action::ConfirmCompromised);
    assert_eq!(change.new_detections[0].risk_event_type.as_deref(), Some("adminConfirmedUserCompromised"));
    assert_eq!(change.new_detections[0].request_id, None);
    assert!(change.detections.is_empty(), "what was found before stays as it is");
    let confirmed =
        (RiskLevel::High, RiskState::ConfirmedCompromised, RiskDetail::AdminConfirmedUserCompromised);
    assert_eq!(world.user(), confirmed);
    assert!(world.act(3, &Action::ConfirmCompromised).is_empty());
    world.act(4, &Action::Detected(vec![detection("c", "s3", RiskLevel::Low)]));
    assert_eq!(world.user(), confirmed, "more risk does not soften a confirmation");
    world.act(5, &Action::Dismiss);
    assert_eq!(
        world.user(),
        (RiskLevel::None, RiskState::Dismissed, RiskDetail::AdminDismissedAllRiskForUser)
    );
    assert!(world.state.detections.is_empty());
}

#[test]
fn a_confirmed_sign_in_raises_detection_and_user_to_high() {
    let mut world = at_risk();
    let change = world.act(2, &Action::ConfirmSignInCompromised { sign_in_id: "s1".to_owned() });
    assert_eq!(change.detections[0].risk_level, Some(RiskLevel::High));
    assert_eq!(change.sign_ins[0].risk_level_aggregated, RiskLevel::High);
    assert_eq!(
        world.user(),
        (RiskLevel::High, RiskState::ConfirmedCompromised, RiskDetail::AdminConfirmedSigninCompromised)
    );
}

#[test]
fn multifactor_authentication_closes_nothing_an_administrator_has_confirmed() {
    let id = || "s1".to_owned();
    for action in
        [Action::PassedMfaDrivenByPolicy { sign_in_id: id() }, Action::PassedMfa { sign_in_id: id() }]
    {
        let mut world = at_risk();
        world.act(2, &Action::ConfirmSignInCompromised { sign_in_id: id() });
        assert!(world.act(3, &action).is_empty(), "{action:?}");
        let mut world = at_risk();
        world.act(2, &Action::ConfirmCompromised);
        world.act(3, &action);
        assert_eq!(world.closed.len(), 1, "what was only found is closed: {action:?}");
        assert_eq!(
            world.user().1,
            RiskState::ConfirmedCompromised,
            "the account stays confirmed: {action:?}"
        );
    }
}

#[test]
fn a_confirmed_account_is_confirmed_once_whatever_else_was_confirmed() {
    let mut world = at_risk();
    world.act(2, &Action::ConfirmCompromised);
    world.act(3, &Action::ConfirmSignInCompromised { sign_in_id: "s1".to_owned() });
    assert!(world.act(4, &Action::ConfirmCompromised).is_empty());
    assert_eq!(world.user().0, RiskLevel::High);
}

#[test]
fn the_row_knows_the_level_of_what_is_not_looked_at() {
    for (open, new) in [(RiskLevel::Low, RiskLevel::Medium), (RiskLevel::High, RiskLevel::Low)] {
        let mut world = World::default();
        world.act(1, &Action::Detected(vec![detection("a", "s1", open)]));
        let action = Action::Detected(vec![detection("b", "s2", new)]);
        let row_alone = OpenRisk { row: world.state.row.clone(), ..OpenRisk::<UserOwner>::default() };
        let change = apply(&row_alone, &owner(), &action, &moment(2));
        assert_eq!(UserOwner::risk(&change.row.unwrap()).level, open.worst(new));
    }
}

#[test]
fn an_action_on_one_sign_in_needs_no_other_sign_in() {
    let actions: [fn(String) -> Action; 5] = [
        |sign_in_id| Action::PassedMfaDrivenByPolicy { sign_in_id },
        |sign_in_id| Action::PassedMfa { sign_in_id },
        |sign_in_id| Action::ConfirmSignInCompromised { sign_in_id },
        |sign_in_id| Action::ConfirmSignInSafe { sign_in_id },
        |sign_in_id| Action::DismissSignIn { sign_in_id },
    ];
    for action in actions.map(|action| action("s1".to_owned())) {
        let mut world = at_risk();
        world.act(2, &Action::Detected(vec![detection("b", "s2", RiskLevel::Low)]));
        let mut narrow = world.state.clone();
        narrow.sign_ins.retain(|sign_in| Some(sign_in.sign_in_id.as_str()) == action.sign_in_id());
        assert_eq!(narrow.sign_ins.len(), 1);
        assert_eq!(apply(&narrow, &owner(), &action, &moment(3)), world.act(3, &action));
    }
}

#[test]
fn new_risk_after_closure_opens_again() {
    let mut world = at_risk();
    world.act(2, &Action::Dismiss);
    world.act(3, &Action::Detected(vec![detection("b", "s2", RiskLevel::Low)]));
    assert_eq!(world.user(), (RiskLevel::Low, RiskState::AtRisk, RiskDetail::None));
    assert_eq!(world.history, ["h1", "h2", "h3"]);
}

fn actions() -> impl Strategy<Value = Action> {
    let id = || (1..4u8).prop_map(|n| format!("s{n}"));
    prop_oneof![
        (id(), 0..3usize, any::<u32>()).prop_map(|(sign_in, level, n)| {
            let level = [RiskLevel::Low, RiskLevel::Medium, RiskLevel::High][level];
            Action::Detected(vec![detection(&format!("n{n}"), &sign_in, level)])
        }),
        id().prop_map(|sign_in_id| Action::PassedMfaDrivenByPolicy { sign_in_id }),
        id().prop_map(|sign_in_id| Action::PassedMfa { sign_in_id }),
        id().prop_map(|sign_in_id| Action::ConfirmSignInCompromised { sign_in_id }),
        id().prop_map(|sign_in_id| Action::ConfirmSignInSafe { sign_in_id }),
        id().prop_map(|sign_in_id| Action::DismissSignIn { sign_in_id }),
        Just(Action::SecuredPasswordChange),
        Just(Action::AdminResetPassword),
        (0..40i64).prop_map(|n| Action::AgedOut { before: Timestamp::from_seconds(n) }),
        Just(Action::Dismiss),
        Just(Action::ConfirmCompromised),
        Just(Action::ConfirmSafe),
    ]
}

proptest! {
    #[test]
    fn whatever_happens_the_parts_agree(sequence in proptest::collection::vec(actions(), 1..40)) {
        let mut world = World::default();
        for (n, action) in sequence.iter().enumerate() {
            let change = world.act(n, action);
            prop_assert_eq!(change.row.is_some(), change.history.is_some());
            let Some(user) = &world.state.row else { continue };
            let worst = world.state.detections.iter().filter_map(|d| d.risk_level).fold(RiskLevel::None, RiskLevel::worst);
            let level = user.risk_level.unwrap();
            prop_assert_eq!(level.worst(worst), level, "after {:?}", action);
            prop_assert!(level != RiskLevel::High || worst == RiskLevel::High, "high is a detection: {:?}", action);
            let is_open = matches!(user.risk_state, Some(RiskState::AtRisk | RiskState::ConfirmedCompromised));
            prop_assert_eq!(is_open, !world.state.detections.is_empty(), "after {:?}", action);
            let again = apply(&world.state, &owner(), action, &moment(n + 1000));
            prop_assert!(matches!(action, Action::Detected(_)) || again.is_empty(), "{:?} is not idempotent", action);
        }
    }
}

#[test]
fn applications_move_through_the_same_states() {
    let owner = ServicePrincipalOwner {
        service_principal_id: "p".to_owned(),
        app_id: Some("a".to_owned()),
        display_name: None,
        is_enabled: Some(true),
        service_principal_type: Some("Application".to_owned()),
    };
    let mut state = OpenRisk::default();
    let confirmed = apply(&state, &owner, &Action::ConfirmCompromised, &moment(1));
    let [detection] = confirmed.new_detections.as_slice() else { panic!("{confirmed:?}") };
    assert_eq!(detection.risk_event_type.as_deref(), Some("adminConfirmedServicePrincipalCompromised"));
    state.row = confirmed.row.clone();
    state.detections = confirmed.new_detections.clone();
    let risk = ServicePrincipalOwner::risk(state.row.as_ref().unwrap());
    let detail = RiskDetail::AdminConfirmedServicePrincipalCompromised;
    assert_eq!(risk, Risk { level: RiskLevel::High, state: RiskState::ConfirmedCompromised, detail });
    let dismissed = apply(&state, &owner, &Action::Dismiss, &moment(2));
    let detail = RiskDetail::AdminDismissedAllRiskForServicePrincipal;
    assert_eq!(dismissed.detections[0].risk_detail, Some(detail));
    let after = dismissed.transition.unwrap().after;
    assert_eq!(after, Risk { level: RiskLevel::None, state: RiskState::Dismissed, detail });
}

#[test]
fn risk_that_begins_anew_is_another_episode() {
    let mut world = World::default();
    let episode = |change: Change<UserOwner>| change.transition.unwrap().episode;
    let first = episode(world.act(1, &Action::Detected(vec![detection("a", "s1", RiskLevel::Low)])));
    world.state.episode = Some(first.clone());
    let second = episode(world.act(2, &Action::Detected(vec![detection("b", "s2", RiskLevel::Low)])));
    let closed = episode(world.act(3, &Action::Dismiss));
    let anew = episode(world.act(4, &Action::Detected(vec![detection("c", "s3", RiskLevel::Low)])));
    assert_eq!((first.as_str(), second.as_str(), closed.as_str(), anew.as_str()), ("h1", "h1", "h1", "h4"));
}

#[test]
fn a_transition_says_what_was_and_is_and_what_it_is_about() {
    let mut world = at_risk();
    let change = world.act(2, &Action::PassedMfa { sign_in_id: "s1".to_owned() });
    let said = change.transition.unwrap();
    let before = Risk { level: RiskLevel::Medium, state: RiskState::AtRisk, detail: RiskDetail::None };
    assert_eq!((said.before, said.after.state), (Some(before), RiskState::Dismissed));
    assert_eq!((said.detections, said.sign_in_id.as_deref()), (vec!["a".to_owned()], Some("s1")));
}
