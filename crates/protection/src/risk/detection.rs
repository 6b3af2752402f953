use riskgate_core::{Rng, Timestamp};
use riskgate_model::{
    ActivityType, RiskDetail, RiskDetection, RiskDetectionTimingType, RiskState, SignInFacts, TokenIssuerType,
};
use riskgate_risk::state::UserOwner;
use riskgate_risk::{Finding, additional_info};

/// A finding and the sign-in it is about.
pub(crate) struct Found<'a> {
    /// Identifier of the sign-in.
    pub(crate) sign_in_id: &'a str,
    /// `correlationId` of the sign-in.
    pub(crate) correlation_id: Option<&'a str>,
    /// Whose sign-in it is.
    pub(crate) owner: &'a UserOwner,
    /// What was known about it.
    pub(crate) facts: &'a SignInFacts,
    /// What was found.
    pub(crate) finding: &'a Finding,
    /// When it was found, and whether before the sign-in was answered.
    pub(crate) at: Timestamp,
    /// See `at`.
    pub(crate) timing: RiskDetectionTimingType,
}

impl Found<'_> {
    /// The detection Graph shows.
    pub(crate) fn detection(&self, rng: &dyn Rng) -> RiskDetection {
        let (facts, finding) = (self.facts, self.finding);
        RiskDetection {
            id: rng.hex64(),
            activity: Some(ActivityType::Signin),
            activity_date_time: Some(facts.at),
            additional_info: Some(additional_info(finding, facts)),
            correlation_id: self.correlation_id.map(str::to_owned),
            detected_date_time: Some(self.at),
            detection_timing_type: Some(self.timing),
            ip_address: Some(facts.network.ip_address.to_string()),
            last_updated_date_time: Some(self.at),
            location: facts.network.location.clone(),
            request_id: Some(self.sign_in_id.to_owned()),
            risk_detail: Some(RiskDetail::None),
            risk_event_type: Some(finding.risk_event_type.clone()),
            risk_type: Some(finding.risk_event_type.clone()),
            risk_level: Some(finding.risk_level),
            risk_state: Some(RiskState::AtRisk),
            source: Some("IdentityProtection".to_owned()),
            token_issuer_type: Some(TokenIssuerType::AzureAD),
            user_display_name: self.owner.display_name.clone(),
            user_id: Some(self.owner.user_id.clone()),
            user_principal_name: self.owner.user_principal_name.clone(),
        }
    }
}
