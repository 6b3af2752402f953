use std::net::IpAddr;
use std::time::Duration;

use riskgate_store::records::{DeviceAuthorization, RequestedClaims};
use riskgate_store::{Batch, StoreError};

use super::user_code::{new_user_code, normalized};
use super::{INTERVAL, LIFETIME};
use crate::digest::sha256_hex;
use crate::{TokenError, TokenService};

/// Codes tried until one is free; two that are alike at the same time are a once-in-an-age chance already.
const ATTEMPTS: usize = 4;

/// A device that asks for codes, checked by the caller.
#[derive(Debug, Clone)]
pub struct DeviceRequest {
    /// `appId` of the client.
    pub client_id: String,
    /// `scope`, split at spaces.
    pub scopes: Vec<String>,
    /// `claims`.
    pub claims: RequestedClaims,
    /// Where it asks from.
    pub address: IpAddr,
    /// Where that is, for people; `None` if it is not known.
    pub place: Option<String>,
    /// `client-request-id`.
    pub correlation_id: String,
}

/// The codes for a device (RFC 8628 §3.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceCodes {
    /// What the device polls with: 256 random bits.
    pub device_code: String,
    /// What the person types.
    pub user_code: String,
    /// How long both are good.
    pub lifetime: Duration,
    /// Seconds to wait between two polls.
    pub interval_seconds: u64,
}

impl TokenService {
    /// Makes codes for a device, and keeps their digests.
    ///
    /// # Errors
    /// [`TokenError::Store`].
    pub async fn begin_device_authorization(
        &self,
        request: &DeviceRequest,
    ) -> Result<DeviceCodes, TokenError> {
        let mut outcome = Ok(());
        for _ in 0..ATTEMPTS {
            let (device_code, user_code) = (self.rng.token(), new_user_code(&*self.rng));
            let mut batch = Batch::new(self.tenant);
            batch.insert(&self.device_authorization(request, &device_code, &user_code))?;
            outcome = self.store.commit(batch).await;
            match outcome {
                Ok(()) => {
                    let (lifetime, interval_seconds) = (LIFETIME, INTERVAL);
                    return Ok(DeviceCodes { device_code, user_code, lifetime, interval_seconds });
                }
                Err(StoreError::Exists { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        outcome?;
        Err(TokenError::Signing)
    }

    fn device_authorization(
        &self,
        request: &DeviceRequest,
        device_code: &str,
        user_code: &str,
    ) -> DeviceAuthorization {
        let now = self.clock.now();
        DeviceAuthorization {
            id: sha256_hex(device_code),
            user_code_digest: sha256_hex(&normalized(user_code).unwrap_or_default()),
            client_id: request.client_id.clone(),
            scopes: request.scopes.clone(),
            claims: request.claims.clone(),
            ip_address: request.address.to_string(),
            place: request.place.clone(),
            correlation_id: request.correlation_id.clone(),
            created_date_time: now,
            decision: None,
            interval_seconds: INTERVAL,
            polled_date_time: None,
            expires_date_time: now + LIFETIME,
        }
    }
}
