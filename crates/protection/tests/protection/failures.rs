//! A first factor that was wrong.

use riskgate_model::*;
use riskgate_protection::{FailedSignIn, SignInKind};

use crate::support::{TOR, World, error_code, sign_in_risk};

pub(crate) async fn a_wrong_password_is_recorded_without_risk(it: World) {
    it.add_risk_policy("block").await;
    let mut attempt = it.attempt(SignInKind::Interactive, TOR);
    attempt.authentication = AuthenticationFacts::default();
    it.protection.record_failure(&FailedSignIn { attempt: &attempt, error_code: 50_126 }).await.unwrap();
    assert_eq!(it.rows().await, [1, 0, 0]);
    assert!(!it.was_ever_risky().await, "who does not know the password says nothing about the account");
    let record = it.record(&attempt.request_id).await;
    assert_eq!(error_code(&record), 50_126);
    assert_eq!(sign_in_risk(&record), (RiskState::None, RiskDetail::None, RiskLevel::None));
    let sign_in = record.sign_in;
    assert_eq!(sign_in.conditional_access_status, Some(ConditionalAccessStatus::NotApplied));
    assert!(sign_in.applied_conditional_access_policies.is_empty() && sign_in.risk_event_types_v2.is_empty());
    assert_eq!(sign_in.ip_address.as_deref(), Some(TOR));
    assert_eq!(record.evidence.facts.network.anonymizer, Some(AnonymizerKind::Tor), "what was known is kept");
    assert_eq!(it.protection.decision_of(&attempt.request_id).await, Ok(None));
}
