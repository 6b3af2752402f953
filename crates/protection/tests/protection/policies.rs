//! What policies make of a sign-in, and from when on.

use riskgate_access::{BlockReason, Control, Outcome};
use riskgate_core::Rng;
use riskgate_directory::{GLOBAL_ADMINISTRATOR, NewGroup};
use riskgate_model::*;
use riskgate_protection::SignInKind;
use riskgate_store::{Batch, StoreError, StoreExt, Versioned};
use serde_json::json;

use crate::support::{HOME, TOR, World, error_code, sign_in_risk};

fn applied(record: &riskgate_store::records::SignInRecord) -> &AppliedConditionalAccessPolicy {
    let [applied] = record.sign_in.applied_conditional_access_policies.as_slice() else { panic!("one policy") };
    applied
}

pub(crate) async fn a_policy_that_blocks_on_risk_blocks(it: World) {
    let policy = it.add_risk_policy("block").await;
    let clean = it.sign_in(HOME).await;
    assert_eq!(clean.decision.outcome, Outcome::Grant);
    let judged = it.sign_in(TOR).await;
    assert_eq!(judged.decision.outcome, Outcome::Block { reason: BlockReason::Policy });
    let record = it.record(&judged.sign_in_id).await;
    assert_eq!(error_code(&record), 53_003);
    assert_eq!(record.sign_in.conditional_access_status, Some(ConditionalAccessStatus::Failure));
    assert_eq!(applied(&record).id, Some(policy));
    assert_eq!(applied(&record).result, Some(AppliedConditionalAccessPolicyResult::Failure));
    assert_eq!(sign_in_risk(&record).0, RiskState::AtRisk);
    assert_eq!(it.risk().await.0, RiskLevel::Medium);
}

pub(crate) async fn a_user_without_methods_cannot_register_one_while_at_risk(it: World) {
    it.add_risk_policy("mfa").await;
    let judged = it.sign_in(TOR).await;
    assert_eq!(judged.decision.outcome, Outcome::Block { reason: BlockReason::RegistrationBlockedByRisk });
    assert_eq!(error_code(&it.record(&judged.sign_in_id).await), 53_004);
}

pub(crate) async fn a_report_only_policy_changes_nothing_but_is_reported(it: World) {
    let state = "enabledForReportingButNotEnforced";
    let policy = it.add_policy(state, "block", json!({"signInRiskLevels": ["medium"]})).await;
    let judged = it.sign_in(TOR).await;
    assert_eq!(judged.decision.outcome, Outcome::Grant);
    let record = it.record(&judged.sign_in_id).await;
    assert_eq!(error_code(&record), 0);
    assert_eq!(applied(&record).id, Some(policy));
    assert_eq!(applied(&record).result, Some(AppliedConditionalAccessPolicyResult::ReportOnlyFailure));
    assert_eq!(record.sign_in.conditional_access_status, Some(ConditionalAccessStatus::NotApplied));
}

pub(crate) async fn a_policy_on_user_risk_sees_what_this_sign_in_raised(it: World) {
    it.add_policy("enabled", "block", json!({"userRiskLevels": ["medium"]})).await;
    assert_eq!(it.sign_in(HOME).await.decision.outcome, Outcome::Grant);
    let first = it.sign_in(TOR).await;
    assert_eq!(first.decision.outcome, Outcome::Block { reason: BlockReason::Policy });
    assert_eq!(it.record(&first.sign_in_id).await.evidence.facts.user.risk_level, RiskLevel::Medium);
    let later = it.sign_in(HOME).await;
    assert_eq!(later.decision.outcome, Outcome::Block { reason: BlockReason::Policy }, "the user stays at risk");
    assert_eq!(later.sign_in_level, RiskLevel::None);
}

pub(crate) async fn groups_and_roles_of_the_user_are_seen(it: World) {
    let (outer, inner) = (NewGroup::new("Outer", "outer"), NewGroup::new("Inner", "inner"));
    let outer = it.directory.create_group(&it.actor, &outer).await.unwrap().id;
    let inner = it.directory.create_group(&it.actor, &inner).await.unwrap().id;
    let users = json!({"users": {"includeGroups": [outer], "includeUsers": []}});
    it.add_policy("enabled", "block", users).await;
    assert_eq!(it.sign_in(HOME).await.decision.outcome, Outcome::Grant);
    it.directory.add_members(&it.actor, &outer, std::slice::from_ref(&inner)).await.unwrap();
    it.directory.add_members(&it.actor, &inner, it.alice_alone()).await.unwrap();
    it.directory.add_role_assignment(&it.actor, &it.alice.id, GLOBAL_ADMINISTRATOR, "/").await.unwrap();
    let judged = it.sign_in(HOME).await;
    assert_eq!(judged.decision.outcome, Outcome::Block { reason: BlockReason::Policy });
    let user = it.record(&judged.sign_in_id).await.evidence.facts.user;
    assert_eq!(user.group_ids, [outer, inner].into());
    assert_eq!(user.role_template_ids, [GLOBAL_ADMINISTRATOR.to_owned()].into());
    assert!(!user.is_mfa_capable());
}

