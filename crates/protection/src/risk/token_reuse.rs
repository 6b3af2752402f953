use std::net::IpAddr;

use riskgate_model::{RiskDetectionTimingType, RiskLevel};
use riskgate_risk::{Evidence, Finding};

use crate::{Protection, ProtectionError};

impl Protection {
    /// A refresh token of a sign-in came that was used up before: two have it, one of them stole it (RFC 9700 §4.14.2).
    /// `anomalousToken`, high, on that sign-in; again changes nothing. A sign-in that is not kept anymore raises nothing.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn token_was_reused(
        &self,
        sign_in_id: &str,
        client_app_id: &str,
        address: IpAddr,
    ) -> Result<(), ProtectionError> {
        let finding = Finding {
            risk_event_type: "anomalousToken".to_owned(),
            risk_level: RiskLevel::High,
            evidence: vec![
                Evidence::new("refreshToken", "used before, so somebody has a copy; its grant was revoked"),
                Evidence::new("reusedFrom", address.to_string()),
                Evidence::new("client", client_app_id),
            ],
        };
        match self.raise_later(sign_in_id, &finding, RiskDetectionTimingType::Realtime).await {
            Ok(_) => Ok(()),
            Err(ProtectionError::UnknownSignIn(_)) => {
                tracing::warn!(sign_in_id, "a refresh token was used twice of a sign-in that is not kept");
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}
