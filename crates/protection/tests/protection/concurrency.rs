//! Several things at the same moment, and many in a row.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use riskgate_model::*;
use riskgate_protection::{Protection, SignInKind};
use riskgate_risk::state::Action;
use riskgate_store::records::SignInRecord;
use tokio::task::JoinSet;

use riskgate_testkit::HookedStore;
use crate::support::{HOME, TOR, VPN, World, sign_in_risk};

fn is_open(state: Option<RiskState>) -> bool {
    matches!(state, Some(RiskState::AtRisk | RiskState::ConfirmedCompromised))
}

/// What must hold whatever happened: the user's level is the worst of the open detections, he is at risk exactly when
/// there are some, a sign-in is exactly as open as its detection, and his row is the newest of the history.
async fn assert_consistent(it: &World) {
    let detections = it.all::<RiskDetection>().await;
    let open: Vec<_> = detections.iter().filter(|detection| is_open(detection.risk_state)).collect();
    let worst = open.iter().filter_map(|d| d.risk_level).fold(RiskLevel::None, RiskLevel::worst);
    for record in it.all::<SignInRecord>().await {
        let own = detections.iter().find(|d| d.request_id.as_ref() == Some(&record.sign_in.id));
        let (state, detail, _) = sign_in_risk(&record);
        let expected = own.map_or((RiskState::None, RiskDetail::None), crate::support::state_of);
        assert_eq!((state, detail), expected, "sign-in and detection say the same");
    }
    let users = it.all::<RiskyUser>().await;
    assert_eq!(users.is_empty(), detections.is_empty());
    let Some(user) = users.first() else { return };
    assert_eq!(user.risk_level, Some(worst));
    assert_eq!(is_open(user.risk_state), !open.is_empty());
    let newest = it.history().await.into_iter().filter(|item| {
        item.risk_last_updated_date_time == user.risk_last_updated_date_time
            && (item.risk_level, item.risk_state, item.risk_detail)
                == (user.risk_level, user.risk_state, user.risk_detail)
    });
    assert!(newest.count() > 0, "the last change is in the history");
}

pub(crate) async fn two_first_risky_sign_ins_at_once_are_both_recorded(it: World) {
    let node = it.node_on(HookedStore::racing(it.store.clone(), 2));
    let (tor, vpn) = (it.attempt(SignInKind::Interactive, TOR), it.attempt(SignInKind::Interactive, VPN));
    let (a, b) = tokio::join!(node.judge(&tor), node.judge(&vpn));
    assert_eq!((a.unwrap().sign_in_level, b.unwrap().sign_in_level), (RiskLevel::Medium, RiskLevel::Low));
    assert_eq!(it.rows().await, [2, 2, 2]);
    assert_eq!(it.risk().await.0, RiskLevel::Medium);
    assert_consistent(&it).await;
}

pub(crate) async fn two_dismissals_at_once_happen_once(it: World) {
    it.sign_in(TOR).await;
    let node = it.node_on(HookedStore::racing(it.store.clone(), 2));
    let ids = [it.alice.id.clone()];
    let (a, b) = tokio::join!(node.dismiss_users(&ids, &it.actor), node.dismiss_users(&ids, &it.actor));
    assert_eq!((a, b), (Ok(()), Ok(())));
    assert_eq!(it.audits("DismissUser").await.len(), 1);
    assert_eq!(it.rows().await, [1, 1, 2]);
    assert_consistent(&it).await;
}

pub(crate) async fn a_dismissal_and_a_sign_in_at_once_leave_what_is_consistent(it: World) {
    it.sign_in(TOR).await;
    let node = it.node_on(HookedStore::racing(it.store.clone(), 2));
    let (ids, attempt) = ([it.alice.id.clone()], it.attempt(SignInKind::Interactive, VPN));
    let (dismissed, judged) = tokio::join!(node.dismiss_users(&ids, &it.actor), node.judge(&attempt));
    dismissed.unwrap();
    judged.unwrap();
    assert_eq!(it.rows().await, [2, 2, 3]);
    let (level, state, _) = it.risk().await;
    // Whoever came second saw what the first had done.
    assert!([(RiskLevel::None, RiskState::Dismissed), (RiskLevel::Low, RiskState::AtRisk)].contains(&(level, state)));
    assert_consistent(&it).await;
}

