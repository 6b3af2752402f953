use riskgate_core::Rng;
use riskgate_model::{
    ActivityType, RiskDetail, RiskDetection, RiskDetectionTimingType, RiskState, SignInFacts, TokenIssuerType,
};
use riskgate_risk::{Finding, additional_info};

use crate::Attempt;

/// The detection Graph shows for a finding of this sign-in.
pub(crate) fn detection(
    attempt: &Attempt,
    facts: &SignInFacts,
    finding: &Finding,
    rng: &dyn Rng,
) -> RiskDetection {
    RiskDetection {
        id: rng.hex64(),
        activity: Some(ActivityType::Signin),
        activity_date_time: Some(facts.at),
        additional_info: Some(additional_info(finding, facts)),
        correlation_id: Some(attempt.correlation_id.clone()),
        detected_date_time: Some(facts.at),
        detection_timing_type: Some(RiskDetectionTimingType::Realtime),
        ip_address: Some(facts.network.ip_address.to_string()),
        last_updated_date_time: Some(facts.at),
        location: facts.network.location.clone(),
        request_id: Some(attempt.request_id.clone()),
        risk_detail: Some(RiskDetail::None),
        risk_event_type: Some(finding.risk_event_type.clone()),
        risk_type: Some(finding.risk_event_type.clone()),
        risk_level: Some(finding.risk_level),
        risk_state: Some(RiskState::AtRisk),
        source: Some("IdentityProtection".to_owned()),
        token_issuer_type: Some(TokenIssuerType::AzureAD),
        user_display_name: attempt.user.display_name.clone(),
        user_id: Some(attempt.user.id.clone()),
        user_principal_name: attempt.user.user_principal_name.clone(),
    }
}