pub(crate) async fn a_changed_policy_is_in_force_for_the_next_decision_of_every_node(it: World) {
    let other = it.other_node();
    let outcome = async |node: &riskgate_protection::Protection| {
        node.judge(&it.attempt(SignInKind::Interactive, HOME)).await.unwrap().decision.outcome
    };
    let both = async || (outcome(&it.protection).await, outcome(&other).await);
    assert_eq!(both().await, (Outcome::Grant, Outcome::Grant));
    let id = it.add_policy("enabled", "mfa", json!({})).await;
    let asked = Outcome::Interrupt { controls: vec![Control::RegisterMfa] };
    assert_eq!(both().await, (asked.clone(), asked));
    let policy: Versioned<ConditionalAccessPolicy> = it.store.load(it.tenant, &id).await.unwrap().unwrap();
    let mut batch = Batch::new(it.tenant);
    batch.delete(&policy);
    other.commit_policies(&batch).await.unwrap();
    assert_eq!(both().await, (Outcome::Grant, Outcome::Grant));
    let again = it.protection.commit_policies(&batch).await;
    assert!(matches!(again, Err(StoreError::Conflict { table: "policies", .. })), "{again:?}");
}

pub(crate) async fn changes_of_several_nodes_at_once_are_all_in_force(it: World) {
    let other = it.other_node();
    let add = async |node: &riskgate_protection::Protection, control: &str| {
        let mut batch = Batch::new(it.tenant);
        batch.insert(&it.policy("enabled", control, json!({}))).unwrap();
        node.commit_policies(&batch).await.unwrap();
    };
    tokio::join!(add(&it.protection, "mfa"), add(&other, "mfa"), add(&it.protection, "mfa"), add(&other, "block"));
    for node in [&it.protection, &other] {
        let judged = node.judge(&it.attempt(SignInKind::Interactive, HOME)).await.unwrap();
        assert_eq!(judged.decision.outcome, Outcome::Block { reason: BlockReason::Policy });
        assert_eq!(judged.decision.trace.len(), 4);
    }
}

pub(crate) async fn a_strength_asks_for_what_it_allows_and_is_met_by_it(it: World) {
    it.register_authenticator().await;
    let mut policy = it.policy("enabled", "mfa", json!({}));
    let mut asks = async |strength_id: &str| {
        let controls = policy.grant_controls.as_mut().unwrap();
        controls.built_in_controls.clear();
        controls.authentication_strength =
            Some(AuthenticationStrengthReference { id: strength_id.to_owned() });
        policy.id = it.rng.guid();
        it.insert_policy(&policy).await;
    };
    asks(MULTIFACTOR_STRENGTH_ID).await;
    let judged = it.sign_in(HOME).await;
    let strength = Control::AuthenticationStrength { strength_id: MULTIFACTOR_STRENGTH_ID.into() };
    assert_eq!(judged.decision.outcome, Outcome::Interrupt { controls: vec![strength] });
    assert_eq!(it.pass_mfa(&judged.sign_in_id).await.decision.outcome, Outcome::Grant);
    asks(PHISHING_RESISTANT_STRENGTH_ID).await;
    let judged = it.sign_in(HOME).await;
    assert_eq!(judged.decision.outcome, Outcome::Block { reason: BlockReason::Policy }, "nobody has a key here");
}

/// Rows count their versions anew when they come back, so the evidence would name another policy by the same version.
pub(crate) async fn a_policy_that_came_back_is_another_version(it: World) {
    let mut policy = it.policy("enabledForReportingButNotEnforced", "mfa", json!({}));
    it.insert_policy(&policy).await;
    let version = async || it.record(&it.sign_in(HOME).await.sign_in_id).await.evidence.policy_version;
    let before = version().await;
    assert_eq!(version().await, before);
    let stored = it.store.load::<ConditionalAccessPolicy>(it.tenant, &policy.id).await.unwrap().unwrap();
    let mut batch = Batch::new(it.tenant);
    batch.delete(&stored);
    it.protection.commit_policies(&batch).await.unwrap();
    policy.display_name = "Another".to_owned();
    it.insert_policy(&policy).await;
    let back = it.store.load::<ConditionalAccessPolicy>(it.tenant, &policy.id).await.unwrap().unwrap();
    assert_eq!(back.version, stored.version);
    assert_ne!(version().await, before);
}
