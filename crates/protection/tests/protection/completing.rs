//! What a factor closes.

use std::time::Duration;

use riskgate_access::{Control, Outcome};
use riskgate_core::Clock;
use riskgate_model::*;
use riskgate_protection::{Completion, ProtectionError, SignInKind};
use riskgate_risk::state::Action;
use serde_json::json;

use crate::support::{HOME, TOR, World, error_code, sign_in_risk, state_of};

const REMEDIATED: (RiskState, RiskDetail) =
    (RiskState::Remediated, RiskDetail::UserPassedMFADrivenByRiskBasedPolicy);
const DISMISSED: (RiskState, RiskDetail) = (RiskState::Dismissed, RiskDetail::AiConfirmedSigninSafe);

pub(crate) async fn a_factor_a_risk_policy_asked_for_remediates(it: World) {
    it.register_authenticator().await;
    it.add_risk_policy("mfa").await;
    let judged = it.sign_in(TOR).await;
    assert_eq!(judged.decision.outcome, Outcome::Interrupt { controls: vec![Control::Mfa] });
    assert_eq!(error_code(&it.record(&judged.sign_in_id).await), 50_076);

    let completed = it.pass_mfa(&judged.sign_in_id).await;
    assert_eq!(completed.decision.outcome, Outcome::Grant);
    assert_eq!(completed.sign_in_level, RiskLevel::Medium);
    let detection = it.detection(&judged.sign_in_id).await;
    assert_eq!(state_of(&detection), REMEDIATED);
    assert_eq!(detection.risk_level, Some(RiskLevel::Medium), "the level is kept");
    assert_eq!(detection.last_updated_date_time, Some(it.clock.now()));
    assert!(detection.detected_date_time < detection.last_updated_date_time);
    let record = it.record(&judged.sign_in_id).await;
    assert_eq!(sign_in_risk(&record), (REMEDIATED.0, REMEDIATED.1, RiskLevel::Medium));
    assert_eq!(record.sign_in.risk_level_during_sign_in, Some(RiskLevel::Medium));
    assert_eq!(error_code(&record), 0);
    assert_eq!(record.sign_in.conditional_access_status, Some(ConditionalAccessStatus::Success));
    let result = record.sign_in.applied_conditional_access_policies[0].result;
    assert_eq!(result, Some(AppliedConditionalAccessPolicyResult::Success));
    assert_eq!(it.risk().await, (RiskLevel::None, REMEDIATED.0, REMEDIATED.1));
    let last = it.history().await.pop().unwrap();
    assert_eq!((last.risk_state, last.initiated_by), (Some(RiskState::Remediated), None));
    assert_eq!(last.activity.unwrap().detail, Some(REMEDIATED.1));
    assert_eq!(it.protection.decision_of(&judged.sign_in_id).await.unwrap(), Some(completed.decision));
    assert_eq!(it.protection.address_of(&judged.sign_in_id).await.unwrap(), TOR.parse().ok());
}

pub(crate) async fn a_factor_something_else_asked_for_dismisses(it: World) {
    it.register_authenticator().await;
    it.add_policy("enabled", "mfa", json!({})).await;
    let judged = it.sign_in(TOR).await;
    assert_eq!(judged.decision.outcome, Outcome::Interrupt { controls: vec![Control::Mfa] });
    assert_eq!(it.pass_mfa(&judged.sign_in_id).await.decision.outcome, Outcome::Grant);
    let detection = it.detection(&judged.sign_in_id).await;
    assert_eq!((state_of(&detection), detection.risk_level), (DISMISSED, Some(RiskLevel::Medium)));
    let record = it.record(&judged.sign_in_id).await;
    assert_eq!(sign_in_risk(&record), (DISMISSED.0, DISMISSED.1, RiskLevel::None));
    assert_eq!(it.risk().await, (RiskLevel::None, DISMISSED.0, DISMISSED.1));
}

pub(crate) async fn a_factor_older_than_the_detection_closes_nothing(it: World) {
    it.register_authenticator().await;
    it.add_risk_policy("mfa").await;
    let remembered = it.after_code();
    it.clock.advance(Duration::from_secs(1));
    let mut attempt = it.attempt(SignInKind::SessionReuse, TOR);
    attempt.authentication = remembered.clone();
    let judged = it.protection.judge(&attempt).await.unwrap();
    assert_eq!(judged.decision.outcome, Outcome::Grant, "a remembered factor satisfies the policy");
    let completion = Completion { sign_in_id: &judged.sign_in_id, authentication: &remembered };
    assert_eq!(it.protection.complete(&completion).await.unwrap().decision.outcome, Outcome::Grant);
    let open = (RiskState::AtRisk, RiskDetail::None);
    assert_eq!(state_of(&it.detection(&judged.sign_in_id).await), open);
    assert_eq!(it.risk().await, (RiskLevel::Medium, open.0, open.1));
    assert_eq!(it.history().await.len(), 1);
}

