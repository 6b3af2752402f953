//! What administrators say.

use std::time::Duration;

use riskgate_access::Outcome;
use riskgate_core::Clock;
use riskgate_directory::{Actor, Initiator};
use riskgate_model::*;
use riskgate_protection::ProtectionError;
use riskgate_risk::Finding;
use riskgate_risk::state::Action;
use riskgate_store::records::SignInRecord;
use serde_json::json;

use crate::support::{HOME, TOR, VPN, World, sign_in_risk, state_of};

/// Alice after a sign-in from Tor and one through a private network.
async fn at_risk(it: &World) -> [String; 2] {
    let mut ids = Vec::new();
    for address in [TOR, VPN] {
        ids.push(it.sign_in(address).await.sign_in_id);
        it.clock.advance(Duration::from_secs(1));
    }
    ids.try_into().unwrap()
}

/// Every detection and sign-in of Alice is in this state, and so is she, at no level.
async fn assert_all(it: &World, state: RiskState, detail: RiskDetail) {
    for detection in it.all::<RiskDetection>().await {
        assert_eq!(state_of(&detection), (state, detail));
        assert_eq!(detection.last_updated_date_time, Some(it.clock.now()));
    }
    for record in it.all::<SignInRecord>().await {
        let (found, why, level) = sign_in_risk(&record);
        assert_eq!((found, why), (state, detail));
        assert_eq!(level == RiskLevel::None, state != RiskState::Remediated);
    }
    assert_eq!(it.risk().await, (RiskLevel::None, state, detail));
}

async fn assert_audited_once(it: &World, activity: &str) {
    let [entry] = it.audits(activity).await.try_into().unwrap();
    assert_eq!(entry.initiated_by.user.unwrap().id, Some(it.admin_id.clone()));
    assert_eq!(entry.target_resources[0].id, Some(it.alice.id.clone()));
    assert_eq!(entry.category, "UserManagement");
}

pub(crate) async fn dismissing_a_user_closes_all_risk_with_one_history_item_and_audit_entry(it: World) {
    at_risk(&it).await;
    let ids = [it.alice.id.to_uppercase()];
    it.protection.dismiss_users(&ids, &it.actor).await.unwrap();
    assert_all(&it, RiskState::Dismissed, RiskDetail::AdminDismissedAllRiskForUser).await;
    let history = it.history().await;
    assert_eq!(history.len(), 3);
    assert_eq!(history[2].initiated_by, Some(it.admin_id.clone()));
    it.protection.dismiss_users(&ids, &it.actor).await.unwrap();
    assert_eq!(it.history().await, history, "a second time changes nothing");
    assert_audited_once(&it, "DismissUser").await;
}

pub(crate) async fn a_user_who_was_never_at_risk_can_be_confirmed_compromised(it: World) {
    let ids = [it.alice.id.clone()];
    for _ in 0..2 {
        it.protection.confirm_users_compromised(&ids, &it.actor).await.unwrap();
    }
    let [detection] = it.all::<RiskDetection>().await.try_into().unwrap();
    assert_eq!(detection.risk_event_type.as_deref(), Some("adminConfirmedUserCompromised"));
    assert_eq!(detection.risk_level, Some(RiskLevel::High));
    assert_eq!((detection.request_id, detection.correlation_id), (None, None));
    let confirmed = (RiskState::ConfirmedCompromised, RiskDetail::AdminConfirmedUserCompromised);
    assert_eq!(it.risk().await, (RiskLevel::High, confirmed.0, confirmed.1));
    assert_eq!(it.history().await.len(), 1);
    assert_audited_once(&it, "ConfirmAccountCompromised").await;
    it.sign_in(VPN).await;
    assert_eq!(it.risk().await, (RiskLevel::High, confirmed.0, confirmed.1), "less risk does not soften it");
    it.protection.dismiss_users(&ids, &it.actor).await.unwrap();
    assert_all(&it, RiskState::Dismissed, RiskDetail::AdminDismissedAllRiskForUser).await;
}

pub(crate) async fn confirming_a_user_safe_closes_all_risk(it: World) {
    at_risk(&it).await;
    for _ in 0..2 {
        it.protection.confirm_users_safe(it.alice_alone(), &it.actor).await.unwrap();
    }
    assert_all(&it, RiskState::ConfirmedSafe, RiskDetail::AdminConfirmedAccountSafe).await;
    assert_audited_once(&it, "ConfirmAccountSafe").await;
}