pub(crate) async fn two_refreshes_at_once_raise_one_detection(it: World) {
    let node = it.node_on(HookedStore::racing(it.store.clone(), 2));
    let (one, two) = (it.attempt(SignInKind::Refresh, TOR), it.attempt(SignInKind::Refresh, TOR));
    let (a, b) = tokio::join!(node.judge(&one), node.judge(&two));
    a.unwrap();
    b.unwrap();
    assert_eq!(it.rows().await, [1, 1, 1]);
    assert_consistent(&it).await;
}

pub(crate) async fn many_at_once_leave_what_is_consistent(it: World) {
    let (it, mut tasks) = (Arc::new(it), JoinSet::new());
    let nodes = [Arc::new(it.other_node()), Arc::new(it.node_on(it.store.clone()))];
    for number in 0..12 {
        let (it, node): (_, Arc<Protection>) = (it.clone(), nodes[number % 2].clone());
        tasks.spawn(async move {
            match number % 4 {
                0 => drop(node.judge(&it.attempt(SignInKind::Interactive, TOR)).await.unwrap()),
                1 => drop(node.judge(&it.attempt(SignInKind::Interactive, VPN)).await.unwrap()),
                2 => node.confirm_users_compromised(it.alice_alone(), &it.actor).await.unwrap(),
                _ => node.password_was_reset(&it.alice.id, &it.actor).await.unwrap(),
            }
        });
    }
    tasks.join_all().await;
    assert_eq!(it.all::<SignInRecord>().await.len(), 6);
    assert_consistent(&it).await;
}

#[derive(Debug, Clone)]
enum Step {
    Judge(SignInKind, &'static str),
    PassMfa(usize),
    Users(u8),
    SignIns(u8, usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let kinds = [SignInKind::Interactive, SignInKind::SessionReuse, SignInKind::Refresh];
    let step = prop_oneof![
        4 => (0..3usize, 0..3usize).prop_map(move |(k, a)| Step::Judge(kinds[k], [HOME, TOR, VPN][a])),
        2 => any::<usize>().prop_map(Step::PassMfa),
        2 => (0..4u8).prop_map(Step::Users),
        2 => (0..3u8, any::<usize>()).prop_map(|(action, n)| Step::SignIns(action, n)),
    ];
    proptest::collection::vec(step, 1..16)
}

/// Errors are as they should be where there is nothing to act on; what counts is what is left behind.
async fn take(it: &World, step: &Step) {
    it.clock.advance(Duration::from_millis(400));
    let sign_ins: BTreeSet<_> = it.all::<SignInRecord>().await.into_iter().map(|r| r.sign_in.id).collect();
    let pick = |n: usize| sign_ins.iter().nth(n % sign_ins.len().max(1)).cloned();
    let users = [it.alice.id.clone()];
    match *step {
        Step::Judge(kind, address) => drop(it.protection.judge(&it.attempt(kind, address)).await.unwrap()),
        Step::PassMfa(n) => {
            if let Some(id) = pick(n) {
                it.pass_mfa(&id).await;
            }
        }
        Step::Users(0) => drop(it.protection.dismiss_users(&users, &it.actor).await),
        Step::Users(1) => it.protection.confirm_users_compromised(&users, &it.actor).await.unwrap(),
        Step::Users(2) => drop(it.protection.confirm_users_safe(&users, &it.actor).await),
        Step::Users(_) => it.protection.password_was_reset(&users[0], &it.actor).await.unwrap(),
        Step::SignIns(action, n) => {
            let Some(id) = pick(n) else { return };
            let action = |sign_in_id| match action {
                0 => Action::ConfirmSignInCompromised { sign_in_id },
                1 => Action::ConfirmSignInSafe { sign_in_id },
                _ => Action::DismissSignIn { sign_in_id },
            };
            drop(it.protection.act_on_sign_ins(&[id], &it.actor, action, "Act").await);
        }
    }
}

pub(crate) async fn whatever_happens_the_rows_agree(it: World) {
    it.register_authenticator().await;
    it.add_risk_policy("mfa").await;
    let mut runner = TestRunner::new_with_rng(
        Config { cases: 12, failure_persistence: None, ..Config::default() },
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let handle = tokio::runtime::Handle::current();
    // Everything happens to the same Alice: each case goes on where the last one ended.
    let outcome = tokio::task::block_in_place(|| {
        runner.run(&steps(), |steps| {
            handle.block_on(async {
                for step in &steps {
                    take(&it, step).await;
                    assert_consistent(&it).await;
                }
            });
            Ok(())
        })
    });
    outcome.unwrap();
}
