//! What sign-ins teach, and what teaches nothing.

use riskgate_protection::SignInKind;
use riskgate_risk::state::Action;
use riskgate_risk::{Feature, RiskContext, UserHistory};
use riskgate_store::StoreExt;
use riskgate_store::records::SignInHistory;
use serde_json::json;
use tokio::task::JoinSet;

use riskgate_testkit::HookedStore;
use crate::support::{HOME, TOR, VPN, World};

async fn history_of(it: &World) -> Option<UserHistory> {
    let row = it.store.load::<SignInHistory>(it.tenant, &it.alice.id).await.unwrap();
    row.map(|row| serde_json::from_value(row.record.history).unwrap())
}

/// Addresses Alice is known to use, in order.
async fn addresses(it: &World) -> Vec<String> {
    let known = history_of(it).await.unwrap_or_default();
    let values = known.values.get(&Feature::Address).cloned().unwrap_or_default();
    let mut addresses: Vec<_> = values.into_iter().map(|known| known.value).collect();
    addresses.sort();
    addresses
}

async fn context_of(it: &World, sign_in_id: &str) -> RiskContext {
    serde_json::from_value(it.record(sign_in_id).await.evidence.risk_context).unwrap()
}

pub(crate) async fn a_clean_sign_in_teaches_and_the_next_is_compared_with_it(it: World) {
    let first = it.sign_in(HOME).await;
    assert_eq!(context_of(&it, &first.sign_in_id).await.history.sign_ins, 0);
    assert!(it.record(&first.sign_in_id).await.evidence.is_learned);
    let second = it.sign_in(HOME).await;
    let known = context_of(&it, &second.sign_in_id).await.history;
    assert_eq!((known.sign_ins, known.values[&Feature::Address].weight), (1, 1.0));
    assert_eq!(history_of(&it).await.unwrap().sign_ins, 2);
}

pub(crate) async fn sessions_and_tokens_that_are_used_again_teach_nothing(it: World) {
    for kind in [SignInKind::SessionReuse, SignInKind::Refresh] {
        it.protection.judge(&it.attempt(kind, HOME)).await.unwrap();
    }
    assert_eq!(history_of(&it).await, None);
}

pub(crate) async fn what_is_blocked_waits_or_fails_teaches_nothing(it: World) {
    it.register_authenticator().await;
    it.add_policy("enabled", "mfa", json!({"locations": {"includeLocations": ["All"]}})).await;
    let waiting = it.sign_in(HOME).await;
    assert_eq!(history_of(&it).await, None);
    it.protection.fail(&waiting.sign_in_id, 500_121).await.unwrap();
    assert_eq!(history_of(&it).await, None);
    it.pass_mfa(&waiting.sign_in_id).await;
    it.pass_mfa(&waiting.sign_in_id).await;
    assert_eq!(history_of(&it).await.unwrap().sign_ins, 1, "once, whatever is asked for after it");
    it.add_policy("enabled", "block", json!({"locations": {"includeLocations": ["All"]}})).await;
    it.sign_in(VPN).await;
    assert_eq!(addresses(&it).await, [HOME]);
}

pub(crate) async fn risk_teaches_once_it_is_remediated(it: World) {
    it.register_authenticator().await;
    it.add_risk_policy("mfa").await;
    let risky = it.sign_in(TOR).await;
    assert_eq!(history_of(&it).await, None);
    it.pass_mfa(&risky.sign_in_id).await;
    assert_eq!(addresses(&it).await, [TOR]);
}

pub(crate) async fn risk_that_was_only_granted_dismissed_or_closed_by_a_password_teaches_nothing(it: World) {
    let one = it.sign_in(TOR).await.sign_in_id;
    let dismiss = |sign_in_id| Action::DismissSignIn { sign_in_id };
    it.protection.act_on_sign_ins(&[one], &it.actor, dismiss, "Dismiss").await.unwrap();
    it.sign_in(TOR).await;
    it.protection.password_was_secured(&it.alice.id, &it.actor).await.unwrap();
    it.sign_in(TOR).await;
    it.protection.dismiss_users(it.alice_alone(), &it.actor).await.unwrap();
    assert_eq!(history_of(&it).await, None);
}

pub(crate) async fn a_sign_in_confirmed_safe_teaches(it: World) {
    let id = it.sign_in(TOR).await.sign_in_id;
    let confirm = |sign_in_id| Action::ConfirmSignInSafe { sign_in_id };
    it.protection.act_on_sign_ins(std::slice::from_ref(&id), &it.actor, confirm, "Confirm").await.unwrap();
    it.protection.act_on_sign_ins(&[id], &it.actor, confirm, "Confirm").await.unwrap();
    assert_eq!(addresses(&it).await, [TOR]);
    assert_eq!(history_of(&it).await.unwrap().sign_ins, 1);
}

pub(crate) async fn confirming_a_user_safe_begins_learning_again(it: World) {
    it.sign_in(HOME).await;
    it.sign_in(TOR).await;
    it.protection.confirm_users_safe(it.alice_alone(), &it.actor).await.unwrap();
    let history = history_of(&it).await.unwrap();
    assert_eq!((history.sign_ins, addresses(&it).await), (0, vec![TOR.to_owned(), HOME.to_owned()]));
}

pub(crate) async fn what_turns_out_not_to_be_the_user_is_forgotten(it: World) {
    it.sign_in(HOME).await;
    let clean = it.sign_in("203.0.113.99").await.sign_in_id;
    assert_eq!(addresses(&it).await, [HOME, "203.0.113.99"]);
    it.protection.user_reported(&it.alice.id, &clean, &it.actor).await.unwrap();
    assert_eq!(addresses(&it).await, [HOME]);
    assert_eq!(history_of(&it).await.unwrap().sign_ins, 1);
    let confirm = |sign_in_id| Action::ConfirmSignInSafe { sign_in_id };
    it.protection.act_on_sign_ins(&[clean], &it.actor, confirm, "Confirm").await.unwrap();
    assert_eq!(addresses(&it).await, [HOME, "203.0.113.99"], "it was the user after all");
}

pub(crate) async fn two_first_sign_ins_at_once_both_teach(it: World) {
    let node = it.node_on(HookedStore::racing(it.store.clone(), 2));
    let attempts = [HOME, "203.0.113.99"].map(|address| it.attempt(SignInKind::Interactive, address));
    let (a, b) = tokio::join!(node.judge(&attempts[0]), node.judge(&attempts[1]));
    a.unwrap();
    b.unwrap();
    assert_eq!(addresses(&it).await, [HOME, "203.0.113.99"]);
}

pub(crate) async fn of_many_sign_ins_at_once_none_fails_and_none_is_lost(it: World) {
    let it = std::sync::Arc::new(it);
    let mut tasks = JoinSet::new();
    for _ in 0..48 {
        let it = it.clone();
        tasks.spawn(async move { it.sign_in(HOME).await });
    }
    tasks.join_all().await;
    let history = history_of(&it).await.unwrap();
    assert_eq!((history.sign_ins, addresses(&it).await), (48, vec![HOME.to_owned()]));
}