pub(crate) async fn an_administrators_password_reset_remediates(it: World) {
    it.protection.password_was_reset(&it.alice.id, &it.actor).await.unwrap();
    assert!(!it.was_ever_risky().await, "a user without risk stays as he is");
    assert!(it.audits("AdminResetPassword").await.is_empty());
    at_risk(&it).await;
    for _ in 0..2 {
        it.protection.password_was_reset(&it.alice.id, &it.actor).await.unwrap();
    }
    assert_all(&it, RiskState::Remediated, RiskDetail::AdminGeneratedTemporaryPassword).await;
    assert_eq!(it.history().await.len(), 3);
    assert_audited_once(&it, "AdminResetPassword").await;
}

pub(crate) async fn a_password_changed_after_multifactor_authentication_remediates(it: World) {
    let alice = Actor::user(&it.alice.id, "alice@contoso.com");
    it.protection.password_was_secured(&it.alice.id, &alice).await.unwrap();
    assert!(!it.was_ever_risky().await, "a user without risk stays as he is");
    at_risk(&it).await;
    for _ in 0..2 {
        it.protection.password_was_secured(&it.alice.id, &alice).await.unwrap();
    }
    assert_all(&it, RiskState::Remediated, RiskDetail::UserPerformedSecuredPasswordChange).await;
    let history = it.history().await;
    assert_eq!(history.len(), 3);
    assert_eq!(history[2].initiated_by, Some(it.alice.id.clone()), "by himself");
    assert_eq!(it.audits("SecuredPasswordChange").await.len(), 1);
}

pub(crate) async fn confirming_a_sign_in_compromised_raises_the_aggregate_alone(it: World) {
    let [tor, vpn] = at_risk(&it).await;
    let confirm = |sign_in_id| Action::ConfirmSignInCompromised { sign_in_id };
    for _ in 0..2 {
        let ids = [tor.clone()];
        it.protection.act_on_sign_ins(&ids, &it.actor, confirm, "ConfirmSigninCompromised").await.unwrap();
    }
    let confirmed = (RiskState::ConfirmedCompromised, RiskDetail::AdminConfirmedSigninCompromised);
    let record = it.record(&tor).await;
    assert_eq!(sign_in_risk(&record), (confirmed.0, confirmed.1, RiskLevel::High));
    assert_eq!(record.sign_in.risk_level_during_sign_in, Some(RiskLevel::Medium), "what policies saw stays");
    let detection = it.detection(&tor).await;
    assert_eq!((state_of(&detection), detection.risk_level), (confirmed, Some(RiskLevel::High)));
    assert_eq!(sign_in_risk(&it.record(&vpn).await).0, RiskState::AtRisk);
    assert_eq!(it.risk().await, (RiskLevel::High, confirmed.0, confirmed.1));
    assert_eq!(it.history().await.len(), 3);
    assert_audited_once(&it, "ConfirmSigninCompromised").await;
}

pub(crate) async fn confirming_a_sign_in_safe_or_dismissing_it_leaves_the_others(it: World) {
    let [tor, vpn] = at_risk(&it).await;
    let safe = |sign_in_id| Action::ConfirmSignInSafe { sign_in_id };
    it.protection.act_on_sign_ins(std::slice::from_ref(&tor), &it.actor, safe, "ConfirmSigninSafe").await.unwrap();
    let closed = (RiskState::ConfirmedSafe, RiskDetail::AdminConfirmedSigninSafe);
    assert_eq!(sign_in_risk(&it.record(&tor).await), (closed.0, closed.1, RiskLevel::None));
    assert_eq!(state_of(&it.detection(&tor).await), closed);
    assert_eq!(it.risk().await, (RiskLevel::Low, RiskState::AtRisk, RiskDetail::None));
    it.clock.advance(Duration::from_secs(1));
    let dismiss = |sign_in_id| Action::DismissSignIn { sign_in_id };
    it.protection.act_on_sign_ins(&[tor.clone(), vpn.clone()], &it.actor, dismiss, "Dismiss").await.unwrap();
    let closed = (RiskState::Dismissed, RiskDetail::AdminDismissedRiskForSignIn);
    assert_eq!(sign_in_risk(&it.record(&vpn).await), (closed.0, closed.1, RiskLevel::None));
    assert_eq!(sign_in_risk(&it.record(&tor).await).0, RiskState::ConfirmedSafe, "closed risk stays closed");
    assert_eq!(it.risk().await, (RiskLevel::None, closed.0, closed.1));
    assert_eq!(it.audits("Dismiss").await.len(), 1);
}