pub(crate) async fn a_second_completion_changes_nothing_more(it: World) {
    it.register_authenticator().await;
    it.add_risk_policy("mfa").await;
    let judged = it.sign_in(TOR).await;
    it.pass_mfa(&judged.sign_in_id).await;
    let (detection, rows) = (it.detection(&judged.sign_in_id).await, it.rows().await);
    let again = it.pass_mfa(&judged.sign_in_id).await;
    assert_eq!(again.decision.outcome, Outcome::Grant);
    assert_eq!(it.detection(&judged.sign_in_id).await, detection);
    assert_eq!(it.rows().await, rows);
}

pub(crate) async fn other_open_risk_stays_open(it: World) {
    it.register_authenticator().await;
    let before = it.sign_in(TOR).await;
    it.add_risk_policy("mfa").await;
    let judged = it.sign_in(TOR).await;
    it.pass_mfa(&judged.sign_in_id).await;
    assert_eq!(state_of(&it.detection(&judged.sign_in_id).await), REMEDIATED);
    assert_eq!(it.detection(&before.sign_in_id).await.risk_state, Some(RiskState::AtRisk));
    assert_eq!(sign_in_risk(&it.record(&before.sign_in_id).await).0, RiskState::AtRisk);
    assert_eq!(it.risk().await, (RiskLevel::Medium, RiskState::AtRisk, RiskDetail::None));
}

pub(crate) async fn a_sign_in_confirmed_as_an_attack_is_not_closed_by_the_attacker(it: World) {
    it.register_authenticator().await;
    it.add_risk_policy("mfa").await;
    let judged = it.sign_in(TOR).await;
    let ids = [judged.sign_in_id.clone()];
    let confirm = |sign_in_id| Action::ConfirmSignInCompromised { sign_in_id };
    it.protection.act_on_sign_ins(&ids, &it.actor, confirm, "ConfirmSigninCompromised").await.unwrap();
    it.pass_mfa(&judged.sign_in_id).await;
    let confirmed = (RiskState::ConfirmedCompromised, RiskDetail::AdminConfirmedSigninCompromised);
    assert_eq!(state_of(&it.detection(&judged.sign_in_id).await), confirmed);
    assert_eq!(it.risk().await, (RiskLevel::High, confirmed.0, confirmed.1));
    let record = it.record(&judged.sign_in_id).await;
    assert_eq!(sign_in_risk(&record), (confirmed.0, confirmed.1, RiskLevel::High));
}

pub(crate) async fn a_policy_on_user_risk_is_satisfied_by_the_risk_that_was_closed(it: World) {
    it.register_authenticator().await;
    it.add_risk_policy("mfa").await;
    it.add_policy("enabled", "block", json!({"userRiskLevels": ["high"]})).await;
    let judged = it.sign_in(TOR).await;
    it.pass_mfa(&judged.sign_in_id).await;
    let facts = it.record(&judged.sign_in_id).await.evidence.facts;
    assert_eq!(facts.user.risk_level, RiskLevel::None, "the decision was made on the level after closing");
    assert_eq!(facts.authentication, it.after_code());

    let next = it.sign_in(TOR).await;
    it.protection.confirm_users_compromised(it.alice_alone(), &it.actor).await.unwrap();
    let blocked = it.pass_mfa(&next.sign_in_id).await;
    assert_eq!(blocked.decision.outcome.error_code(), Some(53_003), "what happened meanwhile counts");
    assert_eq!(error_code(&it.record(&next.sign_in_id).await), 53_003);
    assert_eq!(it.risk().await.1, RiskState::ConfirmedCompromised);
}

pub(crate) async fn what_was_not_passed_is_recorded(it: World) {
    it.register_authenticator().await;
    it.add_risk_policy("mfa").await;
    let judged = it.sign_in(TOR).await;
    it.protection.fail(&judged.sign_in_id, 500_121).await.unwrap();
    let record = it.record(&judged.sign_in_id).await;
    assert_eq!(error_code(&record), 500_121);
    assert_eq!(record.sign_in.conditional_access_status, Some(ConditionalAccessStatus::Failure));
    assert_eq!(sign_in_risk(&record).0, RiskState::AtRisk);
    it.pass_mfa(&judged.sign_in_id).await;
    assert_eq!(error_code(&it.record(&judged.sign_in_id).await), 0, "a right code after a wrong one counts");
}

pub(crate) async fn an_unknown_sign_in_cannot_be_completed_or_failed(it: World) {
    it.sign_in(HOME).await;
    let unknown = ProtectionError::UnknownSignIn("nothing".to_owned());
    let authentication = it.after_code();
    let completion = Completion { sign_in_id: "nothing", authentication: &authentication };
    assert_eq!(it.protection.complete(&completion).await, Err(unknown.clone()));
    assert_eq!(it.protection.fail("nothing", 500_121).await, Err(unknown));
    assert_eq!(it.protection.decision_of("nothing").await, Ok(None));
    assert_eq!(it.protection.address_of("nothing").await, Ok(None));
    assert_eq!(it.rows().await, [1, 0, 0]);
}