pub(crate) async fn unknown_identifiers_change_nothing(it: World) {
    let [tor, _] = at_risk(&it).await;
    let clean = it.sign_in(HOME).await.sign_in_id;
    let before = (it.rows().await, it.risk().await, it.all::<DirectoryAudit>().await.len());
    let nobody = "00000000-0000-4000-8000-00000000dead".to_owned();
    let ids = [it.alice.id.clone(), nobody.clone()];
    let unknown = Err(ProtectionError::UnknownRiskyUser(nobody.clone()));
    assert_eq!(it.protection.dismiss_users(&ids, &it.actor).await, unknown);
    assert_eq!(it.protection.confirm_users_safe(&ids, &it.actor).await, unknown);
    let admin = [it.alice.id.clone(), it.admin_id.clone()];
    let never = Err(ProtectionError::UnknownRiskyUser(it.admin_id.clone()));
    assert_eq!(it.protection.dismiss_users(&admin, &it.actor).await, never, "a user who never was at risk");
    let unknown = Err(ProtectionError::UnknownUser(nobody.clone()));
    assert_eq!(it.protection.confirm_users_compromised(&ids, &it.actor).await, unknown);
    for other in [nobody, clean] {
        let safe = |sign_in_id| Action::ConfirmSignInSafe { sign_in_id };
        let outcome = it.protection.act_on_sign_ins(&[tor.clone(), other], &it.actor, safe, "Safe").await;
        assert_eq!(outcome, Err(ProtectionError::NotRisky));
    }
    let after = (it.rows().await, it.risk().await, it.all::<DirectoryAudit>().await.len());
    assert_eq!(after, before);
}

pub(crate) async fn an_application_that_acts_is_named_in_the_history(it: World) {
    at_risk(&it).await;
    let principal = "eeeeeeee-0000-4000-8000-000000000001".to_owned();
    let who = Initiator::Application {
        app_id: "eeeeeeee-0000-4000-8000-000000000002".to_owned(),
        service_principal_id: principal.clone(),
        display_name: "Script".to_owned(),
    };
    let actor = Actor { who, ip_address: None, correlation_id: None };
    it.protection.dismiss_users(it.alice_alone(), &actor).await.unwrap();
    assert_eq!(it.history().await.pop().unwrap().initiated_by, Some(principal.clone()));
    let [entry] = it.audits("DismissUser").await.try_into().unwrap();
    assert_eq!(entry.initiated_by.app.unwrap().service_principal_id, Some(principal));
}

pub(crate) async fn low_risk_is_closed_after_six_months_and_medium_stays(it: World) {
    let [tor, vpn] = at_risk(&it).await;
    it.clock.advance(Duration::from_secs(182 * 86_400));
    assert!(!it.protection.age_out_low_risk().await.unwrap());
    assert_eq!(sign_in_risk(&it.record(&vpn).await).0, RiskState::AtRisk, "not yet");
    it.clock.advance(Duration::from_secs(2 * 86_400));
    for _ in 0..2 {
        assert!(!it.protection.age_out_low_risk().await.unwrap());
    }
    let gone = (RiskState::Dismissed, RiskDetail::AiConfirmedSigninSafe);
    assert_eq!(state_of(&it.detection(&vpn).await), gone);
    assert_eq!(sign_in_risk(&it.record(&vpn).await), (gone.0, gone.1, RiskLevel::None));
    assert_eq!(sign_in_risk(&it.record(&tor).await).0, RiskState::AtRisk);
    assert_eq!(it.risk().await, (RiskLevel::Medium, RiskState::AtRisk, RiskDetail::None));
    assert_eq!(it.audits("AgeOutLowRisk").await.len(), 1);
}

pub(crate) async fn risk_of_several_kinds_adds_up_and_policies_see_it(it: World) {
    it.add_policy("enabled", "block", json!({"userRiskLevels": ["high"]})).await;
    for kind in ["passwordSpray", "unlikelyTravel"] {
        let clean = it.sign_in(HOME).await;
        assert_eq!(clean.decision.outcome, Outcome::Grant);
        let finding =
            Finding { risk_event_type: kind.to_owned(), risk_level: RiskLevel::Medium, evidence: Vec::new() };
        let timing = RiskDetectionTimingType::NearRealtime;
        it.protection.raise_later(&clean.sign_in_id, &finding, timing).await.unwrap();
    }
    assert_eq!(it.risk().await.0, RiskLevel::Medium);
    let third = it.sign_in(TOR).await;
    assert!(matches!(third.decision.outcome, Outcome::Block { .. }), "by the sum this sign-in made");
    assert_eq!(it.risk().await, (RiskLevel::High, RiskState::AtRisk, RiskDetail::None));
    let all = it.all::<RiskDetection>().await;
    let compound: Vec<_> =
        all.iter().filter(|d| d.risk_event_type.as_deref() == Some("aiCompoundAccountRisk")).collect();
    assert_eq!((compound.len(), compound[0].request_id.as_ref()), (1, None));
}
